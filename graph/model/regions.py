"""Regions and sub-regions of the world, by which states are grouped: read from `schema/regions.toml` and checked."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.errors import BadData
from graph.model.files import SCHEMA
from graph.model.reference import load_reference
from graph.model.turtle import LANGUAGES

_KEY, _M49 = re.compile(r"[a-z]+(_[a-z]+)*\Z"), re.compile(r"[0-9]{3}\Z")


@dataclass(frozen=True, slots=True)
class Region:
    """A region or sub-region: its code in the UN's standard M49, its names by language, the codes of its states, sorted.

    `within` is the key of the region that a sub-region is part of.
    """

    key: str
    m49: str
    labels: Mapping[str, str]
    states: tuple[str, ...]
    within: str | None = None


def load_regions(folder: Path = SCHEMA) -> Mapping[str, Region]:
    """All of them by key, regions before sub-regions; BadData names the file and the entry that is wrong."""
    return _load(folder / "regions.toml")


@functools.cache
def _load(path: Path) -> Mapping[str, Region]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        subs = {key: _region(path, key, entry, entry["states"]) for key, entry in found["sub_regions"].items()}
        regions = {key: _region(path, key, entry, _states_of(key, subs)) for key, entry in found["regions"].items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadData(f"{path.name}: {error!r}; an entry has m49, fr, en, and a sub-region its states") from error
    _check(path, regions, subs)
    return MappingProxyType({**regions, **subs})


def _region(path: Path, key: str, entry: Mapping[str, Any], states: Iterator[str]) -> Region:
    odd = entry.keys() - {"m49", "fr", "en", "region", "states"}
    if odd or not _KEY.match(key) or not _M49.match(entry["m49"]):
        raise BadData(f"{path.name}: {key}: a key like northern_africa, an M49 code of three digits and names are asked for")
    labels = {language: str(entry[language]) for language in LANGUAGES}
    return Region(key, entry["m49"], MappingProxyType(labels), tuple(sorted(states)), entry.get("region"))


def _states_of(region: str, subs: Mapping[str, Region]) -> Iterator[str]:
    return (code for sub in subs.values() if sub.within == region for code in sub.states)


def _check(path: Path, regions: Mapping[str, Region], subs: Mapping[str, Region]) -> None:
    for sub in subs.values():
        if sub.within is not None and sub.within not in regions:
            raise BadData(f"{path.name}: {sub.key}: there is no region {sub.within!r}")
    codes = Counter(code for sub in subs.values() for code in sub.states)
    today = {code for code, state in load_reference().states.items() if not state.historic}
    wrong = [f"{code} is in {codes[code]} sub-regions" for code in sorted(today | codes.keys()) if codes[code] != 1]
    wrong += [f"{code} is no state of today" for code in sorted(codes.keys() - today)]
    doubled = [m49 for m49, count in Counter(each.m49 for each in (*regions.values(), *subs.values())).items() if count > 1]
    if wrong or doubled:
        raise BadData(f"{path.name}: {'; '.join([*wrong, *(f'{m49} is the code of two' for m49 in doubled)])}")
