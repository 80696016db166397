"""What the article has told so far that later sentences lean on: its pair, its lead date, where it was sent from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.dates import PartialDate
from loaders.reading.model import DATE, Mention, Reading, When

_LEAD = 4  # sentences that open an article: what they tell undated happened on the lead date


@dataclass(frozen=True, slots=True)
class Memory:
    """The article's background, computed once."""

    pair: tuple[str, ...]
    lead_date: PartialDate | None
    lead_end: int  # offset where the opening sentences end
    place: Mention | None  # the dateline, or None
    spoken_of: Mapping[str, int]  # code -> number of mentions


def remember(reading: Reading) -> Memory:
    """Look over the article once; linear in its mentions."""
    opening = [sentence for sentence in reading.sentences if not sentence.boilerplate][:_LEAD]
    end = opening[-1].end if opening else 0
    counts = Counter(code for mention in reading.mentions if mention.mark in "SDP" for code in mention.codes)
    return Memory(reading.pair, _lead_date(reading, end), end, reading.dateline, counts)


def _lead_date(reading: Reading, end: int) -> PartialDate | None:
    published = reading.published
    for mention in reading.mentions_in(0, end, DATE):
        when = mention.value
        if not isinstance(when, When) or when.date.precision < 3:
            continue
        if published is None or published.precision < 3 or _close(when.date, published):
            return when.date
    return None


def _close(one: PartialDate, other: PartialDate) -> bool:
    """True when two days lie within about three weeks of each other."""
    return one.year is not None and other.year is not None and abs(_ordinal(one) - _ordinal(other)) <= 21


def _ordinal(date: PartialDate) -> int:
    return (date.year or 0) * 372 + (date.month or 1) * 31 + (date.day or 1)
