"""Soldiers that somebody has somewhere, told by number: "has 400 police officers in Haiti", "y alignait 900 hommes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_since
from loaders.reading.frames.forces import behind_possessive
from loaders.reading.frames.leaning import places_before
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import AMOUNT, PLACE, STATE, Amount, Candidate, Mention
from loaders.reading.phrasing import either, whole_words

_THERE = {
    "fr": re.compile(r"(?<![a-z])y [a-z' ]{0,30}\Z"),
    "en": re.compile(r"[^.;]{0,30}(?<![a-z])there(?! (?:is|are|was|were))(?![a-z])"),
}
_REACH = 70  # characters between the soldiers and where they are
_MOST = 6  # numbers read in one sentence


@cache
def _has(holds: frozenset[str], following: frozenset[str], light: frozenset[str]) -> re.Pattern[str]:
    """What stands right before a number of soldiers that somebody has: a verb, or "with" after a comma."""
    after = rf"(?: (?:{either(light)})){{0,4}} \Z"
    return re.compile(rf"(?:(?<![a-z'])(?:{either(holds)})|(?<=, )(?:{either(following)})){after}")


@cache
def _denied(words: frozenset[str]) -> re.Pattern[str]:
    """What denies it, or makes it possible only, up to three words before."""
    return re.compile(rf"(?:{whole_words(words)})(?:(?<=')|(?![a-z])) ?[a-z' ]{{0,20}}\Z")


def stationed(scene: Scene, memory: Memory) -> Iterator[Candidate]:
    """One fact for each number of soldiers or police that the sentence says a state has on another's soil."""
    reading = scene.reading
    words = scene.grammar.words
    for mention in reading.mentions_in(scene.sentence.start, scene.sentence.end, AMOUNT)[: 4 * _MOST]:
        amount = mention.value
        if not isinstance(amount, Amount) or amount.unit != "personnel" or mention.codes:
            continue
        has, denied = _has(words["has_troops"], words["with_troops"], words["troops_light"]), _denied(words["troops_denied"])
        before = reading.folded[max(scene.sentence.start, mention.start - 60) : mention.start]
        verb = has.search(before)
        if verb is None or reading.quoted(mention.start) or denied.search(before[: verb.start()]) is not None:
            continue
        sender = owner_before(scene, mention.start - len(before) + verb.start())
        host = _where(scene, mention, before[: verb.start()] + verb.group(), sender)
        if sender is not None and host is not None:
            yield from _facts(scene, mention, int(amount.value), sender, host)


def owner_before(scene: Scene, offset: int) -> Argument | None:
    """The last that can be the subject of a verb at an offset: a state or an organisation, no official."""
    for argument in scene.before(offset, scene.sentence.start):
        if argument.bare and argument.codes:
            return argument if all(mention.mark in "SDG" for mention in argument.mentions) else None
    return None


def _where(scene: Scene, soldiers: Mention, before: str, sender: Argument | None) -> Mention | None:
    taken = set(sender.codes) if sender is not None else set()
    clause = scene.clause(soldiers.start)
    for argument in scene.after(soldiers.end, clause[1]):
        if argument.start - soldiers.end > _REACH:
            break
        cued = argument.cue in ("in", "to", "for") or behind_possessive(scene, argument)
        placed = cued and all(mention.mark in STATE + PLACE for mention in argument.mentions)
        if placed and len(argument.codes) == 1 and not set(argument.codes) & taken:
            return argument.mentions[0]
    reading = scene.reading
    after = reading.folded[soldiers.end : min(clause[1], soldiers.end + _REACH)]
    points = _THERE[reading.language].search(before) if reading.language == "fr" else _THERE["en"].match(after)
    if points is None:
        return None
    told = places_before(reading, soldiers.start, taken)[0]
    return told[-1] if told else None


def _facts(scene: Scene, soldiers: Mention, count: int, sender: Argument, host: Mention) -> Iterator[Candidate]:
    reading = scene.reading
    told = date_since(scene, soldiers.start)
    for code in sender.codes[:_MOST]:
        fields: dict[str, Value] = {"sender": code, "host": host.codes[0], "status": "deployed"}
        if len(sender.codes) == 1:
            fields["personnel"] = count
        if told is not None:
            fields["date"] = told.date
        reasons = (
            Reason("personnel", reading.words(soldiers), soldiers.start, soldiers.end, "soldiers that somebody has"),
            Reason("sender", reading.text[sender.start : sender.end], sender.start, sender.end, "who has them"),
            Reason("host", reading.words(host), host.start, host.end, "where they are"),
        )
        features = frozenset({"date-told"} if told is not None else ())
        yield Candidate("deployment", fields, (scene.sentence.index,), "deployment/stationed", reasons, features)
