"""Accords: each instrument that a sentence says is signed, negotiated, ratified, ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import Told, days_told, place_name, place_near
from loaders.reading.frames.binding import official
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.instruments import BULLET, Instrument, described, instruments_in, is_about
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import own_parties, parties_of, signers
from loaders.reading.frames.places import place_before
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.several import added, bilateral, each_named, heads, in_count, own_partner, spelled_out
from loaders.reading.frames.signing_days import own_days, told_day
from loaders.reading.frames.steps import status_given, text_only
from loaders.reading.model import Candidate
from loaders.reading.sameness import uncounted

_ADJECTIVE = 14  # characters before a noun in which its adjective stands
_LEAD = 7  # words of a noun phrase before its noun: ", an amended bilateral air services agreement"
_SHORT = 2  # characters from an instrument to its short name: "memorandum of understanding (MoU)"
_GAP = 120  # characters between two instruments that are one subject
_BROKERED = "agreement/brokered"  # by a third, who is no party
_MOST = 14  # instruments that one sentence may sign
_LOOKED = 40  # facts looked through for a count told before
_SEVERAL = 2  # accords counted, above which each one named later is its own


def signed(event: Event, knowledge: Knowledge, memory: Memory) -> Iterator[Candidate]:
    """The accords of one event; none where its mood tells no fact or no two parties are found."""
    given = status_given(event)
    reading, scene = event.scene.reading, event.scene
    if given is None or event.object is None or reading.folded[scene.sentence.end - 1] == "?" or reading.quoted(event.start):
        return
    chosen = _acted_on(event, instruments_in(scene, knowledge, event.low, scene.sentence.end))
    if not chosen or _of_something_else(event, chosen[0]):
        return
    chosen = [*_beside(event, chosen[0], knowledge), *chosen] if event.signs else chosen
    span = (chosen[0].start, chosen[0].end)
    parties = own_parties(scene, span) if event.frame.id == _BROKERED else parties_of(scene, span, event, memory)
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
        for bound in bilateral(event, one, own_partner(event, one, chosen, parties)):
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
    words = event.scene.reading.folded[event.end : one.start].replace("'", "' ").split()
    return any(word in event.scene.grammar.determiners for word in words[:-2])


def _acted_on(event: Event, found: list[Instrument]) -> list[Instrument]:
    """The instruments that the trigger acts on: its object and those joined to it."""
    assert event.object is not None  # the frame asks for one
    at = event.object[0]
    first = next((index for index, one in enumerate(found) if one.start <= at < one.end or 0 <= at - one.end <= _SHORT), None)
    if first is None:
        return []
    folded = event.scene.reading.folded
    if event.voice == "active" and not (event.behind or text_only(event)) and _indirect(event, found[first].start):
        return []
    first = _whole(event, found, first)
    chosen = [found[first]]
    colon = False
    for one in found[first + 1 :][:_MOST]:
        between = folded[chosen[-1].end : one.start]
        if is_about(chosen[-1], one, folded):
            continue  # "un avenant à la convention culturelle": what the one before is about
        if _WITHIN.search(between) is not None:
            break
        colon = colon or ":" in between or event.scene.grammar.phrases["among"].search(between) is not None
        if (
            one.back
            or (one.definite and not (colon or found[first].definite))
            or one.start - chosen[-1].end > 220
            or not introduced(between, event.scene)
            or _denied_or_loose(between, one, event.scene)
            or _acted_on_again(folded[max(chosen[-1].end, event.end) : one.start], event.scene)
        ):
            break
        if not (event.signs or _and(between, event) or _goes_on(event, found, one)):
            break  # what ends is one accord: "l'accord de pêche, accord révisé en 2019"
        listing = colon or chosen[-1].start > event.start
        acted_before = event.voice in ("passive", "set") or found[first].start < event.start
        if acted_before and one.start > event.start and not (listing or _by_others(event, chosen[-1], one)):
            break
        chosen.append(one)
    return [*_before(event, found, first), *chosen]


def _by_others(event: Event, last: Instrument, one: Instrument) -> bool:
    """True for "a treaty was signed by the presidents, and a protocol by the ministers": the verb is told once."""
    folded, end = event.scene.reading.folded, event.scene.sentence.end
    first, second = (_BY.search(folded, start, stop) for start, stop in ((max(last.end, event.end), one.start), (one.end, end)))
    return first is not None and second is not None and not set(folded[one.end : second.start()]) & set(",;:.")


_BY = re.compile(r" (?:by|par) ")


def _and(between: str, event: Event) -> bool:
    words = f" {between.replace(',', ' ')} ".replace("'", "' ")
    return any(f" {word} " in words for word in event.scene.grammar.conjunctions)


def _goes_on(event: Event, found: list[Instrument], one: Instrument) -> bool:
    """True for the second of three that "and" closes: "negotiating a treaty, a convention and an agreement"."""
    following = next((other for other in found if other.start > one.start), None)
    if one.definite or following is None or following.definite:
        return False
    between = event.scene.reading.folded[one.end : following.start]
    return _and(between, event) and not set(between) & set(";:.") and introduced(between, event.scene)


def _whole(event: Event, found: list[Instrument], first: int) -> int:
    """The instrument that another one is only about: "a memorandum on a strategic partnership was signed"."""
    folded = event.scene.reading.folded
    while first and found[first].end <= event.start and _ABOUT.match(folded[found[first - 1].end : found[first].start]):
        first -= 1
    return first


_WITHIN = re.compile(
    r"(?<![a-z])(?:dans|selon|via|in|per|according to) (?:un|une|le|la|leur|son|a|the|their|its) (?:[a-z]+ )?\Z"
)
"""Before what a saying stands in, which is not signed: "…, said the ministry in a statement"."""
_ABOUT = re.compile(
    r" (?:on|sur|for|pour|establishing|etablissant|instituant|portant|relatif|relative|d'|de|of)(?: [^,;:.]{0,40})?\Z"
)


def _before(event: Event, found: list[Instrument], first: int) -> list[Instrument]:
    """Those joined to the subject of a passive: "un mémorandum sur X et une convention fiscale ont été signés"."""
    if event.voice != "passive" or found[first].start > event.start or (found[first].definite and not event.signs):
        return []
    joined: list[Instrument] = []
    following = found[first]
    for one in reversed(found[:first]):
        between = event.scene.reading.folded[one.end : following.start]
        alike = one.definite == following.definite and (not one.definite or _and(between, event))
        plain = alike and not one.back and one.start >= event.low and not days_told(event.scene, one.end, following.start)
        if not plain or len(between) > _GAP or not introduced(between, event.scene) or ":" in between:
            break
        joined.insert(0, one)
        following = one
    return joined


def _beside(event: Event, first: Instrument, knowledge: Knowledge) -> list[Instrument]:
    """Those that open the sentence as signed too: "Besides a tax treaty, A and B signed …"."""
    scene, low = event.scene, event.scene.sentence.start
    said = scene.grammar.phrases["beside_them"].match(scene.reading.folded, low)
    comma = scene.reading.folded.find(",", said.end(), event.start) if said is not None else -1
    found = instruments_in(scene, knowledge, low, comma) if comma >= 0 else []
    return [one for one in found if not (one.definite or one.back or one.plural) and one.end <= first.start]


def introduced(between: str, scene: Scene) -> bool:
    """True when the words before an instrument add it to a list: ", un mémorandum", "and a protocol"."""
    words = between.replace("'", "' ").split()[-_LEAD:]
    return any(_joins(word) for word in words) or scene.grammar.phrases["listed"].search(" ".join(words)) is not None


def _denied_or_loose(between: str, one: Instrument, scene: Scene) -> bool:
    """True for ", no convention" and for the "close and continuing partnership" that a memorandum affirms."""
    words = between.replace("'", "' ").split()
    if scene.grammar.phrases["none_of"].search(between) is not None:
        return True
    mark = max((i for i, word in enumerate(words) if word in scene.grammar.conjunctions), default=None)
    if mark is not None and scene.grammar.phrases["acts_on"].search(" ".join(words[mark + 1 :])) is not None:
        return True  # "negotiations on the treaty and reached agreement": another verb's
    behind = words[mark + 1 :] if mark is not None and one.weak and not one.plural else []
    return bool(behind) and not set(behind) & scene.grammar.determiners and one.count is None


def _acted_on_again(between: str, scene: Scene) -> bool:
    """True for "; they had concluded in 2011 a convention": another verb tells of it, and perhaps another day."""
    verb = scene.grammar.phrases["acts_on"].search(between)
    before = between[: verb.start()].split() if verb is not None else []
    return bool(set(before[-2:]) & scene.grammar.modality["have"])


def _joins(word: str) -> bool:
    return word[-1] in ",;:•-–"


def _indirect(event: Event, start: int) -> bool:
    """True for an instrument behind a preposition: "scellent un nouveau cap dans le partenariat" seals no partnership.

    What a mention closes does not count: "signed in Kabul an agreement" signs it.
    """
    layer = event.scene.reading.layer
    between = layer[max(event.end, start - 30) : start]
    words = between[between.rfind("_") + 1 :].replace("'", "' ").split()[-3:]
    if words[-1:] == ["of"] and event.scene.grammar.phrases["quantity"].fullmatch(words[-2 if len(words) > 1 else -1]):
        words = words[:-2]  # "signed a series of accords"
    return any(event.scene.grammar.phrases["indirect"].fullmatch(word) for word in words)


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


def _one_of_many(scene: Scene, one: Instrument, parties: Filler) -> bool:
    """True for "a cooperation agreement" where the article has counted several of the same parties: each such is its own."""
    if one.definite or one.back or one.plural:
        return False
    told = (fact for fact in scene.told[-_LOOKED:] if fact.kind == "agreement" and set(parties.codes) == set(_codes(fact)))
    return any(isinstance(count := fact.fields.get("count"), int) and count > _SEVERAL for fact in told)


def _codes(fact: Candidate) -> tuple[str, ...]:
    codes = fact.fields.get("parties", ())
    return codes if isinstance(codes, tuple) else ()
