"""Quads of a source's named graph back to the claims that were read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import NotFound
from graph.model.claims import Claim, Link, Reason, Source, Span, Value
from graph.model.fields import Field
from graph.model.kinds import Kind, Kinds
from graph.record import rdf
from graph.record.encode import CLASSES, METADATA, PEOPLE, source_node, told_node

Node = Mapping[str, list[Any]]
_KINDS_OF_SOURCE = {name: kind for kind, name in CLASSES.items()}


class Described:
    """Triples by subject and predicate: enough of a graph to read claims from."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._nodes: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self._nodes[quad.subject.value][rdf.local(quad.predicate)].append(quad.object)

    def node(self, node: str) -> Node:
        """Objects by the local name of their property; empty where nothing is said."""
        return self._nodes.get(node, {})

    def of_class(self, name: str) -> list[str]:
        """Subjects of that class, in order of their IRI."""
        wanted = rdf.dip(name)
        return sorted(subject for subject, about in self._nodes.items() if wanted in about.get(rdf.RDF_TYPE.value, ()))


def described(store: Store, source_id: str) -> Described:
    """A source's whole graph; NotFound where the record has none of that id."""
    return _found(Described(store.quads_for_pattern(None, None, None, source_node(source_id))), source_id)


def _found(graph: Described, source_id: str) -> Described:
    if not graph.node(source_node(source_id).value):
        raise NotFound(f"the record has no source {source_id}")
    return graph


def source(store: Store, source_id: str, text: str = "") -> Source:
    """A source as loaded, except for its location; `text` is kept beside the store."""
    node = source_node(source_id)
    return source_in(_found(Described(store.quads_for_pattern(node, None, None, node)), source_id), source_id, text)


def source_in(graph: Described, source_id: str, text: str = "") -> Source:
    """The same from a graph already at hand."""
    about = graph.node(source_node(source_id).value)
    kind = next(_KINDS_OF_SOURCE[rdf.local(name)] for name in about[rdf.RDF_TYPE.value])
    values = {name: about[name][0].value for name in METADATA if name in about}
    published, modified = first(about, "publishedOn"), first(about, "modifiedOn")
    return Source(text, kind=kind, published=published, modified=modified, **values)


def claims_in(graph: Described, kinds: Kinds) -> list[tuple[str, Claim]]:
    """IRI and content of every claim in a source's graph, in reading order."""
    found = [(node, claim_in(graph, node, kinds)) for node in graph.of_class("Claim")]
    return [(node, claim) for _, node, claim in sorted((position, node, claim) for node, (position, claim) in found)]


def claim_in(graph: Described, node: str, kinds: Kinds) -> tuple[int, Claim]:
    """A claim and its place in reading order."""
    about = graph.node(node)
    explanation = json.loads(about["explanation"][0].value)
    kind = about["factKind"][0].value
    claim = Claim(
        kind=kind,
        fields=_fields(graph, graph.node(about["tells"][0].value), kinds[kind], explanation.get("exact", {})),
        evidence=spans(graph, about),
        confidence=float(about["confidence"][0].value),
        rule=about["rule"][0].value,
        reader=about["reader"][0].value,
        reasons=tuple(Reason(**reason) for reason in explanation["reasons"]),
        links=tuple(Link(link["property"], link["target"], link["why"]) for link in explanation.get("links", ())),
    )
    return explanation["position"], claim


def one_claim(store: Store, node: NamedNode) -> Described:
    """What the record says of one claim: the claim, its told thing, its mentions and evidence."""
    about = list(store.quads_for_pattern(node, None, None, None))
    if not about:
        raise NotFound(f"the record has no claim {node.value}")
    told = told_node(rdf.notation(node))
    thing = list(store.quads_for_pattern(told, None, None, None))
    mine = node.value + "#person-"
    objects = [quad.object for quad in (*about, *thing) if isinstance(quad.object, NamedNode)]
    inner = [part for part in objects if part.value.startswith((mine, node.value.replace("/claim/", "/evidence/")))]
    return Described([*about, *thing, *(quad for part in inner for quad in store.quads_for_pattern(part, None, None, None))])


def spans(graph: Described, about: Node) -> tuple[Span, ...]:
    """The evidence of a claim, in the order in which it was given."""
    numbered = sorted((int(node.value.rsplit("-", 1)[-1]), node.value) for node in about.get("evidence", ()))
    nodes = [graph.node(node) for _, node in numbered]
    return tuple(Span(int(e["start"][0].value), int(e["end"][0].value), e["quote"][0].value) for e in nodes)


def first(about: Node, name: str) -> str | None:
    """The text of a property that has at most one value."""
    found = about.get(name)
    return None if not found else str(found[0].value)


def _fields(graph: Described, told: Node, kind: Kind, exact: Mapping[str, Any]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for name, field in kind.fields.items():
        if name in exact:
            fields[name] = tuple(exact[name]) if isinstance(exact[name], list) else exact[name]
        elif field.property_name in told:
            fields[name] = _value(graph, field, told[field.property_name])
    return fields


def _value(graph: Described, field: Field, terms: list[Any]) -> Value:
    if field.type in PEOPLE:
        numbered = sorted((int(node.value.rsplit("-", 1)[-1]), node.value) for node in terms)
        names = tuple(str(graph.node(node)["name"][0].value) for _, node in numbered)
        return names if field.type == "people" else names[0]
    if field.plural:
        return tuple(sorted(_plain(term) for term in terms))
    if field.type == "integer":
        return int(terms[0].value)
    if field.type == "number":
        return float(terms[0].value) if "." in terms[0].value else int(terms[0].value)
    return _plain(terms[0])


def _plain(term: NamedNode | Literal) -> str:
    return term.value if isinstance(term, Literal) else rdf.notation(term)
