"""People's judgements in the graph `id/judgements`, and which of them speak of a source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import NotFound
from graph.model import iri
from graph.model.judgements import Judgement, from_json
from graph.model.kinds import Kinds
from graph.record import rdf
from graph.record.encode import claim_node, source_node

_GRAPH, _BOOK = rdf.JUDGEMENTS, rdf.BOOKKEEPING
_JUDGED, _ANCHOR = rdf.book("judged"), rdf.dip("anchor")
_TIME = NamedNode(rdf.XSD + "dateTime")


def node(judgement_id: str) -> NamedNode:
    """The IRI of a judgement by its 32 hex digits."""
    return NamedNode(iri.entity("judgement", judgement_id))


def quads(judgement: Judgement, kinds: Kinds) -> set[Quad]:
    """A judgement as RDF, and the notes by which it is found from its sources."""
    name = node(judgement.id)
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (rdf.RDF_TYPE, rdf.dip("Judgement")),
        (rdf.dip("verdict"), rdf.concept("Verdict", judgement.verdict)),
        (rdf.dip("judgedBy"), rdf.text(judgement.by)),
        (rdf.dip("judgedAt"), Literal(judgement.at, datatype=_TIME)),
        (_ANCHOR, rdf.text(json.dumps(judgement.as_json(), ensure_ascii=False, sort_keys=True))),
    ]
    said += [(rdf.dip("concerns"), _concerned(anchor.source, anchor.key)) for anchor in judgement.anchors]
    if judgement.reason:
        said.append((rdf.dip("reason"), rdf.text(judgement.reason)))
    if judgement.field is not None:
        kind = kinds[judgement.anchors[0].kind or ""]
        value = judgement.value if isinstance(judgement.value, tuple) else (judgement.value,)
        said.append((rdf.dip("correctedProperty"), rdf.text(kind.field(judgement.field).property_name)))
        said.append((rdf.dip("correctedValue"), rdf.text(", ".join(map(str, value)))))
    found = {Quad(name, predicate, value, _GRAPH) for predicate, value in said}
    return found | {Quad(source_node(source), _JUDGED, name, _BOOK) for source in judgement.sources}


def _concerned(source: str, key: str | None) -> NamedNode:
    return source_node(source) if key is None else claim_node(key)


def of_source(store: Store, source: str) -> list[Judgement]:
    """The judgements that speak of a source or its claims, the earliest first."""
    found = store.quads_for_pattern(source_node(source), _JUDGED, None, _BOOK)
    return in_order(get(store, rdf.notation(quad.object)) for quad in found)


def all_of(store: Store) -> list[Judgement]:
    """Every judgement in force, the earliest first."""
    return in_order(_read(quad) for quad in store.quads_for_pattern(None, _ANCHOR, None, _GRAPH))


def get(store: Store, judgement_id: str) -> Judgement:
    """A judgement by its 32 hex digits; NotFound where there is none, or no more."""
    found = next(store.quads_for_pattern(node(judgement_id), _ANCHOR, None, _GRAPH), None)
    if found is None:
        raise NotFound(f"there is no decision {judgement_id}; `diplograph decisions list` names those in force")
    return _read(found)


def starting_with(store: Store, prefix: str) -> Iterator[str]:
    """Ids of the judgements that begin so."""
    found = (rdf.notation(quad.subject) for quad in store.quads_for_pattern(None, _ANCHOR, None, _GRAPH))
    return (name for name in found if name.startswith(prefix))


def in_order(found: Iterable[Judgement]) -> list[Judgement]:
    """By time, then by id: where two contradict each other the later counts."""
    return sorted(found, key=lambda judgement: (judgement.at, judgement.id))


def _read(quad: Quad) -> Judgement:
    return from_json(json.loads(rdf.value(quad.object)))
