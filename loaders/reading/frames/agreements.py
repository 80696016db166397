"""Accords: each instrument that a sentence says is signed, negotiated, ratified, ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import Told, place_name, place_near
from loaders.reading.frames.binding import of_the_last, official
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.instruments import BULLET, described, instruments_in
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import own_parties, parties_of, signers
from loaders.reading.frames.places import place_before
from loaders.reading.frames.ratifying import ratified
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.several import added, bilateral, each_named, heads, in_count, own_partner, spelled_out
from loaders.reading.frames.signed_together import acted_on, told_besides
from loaders.reading.frames.signing_days import own_days, told_day
from loaders.reading.frames.steps import status_given
from loaders.reading.frames.tokens import Instrument
from loaders.reading.model import Candidate
from loaders.reading.same_accords import uncounted

_ADJECTIVE = 14  # characters before a noun in which its adjective stands
_BROKERED = "agreement/brokered"  # by a third, who is no party
_LOOKED = 40  # facts looked through for a count told before
_SEVERAL = 2  # accords counted, above which each one named later is its own


def signed(event: Event, knowledge: Knowledge, memory: Memory) -> Iterator[Candidate]:
    """The accords of one event; none where its mood tells no fact or no two parties are found."""
    given = status_given(event)
    reading, scene = event.scene.reading, event.scene
    if given is None or event.object is None or reading.folded[scene.sentence.end - 1] == "?" or reading.quoted(event.start):
        return
    chosen = acted_on(event, instruments_in(scene, knowledge, event.low, scene.sentence.end))
    if not chosen or _of_something_else(event, chosen[0]):
        return
    chosen = [*told_besides(event, chosen[0], knowledge), *chosen] if event.signs else chosen
    span = (chosen[0].start, chosen[0].end)
    parties = own_parties(scene, span) if event.frame.id == _BROKERED else parties_of(scene, span, event, memory)
    parties = of_the_last(event, chosen[0], parties)
    if parties is None or not official(event, chosen, parties):
        return
    named = [one for one in chosen if one.count is None and not heads(event, one, chosen) and not in_count(event, one, chosen)]
    types = {one.type for one in named}
    counted = [one for one in chosen if one.count is not None and one.type not in types] if named else chosen[:1]
    if counted and named and spelled_out(event, chosen, len(named)):
        counted = []
    beside = bool(counted and named) and added(event, chosen)
    unknown: set[tuple[str, ...]] = set()  # parties of whom "several accords, protocols and treaties" were told
    days = own_days(event, named) if len(named) > 1 and given.get("status") == "signed" else {}
    for one in (*named, *counted):
        day = ("date", days[one]) if one in days else told_day(event, one, knowledge, memory)
        sides = bilateral(event, one, own_partner(event, one, chosen, parties))
        one = replace(one, count=None) if len(sides) == one.count else one  # "two: with X and with Y"
        for bound in sides:
            told = _accord(event, one, given, bound, knowledge, memory, len(chosen) > 1, day)
            if uncounted(told) and bound.codes in unknown:
                continue
            unknown.update((bound.codes,) if uncounted(told) else ())
            told = replace(told, features=told.features | {"beside"}) if beside else told
            yield from each_named(event.scene, one, told, knowledge) if one.plural else (told,)


def _of_something_else(event: Event, one: Instrument) -> bool:
    """True for "at the end of the meeting ten agreements": the noun is of the meeting, not of what is counted after it."""
    if event.voice != "noun" or one.start < event.end:
        return False
    if not event.signs and "," in event.scene.reading.folded[event.end : one.start]:
        return True  # "at the end of the session, both sides signed a protocol"
    if one.count is None:
        return False
    if _COUNTED.fullmatch(event.scene.reading.folded, event.end, one.start):
        return False
    words = event.scene.reading.folded[event.end : one.start].replace("'", "' ").split()
    return any(word in event.scene.grammar.determiners for word in words[:-2])


_COUNTED = re.compile(
    r" (?:d'|de |of )(?:au moins,? |plus d'|plus de |pres d'|pres de |environ |at least |about |some |more than |over )?"
    r"(?:(?:une?|a) )?[a-z0-9-]+(?: d'| de | of | )(?:[a-z-]+ )?"
)  # "la signature d'au moins une quinzaine d'accords"


def _dated(
    event: Event,
    day: tuple[str, Told] | None,
    fields: dict[str, Value],
    reasons: list[Reason],
    features: set[str],
) -> None:
    if day is None:
        return
    name, told = day
    name = "status_date" if fields.get("status") == "ratified" and event.signs else name  # the law is what is signed
    fields[name] = told.date
    reasons.append(Reason(name, event.scene.reading.text[told.start : told.end], told.start, told.end, told.why))
    features.add("date-inferred" if told.inferred else "date-told")


def _accord(
    event: Event,
    one: Instrument,
    given: Mapping[str, Value],
    parties: Filler,
    knowledge: Knowledge,
    memory: Memory,
    listed: bool,
    day: tuple[str, Told] | None,
) -> Candidate:
    scene, reading = event.scene, event.scene.reading
    fields: dict[str, Value] = {"parties": parties.codes, "type": one.type, **given}
    reasons = [
        event.opening,
        Reason("type", reading.text[one.start : one.end], one.start, one.end, "noun of an instrument"),
        parties.reason("parties", reading),
    ]
    features = {"party-inferred"} if parties.inferred else set()
    _dated(event, day, fields, reasons, features)
    place = place_near(scene, event.start, event.end)
    if place is not None:
        features.add("place")
    elif not one.definite:
        place = place_before(scene, event.start, memory)
    if place is not None and event.signs:
        fields["place"] = place_name(place, reading)
    if fields.get("status") == "ratified":
        _told_by(event, one, parties, fields, reasons)
    people = signers(scene, event, parties)
    if people:
        fields["signatories"] = people
    limit = min(event.start, event.mood.start) if event.mood.start >= one.end else scene.sentence.end
    described(scene, one, fields, knowledge, limit, (event.start, event.end))
    before = reading.folded[max(scene.sentence.start, one.start - _ADJECTIVE) : one.start].split()
    if one.plural and one.count is None and "name" not in fields:
        features.add("plural")
    bullet = BULLET.match(reading.folded, reading.paragraphs[scene.sentence.paragraph].start)
    itemised = bullet is not None and 0 <= one.start - bullet.end() <= _ADJECTIVE
    ordinal = bool(before) and before[-1] in knowledge.ordinals[reading.language]  # "le deuxième accord" is one of several
    several = _one_of_many(scene, one, parties)
    said = (
        ("listed", listed or itemised or ordinal),
        ("one-of-many", several),
        ("definite", (one.definite or one.back) and not ordinal),
        ("back", one.back),
        ("nominal", event.voice == "noun"),
    )
    features.update(name for name, holds in said if holds)
    return Candidate("agreement", fields, (scene.sentence.index,), event.frame.id, tuple(reasons), frozenset(features))


def _told_by(event: Event, one: Instrument, parties: Filler, fields: dict[str, Value], reasons: list[Reason]) -> None:
    """Adds those who ratified, where the clause says who did."""
    day = fields.get("status_date")
    found = ratified(event, one, parties.codes, None if day is None else str(day))
    if found is not None:
        fields["ratifiers"] = found.ratifiers
        words = event.scene.reading.text[found.start : found.end]
        reasons.append(Reason("ratifiers", words, found.start, found.end, found.why))


def _one_of_many(scene: Scene, one: Instrument, parties: Filler) -> bool:
    """True for "a cooperation agreement" where the article has counted several of the same parties: each such is its own."""
    if one.definite or one.back or one.plural:
        return False
    told = (fact for fact in scene.told[-_LOOKED:] if fact.kind == "agreement" and set(parties.codes) == set(_codes(fact)))
    return any(isinstance(count := fact.fields.get("count"), int) and count > _SEVERAL for fact in told)


def _codes(fact: Candidate) -> tuple[str, ...]:
    codes = fact.fields.get("parties", ())
    return codes if isinstance(codes, tuple) else ()
