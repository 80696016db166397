"""Which offices a title states, and whose they are, by the rulings on public offices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from loaders.reading.model import Title
from loaders.reading.title_rules import TitleRules

COLLEAGUE = "colleague"
"""In place of an office: a counterpart only where the state or the department is said."""


_THAT_OF = ("celui", "celle")  # "le ministre de la Défense et celui de la Culture"
ENVOYS = ("envoy", "envoys")
"""Heads that mean an ambassador where the article speaks of credentials."""
_REPRESENTATIVES = ("representant", "representante", "representative")
_COMMISSIONERS = ("commissaire", "commissaires")
_BRANCH = "military_officer"  # the navy, the air force: a command, or part of a department of defence


class Item(NamedTuple):
    """A known word or mention on the layer of titles."""

    letter: str
    start: int
    end: int
    value: Any


def groups_of(match: re.Match[str] | None) -> dict[str, tuple[int, int]]:
    """Where the groups of a match lie; none without a match."""
    return {name: match.span(name) for name, found in match.groupdict().items() if found is not None} if match else {}


def spans_of(groups: Mapping[str, tuple[int, int]]) -> Mapping[str, list[tuple[int, int]]]:
    """Where the groups of each name lie, those that are numbered with it: a part may be used twice."""
    found: dict[str, list[tuple[int, int]]] = {}
    for group, span in groups.items():
        found.setdefault(group.rstrip("_0123456789"), []).append(span)
    return found


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Parts:
    """What the groups of a matched title hold."""

    spans: Mapping[str, list[tuple[int, int]]]
    near: Sequence[Item]  # those of the title, in reading order
    head: int = -1  # where its head begins

    def items(self, *names: str, letters: str) -> list[Item]:
        """The items of these letters in the groups whose names begin so, in reading order."""
        spans = [span for name in names if name in self.spans for span in self.spans[name]]
        if not spans:
            return []
        spans.sort()
        return [item for low, high in spans for item in self.near if low <= item.start < high and item.letter in letters]

    def codes(self, *names: str, letters: str = "SDGC") -> tuple[str, ...]:
        """The agents named in these groups, each once."""
        items = self.items(*names, letters=letters)
        return tuple(dict.fromkeys([code for item in items for code in item.value])) if items else ()

    def has(self, name: str) -> bool:
        """True when the group, or a numbered one of its name, matched."""
        return name in self.spans


def resolved(kind: str, item: Item, text: str, parts: Parts, rules: TitleRules, spoken_of: Set[str]) -> Title | None:
    """The title that the matched parts make; None where the words name no public office."""
    _, office, many, owner = item.value
    of = (owner,) if owner else parts.codes("of") or parts.codes("pre") or parts.codes("list", letters="SDC")
    if many and office.startswith(("head_", "minister_")):  # "the heads of state of ECOWAS": each of a state of its own
        of = parts.codes("of", letters="SDC") or parts.codes("pre", "list", letters="SDC")
    of = of or parts.codes("part", letters="C")
    former, acting = parts.has("former"), parts.has("acting")
    of = parts.codes("whose") or of  # "the UN Yemen envoy"
    if office == "special_envoy" and parts.codes("post", letters="G") == ("UN",):
        office = "ambassador"  # "Russia's UN envoy"
    if text in ENVOYS and parts.items("at", letters="S") and (parts.items("pre", "of", letters="SD")):
        office = "ambassador"  # "India's envoy to Gabon"
    place = next((i.value[0] for i in parts.items("at", letters="SGC") if i.value), None)
    if kind == "counterpart":
        return _counterpart(office, of, former, acting, many, parts)
    if kind == "holder" and text in _THAT_OF and of and not parts.has("list"):
        return Title((), of, former, acting, counterpart=True)  # "le ministre marocain et celui du Mali"
    offices = _offices(kind, office, text, of, parts, rules, spoken_of)
    if offices is None:
        return None
    if kind == "secretary" and offices == ("minister_foreign_affairs",) and not of and " " in text:
        of = rules.default_secretary
    return Title(offices, of, former, acting, many, place=place, each=_each(parts) if many else ())


def _each(parts: Parts) -> tuple[str, ...]:
    """The offices that a plural title tells one by one: "les ministres des Affaires étrangères et de la Défense"."""
    told = tuple(item.value for item in parts.items("list", "prelist", letters="F"))
    several = len(set(told)) == len(told) > 1
    # "foreign affairs and cooperation" is one department, "education and immigration" are two
    return told if several and not {"minister_other", "minister_foreign_affairs"} <= set(told) else ()


def _offices(
    kind: str, office: str, text: str, of: tuple[str, ...], parts: Parts, rules: TitleRules, spoken_of: Set[str]
) -> tuple[str, ...] | None:
    portfolios = [item.value for item in parts.items("list", "prelist", letters="F")]
    institutions = [item.value for item in parts.items("inst", "here", "list", "prelist", letters="I")]
    if kind == "deputy" or (kind in ("minister", "delegate") and parts.has("boss") and _to_a_minister(parts)):
        return ("deputy_minister",)
    if kind in ("minister", "delegate"):
        return (department(portfolios),) if portfolios or parts.has("list") else ("minister",)
    if kind == "holder":
        return _held(office, portfolios, institutions, text, parts)
    if kind in ("envoy", "plain") and parts.has("unknown"):
        return None
    if kind == "secretary":
        return _secretary(text, of, portfolios, parts, rules, spoken_of)
    if kind in ("president", "chair"):
        return _presidency(kind, portfolios, institutions, parts)
    if text in _REPRESENTATIVES:
        served = {item.letter for item in parts.items("of", "pre", letters="SDG")} - {"D"} or {"S"}
        accredited = any(item.letter == "G" for item in parts.items("at", letters="G"))
        represents = "director" if served == {"G"} else "ambassador" if accredited else None
        if represents is not None or office == "ambassador":
            return (represents,) if represents is not None else None
    if text in _COMMISSIONERS and any(item.letter == "G" for item in parts.items("of", "at", "list", letters="G")):
        return ("director",)  # a member of an organisation's commission
    if office in ("director", "other") and institutions[:1] == ["none"] and not of:
        return None  # of a race, a festival
    if office.startswith("head_of_") and parts.has("part"):
        return ("other",)  # of a province
    return (office,)


def _counterpart(office: str, of: tuple[str, ...], former: bool, acting: bool, many: bool, parts: Parts) -> Title | None:
    """ "Son homologue"; a colleague is one when the state or the department is said."""
    portfolios = [item.value for item in parts.items("list", "prelist", letters="F")]
    if portfolios:
        return Title((department(portfolios),), of, former, acting, many)
    return Title((), of, former, acting, many, counterpart=True) if of or office != COLLEAGUE else None


def _secretary(
    text: str, of: tuple[str, ...], portfolios: list[str], parts: Parts, rules: TitleRules, spoken_of: Set[str]
) -> tuple[str, ...] | None:
    """A secretary of state, or of a department: a minister in some states, a deputy in others, a career official in a few."""
    of_state = " " in text
    if parts.has("council"):
        return ("other",)
    if not of_state and not portfolios:
        return None
    if portfolios == ["minister_foreign_affairs"] and not of_state and rules.career.intersection(of):
        return ("other",)
    unknown = rules.unknown_department or (bool(rules.departments & spoken_of) and not portfolios)
    heads_department = bool(rules.departments.intersection(of)) if of else unknown
    if of_state and not heads_department:
        return ("deputy_minister",)
    return (department(portfolios),) if portfolios or parts.has("list") else ("minister_foreign_affairs",)


def _held(office: str, portfolios: list[str], institutions: list[str], text: str, parts: Parts) -> tuple[str, ...] | None:
    """What somebody holds who is "in charge of" a department, presides over an institution or commands forces."""
    if office != "minister_other":  # "chief of the South African national defence force"
        forces = set(portfolios)
        return (office,) if forces == {"minister_defence"} else (_BRANCH,) if forces == {_BRANCH} else None
    if text == "head of" and portfolios and not any(item.letter == "Z" for item in parts.near):
        if set(portfolios) == {_BRANCH}:
            return (_BRANCH,)  # "the head of the Ghanaian navy"
        if "minister_foreign_affairs" not in portfolios:
            return ("director",) if parts.codes("of2", "of") else None  # "head of security": no ministry is said
    if portfolios:
        office = department(portfolios)
        return (office,) if office != "minister_other" or text in _THAT_OF else None
    if text == "head of" and not institutions:
        return ("director",)  # of an organisation
    return (institutions[0],) if institutions and institutions[0] != "none" else None


def _to_a_minister(parts: Parts) -> bool:
    return any(item.letter in "HYU" for item in parts.items("boss", letters="HYUKR"))


def department(portfolios: list[str]) -> str:
    """Foreign affairs anywhere in the list wins, then the first department with an office of its own, then any other."""
    if "minister_foreign_affairs" in portfolios:
        return "minister_foreign_affairs"
    found = next((portfolio for portfolio in portfolios if portfolio != "minister_other"), "minister_other")
    return "minister_defence" if found == _BRANCH else found


def _presidency(kind: str, portfolios: list[str], institutions: list[str], parts: Parts) -> tuple[str, ...] | None:
    if institutions:
        unnamed = institutions[0] == "director" and not parts.codes("of", "pre", "list")
        return None if institutions[0] == "none" or unnamed else (institutions[0],)
    if portfolios or parts.has("unknown") or kind == "chair":
        return None
    if parts.items("pre", letters="C") and not parts.codes("pre", "of", letters="SDG"):
        return None  # "the Barcelona president"
    if any(item.letter == "G" for item in parts.items("of", letters="SG")) and not parts.codes("pre"):
        return ("other",)
    if parts.items("pre", letters="G") and not parts.codes("pre", letters="SD"):
        return ("other",)  # "the Human Rights Council president"
    return ("head_of_state",)
