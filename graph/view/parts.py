"""Parts of facts: who took part and in which office, the steps of an accord's life, the sessions of a commission."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.iri import entity
from graph.record import rdf
from graph.resolution.rules import Rules
from graph.view.cards import Cards
from graph.view.dating import bounds
from graph.view.naming import Naming
from graph.view.people import Card, TenureCard
from graph.view.supports import Support, Witnesses
from graph.view.thing import Thing, ordered, part_key


class Participations:
    """Builds participations with the office held that day."""

    def __init__(self, rules: Rules, naming: Naming, cards: Cards) -> None:
        self._rules, self._naming, self._cards = rules, naming, cards

    def add(self, event: Thing, role: str, day: str | None, people: dict[str, list[Support]]) -> None:
        """One participation a person (IRI, with the claims that name them); `day` is the event's date, if it has one."""
        for person, supports in sorted(people.items()):
            event.own("participation", self._participation(event, role, day, self._cards[person], ordered(supports)))

    def _participation(self, event: Thing, role: str, day: str | None, card: Card, supports: list[Support]) -> Thing:
        iri = entity("participation", part_key(event.iri, card.iri, role))
        thing = Thing(iri, "Participation", supports, Witnesses(supports, self._rules))
        thing.link("person", card.iri)
        thing.add("role", rdf.concept("Role", role))
        held = self.held(card, day, {entity("source", support.source) for support in supports})
        if held is not None:
            thing.link("heldTenure", held.iri)
        office = None if held is None else held.label
        thing.labels = self._naming.name("Participation", person=card.name, office=office, event=event.labels)
        return thing

    def held(self, card: Card, day: str | None, sources: set[str]) -> TenureCard | None:
        """The office held that day: one that the event's own source gives, else the one attested nearest to the day."""
        told = [tenure for tenure in card.tenures if any(source in tenure.sources for source in sources)]
        if told:
            return min(told, key=lambda tenure: (tenure.rank, tenure.iri))
        if day is None:
            return card.tenures[0] if len(card.tenures) == 1 else None
        near = [(_distance(day, tenure.attested), tenure) for tenure in card.tenures if tenure.attested is not None]
        near = [(days, tenure) for days, tenure in near if days <= self._rules.held_days]
        return min(near, key=lambda entry: (entry[0], entry[1].rank, entry[1].iri))[1] if near else None


def _distance(day: str, attested: tuple[str, str]) -> int:
    """Days from a date to the nearest day of an interval; 0 within it."""
    first, last = bounds(attested[0])[0], bounds(attested[1])[1]
    earliest, latest = bounds(day)
    return max(0, (first - latest).days, (earliest - last).days)


def with_status(supports: Sequence[Support], *statuses: str | None) -> list[Support]:
    """The supports whose claim has one of these statuses (None: gives none)."""
    return [support for support in supports if support.claim.fields.get("status") in statuses]
