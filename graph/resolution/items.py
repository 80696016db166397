"""What is resolved: one item a claim, and one a person that a source names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph.model.claims import Claim, SourceClaims, Value
from graph.model.dates import PartialDate
from graph.model.kinds import Kind, Kinds
from graph.record.encode import mention_numbers, parts
from graph.resolution.names import Name, Names

UNDATED = "9999"
"""Sorts after every date of publication."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A claim as resolution sees it; `id` is the claim's key, for a person the founding mention's (`HEX32#person-n`)."""

    id: str
    kind: str
    source: str
    published: str
    language: str | None
    fields: Mapping[str, Value]

    @property
    def order(self) -> tuple[str, str]:
        """What makes the founding claim of a cluster: published first, then the smaller id."""
        return (self.published, self.id)

    def texts(self, name: str) -> tuple[str, ...]:
        """A field's values as strings; empty where it is left out."""
        value = self.fields.get(name)
        return () if value is None else tuple(str(part) for part in parts(value))

    def text(self, name: str) -> str | None:
        """A field's single value as a string."""
        found = self.texts(name)
        return found[0] if found else None

    def date(self, name: str = "date") -> PartialDate | None:
        """A field's date."""
        found = self.text(name)
        return None if found is None else parsed(found)

    @property
    def level(self) -> int:
        """How precisely the item tells which thing it speaks of; the vaguer join the more precise, not the reverse."""
        date = self.date()
        return 0 if date is None else date.precision


@dataclass(frozen=True, slots=True, eq=False)
class Person(Item):
    """A person as one source names them: mentions of one name, with the offices and agents the source gives them."""

    name: Name
    folded: str  # a spelling that gives `name`
    spelling: str  # the fullest
    mentions: tuple[str, ...]
    offices: frozenset[tuple[str, str]]
    agents: frozenset[str]

    @property
    def signature(self) -> tuple[object, ...]:
        """All that is compared of a person."""
        return (self.name, self.offices, self.agents)

    @property
    def level(self) -> int:
        """A full name before a family name alone."""
        return 1 if self.name.full else 0


@lru_cache(maxsize=50_000)
def parsed(text: str) -> PartialDate:
    """A date as written in a claim."""
    return PartialDate.parse(text)


@dataclass(frozen=True, slots=True)
class Told:
    """The claims of one source by key, with what resolution needs to know of the source."""

    source: str
    published: str | None
    language: str | None
    claims: Sequence[tuple[str, Claim]]
    decided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By key of a claim the fields whose value a person gave."""


def told_of(told: SourceClaims) -> Told:
    """A source not recorded yet as resolution sees it."""
    found = told.source
    return Told(found.id, found.published, found.language, [(claim.key(found.id), claim) for claim in told.claims])


def claim_items(told: Told) -> list[Item]:
    """One item a claim."""
    return [claim_item(told, key, claim) for key, claim in told.claims]


def claim_item(told: Told, key: str, claim: Claim) -> Item:
    """One claim of a source as an item."""
    return Item(key, claim.kind, told.source, told.published or UNDATED, told.language, claim.fields)


@dataclass(slots=True)
class _Mentioned:
    spellings: set[str]
    mentions: list[str]
    offices: set[tuple[str, str]]
    agents: set[str]


def person_items(told: Told, kinds: Kinds, names: Names) -> list[Person]:
    """The persons of a source: mentions of one name are one; one alone joins the full name that ends or begins with it."""
    found: dict[Name, _Mentioned] = defaultdict(lambda: _Mentioned(set(), [], set(), set()))
    for key, claim in told.claims:
        for spelling, mention in mentions(key, claim, kinds[claim.kind]):
            person = found[names.fold(spelling)]
            person.spellings.add(spelling)
            person.mentions.append(mention)
            _add_context(person, claim)
    for name in [name for name in found if not name.full]:
        likely = {other: names.compare(name, other) for other in found if other.full}
        for how in ("family", "first"):
            full = [other for other, outcome in likely.items() if outcome == how]
            if full:
                break
        if len(full) == 1:
            _join(found[full[0]], found.pop(name))
    return [_person(told, name, person) for name, person in found.items()]


def mentions(key: str, claim: Claim, kind: Kind) -> Iterable[tuple[str, str]]:
    """Each person's name that a claim gives, with the id of the mention."""
    numbers = mention_numbers(claim, kind)
    for name, first in numbers.items():
        for number, spelling in enumerate(parts(claim.fields[name])):
            yield str(spelling), f"{key}#person-{first + number}"


def _add_context(person: _Mentioned, claim: Claim) -> None:
    """Whom a claim ties its persons to: the state or organisation of an office, of a speaker, of a visitor."""
    agent = claim.fields.get({"office": "of", "statement": "of", "visit": "from"}.get(claim.kind, ""))
    if agent is not None:
        person.agents.add(str(agent))
    if claim.kind == "office" and agent is not None:
        person.offices.add((str(claim.fields["office"]), str(agent)))


def _join(person: _Mentioned, other: _Mentioned) -> None:
    person.mentions += other.mentions
    person.offices |= other.offices
    person.agents |= other.agents


def _person(told: Told, name: Name, person: _Mentioned) -> Person:
    spelling = max(person.spellings, key=lambda text: (len(text), text))
    return Person(
        id=min(person.mentions),
        kind="person",
        source=told.source,
        published=told.published or UNDATED,
        language=told.language,
        fields={},
        name=name,
        folded=min(text for text in person.spellings),
        spelling=spelling,
        mentions=tuple(sorted(person.mentions)),
        offices=frozenset(person.offices),
        agents=frozenset(person.agents),
    )


def profile(person: Person) -> dict[str, Any]:
    """A person as JSON, for the index: enough to compare them without reading their source again."""
    return {
        "source": person.source,
        "published": person.published,
        "language": person.language,
        "spelling": person.spelling,
        "folded": person.folded,
        "mentions": person.mentions,
        "offices": sorted(person.offices),
        "agents": sorted(person.agents),
    }


def person_from(about: Mapping[str, Any], names: Names) -> Person:
    """The person of a profile."""
    return Person(
        id=min(about["mentions"]),
        kind="person",
        source=about["source"],
        published=about["published"],
        language=about["language"],
        fields={},
        name=names.fold(about["folded"]),
        folded=about["folded"],
        spelling=about["spelling"],
        mentions=tuple(about["mentions"]),
        offices=frozenset((kind, agent) for kind, agent in about["offices"]),
        agents=frozenset(about["agents"]),
    )
