"""Houses that a title may be of: whether they are known to be public, and whether a president is any state's."""

from __future__ import annotations

import re

from loaders.reading.model import ORGANISATION, STATE, Reading, Title
from loaders.reading.title_offices import Item, Parts
from loaders.reading.title_rules import TitleRules

_OF_A_PARTY = re.compile(r"(?<!\w)[A-Z]{2,}(?:-[A-Z]+)+ \Z")  # "VMRO-DPMNE President"
_WHOSE = re.compile(r"(?P<whose>[A-Za-z])_*+(?:'s)?, (?:whose |dont l[ea] )\Z")
_PUBLIC = "SDGFIHZKR"  # what a public house is named by: a state, a people, a department, a ministry
_OF_PEOPLE = ("none", "head_of_state")  # what is presided over and no public house, or perhaps none: "federation"
_BEFORE = 24  # characters before a title in which its house, or a party's letters, may stand
_SHADOW = "shadow "  # before a post that the opposition has
_PARTY = 40  # the same for a party and what its spokesman speaks on
_BACK = 420  # the same for what "whose president" goes back to
_BEHIND = re.compile(r"[^,.;:\n]{0,60}")  # "directeur général Afrique au ministère"
_HOUSE = re.compile(r"(?<![^\s(])(?P<house>(?P<owner>[\w&-]+)['’]s?|[A-Z][\w&-]+) \Z")


def private_house(title: Title, item: Item, parts: Parts, span: tuple[int, int], reading: Reading, rules: TitleRules) -> bool:
    """True for the head of a house that is not known to be public, or of none named where the article names no organisation."""
    before = _HOUSE.search(reading.text, max(0, span[0] - _BEFORE), span[0])
    behind = _BEHIND.match(reading.folded, item.end)
    house = reading.folded[before.start() if before else span[0] : item.start] + (behind[0] if behind else "")
    if before is None and span == (item.start, item.end) and not rules.public_house.search(house):
        return not any(mention.mark == ORGANISATION for mention in reading.mentions)
    return _unknown(title, parts, house, rules)


def of_a_party(title: Title, item: Item, start: int, reading: Reading, rules: TitleRules) -> bool:
    """True for who speaks for a party or a candidate ("opposition immigration spokesman"), and for a shadow minister."""
    if "spokesperson" not in title.offices:
        return reading.folded.endswith(_SHADOW, 0, start)
    before = rules.party_before.search(reading.folded, max(0, item.start - _PARTY), item.start)
    return before is not None or rules.party_after.match(reading.folded, item.end) is not None


def of_no_state(start: int, layer: str, reading: Reading) -> bool:
    """True for the president of a party in letters, or of something else: "the federation, whose president is …"."""
    whose = _WHOSE.search(layer, max(0, start - _BACK), start)
    if whose is not None:
        return whose["whose"] not in (STATE, ORGANISATION)
    return _OF_A_PARTY.search(reading.text, max(0, start - _BEFORE), start) is not None


def _unknown(title: Title, parts: Parts, house: str, rules: TitleRules) -> bool:
    """True for the head of a house, as the words around name it, that is not known to be public: "directeur d'Orange"."""
    public = any(item.letter in _PUBLIC and item.value not in _OF_PEOPLE and item.start != parts.head for item in parts.near)
    return not (title.of or public or rules.public_house.search(house))
