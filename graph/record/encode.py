"""A source and its claims as the quads of one named graph, exactly as read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.model import iri
from graph.model.claims import Claim, Reason, Source, SourceClaims, Value
from graph.model.fields import Field, code_and_date
from graph.model.kinds import Kind
from graph.record import rdf, sentence
from graph.record.schema import Schema

CLASSES = {"article": "Article", "row": "DatasetRow", "document": "Document"}
METADATA = ("title", "url", "publisher", "language", "licence")
PEOPLE = ("person", "people")

Term = NamedNode | Literal


def source_node(source_id: str) -> NamedNode:
    """The IRI of a source, which also names its graph."""
    return NamedNode(iri.entity("source", source_id))


def claim_node(key: str) -> NamedNode:
    """The IRI of a claim by its 32 hex digits."""
    return NamedNode(iri.entity("claim", key))


def told_node(key: str) -> NamedNode:
    """The IRI of the thing a claim tells of, as its source tells it."""
    return NamedNode(iri.entity("claim", key) + "#told")


def source_triples(source: Source) -> Iterator[tuple[NamedNode, Term]]:
    """Predicate and object of everything known about a source itself."""
    yield rdf.RDF_TYPE, rdf.dip(CLASSES[source.kind])
    for name in METADATA:
        value = getattr(source, name)
        if value is not None:
            yield rdf.dip(name), rdf.text(value)
    if source.published is not None:
        yield rdf.dip("publishedOn"), rdf.date(source.published)
    if source.modified is not None:
        yield rdf.dip("modifiedOn"), rdf.date(source.modified)


def quads(told: SourceClaims, schema: Schema) -> list[Quad]:
    """The named graph of a source; its claims must be valid and distinct (see `graph.record.checking`)."""
    source_id = told.source.id
    graph = source_node(source_id)
    keys = [claim.key(source_id) for claim in told.claims]
    found = [Quad(graph, predicate, value, graph) for predicate, value in source_triples(told.source)]
    for position in range(len(told.claims)):
        found += _claim_quads(told, position, keys, schema)
    return found


def _claim_quads(told: SourceClaims, position: int, keys: list[str], schema: Schema) -> Iterator[Quad]:
    graph, claim = source_node(told.source.id), told.claims[position]
    kind = schema.kinds[claim.kind]
    node, thing = claim_node(keys[position]), told_node(keys[position])
    explanation = _explanation(claim, position, keys, kind)
    for predicate, value in (
        (rdf.RDF_TYPE, rdf.dip("Claim")),
        (rdf.dip("source"), graph),
        (rdf.dip("tells"), thing),
        (rdf.dip("factKind"), rdf.text(claim.kind)),
        (rdf.dip("confidence"), rdf.decimal(claim.confidence)),
        (rdf.dip("rule"), rdf.text(claim.rule)),
        (rdf.dip("reader"), rdf.text(claim.reader)),
        (rdf.dip("explanation"), rdf.text(json.dumps(explanation, ensure_ascii=False, sort_keys=True))),
    ):
        yield Quad(node, predicate, value, graph)
    yield from _evidence_quads(told.source.text, claim, node, graph)
    yield Quad(thing, rdf.RDF_TYPE, rdf.dip(kind.class_name), graph)
    yield from _field_quads(claim, keys[position], graph, schema)
    for link in claim.links:
        yield Quad(thing, rdf.dip(link.property), told_node(keys[link.target]), graph)


def _evidence_quads(text: str, claim: Claim, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    for number, span in enumerate(claim.evidence):
        evidence = NamedNode(f"{node.value.replace('/claim/', '/evidence/')}-{number}")
        yield Quad(node, rdf.dip("evidence"), evidence, graph)
        yield Quad(evidence, rdf.RDF_TYPE, rdf.dip("Evidence"), graph)
        yield Quad(evidence, rdf.dip("start"), rdf.integer(span.start), graph)
        yield Quad(evidence, rdf.dip("end"), rdf.integer(span.end), graph)
        yield Quad(evidence, rdf.dip("quote"), rdf.text(span.quote), graph)
        yield Quad(evidence, rdf.dip("sentence"), rdf.text(sentence.around(text, span.start, span.end)), graph)


def _field_quads(claim: Claim, key: str, graph: NamedNode, schema: Schema) -> Iterator[Quad]:
    thing, kind = told_node(key), schema.kinds[claim.kind]
    mentions = mention_numbers(claim, kind)
    for name, value in claim.fields.items():
        field = kind.fields[name]
        for number, part in enumerate(parts(value)):
            if field.type in PEOPLE:
                mention = NamedNode(f"{claim_node(key).value}#person-{mentions[name] + number}")
                yield Quad(thing, rdf.dip(field.property_name), mention, graph)
                yield Quad(mention, rdf.RDF_TYPE, rdf.dip("Person"), graph)
                yield Quad(mention, rdf.dip("name"), rdf.text(str(part)), graph)
            else:
                yield Quad(thing, rdf.dip(field.property_name), term(field, part, schema), graph)


def mention_numbers(claim: Claim, kind: Kind) -> dict[str, int]:
    """The number of the first person mention of each field that holds people, in the order of `kinds.toml`."""
    numbers, count = {}, 0
    for name, field in kind.fields.items():
        if field.type in PEOPLE and name in claim.fields:
            numbers[name] = count
            count += len(parts(claim.fields[name]))
    return numbers


def parts(value: Value) -> tuple[str | int | float, ...]:
    """A field's value as a tuple, whether it holds one or several."""
    return value if isinstance(value, tuple) else (value,)


def term(field: Field, value: str | int | float, schema: Schema) -> Term:
    """One value of a field (not a person's name) as an RDF term."""
    match field.type:
        case "agent" | "agents":
            return schema.agent(str(value))
        case "dated_agents":
            return schema.agent(code_and_date(str(value))[0])
        case "concept" | "concepts":
            return rdf.concept(field.scheme or "", str(value))
        case "date" | "year":
            return rdf.date(str(value))
        case "integer":
            return rdf.integer(int(value))
        case "number":
            return rdf.decimal(float(value) if isinstance(value, float) else int(value))
        case _:
            return rdf.text(str(value))


def _explanation(claim: Claim, position: int, keys: list[str], kind: Kind) -> dict[str, Any]:
    """What no triple says: why each role was filled, the place among the source's claims, and the order of values."""
    exact = {name: value for name, value in claim.fields.items() if not _survives(kind.fields[name], value)}
    explanation: dict[str, Any] = {
        "position": position,
        "reasons": [_reason(reason) for reason in claim.reasons],
    }
    if claim.links:
        explanation["links"] = [
            {"property": link.property, "target": link.target, "claim": keys[link.target], "why": link.why}
            for link in claim.links
        ]
    if exact:
        explanation["exact"] = exact
    return explanation


def _reason(reason: Reason) -> dict[str, Any]:
    return {"role": reason.role, "words": reason.words, "start": reason.start, "end": reason.end, "why": reason.why}


def _survives(field: Field, value: Value) -> bool:
    """Whether the triples alone give the value back: sets lose order, agents days, decimals the difference of 12 and 12.0."""
    if isinstance(value, tuple):
        dated = field.type == "dated_agents" and value != field.agents(value)
        return bool(value) and not dated and (field.type == "people" or value == tuple(sorted(set(value))))
    return not (isinstance(value, float) and value.is_integer()) and not (field.type == "integer" and isinstance(value, float))
