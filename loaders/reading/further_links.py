"""Names further on that a title also speaks of: past its matter, with a state in its place, as another state's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.reading.model import NAME, ORGANISATION, STATE, Mention, Title
from loaders.reading.person_rules import PersonRules
from loaders.reading.units import Link, gap_between, next_name

_MATTER = re.compile(r" (?:pour|au|a|en|sur|aupres|for|to|on|in|at) [^,;.:\n]{2,40}, ")


def gapped(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> Iterator[Link]:
    """Further names, each with a state in place of the title: "A, ambassador of Peru, B, of Chile, and C, of Cuba"."""
    title = units[index].value
    place = index + 1
    while isinstance(title, Title) and title.of and place + 1 < len(units) and units[place].mark == NAME:
        gaps = gap_between(units, place - 1, place, folded), gap_between(units, place, place + 1, folded)
        if gaps[0] not in rules.enumeration or not gaps[1].startswith(", ") or units[place + 1].mark != STATE:
            return
        if gaps[1][1:] not in rules.of_them:
            return
        yield Link(index, place, units[place + 1].codes[:1], "title after the name")
        place += 2


def and_theirs(name: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> bool:
    """True for a second holder of the title: "Peru's minister, A, and Chile's, B"."""
    state, other = units[name + 1], units[name + 2]
    theirs = state.mark == STATE and other.mark == NAME and folded[state.end : other.start] in ("'s, ", "', ")
    return theirs and gap_between(units, name, name + 1, folded) in rules.enumeration


def past_matter(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """The name after a comma, past what the office is for: "the president's envoy for Africa, X"."""
    name = next_name(index, units, folded, rules.comma)
    following = index + 1
    while name is None and following < len(units) and units[following].mark in STATE + ORGANISATION:
        following += 1
    if name is None and following < len(units) and units[following].mark == NAME:
        matter = _MATTER.fullmatch(folded, units[index].end, units[following].start)
        return following if matter is not None else None
    return name


def past_joined(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """The name behind another title of the same person: "le chef de l'État comorien et président en exercice de l'UA, X"."""
    following = index + 1
    first, second = units[index].value, units[following].value if following < len(units) else None
    if not isinstance(first, Title) or not isinstance(second, Title) or first.plural or second.plural:
        return None
    gap = gap_between(units, index, following, folded)
    other = second.former or (second.of and first.of and second.of != first.of and second.offices == ("other",))
    if gap not in rules.joined and not (gap in rules.joined_loosely and other):
        return None
    name = next_name(following, units, folded, rules.direct)
    return next_name(following, units, folded, rules.comma) if name is None else name
