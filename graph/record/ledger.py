"""The record's own bookkeeping: what is recorded, what the view does not show yet, what a snapshot does not show yet.

It lies in the graph `id/bookkeeping`, is written in the same transaction as what it speaks of, and is no part of any export.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from graph.record import rdf
from graph.record.encode import source_node

_BOOK = rdf.BOOKKEEPING
_PENDING, _DIGEST, _CHANGED = rdf.book("pending"), rdf.book("digest"), rdf.book("changed")
_VERSION, _FINGERPRINT, _REBUILDING = rdf.book("viewVersion"), rdf.book("fingerprint"), rdf.book("rebuilding")
_TRUE = Literal("true")
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the view was derived from: the version of the derivation, and a hash of the set of sources."""

    version: str = ""
    fingerprint: int = 0

    @property
    def snapshot(self) -> str:
        """32 hex digits: a function of the record's content and the version alone."""
        return hashlib.sha256(f"{self.version} {self.fingerprint:064x}".encode()).hexdigest()[:32]

    def quads(self) -> set[Quad]:
        """The stamp as it is written."""
        return {
            Quad(_BOOK, _VERSION, Literal(self.version), _BOOK),
            Quad(_BOOK, _FINGERPRINT, Literal(f"{self.fingerprint:064x}"), _BOOK),
        }


def content_digest(quads: Iterable[Quad]) -> str:
    """Hex SHA-256 of a source's graph as canonical N-Quads: sorted lines, no blank nodes."""
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    lines = sorted(str(triple) for triple in triples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def received(source_id: str, digest: str, recorded_at: str) -> list[Quad]:
    """What is noted of a source in the transaction that records it: it is pending until the view shows it."""
    node = source_node(source_id)
    stamp = Literal(recorded_at, datatype=NamedNode(rdf.XSD + "dateTime"))
    return [
        Quad(node, rdf.dip("recordedAt"), stamp, _BOOK),
        Quad(node, _DIGEST, Literal(digest), _BOOK),
        Quad(node, _PENDING, _TRUE, _BOOK),
    ]


def known(store: Store, source_id: str) -> bool:
    """Whether the record has the source."""
    return next(store.quads_for_pattern(source_node(source_id), _DIGEST, None, _BOOK), None) is not None


def sources(store: Store) -> Iterator[str]:
    """Ids of all sources of the record, in no order."""
    return (rdf.notation(quad.subject) for quad in store.quads_for_pattern(None, _DIGEST, None, _BOOK))


def pending(store: Store) -> list[str]:
    """Ids of the sources that the view does not show yet."""
    return sorted(rdf.notation(quad.subject) for quad in store.quads_for_pattern(None, _PENDING, None, _BOOK))


def shown(source_ids: Iterable[str]) -> set[Quad]:
    """The notes to be removed once the view shows these sources."""
    return {Quad(source_node(source_id), _PENDING, _TRUE, _BOOK) for source_id in source_ids}


def total(store: Store, source_ids: Iterable[str], start: int = 0) -> int:
    """A hash of a set of sources, whatever their order: the sum of hashes of each one's id and content."""
    found = start
    for source_id in source_ids:
        for quad in store.quads_for_pattern(source_node(source_id), _DIGEST, None, _BOOK):
            content = f"{source_id} {rdf.value(quad.object)}"
            found += int.from_bytes(hashlib.sha256(content.encode()).digest())
    return found % _MODULUS


def stamp(store: Store) -> Stamp:
    """What the view in the store was derived from; an empty stamp where there is none yet."""
    found = {quad.predicate: rdf.value(quad.object) for quad in store.quads_for_pattern(_BOOK, None, None, _BOOK)}
    return Stamp(found.get(_VERSION, ""), int(found.get(_FINGERPRINT, "0"), 16))


def rebuilding(store: Store) -> bool:
    """Whether a rebuild of the whole view was begun and not ended."""
    return Quad(_BOOK, _REBUILDING, _TRUE, _BOOK) in store


REBUILDING = Quad(_BOOK, _REBUILDING, _TRUE, _BOOK)
EVERYTHING = rdf.book("everything").value
"""Marked as changed in place of every entity, after a rebuild."""


def changed(entities: Iterable[str]) -> set[Quad]:
    """The notes that these entities differ from the newest snapshot."""
    return {Quad(NamedNode(entity), _CHANGED, _TRUE, _BOOK) for entity in entities}


def unpublished(store: Store) -> list[str]:
    """Entities that differ from the newest snapshot."""
    return sorted(rdf.value(quad.subject) for quad in store.quads_for_pattern(None, _CHANGED, None, _BOOK))


def apply(store: Store, remove: Iterable[Quad], add: Iterable[Quad]) -> None:
    """Remove and add quads of the view, the index and the bookkeeping in one transaction."""
    parts = [part for part in (_data("DELETE", remove), _data("INSERT", add)) if part]
    if parts:
        store.update(" ; ".join(parts))


def _data(verb: str, quads: Iterable[Quad]) -> str:
    by_graph: dict[object, list[Triple]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name].append(Triple(quad.subject, quad.predicate, quad.object))
    if not by_graph:
        return ""
    view = _lines(by_graph.pop(rdf.VIEW, []))
    named = (f"GRAPH {graph} {{ {_lines(triples)} }}" for graph, triples in by_graph.items())
    return f"{verb} DATA {{ {view} {' '.join(named)} }}"


def _lines(triples: list[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
