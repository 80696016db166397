"""Stage 5: who is who. Titles and names find each other, names of one person meet, bare titles find their holders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from loaders.reading.anaphora import refer
from loaders.reading.links import find_links
from loaders.reading.model import DEMONYM, NAME, ORGANISATION, STATE, TITLE, Mention, Reading, Sentence
from loaders.reading.people import Register
from loaders.reading.person_rules import PersonRules
from loaders.reading.register import Said
from loaders.reading.units import Link, gap_between, is_address, is_rank

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_SIDE = 14  # characters between the word for a side and the person of that side
_UNITS = TITLE + NAME + STATE + DEMONYM + ORGANISATION
_MOST = 120  # titles and names of one sentence that are looked at: a longer list is no sentence


def find_persons(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its persons, and a P mention wherever one of them is named or meant by a bare title."""
    rules = lexicon.of(reading).persons
    register = Register(reading.honoured, lexicon.of(reading).titles.career, lexicon.monarchies, rules)
    for sentence in _read(reading):
        units = _units(reading, sentence)
        links = find_links(units, reading.folded, rules)
        _enter(units, links, reading, rules, register)
    return refer(register.settled(reading), lexicon)


_FAR_SIDE = 60  # characters from an opening "on the Greek side," to the person
_SPEAKS_FOR = re.compile(r"(?:^|[.;:,\n] ?|and |et )(?:for|pour) (?:the |le |la |l'|les )?\Z")


def _read(reading: Reading) -> Iterator[Sentence]:
    return (sentence for sentence in reading.sentences if not sentence.boilerplate)


def _units(reading: Reading, sentence: Sentence) -> tuple[Mention, ...]:
    return reading.mentions_in(sentence.start, sentence.end, _UNITS)[:_MOST]


def _enter(units: Sequence[Mention], links: list[Link], reading: Reading, rules: PersonRules, register: Register) -> None:
    """Write what one sentence says of its people into the register."""
    by_name: dict[int, list[Link]] = {}
    for link in links:
        by_name.setdefault(link.name, []).append(link)
    linked = {link.title for link in links}
    for index, unit in enumerate(units):
        if unit.mark == NAME:
            state, how = _beside(index, units, reading.folded, rules)
            said = [
                Said(units[link.title], link.of, link.why, _side_by_side(index, link.title, units, reading.folded), link.office)
                for link in by_name.get(index, ())
            ]
            register.name(unit, said, state, how)
            ruled = rules.rules_over(reading.folded, unit)
            if ruled is not None and not said:
                register.ruler(unit, ruled)
        elif unit.mark == TITLE and index not in linked:
            register.title(unit)


def _side_by_side(name: int, title: int, units: Sequence[Mention], folded: str) -> bool:
    """True when nothing stands between a name and its title but who owns the title: "X, Y's envoy"."""
    owned = title - name == 2 and units[name + 1].mark == NAME and gap_between(units, name + 1, title, folded) == "'s "
    between = units[title + 1 : name]
    ranked = len(between) == 1 and (is_rank(between[0]) or is_address(between[0]))  # "le porte-parole, le colonel X"
    return abs(title - name) == 1 or owned or ranked


def _side(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> str | None:
    """The people whose side a person is on: "pour la partie russe, le vice-ministre X"."""
    for place in range(index - 1, max(-1, index - 4), -1):
        unit = units[place]
        if unit.mark == DEMONYM and len(unit.codes) == 1:
            opening = folded[unit.end : unit.end + 6].startswith((",", " side,"))  # "on the Greek side, the text was signed by"
            close = units[place + 1].start - unit.end <= (_FAR_SIDE if opening else _SIDE)
            return unit.codes[0] if close and folded[max(0, unit.start - 16) : unit.start].endswith(rules.sides) else None
        if unit.mark == STATE and folded[unit.end : unit.end + 1] == "," and units[place + 1].start - unit.end <= _SIDE:
            spoken = folded[max(0, unit.start - 12) : unit.start]
            return unit.codes[0] if _SPEAKS_FOR.search(spoken) else None
        if unit.mark != TITLE:
            return None
    return None


def _beside(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> tuple[str | None, str]:
    """The state that stands right beside a name: "le Rwandais X", "Rwanda's X", "X (Rwanda)"."""
    unit = units[index]
    if index > 0 and units[index - 1].mark in DEMONYM + STATE and len(units[index - 1].codes) == 1:
        gap = gap_between(units, index - 1, index, folded)
        lead = folded[max(0, units[index - 1].start - 4) : units[index - 1].start]
        if gap == "'s " or (gap == " " and units[index - 1].mark == DEMONYM and lead.endswith(rules.beside_before)):
            return units[index - 1].codes[0], "beside"
    side = _side(index, units, folded, rules)
    if side is not None:
        return side, "beside"
    if index + 1 < len(units) and units[index + 1].mark in STATE + ORGANISATION:
        gap = gap_between(units, index, index + 1, folded)
        after = folded[units[index + 1].end : units[index + 1].end + 1]
        if gap in rules.stands_for:
            return units[index + 1].codes[0], "beside"
        if gap in (" (", " (de ", " (du ") and after == ")":
            return units[index + 1].codes[0], "beside"
        if gap in (" of ", " of the ") and unit.value and " " in str(unit.value):
            return units[index + 1].codes[0], "beside"
    return None, ""
