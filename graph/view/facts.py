"""A fact of the view from the claims that tell of it: its values, its label, its parts, when it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.model.iri import entity
from graph.record import rdf
from graph.record.schema import Schema
from graph.resolution.resolver import Resolver
from graph.view.cards import Cards
from graph.view.commissions import Sessions
from graph.view.fields import Fields
from graph.view.life import Life
from graph.view.naming import Naming, Texts
from graph.view.parts import Participations
from graph.view.supports import Support, Witnesses
from graph.view.thing import Thing, ordered
from graph.view.validity import Validity
from graph.view.validity_rules import load_validity

PATHS = {
    "agreement": "accord",
    "body": "commission",
    "relation": "relation",
    "office": "tenure",
}
"""The KIND of an entity's IRI, where it is not the name of the kind of fact."""
_AGENT_SLOTS = {
    "visit": ("from", "to"),
    "mission": ("sender", "host"),
    "membership": ("state", "organisation"),
    "aid": ("donor", "recipient"),
    "deployment": ("sender", "host"),
    "stance": ("state", ""),
}
_TYPE_SLOTS = {
    "agreement": "accordType",
    "body": "commissionType",
    "mission": "missionType",
    "relation": "relationChangeType",
    "membership": "membershipChangeType",
    "trade": "tradeDirection",
}
_STATUS_SLOTS = {"deployment": "deploymentStatus", "stance": "polarity"}


def fact_iri(kind: str, founding: str) -> str:
    """The IRI of a fact from the key of its founding claim."""
    return entity(PATHS.get(kind, kind), founding[:16])


class Facts:
    """Builds facts; `person` gives the IRI of a mention's person, `linked` the IRI of the thing another claim tells of."""

    def __init__(
        self,
        schema: Schema,
        resolver: Resolver,
        naming: Naming,
        person: Callable[[str], str],
        cards: Cards,
        linked: Callable[[str], str | None],
    ) -> None:
        self._schema, self._naming, self._rules = schema, naming, resolver.rules
        self._cards, self._linked = cards, linked
        self._fields = Fields(schema, resolver, person)
        self._participations = Participations(resolver.rules, naming, cards)
        self._life = Life(self._fields, self._participations, naming)
        self._sessions = Sessions(self._fields, resolver, naming)
        self._validity = Validity(self._fields, load_validity(schema.folder))

    def build(self, iri: str, supports: Sequence[Support]) -> Thing:
        """The fact that some claims of one kind tell of, with its parts."""
        found = ordered(supports)
        kind = self._schema.kinds[found[0].claim.kind]
        thing = Thing(iri, kind.class_name, found, Witnesses(found, self._rules))
        for name, field in kind.fields.items():
            if kind.name != "body" or name not in ("date", "session"):
                self._fields.put(thing, field, found)
        self._add_own(thing, kind.name, found)
        thing.labels = self._label(thing, kind.name)
        self._add_parts(thing, kind.name, found)
        self._validity.add(thing, kind.name, found)
        return thing

    def _add_own(self, thing: Thing, kind: str, supports: Sequence[Support]) -> None:
        """Properties that no single field gives."""
        if kind == "statement" and supports[0].recency:
            thing.add("date", rdf.date(supports[0].published))
        if kind == "trade":
            first, *others = (self._schema.agent(code) for code in supports[0].claim.fields["parties"])  # type: ignore[union-attr]
            thing.add("reportingParty", first)
            thing.add("partnerParty", *others)
        if kind == "body":
            for property_name, target in sorted({link for support in supports for link in support.targets}):
                other = self._linked(target)
                thing.link(property_name, *([] if other is None else [other]))

    def _add_parts(self, thing: Thing, kind: str, supports: Sequence[Support]) -> None:
        if kind == "agreement":
            self._life.add(thing, supports)
        elif kind == "body":
            self._sessions.add(thing, supports)
        elif kind in ("meeting", "visit"):
            role, name = ("participant", "participants") if kind == "meeting" else ("visitor", "visitors")
            self._participations.add(thing, role, value_of(thing, "date"), self._fields.people(supports, name))

    def _label(self, thing: Thing, kind: str) -> dict[str, str]:
        agents = [self._naming.with_article(node) for node in values_of(thing, "party")]
        plain = [self._naming.label(node) for node in values_of(thing, "party")]
        first, second = _AGENT_SLOTS.get(kind, ("", ""))
        return self._naming.name(
            thing.class_name,
            type=self._type(thing, kind),
            status=self._concept(thing, _STATUS_SLOTS.get(kind, "")),
            parties=self._naming.listed(plain if kind == "relation" else agents),
            people=self._naming.listed([self._named(node) for node in self._labelled_people(thing)], most=3),
            person=next((self._named(node) for node in values_of(thing, "speaker")), None),
            domains=self._naming.several(self._naming.label(node) for node in values_of(thing, "domain")),
            date=value_of(thing, "signedOn") or value_of(thing, "date") or value_of(thing, "year"),
            place=value_of(thing, "place"),
            topic=value_of(thing, "topic"),
            **{"from": self._agent(thing, kind, first, 0), "to": self._agent(thing, kind, second, 1)},
        )

    def _type(self, thing: Thing, kind: str) -> Texts:
        found = self._concept(thing, _TYPE_SLOTS.get(kind, ""))
        return found or self._naming.class_label(thing.class_name)

    def _concept(self, thing: Thing, name: str) -> Texts | None:
        found = value_of(thing, name)
        return None if found is None else self._naming.label(found)

    def _agent(self, thing: Thing, kind: str, field: str, number: int) -> Texts | None:
        if kind == "trade":
            found = value_of(thing, ("reportingParty", "partnerParty")[number])
        else:
            fields = self._fields.of(kind)
            found = value_of(thing, fields[field].property_name) if field in fields else None
        return None if found is None else self._naming.label(found)

    def _labelled_people(self, thing: Thing) -> list[str]:
        return [*values_of(thing, "participant"), *values_of(thing, "visitor")]

    def _named(self, person: str) -> Texts:
        name = self._cards[person].name
        return {"fr": name, "en": name}


def values_of(thing: Thing, name: str) -> list[str]:
    """What a thing under construction says of a property, as text, in order."""
    return sorted({value.value for given, value in thing.values if given == name})


def value_of(thing: Thing, name: str) -> str | None:
    """The first of those."""
    return next(iter(values_of(thing, name)), None)
