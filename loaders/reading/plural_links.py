"""Plural titles and their names: "les présidents A et B", "A and B, ministers of …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.reading.model import DEMONYM, NAME, ORGANISATION, STATE, TITLE, Mention, Title
from loaders.reading.person_rules import PersonRules
from loaders.reading.units import IN_BRACKETS, Link, gap_between, is_rank

_LIST = 12  # names that one plural title may have


def of_plural(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> Iterator[Link]:
    """ "les présidents A et B", "ses homologues burkinabè, M. A, et malienne, Mme B", "A et B, ministres de …"."""
    title = units[index].value
    assert isinstance(title, Title)
    names = _without_titled(_names_from(index + 1, units, folded, rules), title, units, folded)
    gaps = rules.direct if len(names) == 1 else rules.direct | rules.comma
    if names and (names[0][1] or gap_between(units, index, index + 1, folded) in gaps):
        spread = title.of if len(title.of) == len(names) else ()
        listed = (*title.of, *_states_from(index + 1, units, folded, rules))
        if 1 < len(listed) == len(names) and len(title.of) == 1 and not any(own for _, own in names[1:]):
            spread, names = listed, [(name, ()) for name, _ in names]
        each = title.each if len(title.each) == len(names) > len(title.of) else ()
        for place, (name, own) in enumerate(names):
            of = own or ((spread[place],) if spread else (title.of[:1] if len(title.of) == 1 or place == 0 else ()))
            yield Link(index, name, of, "several names after a plural title", each[place] if each else "")
        return
    behind = _names_back(index - 1, units, folded, rules)
    if len(behind) > 1 and gap_between(units, index - 1, index, folded) in rules.after:
        spread = title.of if len(title.of) == len(behind) else ()
        for place, holder in enumerate(behind):
            yield Link(
                index,
                holder,
                (spread[place],) if spread else title.of[:1] if len(title.of) == 1 else (),
                "plural title after several names",
            )


def _states_from(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> Iterator[str]:
    """The states that go on with the one of a title, before its names: "his counterparts from A[, B and C], X, Y and Z"."""
    while index < len(units) and units[index].mark in DEMONYM + STATE and len(units[index].codes) == 1:
        gap = gap_between(units, index - 1, index, folded)
        if gap not in rules.enumeration and gap not in rules.comma:
            break
        yield units[index].codes[0]
        index += 1


def _without_titled(
    names: list[tuple[int, tuple[str, ...]]], title: Title, units: Sequence[Mention], folded: str
) -> list[tuple[int, tuple[str, ...]]]:
    """The names without a last one that has a title of its own: "the ministers A and B, as well as C, the director"."""
    if len(names) < 2 or names[-1][0] + 1 >= len(units):
        return names
    last = names[-1][0]
    other = units[last + 1].value
    own = isinstance(other, Title) and not other.plural and gap_between(units, last, last + 1, folded).startswith(",")
    apart = "ainsi que" in (gap := gap_between(units, last - 1, last, folded)) or "as well as" in gap
    return names[:-1] if own and (apart or len(names) == len(title.each) + 1 > 1) else names


def _names_from(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> list[tuple[int, tuple[str, ...]]]:
    """Names one after another, each with the people named right before it, if any."""
    found: list[tuple[int, tuple[str, ...]]] = []
    own: tuple[str, ...] = ()
    while index < len(units) and len(found) < _LIST:
        unit = units[index]
        gap = gap_between(units, index - 1, index, folded)
        if unit.why == IN_BRACKETS and gap == " (":
            index += 1
            continue
        if unit.mark == TITLE and is_rank(unit) and (gap in rules.enumeration or gap in rules.comma or gap in rules.direct):
            index += 1
            continue
        if unit.mark == NAME and (not found or gap in rules.enumeration or gap in rules.comma or gap in rules.direct):
            found.append((index, own))
            own = ()
        elif unit.mark in DEMONYM + STATE and found and not found[-1][1] and gap in rules.of_them:
            found[-1] = (found[-1][0], unit.codes[:1])
        elif unit.mark in DEMONYM + STATE and _theirs(gap, rules):
            own = unit.codes[:1]
        else:
            break
        index += 1
    return found


def _names_back(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> list[int]:
    found: list[int] = []
    while index >= 0 and len(found) < _LIST:
        if units[index].mark in STATE + ORGANISATION and index > 0 and gap_between(units, index - 1, index, folded) == " (":
            index -= 1
            continue
        if units[index].mark in STATE + DEMONYM and found and gap_between(units, index, found[0], folded) == " ":
            index -= 1
            continue
        if units[index].mark != NAME:
            break
        if (
            found
            and gap_between(units, found[0] - 1, found[0], folded) not in rules.enumeration
            and units[found[0] - 1].mark == NAME
        ):
            break
        found.insert(0, index)
        index -= 1
    return found


def _theirs(gap: str, rules: PersonRules) -> bool:
    """True for what stands before the state or people of the next name of a list: " and the "."""
    between = gap.strip(" ,();")
    return not between or between in rules.theirs
