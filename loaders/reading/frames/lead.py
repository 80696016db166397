"""The day an article opens with: what its first sentences tell undated happened then."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.model.dates import PartialDate
from loaders.reading.model import DATE, Mention, Reading, When

_OPENING = 6  # sentences that open an article
_LINE = 60  # characters of a line that may hold nothing but the date
_SENT = 70  # characters within which a dateline ends
_AFTER = re.compile(r"[^.\n]{0,24}?[)\s](?:[-–—]{1,2}|:)\s|\)?\s?(?:[-–—]{1,2}|:)\s|[^.\n]{0,14}\)\s?:?[-–—]?")
_CLOSE = 21  # days around publication in which the news lie


def opening(reading: Reading) -> tuple[int, int]:
    """Where the opening sentences begin and end."""
    sentences = [sentence for sentence in reading.sentences if not sentence.boilerplate][:_OPENING]
    return (sentences[0].start, sentences[-1].end) if sentences else (0, 0)


def lead_date(reading: Reading) -> PartialDate | None:
    """The first day told in the opening, datelines left out; else the month of the dateline or of publication.

    The day on which an article was sent tells no more than the month of what it reports.
    """
    start, end = opening(reading)
    published, sent = reading.published, None
    for mention in reading.mentions_in(start, end, DATE):
        when = mention.value
        if not isinstance(when, When) or when.date.precision < 3:
            continue
        if published is not None and published.precision >= 3 and not _close(when.date, published):
            continue
        if not _dateline(reading, mention):
            return when.date
        sent = sent or when.date
    known = published if published is not None and published.precision >= 2 else sent
    return None if known is None else _month(known)


def _month(date: PartialDate) -> PartialDate:
    return replace(date, day=None)


def _dateline(reading: Reading, mention: Mention) -> bool:
    """True for the date of a dateline ("LOMÉ, 4 mai (ATP) –") or of a line that holds little else."""
    sentence = reading.sentence_at(mention.start)
    if sentence is None:
        return False
    line = reading.paragraphs[sentence.paragraph]
    if line.end - line.start <= _LINE and not line.title:
        words = [word for word in reading.layer[line.start : line.end].split() if word.islower() and word.isalpha()]
        return len(words) <= 3
    if mention.end - line.start > _SENT:
        return False
    return _AFTER.match(reading.folded, mention.end, line.end) is not None


def _close(one: PartialDate, other: PartialDate) -> bool:
    """True when two days lie within about three weeks of each other."""
    return one.year is not None and other.year is not None and abs(_ordinal(one) - _ordinal(other)) <= _CLOSE


def _ordinal(date: PartialDate) -> int:
    return (date.year or 0) * 372 + (date.month or 1) * 31 + (date.day or 1)
