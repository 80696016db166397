"""Names further on that a title also speaks of: past its matter, with a state in its place, as another state's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.reading.model import DEMONYM, NAME, ORGANISATION, STATE, TITLE, Mention, Title
from loaders.reading.person_rules import PersonRules
from loaders.reading.units import Link, gap_between, next_name

_MATTER = re.compile(r" (?:pour|au|a|en|sur|aupres|for|to|on|in|at) [^,;.:\n]{2,40}, ")
ENDS = ("", ",", ".", ";", ")", ":", "\n", "!", "?", '"', "-", "—")
"""What ends a phrase; nothing, where the text does."""
_TO_FORMER = (", ", ", le ", ", la ", ", l'", ", the ")


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


def _past_matter(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """The name after a comma, past what the office is for: "the president's envoy for Africa, X"."""
    name = next_name(index, units, folded, rules.comma)
    following = index + 1
    while name is None and following < len(units) and units[following].mark in STATE + ORGANISATION:
        following += 1
    if name is None and following < len(units) and units[following].mark == NAME:
        matter = _MATTER.fullmatch(folded, units[index].end, units[following].start)
        return following if matter is not None else None
    return name


def _past_joined(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
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


def farther(index: int, title: Title, units: Sequence[Mention], folded: str, rules: PersonRules) -> Iterator[Link]:
    """The name that stands beyond a people, a predecessor, another title or the owner of the office."""
    people = _beyond_people(index, units, folded)
    people = _beyond_former(index, units, folded, rules) if people is None else people
    people = _beyond_title(index, units, folded, rules) if people is None and title.counterpart else people
    people = _past_joined(index, units, folded, rules) if people is None else people
    ahead = beyond_owned(index, units, folded, rules) if people is None else None
    if people is not None:
        yield Link(index, people, title.of, "name after the title and a comma")
    elif ahead is not None:
        owner = units[index + 1].value
        yield Link(index, ahead, title.of or (owner.of if isinstance(owner, Title) else ()), "name after the title and a comma")


def owner(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """The title that this one belongs to: the adviser in "adviser to the president"."""
    if index > 0 and units[index - 1].mark == TITLE and gap_between(units, index - 1, index, folded) in rules.belongs:
        return index - 1
    return None


def beyond_owned(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """In "T1 du T2, Nom" the name, for T1."""
    following = index + 1
    if following < len(units) and units[following].mark == TITLE and owner(following, units, folded, rules) == index:
        name = _past_matter(following, units, folded, rules)
        if name is None and next_name(following, units, folded, rules.direct) is not None:
            name = _past_matter(following + 1, units, folded, rules)
        return name
    return None


def _beyond_people(index: int, units: Sequence[Mention], folded: str) -> int | None:
    """In "le chef de la diplomatie européenne, l'Espagnol X" the name."""
    name = index + 2
    if name >= len(units) or units[name].mark != NAME or units[index + 1].mark != DEMONYM:
        return None
    appears = gap_between(units, index, index + 1, folded) in (", le ", ", la ", ", l'", ", the ")
    return name if appears and gap_between(units, index + 1, name, folded) == " " else None


def _beyond_former(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """In "le médiateur, l'ancien président nigérian X" the name."""
    following = index + 1
    if following >= len(units) or units[following].mark != TITLE:
        return None
    title = units[following].value
    former = isinstance(title, Title) and title.former and not title.plural
    gap = gap_between(units, index, following, folded)
    return next_name(following, units, folded, rules.direct) if former and gap in _TO_FORMER else None


def _beyond_title(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """In "his Chadian counterpart, Foreign Minister X" the name."""
    following = index + 1
    if following >= len(units) or units[following].mark != TITLE:
        return None
    first, second = units[index].codes, units[following].codes
    if gap_between(units, index, following, folded) not in _TO_FORMER or (first and second and first != second):
        return None
    name = next_name(following, units, folded, rules.direct)
    name = next_name(following, units, folded, rules.comma) if name is None else name
    if name is None or folded[units[name].end : units[name].end + 1] in ENDS:
        return name
    opening = folded[max(0, units[index].start - 14) : units[index].start]
    return None if "invitation " in opening else name  # "at the invitation of his counterpart, President X visits …"
