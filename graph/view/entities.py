"""Reading a snapshot: entities, the claims that support them, the sentences that say so."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.errors import NotFound
from graph.model.claims import Reason, Value
from graph.model.iri import full
from graph.record import rdf
from graph.record.decode import claim_in, first, one_claim
from graph.record.schema import Schema, load_schema
from graph.record.snapshots import Snapshot

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the view. `values` are its other properties by local name, each sorted; `disputes` local names."""

    iri: str
    class_name: str
    labels: Mapping[str, str]
    values: Mapping[str, tuple[Term, ...]]
    claims: tuple[str, ...]
    reported_in: tuple[str, ...]
    confidence: float | None
    source_count: int
    disputes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source's metadata; `id` are the 64 digits by which its text is found."""

    iri: str
    id: str
    class_name: str
    title: str | None
    url: str | None
    publisher: str | None
    language: str | None
    published_on: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A quotation, its place in the source's text, and the sentence around it."""

    iri: str
    start: int
    end: int
    quote: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as its source tells it, and why it was read so."""

    iri: str
    kind: str
    fields: Mapping[str, Value]
    source: SourceView
    evidence: tuple[EvidenceView, ...]
    confidence: float
    rule: str
    reader: str
    reasons: tuple[Reason, ...]
    links: Mapping[str, str]
    """Property to the IRI of the claim that it links to."""


def entity(snapshot: Snapshot, iri: str) -> Entity:
    """An entity by IRI or its part after `/id/`; NotFound where the view has none."""
    node = NamedNode(full(iri))
    values: dict[str, list[Term]] = defaultdict(list)
    for quad in snapshot.store.quads_for_pattern(node, None, None, rdf.VIEW):
        if isinstance(quad.object, NamedNode | Literal):
            values[rdf.local(quad.predicate)].append(quad.object)
    classes = [rdf.local(term) for term in values.pop(rdf.RDF_TYPE.value, []) if isinstance(term, NamedNode)]
    if not classes:
        raise NotFound(f"the graph has nothing under {node.value}")
    labels = values.pop(rdf.LABEL.value, [])
    confidence = values.pop("confidence", [])
    return Entity(
        iri=node.value,
        class_name=classes[0],
        labels={str(label.language): label.value for label in labels if isinstance(label, Literal)},
        claims=_texts(values.pop("claim", [])),
        reported_in=_texts(values.pop("reportedIn", [])),
        confidence=float(confidence[0].value) if confidence else None,
        source_count=int(next((term.value for term in values.pop("sourceCount", [])), "0")),
        disputes=tuple(rdf.notation(term).rsplit("#", 1)[-1] for term in sorted(values.pop("disputes", []), key=str)),
        values={name: tuple(sorted(terms, key=str)) for name, terms in sorted(values.items())},
    )


def holds_on(entity: Entity, day: str) -> bool:
    """Whether a fact may hold on a day (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`): a bound is known, and none rules the day out."""
    since, until = (next((term.value for term in entity.values.get(name, ())), None) for name in ("validFrom", "validUntil"))
    if since is None and until is None:
        return False
    return (since is None or since <= f"{day}-99") and (until is None or f"{until}-99" >= day)


def entities(snapshot: Snapshot, class_name: str | None = None, schema: Schema | None = None) -> Iterator[Entity]:
    """Every entity of the view of one class, or of all classes (states, organisations and sources included), as stored."""
    ontology = (schema or load_schema()).kinds.ontology
    roots = ("Entity", "Source") if class_name is None else (class_name,)
    for name in dict.fromkeys(found for root in roots for found in ontology.subclasses(root)):
        for quad in snapshot.store.quads_for_pattern(None, rdf.RDF_TYPE, rdf.dip(name), rdf.VIEW):
            yield entity(snapshot, rdf.value(quad.subject))


def claims_of(snapshot: Snapshot, iri: str, schema: Schema | None = None) -> list[ClaimView]:
    """The claims that support an entity, the earliest published first."""
    found = [claim(snapshot, name, schema) for name in entity(snapshot, iri).claims]
    return sorted(found, key=lambda view: (view.source.published_on or "9999", view.iri))


def claim(snapshot: Snapshot, iri: str, schema: Schema | None = None) -> ClaimView:
    """One claim with its evidence; NotFound where the record has none under that IRI."""
    node = NamedNode(full(iri))
    graph = one_claim(snapshot.store, node)
    about = graph.node(node.value)
    if "tells" not in about:
        raise NotFound(f"{node.value} is no claim")
    _, told = claim_in(graph, node.value, (schema or load_schema()).kinds)
    evidence = sorted(about.get("evidence", ()), key=lambda each: int(each.value.rsplit("-", 1)[-1]))
    links = json.loads(about["explanation"][0].value).get("links", ())
    return ClaimView(
        iri=node.value,
        kind=told.kind,
        fields=told.fields,
        source=source(snapshot, about["source"][0].value),
        evidence=tuple(_evidence(each.value, graph.node(each.value)) for each in evidence),
        confidence=told.confidence,
        rule=told.rule,
        reader=told.reader,
        reasons=told.reasons,
        links={link["property"]: full(f"claim/{link['claim']}") for link in links},
    )


def source(snapshot: Snapshot, iri: str) -> SourceView:
    """A source's metadata by IRI; NotFound where the record has none such."""
    node = NamedNode(full(iri))
    about: dict[str, list[Term]] = defaultdict(list)
    for quad in snapshot.store.quads_for_pattern(node, None, None, rdf.VIEW):
        if isinstance(quad.object, NamedNode | Literal):
            about[rdf.local(quad.predicate)].append(quad.object)
    if not about:
        raise NotFound(f"the record has no source {node.value}")
    names = ("title", "url", "publisher", "language", "licence")
    class_name = rdf.local(rdf.node(about[rdf.RDF_TYPE.value][0]))
    texts = {name: first(about, name) for name in names}
    return SourceView(node.value, rdf.notation(node), class_name, published_on=first(about, "publishedOn"), **texts)


def _evidence(iri: str, about: Mapping[str, list[Term]]) -> EvidenceView:
    start, end = int(about["start"][0].value), int(about["end"][0].value)
    return EvidenceView(iri, start, end, about["quote"][0].value, about["sentence"][0].value)


def _texts(terms: list[Term]) -> tuple[str, ...]:
    return tuple(sorted(term.value for term in terms))
