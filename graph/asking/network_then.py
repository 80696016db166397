"""The network of an earlier day: the nodes and ties that the property graph would have, read from that day's record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from graph.asking.network import LASTING, NEIGHBOURS, Network, assembled, fact_classes, query_text
from graph.model.iri import full
from graph.model.terms import load_ontology
from graph.property.nodes import Node, NodeReader, Relationship

_AROUND = "{ BIND({centre} AS ?fact) } UNION { ?fact ?to {centre} } UNION { {centre} ?from_it ?fact }"
_DATES = ("signedOn", "date", "year", "attestedFrom")


def network_then(store: Store, centre: str | None = None, limit: int = 300, as_of: str = "") -> Network:
    """What `graph.asking.network.network` gives of a property graph that shows this store's view."""
    facts = _facts(store, centre, as_of)
    reader = NodeReader(store, load_ontology())
    rows = [row for fact in facts[:limit] for row in _rows(reader, fact, as_of)]
    return assembled(rows, len(facts), centre, limit)


def _facts(store: Store, centre: str | None, as_of: str) -> list[str]:
    """The facts, the best supported first."""
    text = query_text("facts.rq").replace("{classes}", " ".join(f"dip:{name}" for name in fact_classes()))
    around = _AROUND.replace("{centre}", str(NamedNode(full(centre)))) if centre else ""
    found = store.query(text.replace("{around}", around), substitutions={Variable("as_of"): Literal(as_of)})
    assert isinstance(found, QuerySolutions)
    ranked = [(-int(row["sources"].value), -float(row["confidence"].value), row["fact"].value) for row in found]
    return [fact for _, _, fact in sorted(ranked)]


def _rows(reader: NodeReader, fact: str, as_of: str) -> Iterator[dict[str, Any]]:
    node = reader.node(fact)
    if node is None:
        return
    about = {
        "fact": fact,
        "kind": node.label,
        "fact_fr": node.properties.get("label_fr"),
        "fact_en": node.properties.get("label_en"),
        "date": next((node.properties[name] for name in _DATES if name in node.properties), None),
        "sources": node.properties.get("sourceCount", 0),
        "confidence": node.properties.get("confidence", 0),
        "disputes": node.properties.get("disputes"),
    }
    ties = {(tie.type, tie.target): tie for tie in node.relationships if tie.target_label in NEIGHBOURS}
    for key in sorted(ties):
        other = reader.node(ties[key].target)
        if other is not None and _holds(other, as_of):
            yield {**about, **_other(ties[key], other)}


def _other(tie: Relationship, other: Node) -> dict[str, Any]:
    named = other.properties.get("title", other.properties.get("name"))
    labels = {f"other_{language}": other.properties.get(f"label_{language}", named) for language in ("fr", "en")}
    return {"tie": tie.type, "other": other.id, "other_kind": other.label, **labels}


def _holds(node: Node, as_of: str) -> bool:
    since, until = node.properties.get("validFrom"), node.properties.get("validUntil")
    if not as_of or node.label in LASTING:
        return True
    begun = since is None or str(since) <= f"{as_of}-99"
    return (since is not None or until is not None) and begun and (until is None or f"{until}-99" >= as_of)
