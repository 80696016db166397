"""Stage 2: quotations, sentences and clauses, found in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.reading.model import Clause, Reading, Sentence

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”»’)\]]*+(?:[ \u00a0\u202f]?»)?[\"”)\]]?(?=\s)")
_NEXT = re.compile(r"\s*+[«“\"'‘(\[–—-]?[ \u00a0\u202f]?([^\W_])")
_LAST_WORD = re.compile(r"[\w.'’&-]+\Z")
_QUOTE_MARK = re.compile(r"[«»“”„\"\n]")
_LONGEST_QUOTE = 6000  # an opening mark whose partner is further away was a slip
_PREPOSITION = (" à", " à ")
_CLAUSE = tuple.__new__  # clauses are made by the thousand: this is the quick way to make one
_LOOK_BACK = 24  # characters before a full stop that may be an abbreviation


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """What ends no sentence, and what begins a clause, in one language."""

    abbreviations: frozenset[str]
    emphatic_starts: frozenset[str]  # words that begin a sentence even after "U.S."
    clause: re.Pattern[str]


def split(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its quotations, sentences and clauses."""
    rules = lexicon.of(reading).sentences
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(reading.paragraphs):
        for start, end in _sentence_spans(reading.text, paragraph.start, paragraph.end, rules):
            sentences.append(Sentence(len(sentences), start, end, number, paragraph.title, paragraph.boilerplate))
    clauses = tuple(clause for sentence in sentences for clause in _clauses(reading, sentence, rules))
    return reading.having(quotes=find_quotes(reading.text), sentences=tuple(sentences), clauses=clauses)


def _sentence_spans(text: str, start: int, end: int, rules: SentenceRules) -> Iterator[tuple[int, int]]:
    position = start
    for stop in _STOP.finditer(text, start, end):
        if _ends(text, stop, end, rules):
            yield from _trimmed(text, position, stop.end())
            position = stop.end()
    yield from _trimmed(text, position, end)


def _ends(text: str, stop: re.Match[str], end: int, rules: SentenceRules) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        return True
    if following[1].islower():
        return False
    if stop[0] != ".":
        return True
    last = _LAST_WORD.search(text, max(0, stop.start() - _LOOK_BACK), stop.start())
    if last is None:
        return True
    word = last[0]
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False
    if word.lower() in rules.abbreviations and not (len(word) > 1 and word[0].islower() and word.islower() and len(word) < 3):
        return "." in word and _first_word(text, following.start(1)) in rules.emphatic_starts
    return True


def _first_word(text: str, start: int) -> str:
    end = start
    while end < len(text) and end < start + 12 and text[end].isalpha():
        end += 1
    return text[start:end].lower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end].lstrip()
    start, end = end - len(words), end - len(words) + len(words.rstrip())
    if start < end:
        yield start, end


def _clauses(reading: Reading, sentence: Sentence, rules: SentenceRules) -> Iterator[Clause]:
    position = sentence.start
    for match in rules.clause.finditer(reading.folded, sentence.start + 1, sentence.end):
        if reading.text.endswith(_PREPOSITION, match.start(), match.end()):
            continue  # "à Dublin et à Oslo" is folded like "… et a dit"
        yield _CLAUSE(Clause, (position, match.start(), sentence.index))
        position = match.start()
    yield _CLAUSE(Clause, (position, sentence.end, sentence.index))


def find_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Spans within quotation marks, marks included; only guillemets and curly marks may run over paragraphs."""
    spans: list[tuple[int, int]] = []
    opened, mark, lines = -1, "", 0
    for match in _QUOTE_MARK.finditer(text):
        sign, place = match[0], match.start()
        if opened >= 0 and place - opened > _LONGEST_QUOTE:
            opened = -1
        if sign == "\n":
            lines += 1
            if opened >= 0 and (mark == '"' or lines > 4):
                opened = -1
        elif opened < 0:
            if sign in '«“„"':
                opened, mark, lines = place, sign, 0
        elif sign == _partner(mark) or (mark == "„" and sign in "“”") or (mark == "“" and sign == '"'):
            spans.append((opened, place + 1))
            opened = -1
        elif sign == mark:
            lines = 0  # the quotation goes on in a new paragraph
    return tuple(spans)


def _partner(mark: str) -> str:
    return {"«": "»", "“": "”", "„": "“", '"': '"'}[mark]
