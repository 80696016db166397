"""Stage 1: lines, boilerplate, title, language and publication date of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import BadData
from graph.model.dates import PartialDate
from graph.model.folding import fold
from loaders.reading.calendars import Calendar
from loaders.reading.changing import replace
from loaders.reading.dating import YEAR, find_dates
from loaders.reading.model import Paragraph, Reading, When

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_STAMP = re.compile(
    r"[ \t\ufeff]*date[ \t]*:?[ \t]*(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?![\d-])[ \t]*:?[ \t]*", re.IGNORECASE
)
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGE_SAMPLE = 4000
_SHORT_LINE = 140  # a longer line is never boilerplate: it may quote such words
_TITLE = 220
_HEAD_LINES = 8  # title and publication date stand among the first lines
_DATE_LINE = 70


@dataclass(frozen=True, slots=True)
class TextRules:
    """What shows a language, and which lines are no part of an article, folded."""

    function_words: frozenset[str]
    starts: tuple[str, ...]
    whole: frozenset[str]
    contains: tuple[str, ...]


def begin(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with folded text, language, paragraphs and, as far as it is said, the day of publication."""
    folded = fold(reading.text)
    language = _language(reading.source.language, folded, lexicon)
    known = lexicon.languages[language]
    stamp = _STAMP.match(reading.text)
    paragraphs = _paragraphs(reading.text, folded, stamp.end() if stamp else 0, known.text)
    published = _given(reading.source.published) or (_given(stamp["date"]) if stamp else None)
    if published is None:
        line = _date_line(reading.text, folded, paragraphs, known.calendar)
        if line is not None:
            number, published = line
            paragraphs = (*paragraphs[:number], replace(paragraphs[number], boilerplate=True), *paragraphs[number + 1 :])
    paragraphs = _with_title(reading.text, paragraphs)
    return reading.having(folded=folded, language=language, paragraphs=paragraphs, published=published)


def _language(given: str | None, folded: str, lexicon: Lexicon) -> str:
    """The given language where it is one we read, else the one whose function words are the most."""
    if given is not None and given[:2].lower() in lexicon.languages:
        return given[:2].lower()
    found = folded[:_LANGUAGE_SAMPLE].replace("'", " ").split()
    scores = {code: sum(map(known.text.function_words.__contains__, found)) for code, known in lexicon.languages.items()}
    return max(sorted(scores, reverse=True), key=lambda code: scores[code])


def _given(date: str | None) -> PartialDate | None:
    if date is None:
        return None
    try:
        return PartialDate.parse(date[:10])
    except BadData:  # an interval or an uncertain date: not a day to count from
        return None


def _paragraphs(text: str, folded: str, start: int, rules: TextRules) -> tuple[Paragraph, ...]:
    found = []
    for line in _LINE.finditer(text, start):
        low, high = line.span()
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            found.append(Paragraph(low, high, _is_boilerplate(folded[low:high], rules)))
    return tuple(found)


def _is_boilerplate(line: str, rules: TextRules) -> bool:
    if len(line) > _SHORT_LINE:
        return False
    bare = line.strip(" -*>|•·:#\"'()[]")
    if bare in rules.whole or not _LETTER.search(bare):
        return True
    return bare.startswith(rules.starts) or any(phrase in bare for phrase in rules.contains)


def _date_line(text: str, folded: str, paragraphs: tuple[Paragraph, ...], calendar: Calendar) -> tuple[int, PartialDate] | None:
    """Number and date of a line near the top that holds little else, or of a "published on" line."""
    for number, paragraph in enumerate(paragraphs[:_HEAD_LINES]):
        if paragraph.end - paragraph.start > _DATE_LINE:
            continue
        line = folded[paragraph.start : paragraph.end]
        for mention in find_dates(text, folded, _date_anchors(folded, paragraph), calendar, None):
            when = mention.value
            rest = line.replace(folded[mention.start : mention.end], "")
            alone = paragraph.boilerplate or len(rest.split()) <= 2
            if isinstance(when, When) and when.date.year is not None and when.date.month is not None and alone:
                return number, when.date
    return None


def _date_anchors(folded: str, paragraph: Paragraph) -> list[tuple[int, int]]:
    spans = [match.span() for match in YEAR.finditer(folded, paragraph.start, paragraph.end)]
    return spans[:3]


def _with_title(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs with the headline marked: the first line that is short and ends as no sentence does."""
    for number, paragraph in enumerate(paragraphs[:_HEAD_LINES]):
        if paragraph.boilerplate:
            continue
        short = paragraph.end - paragraph.start <= _TITLE and text[paragraph.end - 1] not in ".…:;,"
        if short and len(paragraphs) > number + 1:
            return (*paragraphs[:number], replace(paragraph, title=True), *paragraphs[number + 1 :])
        return paragraphs
    return paragraphs
