"""Who ratified an accord: the party whose parliament, government or head the clause says did so; nobody where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.model.claims import Reason
from graph.model.fields import code_and_date
from loaders.reading.frames.attributes import days_told
from loaders.reading.frames.events import Event
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument, Instrument
from loaders.reading.model import Candidate

_NEAR = 60  # characters before a verb in which its subject stands, and from "by" to a house
_WITH = 90  # characters from an accord to the partner whom it is with
_CLOSE = 30  # characters between those by whom it is done, one after the other, and what stands before the first
_OWNER = 24  # characters of "'s formal " before a noun
_RIGHT_BEHIND = 6  # characters of " on the "
_BY = re.compile(r" ?(?:by|par) ")


@dataclass(frozen=True, slots=True)
class Ratified:
    """Those who ratified, each as a claim says it (`MAR 2024-03-05`), and the words that say so."""

    ratifiers: tuple[str, ...]
    start: int
    end: int
    why: str


def ratified(event: Event, one: Instrument, parties: Sequence[str], day: str | None) -> Ratified | None:
    """Who of the parties ratified an accord, on `day` or on days of their own; None where the clause does not tell."""
    actors = list(_actors(event))
    codes = tuple(dict.fromkeys(code for actor in actors for code in actor.codes))
    if codes and set(codes) <= set(parties):
        start, end = actors[0].start, actors[-1].end
        own = _days(event, actors) if len(actors) > 1 else {}
        days = {code: own.get(code) for code in codes} if own else dict.fromkeys(codes, day)
        return Ratified(tuple(_dated(code, days[code]) for code in codes), start, end, "who ratified")
    if codes or len(parties) > 2:
        return None
    both = _said(event, "both_ratify")
    if both is not None:
        return Ratified(tuple(_dated(code, day) for code in parties), *both, "both parties ratified")
    house = _said(event, "ratifying_house")
    partner = _partner(event, one, parties)
    if house is None or partner is None:
        return None
    (home,) = (code for code in parties if code != partner)
    return Ratified((_dated(home, day),), *house, "a house of the party that has the accord with the other")


def ratified_again(scene: Scene, last: Candidate) -> Candidate | None:
    """The accord just told with those of whom this sentence says that they ratified it: "Spain ratified it in July"."""
    start, end, folded = scene.sentence.start, scene.sentence.end, scene.reading.folded
    if last.fields.get("status") not in (None, "signed", "ratified", "in_force") or {"count"} & last.fields.keys():
        return None
    found = scene.grammar.phrases["ratifies_it"].search(folded, start, end)
    if found is None or "plural" in last.features or scene.reading.quoted(found.start()):
        return None
    who = next(iter(scene.before(found.start(), start)), None)
    words = {*scene.grammar.modality["have"], *scene.grammar.modality["transparent"]}
    if who is None or not (who.bare and who.codes) or not set(folded[who.end : found.start()].split()) <= words:
        return None
    parties, told = last.fields.get("parties", ()), last.fields.get("ratifiers", ())
    if not (isinstance(parties, tuple) and isinstance(told, tuple) and set(who.codes) <= set(parties)):
        return None
    if scene.grammar.phrases["not_until"].search(folded, start, who.start) is not None:
        return None
    return _with_ratifiers(scene, last, (who, found), told)


def _with_ratifiers(
    scene: Scene, last: Candidate, said: tuple[Argument, re.Match[str]], told: tuple[str, ...]
) -> Candidate | None:
    """The accord ratified by somebody more; None where all of them are told already."""
    who, found = said
    days = {day.date for day in days_told(scene, scene.sentence.start, scene.sentence.end)}
    day = days.pop() if len(days) == 1 else None
    new = [code for code in who.codes if code not in {code_and_date(one)[0] for one in told}]
    if not new:
        return None
    step = {} if last.fields.get("status") in ("ratified", "in_force") else {"status": "ratified"}
    if step and day is not None:
        step["status_date"] = day
    fields = {**last.fields, **step, "ratifiers": (*told, *(_dated(code, day) for code in new))}
    words = scene.reading.text[who.start : found.end()]
    reason = Reason("ratifiers", words, who.start, found.end(), "a later sentence tells who ratified the last accord")
    return replace(last, fields=fields, sentences=(*last.sentences, scene.sentence.index), reasons=(*last.reasons, reason))


def _dated(code: str, day: str | None) -> str:
    return code if day is None else f"{code} {day}"


def _actors(event: Event) -> Iterator[Argument]:
    """Those who ratify: the subject, those by whom it is done, or whose ratification it is; none behind a house of nobody's."""
    if event.voice == "active":
        subject = subject_argument(event)
        if subject is not None and (_own(event, subject) or _said(event, "ratifying_house") is None):
            yield from [subject] if _said(event, "both_ratify") is None else []
        return
    last = event.end
    for argument in event.scene.after(event.end, event.scene.sentence.end):
        if argument.cue != "by" or not argument.acts or argument.start - last > (_WITH if last == event.end else _CLOSE):
            continue
        yield argument
        last = argument.end
    if last == event.end and event.voice == "noun":
        owner = next(iter(event.scene.before(event.start, max(event.low, event.start - _OWNER))), None)
        if owner is not None and owner.cue == "poss" and owner.codes:
            yield owner


def _own(event: Event, subject: Argument) -> bool:
    """True where the subject itself is the house or stands right before the verb, not only earlier in the sentence."""
    house = _said(event, "ratifying_house")
    return house is not None and house[0] < subject.end


def _said(event: Event, name: str) -> tuple[int, int] | None:
    """Where a class of words is the verb's subject, or who it is done by: "the Senate ratified", "ratifié par le Sénat"."""
    folded, grammar = event.scene.reading.folded, event.scene.grammar
    if event.voice == "active":
        low = max(event.scene.sentence.start, min(event.mood.start, event.start) - _NEAR)
        found = grammar.closing[name].search(folded[low : min(event.mood.start, event.start)])
        return None if found is None else (low + found.start(), low + found.end())
    by = _BY.search(folded, event.end, min(event.scene.sentence.end, event.end + _NEAR))
    match = grammar.phrases[name].match(folded, by.end()) if by is not None else None
    return None if match is None else match.span()


def _partner(event: Event, one: Instrument, parties: Sequence[str]) -> str | None:
    """The one party whom the accord is with: "l'accord avec l'Espagne"."""
    found = [a for a in event.scene.after(one.end, one.end + _WITH) if a.cue == "with" and a.codes]
    return found[0].codes[0] if found and len(found[0].codes) == 1 and found[0].codes[0] in parties else None


def _days(event: Event, actors: Sequence[Argument]) -> dict[str, str]:
    """The day right behind each of several that has one: "ratified by A in 2021 and by B in 2022"."""
    told = ((actor, days_told(event.scene, actor.end, actor.end + _CLOSE)) for actor in actors)
    beside = ((actor, days[0].date) for actor, days in told if days and days[0].start - actor.end <= _RIGHT_BEHIND)
    return {code: date for actor, date in beside for code in actor.codes}
