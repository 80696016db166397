"""`schema/validity.toml`, checked and frozen: which claims bound a fact's valid time, and which facts end each other."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.errors import BadData
from graph.model.files import SCHEMA
from graph.model.kinds import Kinds, load_kinds
from graph.model.strict import only_known

FILE = "validity.toml"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A claim's field of status, and by date field the statuses of the claims that date the beginning or the end by it."""

    status: str | None
    begins: Mapping[str, frozenset[str]]
    ends: Mapping[str, frozenset[str]]
    earliest: bool


@dataclass(frozen=True, slots=True)
class Series:
    """Things with equal values of `key` follow each other; one whose `step` is in `ended_by` of another's ends it."""

    key: tuple[str, ...]
    step: str
    ended_by: Mapping[str, frozenset[str]]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ValidityRules:
    """The whole file, by kind of fact."""

    bounds: Mapping[str, Bounds]
    series: Mapping[str, Series]


@functools.cache
def load_validity(folder: Path = SCHEMA) -> ValidityRules:
    """The rules of a schema folder, read once a process; BadData names file, kind and what is wrong."""
    path, kinds = folder / FILE, load_kinds(folder)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        only_known(FILE, "the file", content, {"bounds", "series"})
        bounds = {kind: _bounds(kind, entry, kinds) for kind, entry in content["bounds"].items()}
        series = {kind: _series(kind, entry, kinds) for kind, entry in content["series"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadData(f"{path}: {error}") from error
    return ValidityRules(MappingProxyType(bounds), MappingProxyType(series))


def _bounds(kind: str, entry: Mapping[str, Any], kinds: Kinds) -> Bounds:
    only_known(FILE, f"bounds.{kind}", entry, {"status", "from", "until", "earliest"})
    fields = kinds[kind].fields
    dates = [*entry["from"], *entry.get("until", ())]
    for name in (*dates, *filter(None, (entry.get("status"),))):
        if name not in fields:
            raise BadData(f"{FILE}: bounds.{kind}: {kind} has no field {name!r}")
    begins, ends = ({name: frozenset(statuses) for name, statuses in entry.get(part, {}).items()} for part in ("from", "until"))
    return Bounds(entry.get("status"), MappingProxyType(begins), MappingProxyType(ends), bool(entry.get("earliest", False)))


def _series(kind: str, entry: Mapping[str, Any], kinds: Kinds) -> Series:
    only_known(FILE, f"series.{kind}", entry, {"key", "step", "ended_by", "alike"})
    properties = {field.property_name for field in kinds[kind].fields.values()}
    for name in (*entry["key"], entry["step"], *entry.get("alike", ())):
        if name not in properties:
            raise BadData(f"{FILE}: series.{kind}: {kind} has no property {name!r}")
    ended_by = {step: frozenset(others) for step, others in entry["ended_by"].items()}
    return Series(tuple(entry["key"]), entry["step"], MappingProxyType(ended_by), tuple(entry.get("alike", ())))
