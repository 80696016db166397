"""The verbs of saying in all their forms, made from the words of `data/LANGUAGE/speech.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from loaders.reading.tables import words

Forms = tuple[set[str], set[str]]
"""Participles, and finite forms."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """All forms of the words of one language."""

    told: Forms
    react: Forms
    around: Mapping[str, tuple[str, ...]]
    gerunds: frozenset[str]
    infinitives: frozenset[str]
    reflexives: frozenset[str]  # participles after "s'est"


def loose_forms(table: Mapping[str, Any], french: bool, where: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Gerunds, infinitives, reflexive participles."""
    gerunds, infinitives = set(), set()
    for part in ("telling", "reacting"):
        for verb in words(table, part, where):
            head, _, particle = verb.partition(" ")
            tail = f" {particle}" if particle else ""
            gerunds.add(_gerund(head, french) + tail)
            infinitives.add(verb)
        gerunds |= {_padded(entry, where)[-1] for entry in table["irregular"][part]}
    infinitives |= set(words(table["around"], "infinitives", where))
    reflexives = {phrase[6:] for phrase in words(table["reflexive"], "telling", where) if phrase.startswith("s'est ")}
    return frozenset(gerunds), frozenset(infinitives if french else ()), frozenset(reflexives)


def _gerund(verb: str, french: bool) -> str:
    if french:
        stem = verb.removesuffix("er")
        return stem + ("e" if stem.endswith("g") else "") + "ant"
    return (verb.removesuffix("e") if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def french_forms(table: Mapping[str, Any], part: str, where: str) -> Forms:
    """Finite forms and inverted finite forms of the verbs of saying, with their auxiliaries."""
    participles, finite = set(), set()
    for verb in words(table, part, where):
        head, _, rest = verb.partition(" ")
        stem, tail = head.removesuffix("er"), f" {rest}" if rest else ""
        participles.add(stem + "e" + tail)
        finite |= {*(soft + "e" + tail for soft in _soft(stem)), stem + ("e" if stem.endswith("g") else "") + "ait" + tail}
    for entry in table["irregular"][part]:
        participle, present, imperfect, _ = _padded(entry, where)
        participles.add(participle)
        finite |= {present, imperfect}
    finite |= set(words(table["reflexive"], part, where)) if part in table["reflexive"] else set()
    return participles, finite


def _padded(entry: list[str], where: str) -> tuple[str, ...]:
    return tuple(words({"x": [phrase]}, "x", where)[0] for phrase in entry)


def _soft(stem: str) -> Iterator[str]:
    """The present stems of a verb like `rappeler` (rappelle) or `balayer` (balaye, balaie); others keep theirs."""
    yield stem + "l" if stem.endswith("appel") else stem
    if stem.endswith(("ay", "oy", "uy")):
        yield stem[:-1] + "i"


def english_forms(table: Mapping[str, Any], part: str, where: str) -> Forms:
    """The same for English, which has no participles of its own here."""
    finite: set[str] = set()
    for verb in words(table, part, where):
        head, _, particle = verb.partition(" ")
        tail = f" {particle}" if particle else ""
        finite |= {past + tail for past in _pasts(head)} | {_third(head) + tail}
    for entry in table["irregular"][part]:
        finite |= set(_padded(entry, where)[:2])
    finite |= set(words(table["reflexive"], part, where)) if part in table["reflexive"] else set()
    return set(), finite


def _pasts(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb + "d"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb[:-1] + "ied"}
    return {verb + "ed", verb + verb[-1] + "ed"} if verb[-1] in "tp" else {verb + "ed"}


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"
