"""`schema/resolution.toml`, checked and frozen: what is compared, what a likeness is worth, from which score on two are one."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.errors import BadData
from graph.model.files import SCHEMA
from graph.model.strict import only_known

FILE = "resolution.toml"
COMPARISONS: Mapping[str, frozenset[str]] = {
    "date": frozenset({"same", "month", "year", "close", "shifted", "moved", "replanned", "different"}),
    "told": frozenset({"near", "far", "before"}),
    "concept": frozenset({"same", "compatible", "step", "different"}),
    "overlap": frozenset({"same", "some", "related", "different"}),
    "place": frozenset({"same", "different"}),
    "places": frozenset({"same", "some", "different"}),
    "people": frozenset({"same", "some", "few", "different"}),
    "words": frozenset({"same", "some", "different"}),
    "count": frozenset({"same", "close", "different", "one"}),
    "number": frozenset({"same", "different"}),
    "amount": frozenset({"same", "close", "different"}),
    "equal": frozenset({"same", "different"}),
    "direction": frozenset({"same", "different"}),
    "person_name": frozenset({"same", "similar", "initial", "family", "first", "different"}),
    "offices": frozenset({"same"}),
    "states": frozenset({"same", "misread", "doubtful", "different"}),
}
"""The comparisons there are, each with its outcomes."""
_OPTIONS = {"compare", "apart", "days", "generic", "families", "steps", "plans", "put_off", "shift", "wait", "whose"}
_TOP = {
    "claim_floor",
    "view_threshold",
    "confidence_cap",
    "margin",
    "near_days",
    "far_days",
    "reprint_length",
    "reprint_likeness",
    "copy_likeness",
    "held_days",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One likeness of two claims: points by outcome; an outcome in `apart` keeps the two out of one thing for good.

    `whose` is the field that says of whom a date is: those of different agents are not compared.
    """

    name: str
    compare: str
    points: Mapping[str, float]
    apart: frozenset[str] = frozenset()
    days: int = 0
    generic: frozenset[str] = frozenset()
    families: tuple[frozenset[str], ...] = ()
    steps: tuple[tuple[str, ...], ...] = ()
    plans: frozenset[str] = frozenset()
    put_off: frozenset[str] = frozenset()
    shift: int = 0
    wait: int = 0
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """How claims of one kind are resolved."""

    kind: str
    threshold: float
    features: tuple[Feature, ...]
    block: tuple[str, ...] = ()
    same_source: bool = False
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names of persons are folded and compared."""

    titles: frozenset[str]
    optional_titles: frozenset[str]
    particles: frozenset[str]
    letters: Mapping[int, str]
    compounds: tuple[tuple[re.Pattern[str], str], ...]
    sounds: tuple[tuple[re.Pattern[str], str], ...]
    single_offices: frozenset[str]
    similar_given: float
    similar_family: float
    slips: tuple[int, int]
    initials: tuple[frozenset[str], ...]
    unlike: tuple[tuple[str, ...], ...]
    sovereigns: tuple[tuple[str, ...], ...]
    generic_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class ViewRules:
    """How several values of one property are weighed."""

    progress: Mapping[str, tuple[str, ...]]
    generic: Mapping[str, frozenset[str]]
    undisputed: frozenset[str]
    plans: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The whole file."""

    claim_floor: float
    view_threshold: float
    confidence_cap: float
    margin: float
    near_days: float
    far_days: float
    reprint_length: float
    reprint_likeness: float
    copy_likeness: float
    held_days: float
    names: NameRules
    view: ViewRules
    by_kind: Mapping[str, Rule] = field(default_factory=dict)


@functools.cache
def load_rules(folder: Path = SCHEMA) -> Rules:
    """The rules of a schema folder, read once a process; BadData names file and key of what is wrong."""
    path = folder / FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        numbers = {name: float(content.pop(name)) for name in sorted(_TOP)}
        names, view = _names(content.pop("names")), _view(content.pop("view"))
        kinds = {kind: _rule(kind, entry) for kind, entry in content.items()}
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise BadData(f"{path}: {error}") from error
    return Rules(names=names, view=view, by_kind=MappingProxyType(kinds), **numbers)


def _rule(kind: str, entry: Mapping[str, Any]) -> Rule:
    only_known(FILE, kind, entry, {"block", "threshold", "same_source", "open", "features"})
    features = tuple(_feature(f"{kind}.{name}", name, about) for name, about in entry["features"].items())
    block, same = tuple(entry.get("block", ())), bool(entry.get("same_source", False))
    return Rule(kind, float(entry["threshold"]), features, block, same, frozenset(entry.get("open", ())))


def _feature(place: str, name: str, entry: Mapping[str, Any]) -> Feature:
    compare = entry["compare"]
    if compare not in COMPARISONS:
        raise BadData(f"{FILE}: {place} has no comparison {compare!r}; there are {', '.join(COMPARISONS)}")
    only_known(FILE, place, entry, _OPTIONS | COMPARISONS[compare])
    points = {outcome: float(entry[outcome]) for outcome in COMPARISONS[compare] if outcome in entry}
    apart = frozenset(entry.get("apart", ()))
    if not apart <= COMPARISONS[compare]:
        raise BadData(
            f"{FILE}: {place} keeps apart what {compare} never says: {', '.join(sorted(apart - COMPARISONS[compare]))}"
        )
    families = tuple(frozenset(family) for family in entry.get("families", ()))
    return Feature(
        name,
        compare,
        points,
        apart,
        days=int(entry.get("days", 0)),
        generic=frozenset(entry.get("generic", ())),
        families=families,
        steps=tuple(tuple(life) for life in entry.get("steps", ())),
        plans=frozenset(entry.get("plans", ())),
        put_off=frozenset(entry.get("put_off", ())),
        shift=int(entry.get("shift", 0)),
        wait=int(entry.get("wait", 0)),
        whose=str(entry.get("whose", "")),
    )


def _names(entry: Mapping[str, Any]) -> NameRules:
    only_known(FILE, "names", entry, set(NameRules.__dataclass_fields__))
    return NameRules(
        titles=frozenset(entry["titles"]),
        optional_titles=frozenset(entry["optional_titles"]),
        particles=frozenset(entry["particles"]),
        letters=MappingProxyType(str.maketrans(entry["letters"])),
        compounds=tuple((re.compile(form), name) for form, name in entry["compounds"]),
        sounds=tuple((re.compile(form), sound) for form, sound in entry["sounds"]),
        single_offices=frozenset(entry["single_offices"]),
        similar_given=float(entry["similar_given"]),
        similar_family=float(entry["similar_family"]),
        slips=(int(entry["slips"][0]), int(entry["slips"][1])),
        initials=tuple(frozenset(group) for group in entry["initials"]),
        unlike=tuple(tuple(names) for names in entry["unlike"]),
        sovereigns=tuple(tuple(names) for names in entry["sovereigns"]),
        generic_words=frozenset(entry["generic_words"]),
    )


def _view(entry: Mapping[str, Any]) -> ViewRules:
    only_known(FILE, "view", entry, set(ViewRules.__dataclass_fields__))
    progress = {name: tuple(steps) for name, steps in entry["progress"].items()}
    generic = {name: frozenset(values) for name, values in entry["generic"].items()}
    return ViewRules(
        MappingProxyType(progress), MappingProxyType(generic), frozenset(entry["undisputed"]), frozenset(entry["plans"])
    )
