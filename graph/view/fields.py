"""The values that a thing shows of the fields of its claims: of each the best supported, and whether claims disagree on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from graph.model.fields import Field
from graph.record import rdf
from graph.record.encode import PEOPLE, mention_numbers, parts, term
from graph.record.schema import Schema
from graph.resolution.comparing import MIRRORED
from graph.resolution.resolver import Resolver
from graph.view import values
from graph.view.ratifying import ratified_on
from graph.view.supports import Support, Witnesses
from graph.view.thing import Thing


class Fields:
    """Puts values onto things; `person` gives the IRI of a mention's person."""

    def __init__(self, schema: Schema, resolver: Resolver, person: Callable[[str], str]) -> None:
        self._schema, self._place_of, self._person = schema, resolver.comparer.place, person
        self.rules = resolver.rules

    def of(self, kind: str) -> Mapping[str, Field]:
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

    def put_date(self, thing: Thing, offers: Sequence[values.Offer]) -> None:
        """The best supported of several days as the thing's date."""
        found = values.date(offers, thing.witnesses)
        if found is not None:
            thing.add("date", rdf.date(found.value))
            thing.disputes |= {"date"} if found.disputed else set()

    def agent(self, code: str) -> NamedNode:
        """The IRI of a state or organisation."""
        return self._schema.agent(code)

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
        if field.name == "status_date":
            return self._last_step(offers, witnesses)
        if field.type == "date":
            return values.date(offers, witnesses)
        if field.property_name == "value":
            return values.number(_of_one_currency(offers, witnesses), witnesses)
        if field.property_name == "tradeDirection":
            offers = _oriented(offers)
        if field.property_name == "place":
            return self._place(offers, witnesses)
        return values.specific(offers, view.generic.get(field.property_name, frozenset()), witnesses)

    def _last_step(self, offers: Sequence[values.Offer], witnesses: Witnesses) -> values.Preferred | None:
        """When the furthest step that is dated was made: the last party's where each made it on its own day."""
        steps = self.rules.view.progress["accordStatus"]
        reached = {support.key: steps.index(str(support.claim.fields.get("status", steps[0]))) for _, support in offers}
        furthest = max(reached.values())
        at = [offer for offer in offers if reached[offer[1].key] == furthest]
        each = ratified_on(support for _, support in at) if steps[furthest] == "ratified" else {"": at}
        found = [preferred for own in each.values() if (preferred := values.date(own, witnesses)) is not None]
        if not found:
            return values.date(at, witnesses)
        last = max(found, key=lambda preferred: preferred.value)
        return values.Preferred(last.value, any(preferred.disputed for preferred in found), last.ranking)

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
        city = self._place_of
        chosen = values.best([(city(value), support) for value, support in offers], witnesses)
        spelt = values.best([offer for offer in offers if city(offer[0]) == chosen.value], witnesses)
        return values.Preferred(spelt.value, chosen.disputed, chosen.ranking)

    def _union(self, field: Field, supports: Sequence[Support]) -> list[NamedNode | Literal]:
        offers = [(str(part), support) for support in supports for part in parts(support.claim.fields.get(field.name, ()))]
        if field.property_name == "seat":
            city, spellings = self._place_of, dict[str, str]()
            for value, _ in sorted(offers, key=lambda offer: (offer[1].order, offer[0])):
                spellings.setdefault(city(value), value)
            return [rdf.text(value) for value in sorted(spellings.values())]
        return [term(field, value, self._schema) for value in sorted({value for value, _ in offers})]


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
