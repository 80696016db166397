"""What the SPARQL endpoint says of itself: a Service Description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from graph.model.vocabulary import RDF

SD, FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
VOID = "http://rdfs.org/ns/void#"

_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD", "N3",
)  # fmt: skip


def describe(base: str, form: RdfFormat) -> bytes:
    """The description in a format; `base` is the address of this server, without a slash at the end."""
    found = serialize(_triples(base), format=form, prefixes={"sd": SD, "format": FORMATS, "void": VOID})
    assert found is not None
    return found


def _triples(base: str) -> Iterator[Triple]:
    service, dataset, default = (NamedNode(f"{base}/sparql#{name}") for name in ("service", "dataset", "default"))
    yield _said(service, RDF + "type", SD + "Service")
    yield _said(service, SD + "endpoint", f"{base}/sparql")
    yield _said(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    for name in _RESULTS:
        yield _said(service, SD + "resultFormat", FORMATS + name)
    yield _said(service, SD + "defaultDataset", dataset.value)
    yield _said(dataset, RDF + "type", SD + "Dataset")
    yield _said(dataset, RDF + "type", VOID + "Dataset")
    yield _said(dataset, SD + "defaultGraph", default.value)
    yield _said(dataset, VOID + "dataDump", f"{base}/downloads/latest/graph.nq.gz")
    yield _said(default, RDF + "type", SD + "Graph")


def _said(subject: NamedNode, predicate: str, value: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(value))
