"""The titles, names, states and organisations of one sentence as units, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading.model import NAME, TITLE, Mention, Title

_ACRONYM = re.compile(r" ?\([^) \n]{2,10}\)(?=[, ])")
_ASIDE = re.compile(r" \([^()\n]{1,60}\)")
_SPACES = re.compile(r"  +")
_GAP = 44  # characters between two units that belong together
_CAREER = (("ambassador",), ("legislator",))  # what stays with a name as a form of address
IN_BRACKETS = "title: department in brackets"
"""Why of a title that is a bare department after a name: "Nom (Défense)"."""


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Link:
    """A title that speaks of a name: indexes among the sentence's units, whose the title is, and by which construction."""

    title: int
    name: int
    of: tuple[str, ...]
    why: str
    office: str = ""  # of this one, where a plural title tells several departments


def is_rank(unit: Mention) -> bool:
    """True for a rank: general, colonel, emir."""
    return unit.why == "title: rank"


def is_address(unit: Mention) -> bool:
    """True for a bare "Ambassador", "Senator": before a name it may be a mere form of address."""
    title = unit.value
    return isinstance(title, Title) and title.offices in _CAREER and not (title.of or title.place or " " in title.text)


def gap_between(units: Sequence[Mention], left: int, right: int, folded: str) -> str:
    """The folded characters between two units; a long gap comes back as a line break, which is in no list."""
    start, end = units[left].end, units[right].start
    return _SPACES.sub(" ", folded[start:end].removeprefix(")")) if end - start <= _GAP else "\n"


def unbracketed(units: Sequence[Mention], left: int, right: int, folded: str) -> str:
    """The same without an acronym in brackets: "the minister of trade (MINTRA), X"."""
    gap = gap_between(units, left, right, folded)
    aside = _ACRONYM.match(gap)
    return gap[aside.end() :] if aside is not None else gap


def _past_aside(index: int, units: Sequence[Mention], folded: str) -> int:
    """The unit after one, past what stands in brackets: "ambassador to A (resident in B, C) X"."""
    aside = _ASIDE.match(folded, units[index].end)
    following = index + 1
    while aside is not None and following < len(units) and units[following].start < aside.end():
        if units[following].mark in NAME + TITLE:
            return index + 1
        following += 1
    return following


def next_name(index: int, units: Sequence[Mention], folded: str, gaps: frozenset[str]) -> int | None:
    """The name right after a unit, past one of these gaps."""
    following = _past_aside(index, units, folded)
    if following > index + 1 and following < len(units) and units[following].mark == NAME:
        return following if folded[units[following].start - 2 : units[following].start] == ") " and " " in gaps else None
    if following < len(units) and units[following].mark == NAME and unbracketed(units, index, following, folded) in gaps:
        return following
    return None
