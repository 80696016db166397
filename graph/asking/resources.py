"""The listings that `resources.toml` names: which class each has, what may be asked of its members, and by which values."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.errors import BadData, UnknownTerm
from graph.model.kinds import load_kinds
from graph.model.terms import Ontology, load_ontology

FILE = Path(__file__).parent / "resources.toml"

Takes = Literal["concept", "agent", "thing", "source", "language", "text"]
"""What values a filter takes: one of a list, a code, a short id's key, a source's hash, a language, any text."""

_CLASS, _LANGUAGE, _KIND = "class", "language", "factKind"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    class_name: str = Field(alias="class")
    kind: str
    date: str | None = None
    sort: Literal["label", "-date"]
    filters: dict[str, Annotated[list[str], Field(min_length=1)]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its parameter, the properties it looks at, what values it takes, and where that is a list, which.

    `kinds` are the first parts of the short ids that a `thing` may have.
    """

    name: str
    properties: tuple[str, ...]
    takes: Takes
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """A listing.

    `kind`: the first part of its members' short ids. `dated`: its members have dates. `holds`: they hold from when until
    when, so that `as_of` can be asked.
    """

    name: str
    class_name: str
    kind: str
    dated: bool
    holds: bool
    sort: str
    filters: Mapping[str, Filter]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The orders that may be asked for."""
        named, counted = self.class_name != "Claim", self.class_name not in ("Claim", "Source")
        wanted = {"label": named, "date": self.dated, "sources": counted}
        keys = [key for key, there in wanted.items() if there]
        return tuple(order for key in keys for order in (key, f"-{key}"))


@functools.cache
def load_resources(file: Path = FILE) -> Mapping[str, Resource]:
    """Every listing by name, in the order of the file; BadData names the listing that does not fit the ontology."""
    try:
        entries = TypeAdapter(dict[str, _Entry]).validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
        ontology = load_ontology()
        return MappingProxyType({name: _resource(name, entry, ontology) for name, entry in entries.items()})
    except (tomllib.TOMLDecodeError, ValidationError, UnknownTerm) as error:
        raise BadData(f"{file.name}: {error}") from error


def _resource(name: str, entry: _Entry, ontology: Ontology) -> Resource:
    ontology.class_(entry.class_name)
    if entry.date is not None and not ontology.is_date(entry.date):
        raise BadData(f"{FILE.name}: {name}: {entry.date} is no date")
    if entry.sort == "-date" and entry.date is None:
        raise BadData(f"{FILE.name}: {name} cannot be sorted by dates that its members do not have")
    filters = {key: _filter(key, tuple(given), entry.class_name, ontology) for key, given in entry.filters.items()}
    holds = ontology.is_a(entry.class_name, "Fact")
    return Resource(name, entry.class_name, entry.kind, entry.date is not None, holds, entry.sort, MappingProxyType(filters))


def _filter(name: str, properties: tuple[str, ...], class_name: str, ontology: Ontology) -> Filter:
    made: list[dict[str, Any]] = [_values(one, class_name, ontology) for one in properties]
    if any(other != made[0] for other in made):
        raise BadData(f"{FILE.name}: {name} looks at properties whose values are of different sorts: {', '.join(properties)}")
    return Filter(name, properties, **made[0])


def _values(local: str, class_name: str, ontology: Ontology) -> dict[str, Any]:
    if local == _CLASS:
        concrete = (one for one in ontology.subclasses(class_name) if not ontology.class_(one).abstract)
        return {"takes": "concept", "choices": tuple(concrete)}
    if local == _LANGUAGE:
        return {"takes": "language"}
    if local == _KIND:
        return {"takes": "concept", "choices": tuple(load_kinds().by_name)}
    scheme, term = ontology.scheme_of(local), ontology.property_(local)
    if scheme is not None:
        return {"takes": "concept", "choices": tuple(ontology.concepts(scheme))}
    if term.kind != "object":
        return {"takes": "text"}
    target = term.range.rpartition("#")[2]
    if ontology.is_a(target, "Agent"):
        return {"takes": "agent"}
    if ontology.is_a(target, "Source"):
        return {"takes": "source"}
    return {"takes": "thing", "kinds": (target.lower(),)}
