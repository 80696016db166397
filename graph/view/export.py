"""Record and view written out: canonical N-Quads, Turtle, JSON-LD; one entity or everything, never all in memory at once."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import NotFound
from graph.model import iri
from graph.record import rdf
from graph.record.snapshots import Snapshot

_AT_ONCE = 200_000
_OURS = (rdf.BOOKKEEPING, rdf.INDEX, rdf.REDIRECTS, rdf.LOG)
PREFIXES = {
    "dip": iri.ONTOLOGY,
    "id": iri.ID,
    "concept": iri.CONCEPT,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": rdf.XSD,
}


def quads(snapshot: Snapshot) -> Iterator[Quad]:
    """Everything but the bookkeeping: the sources' graphs, people's judgements and the view."""
    return (quad for quad in snapshot.store if quad.graph_name not in _OURS)


def canonical(snapshot: Snapshot) -> Iterator[bytes]:
    """The lines of canonical N-Quads, each with its newline: sorted, and, as there are no blank nodes, what RDFC-1.0 gives."""
    with ExitStack() as files:
        runs = [_run(sorted(_lines(part)), files) for part in _portions(quads(snapshot))]
        before = None
        for line in heapq.merge(*runs):
            if line != before:
                yield line
            before = line


def nquads(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write canonical N-Quads: equal records give equal bytes."""
    out.writelines(canonical(snapshot))


def fingerprint(snapshot: Snapshot) -> str:
    """Hex SHA-256 of the canonical N-Quads."""
    found = hashlib.sha256()
    for line in canonical(snapshot):
        found.update(line)
    return found.hexdigest()


def turtle(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write the view, without the claims, as Turtle."""
    serialize(_view(snapshot), out, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def jsonld(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write the view, without the claims, as JSON-LD."""
    serialize(_view(snapshot), out, format=RdfFormat.JSON_LD, prefixes=PREFIXES)


def describe(snapshot: Snapshot, name: str, form: RdfFormat = RdfFormat.TURTLE) -> bytes:
    """One entity, source or claim in any format of RDF, with its parts' IRIs; NotFound where nothing is under that name."""
    node = NamedNode(iri.full(name))
    found = [quad for quad in snapshot.store.quads_for_pattern(node, None, None, None) if quad.graph_name not in _OURS]
    if not found:
        raise NotFound(f"the graph has nothing under {node.value}")
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in found}
    return serialize(sorted(triples, key=str), format=form, prefixes=PREFIXES) or b""


def _view(snapshot: Snapshot) -> Iterator[Triple]:
    found = snapshot.store.quads_for_pattern(None, None, None, rdf.VIEW)
    return (Triple(quad.subject, quad.predicate, quad.object) for quad in found)


def _portions(found: Iterable[Quad]) -> Iterator[list[Quad]]:
    remaining = iter(found)
    while part := list(itertools.islice(remaining, _AT_ONCE)):
        yield part


def _lines(part: list[Quad]) -> list[bytes]:
    return (serialize(part, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def _run(lines: list[bytes], files: ExitStack) -> IO[bytes]:
    """A sorted portion in a temporary file, at its beginning."""
    file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed by the stack
    file.writelines(lines)
    file.seek(0)
    return file
