"""The persons that some sources touch, with their tenures and offices; and whose facts must be shown anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from graph.model.iri import entity
from graph.record import rdf
from graph.record.schema import Schema
from graph.resolution.items import Person
from graph.resolution.resolver import Resolver
from graph.view.attending import differing
from graph.view.naming import Naming
from graph.view.people import TENURE, Card, People, Reporting, Values, office_iri, person_iri
from graph.view.sheets import sheet_of
from graph.view.showing import Showing
from graph.view.supports import Support, crowded
from graph.view.thing import Thing
from graph.view.world import PERSON, THING, World, office_block

_HOLDER = rdf.dip("holder")


class Persons:
    """Resolves and builds persons; `assigned` are mentions to persons, `tenures` claims to tenures, where resolved anew.

    `built` is what the view is to show of them: after `settle`, when it is known which facts it shows.
    """

    def __init__(self, world: World, schema: Schema, resolver: Resolver, naming: Naming, showing: Showing) -> None:
        self._world, self._resolver, self._showing = world, resolver, showing
        self._people = People(schema, resolver.rules, naming, lambda support: world.support(support.key))
        self._held_days = int(resolver.rules.held_days)
        self.assigned: dict[str, str] = {}
        self.tenures: dict[str, str] = {}
        self.built: list[Thing] = []
        self.touched: set[str] = set()
        self.facts: set[str] = set()  # that show a person in an office, which may be another now
        self.sheets: set[Quad] = set()
        self._cards: dict[str, Card] = {}
        self._held: dict[str, list[str]] = {}  # person built anew -> claims on the offices that they hold
        self._sources: dict[str, str] = {}  # claim on such a person -> its source
        self._asked: dict[str, Thing] = {}  # persons and offices that are shown if anything needs them

    def derive(self, seeds: Sequence[Person], again: Collection[str] = ()) -> set[str]:
        """Build every person that changed; returns the mentions whose facts show something else of their person now.

        `again` are names of claims and mentions that changed or are told no more, and of what was tied to them.
        """
        changed: list[tuple[str, set[str]]] = []
        forced = self._before(again, PERSON)
        offices = self._offices(again)
        self.touched |= forced
        for people in self._clusters(seeds, again, forced):
            person, mentions = person_iri(people), {mention for item in people for mention in item.mentions}
            if person in forced or mentions != self._world.before(person, PERSON):
                self.touched |= self._before(mentions, PERSON)
                offices |= self._build(people, mentions, again)
                changed.append((person, mentions))
        for kind, of in sorted(offices):
            self.touched.add(office_iri(kind, of))
            keys = self._world.names(office_block(kind, of))
            if keys:
                self._asked[office_iri(kind, of)] = self.office(kind, of, keys)
        return {mention for person, mentions in changed for mention in self._stirred(person, mentions, again)}

    def _clusters(self, seeds: Sequence[Person], again: Collection[str], forced: Collection[str]) -> list[list[Person]]:
        """The persons whom these seeds are, and those to build anew (`forced`) of whom nothing was left to resolve.

        Who has an elder joins the elder's person: how the others are put together does not depend on such a one. A person
        whose mentions are resolved for the sake of another seed is what comes of that.
        """
        joining: dict[str, list[Person]] = {person: [] for person in sorted(forced)}
        others = []
        for seed in seeds:
            elder = None if seed.id in again else self._world.elder(seed)
            person = None if elder is None else self._world.assigned(elder.id, PERSON)
            if person is None:
                others.append(seed)
            else:
                joining.setdefault(person, []).append(seed)
        found = self.resolved(others)
        kept = {person: self._world.members(person, PERSON) for person in joining}
        apart = {person for person, mentions in kept.items() if not mentions or not mentions.isdisjoint(self.assigned)}
        found += self.resolved([seed for person in apart for seed in joining[person] if seed.id not in self.assigned])
        for person in [name for name in joining if name not in apart]:
            people = sorted([*self._world.held_by(person), *joining[person]], key=lambda item: item.order)
            self.assigned.update((mention, person) for item in people for mention in item.mentions)
            found.append(people)
        return found

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
        thing, tenures = self._person(people, {mention for item in people for mention in item.mentions})
        return [thing, *tenures] if self._showing.needed(thing.iri, thing.supports) else tenures

    def office(self, kind: str, of: str, keys: Sequence[str]) -> Thing:
        """An office, from all claims on it."""
        iri = office_iri(kind, of)
        supports = [self._world.light(key, iri) for key in keys]
        if not crowded(supports):
            return self._people.office(kind, of, [self._world.support(key) for key in keys])
        self.sheets.update(sheet_of((), supports).quads(iri))
        thing = self._people.office(kind, of, supports)
        thing.known = self._world.known(iri)
        return thing

    def settle(self, claims: Iterable[str]) -> None:
        """Show every person and office that a shown fact or a sure claim needs; `claims` support touched facts."""
        mentions = {mention for key in claims if self._showing.turned(key) for mention in self._world.support(key).mentions}
        for person in sorted({self.of_mention(mention) for mention in mentions} - set(self._asked)):
            self._turn(person)
        self.built += [thing for iri, thing in self._asked.items() if self._showing.needed(iri, thing.supports)]

    def _turn(self, person: str) -> None:
        """Take up a person who is not resolved anew, and whom the facts that are shown now bring into view or out of it."""
        mentions = self._world.members(person, PERSON)
        people = self._world.people(mentions)
        supports = self._supports(people, mentions)
        if self._showing.wanted(supports) == self._world.faint(person):
            self._asked[person] = thing = self._thing(people, supports)
            if self._stored(person) is None:  # no tenure of somebody who was left out is shown
                self._cards[person] = Card(person, _name(thing), ())

    def of_mention(self, mention: str) -> str:
        """The IRI of a mention's person."""
        found = self.assigned.get(mention) or self._world.assigned(mention, PERSON)
        if found is None:
            raise LookupError(f"{mention} is assigned to no person")
        return found

    def card(self, person: str) -> Card:
        """What others show of a person, as it will be."""
        if person not in self._cards:
            found = self._stored(person)
            if found is None:
                raise LookupError(f"{person} is neither built nor in the view")
            self._cards[person] = found
        return self._cards[person]

    def _build(self, people: Sequence[Person], mentions: set[str], again: Collection[str]) -> set[tuple[str, str]]:
        """Build a person with their tenures; returns the offices of which a claim is new, changed or shown otherwise."""
        thing, shown = self._person(people, mentions)
        self._asked[thing.iri] = thing
        self.built += shown
        held = [support for support in thing.supports if support.claim.kind == "office"]
        self._held[thing.iri] = [support.key for support in held]
        self._sources.update((support.key, support.source) for support in thing.supports)
        for tenure in {self.tenures[support.key] for support in held}:
            self._world.before(tenure, THING)  # read at once what is asked for one by one below
        self.touched |= self._before((support.key for support in held), THING)
        changed = [support for support in held if support.key in again or self._fresh(support.key)]
        found = {(support.claim.fields["office"], support.claim.fields.get("of")) for support in changed}
        return {(str(kind), str(of)) for kind, of in found if of is not None}

    def _person(self, people: Sequence[Person], mentions: set[str]) -> tuple[Thing, list[Thing]]:
        """A person, with the tenures that are sure enough."""
        supports = self._supports(people, mentions)
        thing = self._thing(people, supports)
        tenures = self._people.tenures(thing, [support for support in supports if support.claim.kind == "office"])
        self.tenures.update({support.key: tenure.iri for tenure in tenures for support in tenure.supports})
        for tenure in tenures if crowded(people) else ():
            if crowded(tenure.supports):
                tenure.known = self._world.known(tenure.iri, thing.iri)
        shown = [tenure for tenure in tenures if self._showing.decide(tenure.iri, tenure.supports)]
        about = {tenure.iri: _own_values(tenure) for tenure in shown}
        told = {tenure.iri: {entity("source", support.source) for support in tenure.supports} for tenure in shown}
        self._cards[thing.iri] = self._people.card(_name(thing), thing.iri, about, told.__getitem__)
        return thing, shown

    def _thing(self, people: Sequence[Person], supports: Sequence[Support]) -> Thing:
        """A person, with the sheet of one whom many sources name."""
        thing = self._people.person(people, supports)
        if crowded(people):
            self.sheets.update(sheet_of(people, supports).quads(thing.iri))
            thing.known = self._world.known(thing.iri)
        return thing

    def _fresh(self, key: str) -> bool:
        """Whether the view does not show a claim on an office yet as it will: an office of other claims only stays as it is."""
        return self._world.held(key, THING) is None or self._showing.turned(key)

    def _supports(self, people: Sequence[Person], mentions: Iterable[str]) -> list[Support]:
        how = self._world.light if crowded(people) else self._world.support
        return [how(key) for key in sorted({mention.split("#")[0] for mention in mentions})]

    def _before(self, items: Iterable[str], how: NamedNode) -> set[str]:
        found = {self._world.held(item, how) for item in items}
        return {entity for entity in found if entity is not None}

    def _offices(self, again: Collection[str]) -> set[tuple[str, str]]:
        """Kind and agent of the offices that these claims supported."""
        self.touched |= {tenure for tenure in self._before(again, THING) if "/tenure/" in tenure}
        claims = [name for name in again if "#" not in name]
        supported = {entity for name in claims for entity in self._world.supported(name) | self._world.faint_of(name)}
        keys = (rdf.notation(NamedNode(entity)).partition("-") for entity in supported if "/office/" in entity)
        return {(kind, of) for of, _, kind in keys}

    def _stirred(self, person: str, mentions: set[str], again: Collection[str]) -> set[str]:
        """The mentions that are new to a person or changed, or all where the facts must show another name."""
        before, after = self._stored(person), self._cards[person]
        if before is None or before.name != after.name or before.relabelled(after):
            return mentions
        if before.shown != after.shown:
            self.facts |= differing(self._world.store, before, after, self._held_days)
        sources = self._regrouped(person, before, after)
        told = {mention for mention in mentions if self._sources[mention.split("#")[0]] in sources} if sources else set()
        return told | (mentions - self._world.members(person, PERSON)) | mentions.intersection(again)

    def _regrouped(self, person: str, before: Card, after: Card) -> set[str]:
        """The sources that give the person another tenure now: facts that they tell show it, whenever these happened."""
        turned = {tenure.iri for tenure in before.tenures} ^ {tenure.iri for tenure in after.tenures}
        moved = (key for key in self._held[person] if self._world.held(key, THING) not in (None, self.tenures[key]))
        return {self._sources[key] for key in {*moved, *(key for key in self._held[person] if self.tenures[key] in turned)}}

    def _stored(self, person: str) -> Card | None:
        """The card that the view gives now."""
        names = self._shown(person, "name")
        if not names:
            return None
        held = self._world.store.quads_for_pattern(None, _HOLDER, NamedNode(person), rdf.VIEW)
        tenures = [rdf.value(quad.subject) for quad in held]
        about = {tenure: {name: self._shown(tenure, name) for name in TENURE} for tenure in tenures}
        return self._people.card(names[0], person, about, lambda tenure: Reporting(self._world.store, tenure))

    def _shown(self, entity: str, name: str) -> list[str]:
        found = self._world.store.quads_for_pattern(NamedNode(entity), rdf.dip(name), None, rdf.VIEW)
        return [rdf.value(quad.object) for quad in found]


def _name(person: Thing) -> str:
    return next(value.value for given, value in person.values if given == "name")


def _own_values(thing: Thing) -> Values:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in thing.values:
        found[name].append(value.value)
    return found
