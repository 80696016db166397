"""A release described in DCAT and VoID, so that catalogues of data and crawlers find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.model.iri import ID, ONTOLOGY
from graph.model.vocabulary import RDF, XSD

DCAT, DCTERMS, VOID = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://rdfs.org/ns/void#"
SPDX = "http://spdx.org/rdf/terms#"
_PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "void": VOID, "spdx": SPDX, "xsd": XSD, "dip": ONTOLOGY}
_MEDIA = "https://www.iana.org/assignments/media-types/"

Term = NamedNode | Literal


def describe(manifest: Mapping[str, Any], base: str) -> bytes:
    """Turtle for a manifest; `base` is the address under which its files are, with a slash at the end."""
    dataset = NamedNode(base)
    found = [*_dataset(dataset, manifest), *_partitions(dataset, manifest["counts"], base)]
    for file in manifest["files"]:
        found += _distribution(dataset, file, base)
    return serialize(found, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _dataset(dataset: NamedNode, manifest: Mapping[str, Any]) -> Iterable[Triple]:
    yield from _said(dataset, RDF + "type", [NamedNode(DCAT + "Dataset"), NamedNode(VOID + "Dataset")])
    titles = [
        Literal("Diplograph: relations diplomatiques", language="fr"),
        Literal("Diplograph: diplomatic relations", language="en"),
    ]
    yield from _said(dataset, DCTERMS + "title", titles)
    yield from _said(dataset, DCTERMS + "identifier", [Literal(manifest["snapshot"])])
    yield from _said(dataset, VOID + "uriSpace", [Literal(ID)])
    yield from _said(dataset, VOID + "vocabulary", [NamedNode(ONTOLOGY)])
    yield from _said(dataset, VOID + "triples", [Literal(manifest["quads"])])
    if manifest["licence"]:
        yield from _said(dataset, DCTERMS + "license", [NamedNode(manifest["licence"])])
    if manifest["newest"]:
        yield from _said(dataset, DCTERMS + "modified", [Literal(manifest["newest"], datatype=NamedNode(XSD + "date"))])


def _partitions(dataset: NamedNode, counts: Mapping[str, int], base: str) -> Iterable[Triple]:
    for label, count in counts.items():
        if label[1:2].islower():  # a node label; relationship types are in capitals
            part = NamedNode(f"{base}#{label}")
            yield from _said(dataset, VOID + "classPartition", [part])
            yield from _said(part, VOID + "class", [NamedNode(ONTOLOGY + label)])
            yield from _said(part, VOID + "entities", [Literal(count)])


def _distribution(dataset: NamedNode, file: Mapping[str, Any], base: str) -> Iterable[Triple]:
    node, check = NamedNode(base + file["name"]), NamedNode(f"{base}{file['name']}#checksum")
    yield from _said(dataset, DCAT + "distribution", [node])
    yield from _said(node, RDF + "type", [NamedNode(DCAT + "Distribution")])
    yield from _said(node, DCAT + "downloadURL", [node])
    yield from _said(node, DCTERMS + "title", [Literal(file["description"], language="en")])
    yield from _said(node, DCAT + "mediaType", [NamedNode(_MEDIA + file["media_type"])])
    yield from _said(node, DCAT + "byteSize", [Literal(file["bytes"])])
    yield from _said(node, SPDX + "checksum", [check])
    yield from _said(check, SPDX + "algorithm", [NamedNode(SPDX + "checksumAlgorithm_sha256")])
    yield from _said(check, SPDX + "checksumValue", [Literal(file["sha256"])])
    if file["name"].endswith((".nq.gz", ".ttl.gz")):
        yield from _said(dataset, VOID + "dataDump", [node])


def _said(subject: NamedNode, predicate: str, objects: Sequence[Term]) -> Iterable[Triple]:
    return (Triple(subject, NamedNode(predicate), value) for value in objects)
