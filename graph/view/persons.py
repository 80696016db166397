"""Persons with their tenures and offices, resolved and made of the claims that name them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import Quad

from graph.record.schema import Schema
from graph.resolution.items import Person
from graph.resolution.resolver import Resolver
from graph.view.cards import Cards
from graph.view.index import PERSON
from graph.view.naming import Naming
from graph.view.people import People, office_iri, person_iri
from graph.view.rows import rows_of
from graph.view.sheets import digits_of, page_quad, pages_of, tally_quad, told_by
from graph.view.showing import Showing
from graph.view.supports import Support, crowded
from graph.view.tally import Tally
from graph.view.thing import Thing, ordered
from graph.view.world import World


class Persons:
    """Resolves and builds persons; `assigned` are mentions to persons, `tenures` claims to tenures, where resolved anew."""

    def __init__(self, world: World, schema: Schema, resolver: Resolver, naming: Naming, showing: Showing) -> None:
        self._world, self._resolver, self._showing = world, resolver, showing
        self.people = People(schema, resolver.rules, naming, lambda support: world.support(support.key))
        self.cards = Cards(world.store, self.people)
        self.assigned: dict[str, str] = {}
        self.tenures: dict[str, str] = {}
        self.sheets: set[Quad] = set()

    def resolved(self, seeds: Sequence[Person]) -> list[list[Person]]:
        """The persons whom these seeds are, each with all their mentions, which are assigned to them."""
        found = []
        for cluster in self._resolver.resolve(seeds, self._world.mates, self._world.verdicts):
            people = [item for item in cluster if isinstance(item, Person)]
            found.append(people)
            self.assigned.update((mention, person_iri(people)) for item in people for mention in item.mentions)
        return found

    def whole(self, people: Sequence[Person]) -> list[Thing]:
        """What a whole view shows of a person: person and tenures; called when it is known which facts it shows."""
        thing, tenures = self.person(people, {mention for item in people for mention in item.mentions})
        return [thing, *tenures] if self._showing.needed(thing.iri, thing.supports) else tenures

    def person(self, people: Sequence[Person], mentions: set[str]) -> tuple[Thing, list[Thing]]:
        """A person, with the tenures that are sure enough; `mentions` are all that name them."""
        supports = self.supports(people, mentions)
        thing, tally = self.alone(people, supports)
        held = [support for support in supports if support.claim.kind == "office"]
        tenures = self.people.tenures(thing, held, tally)
        self.tenures.update({support.key: tenure.iri for tenure in tenures for support in tenure.supports})
        for tenure in tenures:
            if tally is None or crowded(tenure.supports):
                tenure.known = self._world.known(tenure.iri, thing.iri)
            else:
                self.sheets |= rows_of(tenure.iri, (), tenure.supports)
        shown = [tenure for tenure in tenures if self._showing.decide(tenure.iri, tenure.supports)]
        self.cards.note(self.cards.built(thing, shown))
        return thing, shown

    def alone(self, people: Sequence[Person], supports: Sequence[Support]) -> tuple[Thing, Tally | None]:
        """A person without tenures; and the tally of one whom a crowd names, whose sheet is written."""
        iri = person_iri(people)
        tally = self._sheet(iri, people, supports) if crowded(people) else None
        if tally is None:
            self.sheets |= rows_of(iri, people, supports)
            thing = self.people.person(people, supports)
        else:
            thing = self.people.crowded_person(iri, tally, ordered(supports))
        thing.known = self._world.known(thing.iri)
        return thing, tally

    def office(self, kind: str, of: str, keys: Sequence[str]) -> Thing:
        """An office, from all claims on it."""
        iri = office_iri(kind, of)
        supports = [self._world.light(key, iri) for key in keys]
        if not crowded(supports):
            return self.people.office(kind, of, [self._world.support(key) for key in keys])
        thing = self.people.office(kind, of, supports, self._sheet(iri, (), supports))
        thing.known = self._world.known(iri)
        return thing

    def supports(self, people: Sequence[Person], mentions: Collection[str]) -> list[Support]:
        """The claims that mention a person, in the order of their keys."""
        keys = sorted({mention.split("#")[0] for mention in mentions})
        if crowded(people):
            return [self._world.light(key) for key in keys]
        for person in self._world.holders(mentions, PERSON):
            self._world.spread(person)
        return [self._world.support(key) for key in keys]

    def of_mention(self, mention: str) -> str:
        """The IRI of a mention's person."""
        found = self.assigned.get(mention) or self._world.assigned(mention, PERSON)
        if found is None:
            raise LookupError(f"{mention} is assigned to no person")
        return found

    def _sheet(self, iri: str, people: Iterable[Person], supports: Iterable[Support]) -> Tally:
        """The tally of a crowd, whose sheet is written."""
        told = told_by(people, supports)
        tally = self.people.counting.made(told.values())
        self.sheets.add(tally_quad(iri, tally))
        self.sheets |= {page_quad(iri, name, page) for name, page in pages_of(told, digits_of(tally)).items()}
        return tally
