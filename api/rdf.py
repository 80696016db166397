"""What the graph holds of one thing as RDF: the thing itself, the claims that support it, their evidence with its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from graph.model import iri
from graph.model.vocabulary import RDFS, XSD

FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}

_PREFIXES = {"dip": iri.ONTOLOGY, "rdfs": RDFS, "xsd": XSD}
_CLAIM, _TELLS, _EVIDENCE = (NamedNode(iri.ONTOLOGY + name) for name in ("claim", "tells", "evidence"))


def document(store: Store, short_id: str, suffix: str) -> bytes | None:
    """The description of a thing in a format by its suffix, the same bytes each time; None where nothing is known of it."""
    try:
        node = NamedNode(iri.full(short_id))
    except ValueError:  # no address, so nothing is known of it
        return None
    triples = sorted({quad.triple for quad in _about(store, node)}, key=_order)
    if not triples:
        return None
    _, format = FORMATS[suffix]
    found = serialize(triples, format=format, prefixes=_PREFIXES)
    assert found is not None
    return found


def descriptions(store: Store, short_ids: Iterable[str], suffix: str) -> bytes:
    """Several things in a format by its suffix, each with what is said of itself, without its claims' evidence."""
    triples = {quad.triple for name in short_ids for quad in _own(store, NamedNode(iri.full(name)))}
    found = serialize(sorted(triples, key=_order), format=FORMATS[suffix][1], prefixes=_PREFIXES)
    assert found is not None
    return found


def _own(store: Store, node: NamedNode) -> Iterator[Quad]:
    return _told(store, node) if _of_record(node) else store.quads_for_pattern(node, None, None, DefaultGraph())


def _of_record(node: NamedNode) -> bool:
    return node.value.startswith((iri.entity("claim", ""), iri.entity("evidence", "")))


def _told(store: Store, node: NamedNode) -> Iterator[Quad]:
    """What view and sources say of a thing: what the derivation notes of it for itself is nobody's business."""
    for quad in store.quads_for_pattern(node, None, None, None):
        if not isinstance(quad.graph_name, NamedNode) or quad.graph_name.value.startswith(iri.entity("source", "")):
            yield quad


def _about(store: Store, node: NamedNode) -> Iterator[Quad]:
    """A source has its whole named graph: the record holds no text of it beyond the quotes and their sentences."""
    if node.value.startswith(iri.entity("source", "")):
        yield from store.quads_for_pattern(None, None, None, node)
    if _of_record(node):
        yield from _claim(store, node)
    for quad in store.quads_for_pattern(node, None, None, DefaultGraph()):
        yield quad
        if quad.predicate == _CLAIM and isinstance(quad.object, NamedNode):
            yield from _claim(store, quad.object)


def _claim(store: Store, claim: NamedNode) -> Iterator[Quad]:
    """A claim, what it tells of (its persons too), and its evidence; a piece of evidence has no such parts."""
    for quad in _told(store, claim):
        yield quad
        if quad.predicate in (_TELLS, _EVIDENCE) and isinstance(quad.object, NamedNode):
            yield from _part(store, quad.object, claim)


def _part(store: Store, node: NamedNode, claim: NamedNode) -> Iterator[Quad]:
    for quad in _told(store, node):
        yield quad
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(f"{claim.value}#person"):
            yield from _told(store, quad.object)


def _order(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)
