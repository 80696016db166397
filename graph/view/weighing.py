"""Why a property shows the value that it shows: every value that claims give, what speaks for each, and what decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import NotFound
from graph.model.fields import Field
from graph.model.iri import full
from graph.record.encode import PEOPLE, claim_node
from graph.record.schema import Schema, load_schema
from graph.record.snapshots import Snapshot
from graph.view import entities, values
from graph.view.supports import Support, Witnesses
from graph.view.world import World
from graph.view.writing import entity_view


@dataclass(frozen=True, slots=True)
class Weighed:
    """One value as text, how many independent sources give it, how sure they make it, the last of them, their claims (IRIs)."""

    value: str
    witnesses: int
    confidence: float
    latest: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The values of one property, the one shown first; `decided` says by what it leads the next.

    It is `sources`, `confidence`, `recency` or `order`; `person` where somebody gave the value; `only` where there is but one.
    """

    property: str
    shown: str
    disputed: bool
    decided: str
    values: tuple[Weighed, ...]


def weighed(snapshot: Snapshot, iri: str, schema: Schema | None = None) -> list[Weighing]:
    """How the values of a fact were chosen, property by property; NotFound where there is no such fact."""
    schema = schema or load_schema()
    entity = entities.entity(snapshot, full(iri))
    world = World(snapshot.store, schema, entity_view(schema.folder).resolver)
    supports = [world.support(claim.rsplit("/", 1)[-1]) for claim in entity.claims]
    kind = schema.kinds[supports[0].claim.kind] if supports else None
    if kind is None or kind.class_name != entity.class_name:
        raise NotFound(f"{entity.iri} is a {entity.class_name}: its values come from the facts that it belongs to")
    view = entity_view(schema.folder)
    fields, witnesses = view.fields(), Witnesses(supports, view.resolver.rules)
    single = [field for field in kind.fields.values() if not field.plural and field.type not in PEOPLE]
    found = ((field, fields.preferred(field, supports, witnesses)) for field in single)
    return [_weighing(field, chosen, supports, witnesses, entity.disputes) for field, chosen in found if chosen is not None]


def _weighing(
    field: Field, chosen: values.Preferred, supports: Sequence[Support], witnesses: Witnesses, disputes: Sequence[str]
) -> Weighing:
    found = [_weighed(value, each, witnesses) for value, each in chosen.ranking]
    person = any(field.name in support.decided for support in supports)
    decided = "person" if person else "only" if len(found) < 2 else _decided(found[0], found[1])
    return Weighing(field.property_name, chosen.value, field.property_name in disputes, decided, tuple(found))


def _weighed(value: str, supports: Sequence[Support], witnesses: Witnesses) -> Weighed:
    claims = tuple(claim_node(support.key).value for support in supports)
    latest = max((support.recency for support in supports), default="")
    return Weighed(value, witnesses.count(supports), witnesses.confidence(supports), latest, claims)


def _decided(first: Weighed, second: Weighed) -> str:
    if first.witnesses != second.witnesses:
        return "sources"
    if first.confidence != second.confidence:
        return "confidence"
    return "recency" if first.latest != second.latest else "order"
