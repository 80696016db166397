"""Persons, the offices there are, and who is attested in which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from graph.model.iri import entity
from graph.record import rdf
from graph.record.schema import Schema
from graph.resolution.items import UNDATED, Person
from graph.resolution.rules import Rules
from graph.resolution.tenures import TenureKey, tenure_keys
from graph.view import values
from graph.view.naming import Naming, Texts
from graph.view.supports import Support, Witnesses, many
from graph.view.tally import Counting, Tally, office_of
from graph.view.thing import Thing, Turned, ordered, part_key
from graph.view.validity import FROM, UNTIL

Values = Mapping[str, Sequence[str]]
"""What is said of an entity, by the local name of each property."""


TENURE = ("officeKind", "officeOf", "attestedFrom", "attestedUntil")
"""What a card tells of a tenure."""
_SHOWN: Mapping[str, Sequence[str]] = {
    "Person": ("name", "alternateName", "serves"),
    "Tenure": (*TENURE, "holder", "office", FROM, UNTIL),
    "Office": ("officeKind", "officeOf"),
}


def shown_of(class_name: str) -> list[NamedNode]:
    """All properties that a person, a tenure or an office may show, but those of its claims and sources."""
    return [rdf.RDF_TYPE, rdf.LABEL, *map(rdf.dip, ("confidence", "sourceCount", "disputes", *_SHOWN[class_name]))]


class Reporting:
    """The sources that tell of an entity of the view, asked for one by one."""

    def __init__(self, store: Store, iri: str, turned: Turned | None = None) -> None:
        self._store, self._node, self._turned = store, NamedNode(iri), turned

    def __contains__(self, source: object) -> bool:
        told = Quad(self._node, rdf.dip("reportedIn"), NamedNode(str(source)), rdf.VIEW)
        if self._turned is not None and (told in self._turned.more or told in self._turned.less):
            return told in self._turned.more
        return told in self._store


@dataclass(frozen=True, slots=True)
class TenureCard:
    """What an event must know of a tenure to say who held which office: IRI, place among offices, attestation, sources."""

    iri: str
    rank: int
    attested: tuple[str, str] | None
    sources: Container[str]
    label: Texts


@dataclass(frozen=True, slots=True)
class Card:
    """What other entities show of a person."""

    iri: str
    name: str
    tenures: tuple[TenureCard, ...]

    @property
    def shown(self) -> tuple[object, ...]:
        """All that the facts of other sources depend on."""
        return (self.name, tuple((tenure.iri, tenure.attested) for tenure in self.tenures))

    def relabelled(self, other: Card) -> bool:
        """Whether a tenure of both is called otherwise: it is known now whose office it is."""
        labels = {tenure.iri: tenure.label for tenure in self.tenures}
        return any(labels.get(tenure.iri, tenure.label) != tenure.label for tenure in other.tenures)


def person_iri(cluster: Sequence[Person]) -> str:
    """The IRI of a person from the founding mention."""
    return entity("person", part_key(cluster[0].id))


class People:
    """Builds persons, tenures and offices; from light claims where there is a crowd, else from what `full` gives for them."""

    def __init__(self, schema: Schema, rules: Rules, naming: Naming, full: Callable[[Support], Support]) -> None:
        self._schema, self._rules, self._naming, self._full = schema, rules, naming, full
        self._single = rules.names.single_offices
        self._states = frozenset(code for code, node in schema.agents.items() if "/id/state/" in node.value)
        self.counting = Counting(rules, self._states)
        self._ranks = {name: rank for rank, name in enumerate(schema.kinds.ontology.concepts("OfficeKind"))}

    def person(self, cluster: Sequence[Person], supports: Sequence[Support]) -> Thing:
        """A person with every spelling of the name; `supports` are all claims that mention them."""
        found = ordered(supports)
        thing = Thing(person_iri(cluster), "Person", found, Witnesses(found, self._rules))
        by_source = {support.source: support for support in found}
        offers = [(item.spelling, by_source[item.source]) for item in cluster if item.source in by_source]
        name = self._fullest(offers, thing.witnesses)
        self._name(thing, name, {spelling for spelling, _ in offers}, {code for item in cluster for code in item.agents})
        return thing

    def crowded_person(self, iri: str, tally: Tally, supports: Sequence[Support] = ()) -> Thing:
        """The same of somebody whom a crowd of sources names."""
        thing = Thing(iri, "Person", supports, Witnesses((), self._rules))
        thing.figures = (tally.confidence(self._rules), tally.witnesses())
        name, *others = tally.spellings(self._rules)
        self._name(thing, name, {name, *others}, tally.of("agent"))
        return thing

    def _name(self, thing: Thing, name: str, spellings: set[str], agents: Iterable[str]) -> None:
        thing.labels = self._naming.name("Person", name=name)
        thing.add("name", rdf.text(name))
        thing.add("alternateName", *(rdf.text(other) for other in sorted(spellings - {name})))
        thing.link("serves", *sorted(self._schema.agent(code).value for code in agents))

    def _fullest(self, offers: Sequence[values.Offer], witnesses: Witnesses) -> str:
        """The best supported spelling that is more than a family name, where there is one."""
        full = [offer for offer in offers if " " in offer[0]]
        return values.best(full or offers, witnesses).value

    def tenures(self, person: Thing, supports: Sequence[Support], tally: Tally | None = None) -> list[Thing]:
        """One tenure an office that the claims give a person; `tally` is that of somebody whom a crowd names."""
        said = {support.key: office_of(support) for support in supports}
        kept = tenure_keys(
            [(*said[support.key], support.source, support.claim.confidence) for support in supports], self._single, self._states
        )
        groups: dict[TenureKey, list[Support]] = defaultdict(list)
        for support in supports:
            groups[kept[said[support.key]]].append(support)
        return [self.tenure(person, key, groups[key], tally) for key in sorted(groups, key=str)]

    def tenure(self, person: Thing, key: TenureKey, said: Sequence[Support], tally: Tally | None = None) -> Thing:
        """One of them, from its claims; where they are a crowd, from the tally."""
        if tally is not None and many(tally.counts["attests", *key]):
            return self.crowded_tenure(person, key, tally, ordered(said))
        supports = ordered(map(self._full, said))
        dates = sorted(support.published for support in supports if support.published != UNDATED)
        thing = Thing(entity("tenure", supports[0].key[:16]), "Tenure", supports, Witnesses(supports, self._rules))
        if {office_of(support)[1] for support in supports} - {key[1], None}:
            thing.disputes.add("officeOf")
        return self._attested(thing, person, key, dates)

    def crowded_tenure(self, person: Thing, key: TenureKey, tally: Tally, supports: Sequence[Support] = ()) -> Thing:
        """One that a crowd of sources attests."""
        first, founder = tally.firsts["first", *key]
        thing = Thing(entity("tenure", founder[:16]), "Tenure", supports, Witnesses((), self._rules))
        thing.figures = (tally.confidence(self._rules, "tenure", *key), tally.witnesses("tenure", *key))
        if tally.counts["otherwise", *key]:
            thing.disputes.add("officeOf")
        return self._attested(thing, person, key, [] if first == UNDATED else [first, tally.lasts["until", *key]])

    def _attested(self, thing: Thing, person: Thing, key: TenureKey, dates: Sequence[str]) -> Thing:
        kind, of = key
        agent = None if of is None else self._schema.agent(of)
        thing.link("holder", person.iri)
        thing.add("officeKind", rdf.concept("OfficeKind", kind))
        thing.add("officeOf", agent)
        if of is not None:
            thing.link("office", office_iri(kind, of))
        if dates:
            thing.add(FROM, rdf.date(dates[0]))
            thing.add("attestedFrom", rdf.date(dates[0]))
            thing.add("attestedUntil", rdf.date(dates[-1]))
        office = self._naming.label(rdf.concept("OfficeKind", kind).value)
        agent_label = None if agent is None else self._naming.label(agent.value)
        thing.labels = self._naming.name("Tenure", person=person.labels, office=office, agent=agent_label)
        return thing

    def office(self, kind: str, of: str, supports: Sequence[Support], tally: Tally | None = None) -> Thing:
        """An office, supported by every claim that somebody holds it; `tally` is that of one that a crowd tells of."""
        found = ordered(supports)
        thing = Thing(office_iri(kind, of), "Office", found, Witnesses(() if tally is not None else found, self._rules))
        if tally is not None:
            thing.figures = (tally.confidence(self._rules), tally.witnesses())
        concept, agent = rdf.concept("OfficeKind", kind), self._schema.agent(of)
        thing.add("officeKind", concept)
        thing.add("officeOf", agent)
        label, of_label = self._naming.label(concept.value), self._naming.label(agent.value)
        thing.labels = self._naming.name("Office", office=label, agent=of_label)
        return thing

    def card(self, name: str, iri: str, tenures: Mapping[str, Values], sources: Callable[[str], Container[str]]) -> Card:
        """A person's card from the name and the values, by local name, of each tenure; `sources` are those that tell of one."""
        cards = []
        for tenure, about in sorted(tenures.items()):
            kind = about["officeKind"][0].rsplit("/", 1)[-1]
            attested = (about["attestedFrom"][0], about["attestedUntil"][0]) if about.get("attestedFrom") else None
            label = self._office_label(kind, about.get("officeOf", ()))
            cards.append(TenureCard(tenure, self._ranks[kind], attested, sources(tenure), label))
        return Card(iri, name, tuple(cards))

    def _office_label(self, kind: str, of: Sequence[str]) -> Texts:
        office = self._naming.label(rdf.concept("OfficeKind", kind).value)
        if not of:
            return office
        return self._naming.name("Office", office=office, agent=self._naming.label(of[0]))


def office_iri(kind: str, of: str) -> str:
    """The IRI of an office: `office/MAR-minister_defence`."""
    return entity("office", f"{of}-{kind}")
