"""A fact of the view from the claims that tell of it: the values best supported, what is disputed, its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from graph.model.fields import Field
from graph.model.iri import entity
from graph.record import rdf
from graph.record.encode import PEOPLE, mention_numbers, parts, term
from graph.record.schema import Schema
from graph.resolution.comparing import MIRRORED
from graph.resolution.resolver import Resolver
from graph.view import values
from graph.view.commissions import Sessions
from graph.view.life import Life
from graph.view.naming import Naming, Texts
from graph.view.parts import Cards, Participations
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
        self._schema, self._resolver, self._naming = schema, resolver, naming
        self.rules = resolver.rules
        self._person, self._cards, self._linked = person, cards, linked
        self._participations = Participations(self.rules, naming, cards)
        self._life = Life(self, self._participations, naming)
        self._sessions = Sessions(self, resolver, naming)
        self._validity = Validity(self, load_validity(schema.folder))

    def build(self, iri: str, supports: Sequence[Support]) -> Thing:
        """The fact that some claims of one kind tell of, with its parts."""
        found = ordered(supports)
        kind = self._schema.kinds[found[0].claim.kind]
        thing = Thing(iri, kind.class_name, found, Witnesses(found, self.rules))
        for name, field in kind.fields.items():
            if kind.name != "body" or name not in ("date", "session"):
                self.put(thing, field, found)
        self._add_own(thing, kind.name, found)
        thing.labels = self._label(thing, kind.name)
        self._add_parts(thing, kind.name, found)
        self._validity.add(thing, kind.name, found)
        return thing

    def fields(self, kind: str) -> Mapping[str, Field]:
        """The fields of a kind of fact by name."""
        return self._schema.kinds[kind].fields

    def put(self, thing: Thing, field: Field, supports: Sequence[Support], name: str | None = None) -> None:
        """A property from a field of its claims; `name` puts it under another property."""
        name = name or field.property_name
        if field.type in PEOPLE:
            people = self.people(self._in_fact(supports), field.name)
            if field.name == "signatories" and values.at_odds(people, thing.witnesses):
                thing.disputes.add(name)
            thing.link(name, *sorted(people if field.plural else list(people)[:1]))
        elif field.plural:
            thing.add(name, *self._union(field, supports))
        else:
            found = self.preferred(field, supports, thing.witnesses)
            if found is not None:
                thing.add(name, term(field, _typed(field, found.value), self._schema))
                if found.disputed and name not in self.rules.view.undisputed:
                    thing.disputes.add(name)

    def preferred(self, field: Field, supports: Sequence[Support], witnesses: Witnesses) -> values.Preferred | None:
        """The value that a field with one value shows; None where no claim gives one fit to be shown."""
        offers = [
            (str(support.claim.fields[field.name]), support) for support in supports if field.name in support.claim.fields
        ]
        if not offers:
            return None
        offers = [offer for offer in offers if field.name in offer[1].decided] or offers  # what a person gave is the value
        view = self.rules.view
        if field.property_name == "eventStatus":
            return values.newest(offers, view.progress["eventStatus"], witnesses)
        if field.property_name in view.progress:
            return values.latest(offers, view.progress[field.property_name], witnesses)
        offers = self._settled(offers)
        if field.type == "date":
            return values.date(offers, witnesses)
        if field.property_name == "value":
            return values.number(_of_one_currency(offers, witnesses), witnesses)
        if field.property_name == "tradeDirection":
            offers = _oriented(offers)
        if field.property_name == "place":
            return self._place(offers, witnesses)
        return values.specific(offers, view.generic.get(field.property_name, frozenset()), witnesses)

    def _in_fact(self, supports: Sequence[Support]) -> Sequence[Support]:
        """The supports that tell of what happened; all of them where none does."""
        return [each for each in supports if each.claim.fields.get("status") not in self.rules.view.plans] or supports

    def _settled(self, offers: list[values.Offer]) -> list[values.Offer]:
        """The offers of claims that tell of what happened; where there is none, those made since it was last put off."""
        made = [offer for offer in offers if offer[1].claim.fields.get("status") not in self.rules.view.plans]
        put_off = max((each.recency for _, each in offers if each.claim.fields.get("status") == "postponed"), default="")
        return made or [offer for offer in offers if put_off and offer[1].recency > put_off] or offers

    def people(self, supports: Sequence[Support], name: str) -> dict[str, list[Support]]:
        """The persons that a field names, by IRI, with the claims that name them."""
        found: dict[str, list[Support]] = defaultdict(list)
        for support in supports:
            if name in support.claim.fields:
                first = mention_numbers(support.claim, self._schema.kinds[support.claim.kind])[name]
                for number in range(len(parts(support.claim.fields[name]))):
                    found[self._person(f"{support.key}#person-{first + number}")].append(support)
        return found

    def _place(self, offers: Sequence[values.Offer], witnesses: Witnesses) -> values.Preferred:
        """The best supported city in its best supported spelling."""
        city = self._resolver.comparer.place
        chosen = values.best([(city(value), support) for value, support in offers], witnesses)
        spelt = values.best([offer for offer in offers if city(offer[0]) == chosen.value], witnesses)
        return values.Preferred(spelt.value, chosen.disputed, chosen.ranking)

    def _union(self, field: Field, supports: Sequence[Support]) -> list[NamedNode | Literal]:
        offers = [(str(part), support) for support in supports for part in parts(support.claim.fields.get(field.name, ()))]
        if field.property_name == "seat":
            city, spellings = self._resolver.comparer.place, dict[str, str]()
            for value, _ in sorted(offers, key=lambda offer: (offer[1].order, offer[0])):
                spellings.setdefault(city(value), value)
            return [rdf.text(value) for value in sorted(spellings.values())]
        return [term(field, value, self._schema) for value in sorted({value for value, _ in offers})]

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
            self._participations.add(thing, role, value_of(thing, "date"), self.people(supports, name))

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
            fields: Mapping[str, Field] = self._schema.kinds[kind].fields
            found = value_of(thing, fields[field].property_name) if field in fields else None
        return None if found is None else self._naming.label(found)

    def _labelled_people(self, thing: Thing) -> list[str]:
        return [*values_of(thing, "participant"), *values_of(thing, "visitor")]

    def _named(self, person: str) -> Texts:
        name = self._cards(person).name
        return {"fr": name, "en": name}


def values_of(thing: Thing, name: str) -> list[str]:
    """What a thing under construction says of a property, as text, in order."""
    return sorted({value.value for given, value in thing.values if given == name})


def value_of(thing: Thing, name: str) -> str | None:
    """The first of those."""
    return next(iter(values_of(thing, name)), None)


def _typed(field: Field, value: str) -> str | int | float:
    if field.type == "integer":
        return int(value)
    if field.type == "number":
        return float(value) if "." in value or "e" in value else int(value)
    return value


def _of_one_currency(offers: Sequence[values.Offer], witnesses: Witnesses) -> Sequence[values.Offer]:
    """The sums in the best supported currency: sums in two currencies do not contradict each other."""
    said = [(str(support.claim.fields["currency"]), support) for _, support in offers if "currency" in support.claim.fields]
    if not said:
        return offers
    chosen = values.best(said, witnesses).value
    return [offer for offer in offers if offer[1].claim.fields.get("currency", chosen) == chosen]


def _oriented(offers: Sequence[values.Offer]) -> list[values.Offer]:
    """Directions as the founding claim's first party sees them."""
    founder = min((support for _, support in offers), key=lambda support: support.order)
    first = founder.claim.fields["parties"][0]  # type: ignore[index]
    return [
        (value if support.claim.fields["parties"][0] == first else MIRRORED.get(value, value), support)  # type: ignore[index]
        for value, support in offers
    ]
