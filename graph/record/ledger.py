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
_STIRRED, _COUNTED = rdf.book("stirred"), rdf.book("counted")
_VERSION, _FINGERPRINT, _REBUILDING = rdf.book("viewVersion"), rdf.book("fingerprint"), rdf.book("rebuilding")
_INDEXED = rdf.book("indexVersion")
BEGUN = rdf.book("begun")
"""The note of a source that is being written."""
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
        digested(source_id, digest),
        Quad(node, _PENDING, _TRUE, _BOOK),
    ]


def begun(source_ids: Iterable[str]) -> set[Quad]:
    """The notes that what these sources say is being written, and not recorded yet."""
    return {Quad(source_node(source_id), BEGUN, _TRUE, _BOOK) for source_id in source_ids}


def known(store: Store, source_id: str) -> bool:
    """Whether the record has the source."""
    return next(store.quads_for_pattern(source_node(source_id), _DIGEST, None, _BOOK), None) is not None


def sources(store: Store) -> Iterator[str]:
    """Ids of all sources of the record, in no order."""
    return (rdf.notation(quad.subject) for quad in store.quads_for_pattern(None, _DIGEST, None, _BOOK))


def pending(store: Store) -> list[str]:
    """Ids of the sources that the view does not show yet."""
    return sorted(rdf.notation(quad.subject) for quad in store.quads_for_pattern(None, _PENDING, None, _BOOK))


def amended(store: Store, source_id: str) -> set[Quad]:
    """The note that a recorded source changed: pending, with the digest that the stamp counts for it."""
    node = source_node(source_id)
    if next(store.quads_for_pattern(node, _PENDING, None, _BOOK), None) is not None:
        return set()  # what is noted already says what the stamp counts
    return {Quad(node, _PENDING, Literal(digest_of(store, source_id)), _BOOK)}


def digest_of(store: Store, source_id: str) -> str:
    """The digest of a recorded source's graph; empty where there is no such source."""
    found = next(store.quads_for_pattern(source_node(source_id), _DIGEST, None, _BOOK), None)
    return "" if found is None else rdf.value(found.object)


def digested(source_id: str, digest: str) -> Quad:
    """The note of a source's digest."""
    return Quad(source_node(source_id), _DIGEST, Literal(digest), _BOOK)


def stirred(items: Iterable[str]) -> set[Quad]:
    """The notes that these claims or mentions (IRIs) changed, or that what they were compared with did."""
    return {Quad(NamedNode(item), _STIRRED, _TRUE, _BOOK) for item in items}


def stirred_items(store: Store) -> list[str]:
    """IRIs of the claims and mentions that the next update must look at again."""
    return sorted(rdf.value(quad.subject) for quad in store.quads_for_pattern(None, _STIRRED, None, _BOOK))


def counted(judgement: NamedNode, *, more: bool) -> Quad:
    """The note that the stamp does not count a judgement yet (`more`), or counts one that is undone."""
    return Quad(judgement, _COUNTED, Literal("more" if more else "less"), _BOOK)


def notes(store: Store) -> set[Quad]:
    """All that waits for the next update: pending sources, stirred items, judgements not counted right."""
    patterns = (store.quads_for_pattern(None, how, None, _BOOK) for how in (_PENDING, _STIRRED, _COUNTED))
    return {quad for quads in patterns for quad in quads}


def advanced(store: Store, waiting: Iterable[Quad], start: int) -> int:
    """The hash of the content after what waits is shown, from what it was before."""
    found = start
    for quad in waiting:
        name = rdf.notation(quad.subject)
        if quad.predicate == _PENDING:
            found += _weight(name, digest_of(store, name)) - (
                0 if quad.object == _TRUE else _weight(name, rdf.value(quad.object))
            )
        elif quad.predicate == _COUNTED:
            found += judgement_weight(name) * (1 if rdf.value(quad.object) == "more" else -1)
    return found % _MODULUS


def total(store: Store, source_ids: Iterable[str], start: int = 0) -> int:
    """A hash of a set of sources, whatever their order: the sum of hashes of each one's id and content."""
    return (start + sum(_weight(source_id, digest_of(store, source_id)) for source_id in source_ids)) % _MODULUS


def total_of_all(store: Store, start: int = 0) -> int:
    """The same of all sources of the record."""
    every = store.quads_for_pattern(None, _DIGEST, None, _BOOK)
    return (start + sum(_weight(rdf.notation(quad.subject), rdf.value(quad.object)) for quad in every)) % _MODULUS


def judged(judgement_ids: Iterable[str], start: int = 0) -> int:
    """The same sum of judgements."""
    return (start + sum(map(judgement_weight, judgement_ids))) % _MODULUS


def _weight(source_id: str, digest: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{source_id} {digest}".encode()).digest())


def judgement_weight(judgement_id: str) -> int:
    """What one judgement adds to the hash of the content."""
    return int.from_bytes(hashlib.sha256(f"judgement {judgement_id}".encode()).digest())


def stamp(store: Store) -> Stamp:
    """What the view in the store was derived from; an empty stamp where there is none yet."""
    found = {quad.predicate: rdf.value(quad.object) for quad in store.quads_for_pattern(_BOOK, None, None, _BOOK)}
    return Stamp(found.get(_VERSION, ""), int(found.get(_FINGERPRINT, "0"), 16))


def indexed_by(version: str) -> Quad:
    """The note that the index of claims and persons is as this version of the view makes it."""
    return Quad(_BOOK, _INDEXED, Literal(version), _BOOK)


def indexed(store: Store) -> set[Quad]:
    """The note that is there; none where nothing was recorded yet, or where the index is being made anew."""
    return set(store.quads_for_pattern(_BOOK, _INDEXED, None, _BOOK))


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
