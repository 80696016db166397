"""The persons that some sources touch, with their tenures and offices; and whose facts must be shown anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from graph.record import rdf
from graph.resolution.items import Person
from graph.resolution.rules import Rules
from graph.resolution.tenures import TenureKey
from graph.view.attending import differing
from graph.view.cards import shown_name
from graph.view.crowds import FEW
from graph.view.index import PERSON, THING, office_block
from graph.view.people import Card, office_iri, person_iri
from graph.view.persons import Persons
from graph.view.said import Said
from graph.view.showing import Showing
from graph.view.tally import office_of
from graph.view.thing import Thing
from graph.view.turning import Built, Turner, mentions_of
from graph.view.world import World


class ChangedPersons:
    """Builds what changes; `built` is what the view is to show of it: after `settle`, when it is known which facts it shows."""

    def __init__(self, world: World, persons: Persons, showing: Showing, rules: Rules) -> None:
        self._world, self._persons, self._showing, self._rules = world, persons, showing, rules
        self._turner = Turner(world, persons.people, showing, rules)
        self._held_days = int(rules.held_days)
        self.built: list[Thing] = []
        self.touched: set[str] = set()
        self.facts: set[str] = set()  # that show a person in an office, which may be another now
        self.unwritten: set[Quad] = set()  # pages of sheets that are written anew
        self._surely: set[str] = set()  # persons and offices of a crowd, which are shown whatever facts are
        self._said = Said(world, (), persons.of_mention)  # what the changed sources say now
        self._few = True  # whether these are few
        self._anew: frozenset[str] = frozenset()  # mentions that were resolved anew
        self._held: dict[str, list[str]] = {}  # person built anew -> claims on the offices that they hold
        self._sources: dict[str, str] = {}  # claim on such a person -> its source
        self._asked: dict[str, Thing] = {}  # persons and offices that are shown if anything needs them

    def derive(self, seeds: Sequence[Person], sources: Sequence[str], again: Collection[str] = ()) -> set[str]:
        """Build every person that changed; returns the mentions whose facts show something else of their person now.

        `sources` are those that changed or are new, `again` names of claims and mentions that changed or are told no more, and
        of what was tied to them.
        """
        forced = self._world.holders(again, PERSON) | self._world.holders(self._world.mentioned(again), PERSON)
        self.touched |= forced
        resolved, steady = self._clusters(seeds, again, forced)
        self._said, self._few = Said(self._world, sources, self._persons.of_mention), len(sources) <= FEW
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
                self.touched |= self._world.holders(mentions, PERSON)
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
        found = self._persons.resolved([seed for seed in seeds if seed.id not in settled])
        self._anew = frozenset(self._persons.assigned)
        steady: dict[str, list[Person]] = {person: [] for person in sorted(forced)}
        for seed in seeds:
            if seed.id in settled and seed.id not in self._persons.assigned:  # else it was resolved with others
                elder = settled[seed.id]
                person = self._persons.assigned.get(elder.id) or self._world.assigned(elder.id, PERSON) or ""
                steady.setdefault(person, []).append(seed)
        for person, joining in steady.items():
            self._persons.assigned.update((mention, person) for seed in joining for mention in seed.mentions)
        return found, steady

    def _turned(self, person: str, again: Collection[str]) -> tuple[set[TenureKey], set[str]] | None:
        """Build a person of a crowd from what the changed sources say, where that will do: the offices and mentions stirred."""
        if not self._few or self._turner.crowds.tally(person) is None:
            return None
        if any(self._world.held(mention, PERSON) == person for mention in self._anew):
            return None
        before, built = self._persons.cards.stored(person), self._turner.person(person, self._said.of(person))
        if built is None or before is None or before.name != shown_name(built.thing):
            return None
        after = self._persons.cards.turned(before, built.touched, built.shown)
        if before.relabelled(after):
            return None
        self._keep(built)
        self.built += built.shown
        self._persons.sheets |= built.rows
        self.touched |= built.touched
        self._persons.tenures.update(built.tenures)
        self._persons.cards.note(after)
        if before.shown != after.shown:
            self.facts |= differing(self._world.store, before, after, self._held_days)
        offices = built.change.offices(again) | {office_of(each) for each in built.claims if self._fresh(each.key)}
        return offices, self._turned_mentions(before, after, built, again)

    def _keep(self, built: Built) -> None:
        """Show a person or an office of a crowd."""
        self._surely.add(built.thing.iri)
        self.built.append(built.thing)
        self.unwritten |= built.change.unwritten
        self._persons.sheets |= built.change.written

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
        stay = [item for item in found if self._persons.assigned.get(item.id, person) == person]
        people = sorted({item.id: item for item in (*stay, *joining)}.values(), key=lambda item: item.order)
        self._persons.assigned.update((mention, person_iri(people)) for item in people for mention in item.mentions)
        return people

    def _build_offices(self, offices: Iterable[TenureKey]) -> None:
        for kind, of in sorted((kind, of) for kind, of in offices if of is not None):
            self.touched.add(office_iri(kind, of))
            built = self._turner.office(kind, of, self._said.of(office_iri(kind, of))) if self._few else None
            if built is not None:
                self._keep(built)
            elif keys := self._world.names(office_block(kind, of)):
                self._asked[office_iri(kind, of)] = self._persons.office(kind, of, keys)

    def settle(self, claims: Iterable[str]) -> None:
        """Show every person and office that a shown fact or a sure claim needs; `claims` support touched facts."""
        mentions = {mention for key in claims if self._showing.turned(key) for mention in self._world.support(key).mentions}
        for person in sorted({self._persons.of_mention(mention) for mention in mentions} - {*self._asked, *self._surely}):
            tally = self._turner.crowds.tally(person)
            if tally is None or not tally.sure(self._rules) or self._world.faint(person):
                self._turn(person)
        self.built += [thing for iri, thing in self._asked.items() if self._showing.needed(iri, thing.supports)]

    def _turn(self, person: str) -> None:
        """Take up a person who is not resolved anew, and whom the facts that are shown now bring into view or out of it."""
        mentions = self._world.members(person, PERSON)
        people = self._world.people(mentions)
        supports = self._persons.supports(people, mentions)
        if self._showing.wanted(supports) == self._world.faint(person):
            self._asked[person] = thing = self._persons.alone(people, supports)[0]
            if self._persons.cards.stored(person) is None:  # no tenure of somebody who was left out is shown
                self._persons.cards.note(Card(person, shown_name(thing), ()))

    def _build(self, people: Sequence[Person], mentions: set[str], again: Collection[str]) -> set[tuple[str, str]]:
        """Build a person with their tenures; returns the offices of which a claim is new, changed or shown otherwise."""
        thing, shown = self._persons.person(people, mentions)
        self._asked[thing.iri] = thing
        self.built += shown
        held = [support for support in thing.supports if support.claim.kind == "office"]
        self._held[thing.iri] = [support.key for support in held]
        self._sources.update((support.key, support.source) for support in thing.supports)
        for tenure in {self._persons.tenures[support.key] for support in held}:
            self._world.before(tenure, THING)  # read at once what is asked for one by one below
        self.touched |= self._world.holders((support.key for support in held), THING)
        changed = [support for support in held if support.key in again or self._fresh(support.key)]
        found = {(support.claim.fields["office"], support.claim.fields.get("of")) for support in changed}
        return {(str(kind), str(of)) for kind, of in found if of is not None}

    def _fresh(self, key: str) -> bool:
        """Whether the view does not show a claim on an office yet as it will: an office of other claims only stays as it is."""
        return self._world.held(key, THING) is None or self._showing.turned(key)

    def _offices(self, again: Collection[str]) -> set[tuple[str, str]]:
        """Kind and agent of the offices that these claims supported."""
        self.touched |= {tenure for tenure in self._world.holders(again, THING) if "/tenure/" in tenure}
        claims = [name for name in again if "#" not in name]
        supported = {entity for name in claims for entity in self._world.supported(name) | self._world.faint_of(name)}
        keys = (rdf.notation(NamedNode(entity)).partition("-") for entity in supported if "/office/" in entity)
        return {(kind, of) for of, _, kind in keys}

    def _stirred(self, person: str, mentions: set[str], again: Collection[str]) -> set[str]:
        """The mentions that are new to a person or changed, or all where the facts must show another name."""
        before, after = self._persons.cards.stored(person), self._persons.cards[person]
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
        now = {key: self._persons.tenures[key] for key in self._held[person]}
        moved = (key for key, tenure in now.items() if tenure in turned or self._world.held(key, THING) not in (None, tenure))
        return {self._sources[key] for key in moved}
