"""What pages and listings leaf through: the things of a class, the facts that name somebody, counts, all from one snapshot."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store, Variable

from api.passages import Passage
from api.things import Thing, Value, claim_as_thing
from graph.asking.claims import ClaimInfo, ClaimReader
from graph.asking.claims import Passage as Span
from graph.model import iri
from graph.model.terms import Ontology
from graph.model.vocabulary import RDF, RDFS

_QUERIES = Path(__file__).parent / "queries"
_LABEL, _TYPE = NamedNode(RDFS + "label"), NamedNode(RDF + "type")
_CLAIM = iri.entity("claim", "")
Bindings = Mapping[str, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class Page:
    """Some things of a longer listing; `more` says that others follow."""

    things: tuple[Thing, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A value that some sources give a disputed property; `shown`: the view shows this one."""

    value: Value
    sources: tuple[Thing, ...]
    shown: bool


class Browser:
    """Reads one snapshot's store; cheap to make."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store, self._ontology, self._claims = store, ontology, ClaimReader(store)

    def thing(self, short_id: str) -> Thing | None:
        """The entity or source with that short id (`state/MAR`); None where the view has none."""
        node = _node(short_id)
        if node is None:
            return None
        if node.value.startswith(_CLAIM):
            return claim_as_thing(self._claims.claim(node.value))
        labels: dict[str, str] = {}
        properties: dict[str, list[Value]] = {}
        class_name = None
        for quad in self._store.quads_for_pattern(node, None, None, DefaultGraph()):
            name = quad.predicate.value.removeprefix(iri.ONTOLOGY)
            if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
                class_name = quad.object.value.removeprefix(iri.ONTOLOGY)
            elif quad.predicate == _LABEL and isinstance(quad.object, Literal):
                labels[quad.object.language or ""] = quad.object.value
            elif name in self._ontology.properties:
                properties.setdefault(name, []).append(_value(quad.object))
        if class_name is None or class_name not in self._ontology.classes:
            return None
        ordered = {name: tuple(sorted(properties[name], key=str)) for name in self._ontology.properties if name in properties}
        return Thing(iri.short(node.value), class_name, labels, ordered)

    def things(self, addresses: Iterable[str]) -> tuple[Thing, ...]:
        """The things of these addresses that the view has, in their order."""
        return tuple(thing for thing in map(self.thing, addresses) if thing is not None)

    def between(self, agent: str, partner: str, offset: int, limit: int) -> Page:
        """Facts that name both, latest first."""
        bindings = {"agent": NamedNode(iri.full(agent)), "partner": NamedNode(iri.full(partner))}
        return self._page(self._things("between", bindings), offset, limit)

    def told_by(self, source: str, offset: int, limit: int) -> Page:
        """What a source tells of, in its order."""
        return self._page(self._things("told_by", {"source": NamedNode(iri.full(source))}), offset, limit)

    def latest(self, limit: int) -> tuple[Thing, ...]:
        """Facts of the sources published last."""
        return self._page(self._things("latest", {}), 0, limit).things

    def sources(self, offset: int, limit: int) -> Page:
        """Sources, those published last first."""
        return self._page(self._things("sources", {}), offset, limit)

    def agents(self, offset: int, limit: int) -> tuple[tuple[tuple[Thing, int], ...], bool]:
        """States and organisations with the number of facts that name them, most first; and whether others follow."""
        rows = list(islice(self._ask("agents", {}), offset, offset + limit + 1))
        found = ((self.thing(row["thing"].value), int(row["count"].value)) for row in rows[:limit])
        return tuple((thing, count) for thing, count in found if thing is not None), len(rows) > limit

    def pointing(self, short_id: str) -> Mapping[str, tuple[Thing, ...]]:
        """What points to a thing, by the property that does."""
        found: dict[str, list[Thing]] = {}
        for row in self._ask("pointing", {"thing": NamedNode(iri.full(short_id))}):
            name, thing = row["property"].value.removeprefix(iri.ONTOLOGY), self.thing(row["from"].value)
            if thing is not None and name in self._ontology.properties:
                found.setdefault(name, []).append(thing)
        return {name: tuple(things) for name, things in found.items()}

    def passages(self, short_id: str) -> tuple[Passage, ...]:
        """The sentences that say so, earliest publication first, each once however many claims it supports."""
        found: dict[tuple[str, str], list[tuple[ClaimInfo, Span]]] = {}
        for claim in self._claims.supporting(iri.full(short_id)):
            for span in claim.passages:
                found.setdefault((claim.source.iri, span.sentence), []).append((claim, span))
        return tuple(Passage(self._source(source), sentence, tuple(told)) for (source, sentence), told in found.items())

    def _source(self, name: str) -> Thing:
        return self.thing(name) or Thing(iri.short(name), "Source", {}, {})

    def versions(self, thing: Thing) -> Mapping[str, tuple[Version, ...]]:
        """Each disputed property with the values that sources give it; the ones that the view shows come first."""
        found: dict[str, dict[Value, list[Thing]]] = {}
        for row in self._ask("disputes", {"thing": NamedNode(iri.full(thing.id))}):
            name, source = row["property"].value.removeprefix(iri.ONTOLOGY), self.thing(row["source"].value)
            value = row["name"].value if row["name"] else _value(row["value"])
            if source is not None and source not in found.setdefault(name, {}).setdefault(value, []):
                found[name][value].append(source)
        return {name: _versions(values, self._shown(thing, name)) for name, values in found.items()}

    def _shown(self, thing: Thing, name: str) -> set[Value]:
        """The values of a property that the view shows; people by their names."""
        values = thing.properties.get(name, ())
        people = [person for value in values if str(value).startswith("person/") and (person := self.thing(str(value)))]
        return {*values, *(name for person in people for name in (*person.labels.values(), *person.properties.get("name", ())))}

    def counts(self) -> Mapping[str, int]:
        """How many things of each class there are, for classes that have any, in the ontology's order."""
        rows = {row["class"].value.removeprefix(iri.ONTOLOGY): int(row["count"].value) for row in self._ask("counts", {})}
        return {name: rows[name] for name in self._ontology.classes if name in rows}

    def _things(self, query: str, bindings: Bindings) -> Iterator[str]:
        return (row["thing"].value for row in self._ask(query, bindings))

    def _page(self, addresses: Iterator[str], offset: int, limit: int) -> Page:
        chosen: Sequence[str] = list(islice(addresses, offset, offset + limit + 1))
        return Page(self.things(chosen[:limit]), len(chosen) > limit)

    def _ask(self, query: str, bindings: Bindings) -> QuerySolutions:
        found = self._store.query(_text(query), substitutions={Variable(name): value for name, value in bindings.items()})
        assert isinstance(found, QuerySolutions)
        return found


def _node(short_id: str) -> NamedNode | None:
    """The node of a short id; None where no address can be made of it, so that nothing can be known of it."""
    try:
        return NamedNode(iri.full(short_id))
    except ValueError:
        return None


def _versions(values: Mapping[Value, list[Thing]], shown: set[Value]) -> tuple[Version, ...]:
    found = (Version(value, tuple(sources), value in shown) for value, sources in values.items())
    return tuple(sorted(found, key=lambda version: (not version.shown, -len(version.sources), str(version.value))))


@functools.cache
def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _value(term: object) -> Value:
    """A term as a plain value: a concept is its notation, an entity its short id, a property its local name."""
    if isinstance(term, NamedNode):
        if term.value.startswith(iri.CONCEPT):
            return term.value.rpartition("/")[2]
        return iri.short(term.value).removeprefix(iri.ONTOLOGY)
    assert isinstance(term, Literal)
    number = {"integer": int, "decimal": float, "double": float}.get(term.datatype.value.rpartition("#")[2])
    return number(term.value) if number else term.value
