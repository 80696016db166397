"""States, organisations, cities and regions as the reference data describes them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.turtle import Forms


@dataclass(frozen=True, slots=True)
class State:
    """A state, a territory (`party` is False) or a state that is no more (`historic`). `names` starts with the preferred one.

    A form written in capitals (RDC, US) counts in capitals only. `ambiguous` holds the forms, of whatever kind, that are also
    something else; `docs/decisions/0020-ambiguous-names.md` says what a reader owes them.
    """

    code: str
    names: Forms
    official: Forms
    article: str | None
    demonyms: Forms
    prefixes: Forms
    government_names: Forms
    ambiguous: frozenset[str]
    iso2: str | None
    iso_numeric: str | None
    cow_code: str | None
    cow_number: int | None
    wikidata: str | None
    since: str | None
    until: str | None
    successors: tuple[str, ...]
    territory_of: str | None
    party: bool
    historic: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation, or a part of one (`part_of`: the code of the whole, a state's for its commands).

    `party`: it may be a party to a fact, like a state. An acronym counts as written, in capitals.
    """

    code: str
    names: Forms
    acronyms: Forms
    demonyms: Forms
    prefixes: Forms
    government_names: Forms
    ambiguous: frozenset[str]
    wikidata: str | None
    since: str | None
    until: str | None
    successors: tuple[str, ...]
    part_of: str | None
    party: bool


@dataclass(frozen=True, slots=True)
class City:
    """A city: `state` administers it and accredits missions there, `stands_for` is whose government its name may mean.

    `latitude` and `longitude` are decimal degrees (WGS 84), north and east positive, to a tenth of a degree (about 10 km).
    """

    key: str
    names: Forms
    state: str
    capital: bool
    stands_for: str | None
    latitude: float
    longitude: float
    ambiguous: frozenset[str]


@dataclass(frozen=True, slots=True)
class Homonym:
    """A name that holds an agent's or a city's and means neither (a sea, a newspaper, a treaty): it hides what it holds."""

    key: str
    names: Forms


Agent = State | Organisation
