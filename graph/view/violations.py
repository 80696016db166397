"""Entities that violate the shapes: kept out of the view, and reported with the claims and sources behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.record import rdf
from graph.record.proven import Proven
from graph.record.shapes import Shapes
from graph.record.snapshots import Snapshot

VIOLATION, VIOLATED_BY = rdf.book("violation"), rdf.book("violatedBy")
_PARTS = frozenset(rdf.dip(name) for name in ("act", "session", "participation"))
_CLAIM = rdf.dip("claim")


@dataclass(frozen=True, slots=True)
class Violation:
    """An entity that the view does not show, what is wrong with it, and the claims and sources that made it so (IRIs)."""

    entity: str
    messages: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]


def conforming(quads: set[Quad], shapes: Shapes, proven: Proven | None = None, out: set[NamedNode] | None = None) -> set[Quad]:
    """The quads of whole entities without those that violate a shape and their parts; a note in the index for each of them.

    `out` are those of earlier portions of one view, to which nothing may refer either; those found now are added to it.
    """
    problems, out = shapes.problems(quads, proven), set() if out is None else out
    if not problems and not out:
        return quads
    out |= _with_parts({NamedNode(entity) for entity in problems}, quads)
    kept = {quad for quad in quads if quad.subject not in out and quad.object not in out}
    for entity, messages in problems.items():
        node = NamedNode(entity)
        kept |= {Quad(node, VIOLATION, Literal(message), rdf.INDEX) for message in messages}
        claims = {quad.object for quad in quads if quad.subject == node and quad.predicate == _CLAIM}
        kept |= {Quad(node, VIOLATED_BY, claim, rdf.INDEX) for claim in claims}
    return kept


def _with_parts(entities: set[NamedNode], quads: set[Quad]) -> set[NamedNode]:
    parts: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for quad in quads:
        if quad.predicate in _PARTS:
            parts[rdf.node(quad.subject)].add(rdf.node(quad.object))
    found, queue = set(entities), list(entities)
    while queue:
        fresh = parts[queue.pop()] - found
        found |= fresh
        queue += fresh
    return found


def violations(snapshot: Snapshot) -> list[Violation]:
    """Everything in the record that a snapshot's view leaves out because it violates a shape, by IRI."""
    messages: dict[str, list[str]] = defaultdict(list)
    for quad in snapshot.store.quads_for_pattern(None, VIOLATION, None, rdf.INDEX):
        messages[rdf.value(quad.subject)].append(rdf.value(quad.object))
    return [_violation(snapshot, entity, found) for entity, found in sorted(messages.items())]


def _violation(snapshot: Snapshot, entity: str, messages: list[str]) -> Violation:
    found = snapshot.store.quads_for_pattern(NamedNode(entity), VIOLATED_BY, None, rdf.INDEX)
    claims = sorted(rdf.value(quad.object) for quad in found)
    told_by = (snapshot.store.quads_for_pattern(NamedNode(claim), rdf.dip("source"), None, None) for claim in claims)
    sources = sorted({rdf.value(quad.object) for quads in told_by for quad in quads})
    return Violation(entity, tuple(sorted(messages)), tuple(claims), tuple(sources))
