"""What the article has told so far that later sentences lean on: its pair, its lead date, where it was sent from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.dates import PartialDate
from loaders.reading.frames.grammar import Grammar
from loaders.reading.model import DATE, ORGANISATION, STATE, Mention, Reading, When

_LEAD = 6  # sentences that open an article: what they tell undated happened on the lead date


@dataclass(frozen=True, slots=True)
class Memory:
    """The article's background, computed once."""

    pair: tuple[str, ...]
    lead_date: PartialDate | None
    lead_end: int  # offset where the opening sentences end
    place: Mention | None  # the dateline, or None
    organisations: frozenset[str]  # every agent that the article names as an organisation
    organisation: str | None  # the organisation spoken of most, twice or more; None where two are as frequent
    spoken_of: Mapping[str, int]  # code -> number of mentions


def remember(reading: Reading) -> Memory:
    """Look over the article once; linear in its mentions."""
    opening = [sentence for sentence in reading.sentences if not sentence.boilerplate][:_LEAD]
    end = opening[-1].end if opening else 0
    counts = Counter(code for mention in reading.mentions if mention.mark in "SDP" for code in mention.codes)
    organisations = frozenset(code for m in reading.mentions if m.mark == ORGANISATION for code in m.codes)
    organisation = _most(Counter(code for m in reading.mentions if m.mark == ORGANISATION for code in m.codes))
    named = Counter(code for mention in reading.mentions if mention.mark == STATE for code in mention.codes)
    return Memory(
        _pair(reading.pair, named),
        _lead_date(reading, opening[0].start if opening else 0, end),
        end,
        reading.dateline,
        organisations,
        organisation,
        counts,
    )


def _most(counts: Counter[str]) -> str | None:
    """The most frequent, where it is met twice or more and more often than any other."""
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _pair(pair: tuple[str, ...], named: Counter[str]) -> tuple[str, ...]:
    """The pair, a state named but once replaced by one named three times or more: that one was host or mediator."""
    if len(pair) != 2:
        return pair
    often = [
        code for code, count in sorted(named.items(), key=lambda item: (-item[1], item[0])) if count >= 3 and code not in pair
    ]
    rare = [code for code in pair if named[code] <= 1]
    if len(rare) == 1 and often:
        return tuple(often[0] if code in rare else code for code in pair)
    return pair


def _lead_date(reading: Reading, start: int, end: int) -> PartialDate | None:
    published = reading.published
    for mention in reading.mentions_in(start, end, DATE):
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


def with_pair(reading: Reading, memory: Memory, grammar: Grammar) -> Reading:
    """The reading in which "les deux pays", "both sides" is a mention of the article's pair; unchanged where there is none."""
    if len(memory.pair) != 2:
        return reading
    found = [
        Mention(STATE, match.start(), match.end(), memory.pair, why="the article's pair")
        for match in grammar.phrases["the_pair"].finditer(reading.layer)
    ]
    return (
        reading.with_mentions(tuple(sorted((*reading.mentions, *found), key=lambda mention: mention.start)))
        if found
        else reading
    )
