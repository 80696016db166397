"""The persons that some sources touch, with their tenures and offices; and whose facts must be shown anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from graph.record import rdf
from graph.record.schema import Schema
from graph.resolution.items import Person
from graph.resolution.resolver import Resolver
from graph.resolution.tenures import TenureKey
from graph.view.attending import differing
from graph.view.cards import Cards, shown_name
from graph.view.crowds import FEW
from graph.view.index import PERSON, THING, office_block
from graph.view.naming import Naming
from graph.view.people import Card, People, office_iri, person_iri
from graph.view.rows import rows_of
from graph.view.said import Said
from graph.view.sheets import digits_of, page_quad, pages_of, tally_quad, told_by
from graph.view.showing import Showing
from graph.view.supports import Support, crowded
from graph.view.tally import Tally, office_of
from graph.view.thing import Thing, ordered
from graph.view.turning import Built, Turner, mentions_of
from graph.view.world import World


class Persons:
    """Resolves and builds persons; `assigned` are mentions to persons, `tenures` claims to tenures, where resolved anew.

    `built` is what the view is to show of them: after `settle`, when it is known which facts it shows.
    """

    def __init__(self, world: World, schema: Schema, resolver: Resolver, naming: Naming, showing: Showing) -> None:
        self._world, self._resolver, self._showing = world, resolver, showing
        self._people = People(schema, resolver.rules, naming, lambda support: world.support(support.key))
        self._turner = Turner(world, self._people, showing, resolver.rules)
        self._held_days = int(resolver.rules.held_days)
        self.assigned: dict[str, str] = {}
        self.tenures: dict[str, str] = {}
        self.built: list[Thing] = []
        self.touched: set[str] = set()
        self.facts: set[str] = set()  # that show a person in an office, which may be another now
        self.sheets: set[Quad] = set()
        self.unwritten: set[Quad] = set()  # pages of sheets that are written anew
        self._surely: set[str] = set()  # persons and offices of a crowd, which are shown whatever facts are
        self._said = Said(world, (), self.of_mention)  # what the changed sources say now
        self._few = True  # whether these are few
        self._anew: frozenset[str] = frozenset()  # mentions that were resolved anew
        self.cards = Cards(world.store, self._people)
        self._held: dict[str, list[str]] = {}  # person built anew -> claims on the offices that they hold
        self._sources: dict[str, str] = {}  # claim on such a person -> its source
        self._asked: dict[str, Thing] = {}  # persons and offices that are shown if anything needs them

    def derive(self, seeds: Sequence[Person], sources: Sequence[str], again: Collection[str] = ()) -> set[str]:
        """Build every person that changed; returns the mentions whose facts show something else of their person now.

        `sources` are those that changed or are new, `again` names of claims and mentions that changed or are told no more, and
        of what was tied to them.
        """
        forced = self._before(again, PERSON) | self._before(self._world.mentioned(again), PERSON)
        self.touched |= forced
        resolved, steady = self._clusters(seeds, again, forced)
        self._said, self._few = Said(self._world, sources, self.of_mention), len(sources) <= FEW
        offices: set[TenureKey] = {*self._offices(again)}
        stirred = set[str]()
        for person, joining in steady.items():
            found = self._turned(person, again)
            if found is not None:
                offices |= found[0]
                stirred |= found[1]
            elif people := self._staying(person, joining):
                resolved.append(people)
        changed: list[tuple[str, set[str]]] = []
        for people in resolved:
            person, mentions = person_iri(people), {mention for item in people for mention in item.mentions}
            if mentions != self._world.before(person, PERSON) or person in forced:  # read at once what is asked for below
                self.touched |= self._before(mentions, PERSON)
                offices |= self._build(people, mentions, again)
                changed.append((person, mentions))
        self._build_offices(offices)
        return stirred.union(*(self._stirred(person, mentions, again) for person, mentions in changed))

    def _clusters(
        self, seeds: Sequence[Person], again: Collection[str], forced: Collection[str]
    ) -> tuple[list[list[Person]], dict[str, list[Person]]]:
        """The persons whom these seeds are, resolved anew; and those to build anew as they are, with who joins them.

        Who has an elder joins the elder's person: how the others are put together does not depend on such a one.
        """
        settled: dict[str, Person] = {}
        for seed in seeds:
            elder = self._world.elder(seed)
            if elder is not None and elder.id not in again and self._world.assigned(elder.id, PERSON) is not None:
                settled[seed.id] = elder
        found = self.resolved([seed for seed in seeds if seed.id not in settled])
        self._anew = frozenset(self.assigned)
        steady: dict[str, list[Person]] = {person: [] for person in sorted(forced)}
        for seed in seeds:
            if seed.id in settled and seed.id not in self.assigned:  # else it was resolved with others
                elder = settled[seed.id]
                person = self.assigned.get(elder.id) or self._world.assigned(elder.id, PERSON) or ""
                steady.setdefault(person, []).append(seed)
        for person, joining in steady.items():
            self.assigned.update((mention, person) for seed in joining for mention in seed.mentions)
        return found, steady

    def _turned(self, person: str, again: Collection[str]) -> tuple[set[TenureKey], set[str]] | None:
        """Build a person of a crowd from what the changed sources say, where that will do: the offices and mentions stirred."""
        if not self._few or self._turner.crowds.tally(person) is None:
            return None
        if any(self._world.held(mention, PERSON) == person for mention in self._anew):
            return None
        before, built = self.cards.stored(person), self._turner.person(person, self._said.of(person))
        if built is None or before is None or before.name != shown_name(built.thing):
            return None
        after = self.cards.turned(before, built.touched, built.shown)
        if before.relabelled(after):
            return None
        self._keep(built)
        self.built += built.shown
        self.sheets |= built.rows
        self.touched |= built.touched
        self.tenures.update(built.tenures)
        self.cards.note(after)
        if before.shown != after.shown:
            self.facts |= differing(self._world.store, before, after, self._held_days)
        offices = built.change.offices(again) | {office_of(each) for each in built.claims if self._fresh(each.key)}
        return offices, self._turned_mentions(before, after, built, again)

    def _keep(self, built: Built) -> None:
        """Show a person or an office of a crowd."""
        self._surely.add(built.thing.iri)
        self.built.append(built.thing)
        self.unwritten |= built.change.unwritten
        self.sheets |= built.change.written

    def _turned_mentions(self, before: Card, after: Card, built: Built, again: Collection[str]) -> set[str]:
        """As `_stirred` of somebody whom a crowd names."""
        there, now = set(mentions_of(built.change.before)), set(mentions_of(built.change.after))
        turned = {tenure.iri for tenure in before.tenures} ^ {tenure.iri for tenure in after.tenures}
        sources = {claim.source for claim in built.claims if built.tenures[claim.key] in turned}
        sources |= {
            claim.source for claim in built.claims if self._world.held(claim.key, THING) not in (None, built.tenures[claim.key])
        }
        told = self._turner.crowds.mentions(before.iri, sources - {*built.change.after}) if sources else set[str]()
        return told | set(mentions_of(built.change.after, sources)) | (now - there) | now.intersection(again)

    def _staying(self, person: str, joining: Sequence[Person]) -> list[Person]:
        """Somebody as the index has them, but for those who were resolved anew and with those who join."""
        found = [item for item in self._world.held_by(person) if item.id not in self._anew]
        stay = [item for item in found if self.assigned.get(item.id, person) == person]
        people = sorted({item.id: item for item in (*stay, *joining)}.values(), key=lambda item: item.order)
        self.assigned.update((mention, person_iri(people)) for item in people for mention in item.mentions)
        return people

    def _build_offices(self, offices: Iterable[TenureKey]) -> None:
        for kind, of in sorted((kind, of) for kind, of in offices if of is not None):
            self.touched.add(office_iri(kind, of))
            built = self._turner.office(kind, of, self._said.of(office_iri(kind, of))) if self._few else None
            if built is not None:
                self._keep(built)
            elif keys := self._world.names(office_block(kind, of)):
                self._asked[office_iri(kind, of)] = self.office(kind, of, keys)

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
        thing = self._people.office(kind, of, supports, self._sheet(iri, (), supports))
        thing.known = self._world.known(iri)
        return thing

    def settle(self, claims: Iterable[str]) -> None:
        """Show every person and office that a shown fact or a sure claim needs; `claims` support touched facts."""
        mentions = {mention for key in claims if self._showing.turned(key) for mention in self._world.support(key).mentions}
        for person in sorted({self.of_mention(mention) for mention in mentions} - {*self._asked, *self._surely}):
            tally = self._turner.crowds.tally(person)
            if tally is None or not tally.sure(self._resolver.rules) or self._world.faint(person):
                self._turn(person)
        self.built += [thing for iri, thing in self._asked.items() if self._showing.needed(iri, thing.supports)]

    def _turn(self, person: str) -> None:
        """Take up a person who is not resolved anew, and whom the facts that are shown now bring into view or out of it."""
        mentions = self._world.members(person, PERSON)
        people = self._world.people(mentions)
        supports = self._supports(people, mentions)
        if self._showing.wanted(supports) == self._world.faint(person):
            tally = self._sheet(person, people, supports) if crowded(people) else None
            self._asked[person] = thing = self._thing(people, supports, tally)
            if self.cards.stored(person) is None:  # no tenure of somebody who was left out is shown
                self.cards.note(Card(person, shown_name(thing), ()))

    def of_mention(self, mention: str) -> str:
        """The IRI of a mention's person."""
        found = self.assigned.get(mention) or self._world.assigned(mention, PERSON)
        if found is None:
            raise LookupError(f"{mention} is assigned to no person")
        return found

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
        tally = self._sheet(person_iri(people), people, supports) if crowded(people) else None
        thing = self._thing(people, supports, tally)
        held = [support for support in supports if support.claim.kind == "office"]
        tenures = self._people.tenures(thing, held, tally)
        self.tenures.update({support.key: tenure.iri for tenure in tenures for support in tenure.supports})
        for tenure in tenures:
            if tally is None or crowded(tenure.supports):
                tenure.known = self._world.known(tenure.iri, thing.iri)
            else:
                self.sheets |= rows_of(tenure.iri, (), tenure.supports)
        shown = [tenure for tenure in tenures if self._showing.decide(tenure.iri, tenure.supports)]
        self.cards.note(self.cards.built(thing, shown))
        return thing, shown

    def _thing(self, people: Sequence[Person], supports: Sequence[Support], tally: Tally | None) -> Thing:
        """A person; one whom a crowd names, from the tally."""
        if tally is None:
            self.sheets |= rows_of(person_iri(people), people, supports)
            thing = self._people.person(people, supports)
        else:
            thing = self._people.crowded_person(person_iri(people), tally, ordered(supports))
        thing.known = self._world.known(thing.iri)
        return thing

    def _sheet(self, iri: str, people: Iterable[Person], supports: Iterable[Support]) -> Tally:
        """The tally of a crowd, whose sheet is written."""
        told = told_by(people, supports)
        tally = self._people.counting.made(told.values())
        self.sheets.add(tally_quad(iri, tally))
        self.sheets |= {page_quad(iri, name, page) for name, page in pages_of(told, digits_of(tally)).items()}
        return tally

    def _fresh(self, key: str) -> bool:
        """Whether the view does not show a claim on an office yet as it will: an office of other claims only stays as it is."""
        return self._world.held(key, THING) is None or self._showing.turned(key)

    def _supports(self, people: Sequence[Person], mentions: Collection[str]) -> list[Support]:
        keys = sorted({mention.split("#")[0] for mention in mentions})
        if crowded(people):
            return [self._world.light(key) for key in keys]
        for person in self._before(mentions, PERSON):
            self._world.spread(person)
        return [self._world.support(key) for key in keys]

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
        before, after = self.cards.stored(person), self.cards[person]
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
