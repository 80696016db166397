"""Why the view shows an entity as it does: what claims say of each property, what joined them, what people decided."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.model import iri
from graph.model.files import SCHEMA
from graph.model.judgements import Judgement
from graph.model.kinds import Kind
from graph.record import rdf
from graph.record.encode import claim_node, parts
from graph.record.schema import Schema, load_schema
from graph.resolution.comparing import Comparison
from graph.resolution.items import Item, Person
from graph.resolution.resolver import Resolver
from graph.resolution.rules import load_rules
from graph.resolution.verdicts import verdict
from graph.view.deriving import comparer_of
from graph.view.index import PERSON, THING, name_of
from graph.view.judged import Decisions
from graph.view.supports import Support, Witnesses
from graph.view.world import World

MOST = 40
"""Claims of an entity that are compared with the others: a person said in thousands of articles has thousands."""


@dataclass(frozen=True, slots=True)
class Told:
    """What claims say of a property: the value as they give it, how many independent sources and how sure they make it."""

    value: str
    claims: tuple[str, ...]
    witnesses: int
    confidence: float
    decided: bool  # by a person, who wins over any number of sources


@dataclass(frozen=True, slots=True)
class Property:
    """A field of the claims on an entity, under its property of the ontology; values with the most support first."""

    name: str
    values: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a claim or mention is part of an entity: the likest other one, the points, the least that joins, each reason."""

    one: str
    other: str
    score: float
    threshold: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """The whole chain between the claims and what is shown. `left_out`: claims beyond MOST, not compared here."""

    properties: tuple[Property, ...]
    joined: tuple[Joined, ...]
    decisions: tuple[Judgement, ...]
    left_out: int = 0


@functools.cache
def _resolver(folder: Path = SCHEMA) -> Resolver:
    return Resolver(comparer_of(load_schema(folder), load_rules(folder)))


def reasons(store: Store, entity: str, schema: Schema | None = None) -> Reasons:
    """Why an entity (IRI) of a store's view is as it is; of a claim, what people decided on it alone."""
    schema = schema or load_schema()
    world = World(store, schema, _resolver(schema.folder))
    node = NamedNode(entity)
    claims = sorted(rdf.notation(quad.object) for quad in store.quads_for_pattern(node, rdf.dip("claim"), None, rdf.VIEW))
    if entity.startswith(iri.ID + "claim/"):
        key = rdf.notation(node)
        return Reasons((), (), _decisions(world, filter(None, [world.source_of(key)]), {key}))
    supports = sorted((world.support(key) for key in claims[:MOST]), key=lambda support: support.order)
    items = _items(world, entity)
    sources = list(dict.fromkeys(support.source for support in supports))
    decided = _decisions(world, sources, {*claims, *(item.id for item in items)})
    return Reasons(_properties(supports, schema), _joins(world, items[:MOST]), decided, max(0, len(claims) - MOST))


def near(world: World, resolver: Resolver, one: Item, other: Item) -> Comparison | None:
    """How alike two items are under the rules and people's verdicts; None where things of their kind are never joined."""
    rule = resolver.rule(one.kind)
    return None if rule is None else verdict(one, other, world.verdicts) or resolver.comparer.compare(one, other, rule)


def _items(world: World, entity: str) -> list[Item]:
    """The items that make an entity, the founding one first; none for what is derived from others (acts, parts, offices)."""
    if entity.startswith(iri.ID + "person/"):
        names = {person.id: person for mention in world.members(entity, PERSON) for person in _person(world, mention)}
        return sorted(names.values(), key=lambda item: item.order)
    if entity.startswith(iri.ID + "tenure/"):
        return []
    return sorted((world.item(name) for name in world.members(entity, THING)), key=lambda item: item.order)


def _person(world: World, mention: str) -> Iterable[Item]:
    source = world.source_of(mention.split("#")[0])
    items = () if source is None else world.items(source)
    return (item for item in items if isinstance(item, Person) and mention in item.mentions)


def _joins(world: World, items: Sequence[Item]) -> tuple[Joined, ...]:
    found = []
    resolver = _resolver()
    for item in items[1:]:
        rule = resolver.rule(item.kind)
        compared = [
            (other, likeness) for other in items if other is not item and (likeness := near(world, resolver, item, other))
        ]
        if rule is not None and compared:
            other, likeness = max(compared, key=lambda pair: (pair[1].score, -items.index(pair[0])))
            found.append(Joined(_name(item), _name(other), likeness.score, rule.threshold, tuple(likeness.reasons())))
    return tuple(found)


def _name(item: Item) -> str:
    return claim_node(item.id).value


def _properties(supports: Sequence[Support], schema: Schema) -> tuple[Property, ...]:
    """By property what the claims say, corrected values in the place of those read."""
    if not supports:
        return ()
    witnesses = Witnesses(supports, _resolver(schema.folder).rules)
    offered: dict[str, dict[str, list[Support]]] = {}
    decided: set[tuple[str, str]] = set()
    for support in supports:
        kind: Kind = schema.kinds[support.claim.kind]
        for name, value in support.claim.fields.items():
            for part in parts(value):
                values = offered.setdefault(kind.fields[name].property_name, {})
                values.setdefault(str(part), []).append(support)
                if name in support.decided:
                    decided.add((kind.fields[name].property_name, str(part)))
    return tuple(Property(name, _ranked(values, name, decided, witnesses)) for name, values in offered.items())


def _ranked(
    values: Mapping[str, list[Support]], name: str, decided: set[tuple[str, str]], witnesses: Witnesses
) -> tuple[Told, ...]:
    found = [
        Told(
            value,
            tuple(claim_node(support.key).value for support in supports),
            witnesses.count(supports),
            witnesses.confidence(supports),
            (name, value) in decided,
        )
        for value, supports in values.items()
    ]
    return tuple(sorted(found, key=lambda told: (not told.decided, -told.witnesses, -told.confidence, told.value)))


def _decisions(world: World, sources: Iterable[str], names: set[str]) -> tuple[Judgement, ...]:
    """What people decided that speaks of one of these claims or mentions, the earliest first."""
    reader = Decisions(world)
    found = {each.id: each for source in sources for each in world.carrying.judgements(source) if _speaks(each, names, reader)}
    return tuple(sorted(found.values(), key=lambda each: (each.at, each.id)))


def _speaks(judgement: Judgement, names: set[str], reader: Decisions) -> bool:
    for anchor in judgement.anchors:
        meant = None if anchor.kind is None else reader.meant(anchor)
        if anchor.kind is None or anchor.key in names or (meant is not None and name_of(meant.id) in names):
            return True
    return False
