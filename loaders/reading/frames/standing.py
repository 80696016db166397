"""Accords told by their year alone: "le traité de 1998 entre X et Y", "the 1998 treaty"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.instruments import described, instruments_in, is_about
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Instrument
from loaders.reading.model import DATE, Candidate, Mention, When

_AFTER = 60  # characters from an instrument to its year: "le traité d'amitié et de coopération de 1998"
_LEAD = 60
_ANY_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_YEAR_BEFORE = re.compile(r"(?:the|its|their|[a-z]'s?) (?:[a-z-]+ )?((?:1[89]|20)\d\d) (?:[a-z-]+ ){0,4}\Z")
_MOST = 4
_NAMED_BY_YEAR = ("treaty", "convention", "protocol", "memorandum")  # of the weak nouns: "le texte de 1998" may be anything


def told_by_year(scene: Scene, knowledge: Knowledge, memory: Memory) -> Iterator[Candidate]:
    """The accords that a sentence speaks of by their year, with no status: what became of them it does not say."""
    reading, sentence = scene.reading, scene.sentence
    dates = [m for m in reading.mentions_in(sentence.start, sentence.end, DATE) if isinstance(m.value, When)]
    if reading.quoted(sentence.start) or not (dates or _ANY_YEAR.search(reading.folded, sentence.start, sentence.end)):
        return
    found = instruments_in(scene, knowledge, sentence.start, sentence.end)[:_MOST]
    for previous, one in zip((None, *found), found, strict=False):
        if previous is not None and is_about(previous, one, reading.folded):
            continue  # "un avenant à la convention de 1962": what is amended is not told of
        before = _before(scene, one)
        date = _after(scene, one, dates) or before or _bracketed(scene, one)
        if date is None or one.plural or (one.weak and before is None and one.type not in _NAMED_BY_YEAR):
            continue
        parties = parties_of(scene, (one.start, one.end), None, memory)
        if parties is None or (parties.inferred and not _plain(scene, one, date)):
            continue
        fields: dict[str, Value] = {"parties": parties.codes, "type": one.type, "date": _written(scene, *date)}
        described(scene, one, fields, knowledge, sentence.end)
        reasons = (
            Reason("trigger", reading.text[slice(*date)], *date, "the year of an instrument that is spoken of"),
            Reason("type", reading.text[one.start : one.end], one.start, one.end, "noun of an instrument"),
            parties.reason("parties", reading),
        )
        features = frozenset({"definite", "date-told"} | ({"party-inferred"} if parties.inferred else set()))
        yield Candidate("agreement", fields, (sentence.index,), "agreement/told-by-year", reasons, features)


def _after(scene: Scene, one: Instrument, dates: list[Mention]) -> tuple[int, int] | None:
    """The date that tells which instrument is meant: "le traité … de 1998", "the treaty of 1998"."""
    folded = scene.reading.folded
    for date in dates:
        if not isinstance(date.value, When) or date.value.date.year is None:
            continue
        between, words = folded[one.end : date.start], folded[date.start : date.end]
        tied = _tied(scene, words, between)
        if 0 <= date.start - one.end <= _AFTER and one.definite and tied:
            return (date.start, date.end) if _one_phrase(scene, between) else None
    return None


def _tied(scene: Scene, words: str, between: str) -> bool:
    """True where "de", "dating from" ties the year to the instrument."""
    ties = scene.grammar.words["dated_from"]
    return words.startswith(("de ", "du ", "of ")) or any(between.endswith(f" {tie} ") for tie in ties)


def _before(scene: Scene, one: Instrument) -> tuple[int, int] | None:
    """The year before an English instrument: "the 1998 friendship treaty"."""
    folded, low = scene.reading.folded, max(scene.sentence.start, one.start - _LEAD)
    found = _YEAR_BEFORE.search(folded[low : one.start]) if scene.reading.language == "en" else None
    return None if found is None else (low + found.start(1), low + found.end(1))


def _bracketed(scene: Scene, one: Instrument) -> tuple[int, int] | None:
    """The year in brackets behind an instrument: "le traité d'amitié (1998)", "the memorandum of understanding (2017)"."""
    found = _IN_BRACKETS.match(scene.reading.folded, one.end, scene.sentence.end)
    return None if found is None else found.span(1)


_IN_BRACKETS = re.compile(r"(?: [a-z'-]+){0,6} \(((?:1[89]|20)\d\d)\)")


def _one_phrase(scene: Scene, between: str) -> bool:
    """True where only words of the noun phrase stand between an instrument and its year."""
    ends = scene.grammar.phrases["name_ends"].search(between)
    return ends is None and not set(between) & set(",;:()") and " entre " not in between


def _written(scene: Scene, start: int, end: int) -> str:
    """The date at [start, end): as its mention has it, else the year that stands there."""
    for mention in scene.reading.mentions_in(start, end, DATE):
        if isinstance(mention.value, When):
            return str(mention.value.date)
    return scene.reading.folded[start:end]


def _plain(scene: Scene, one: Instrument, date: tuple[int, int]) -> bool:
    """True where the instrument bears no name of its own ("le traité de Versailles"): then it may be the pair's."""
    stretch = scene.reading.text[min(one.end, date[1]) : max(one.start, date[0])]
    return not any(word[:1].isupper() for word in stretch.replace("'", " ").replace("’", " ").split())
