"""A release described in DCAT and VoID, so that catalogues of data and crawlers find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.model.iri import ID, ONTOLOGY
from graph.model.vocabulary import RDF, RDFS, XSD

DCAT, DCTERMS, VOID = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://rdfs.org/ns/void#"
SPDX, FOAF = "http://spdx.org/rdf/terms#", "http://xmlns.com/foaf/0.1/"
_PREFIXES = {
    "dcat": DCAT, "dct": DCTERMS, "void": VOID, "spdx": SPDX, "foaf": FOAF, "xsd": XSD, "rdfs": RDFS, "dip": ONTOLOGY,
}  # fmt: skip
_MEDIA = "https://www.iana.org/assignments/media-types/"
_REGISTERED = ("application/n-quads", "text/turtle", "text/csv", "application/zip")
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_TEXTS = {
    "title": ("Diplograph : relations diplomatiques", "Diplograph: diplomatic relations"),
    "description": (
        "États, organisations, personnes, accords, visites et missions, et ce que les sources en disent, phrase à l’appui.",
        "States, organisations, people, accords, visits and missions, and what sources say of them, in which sentence.",
    ),
    "rights": (
        "Les phrases citées restent soumises aux conditions de leurs éditeurs.",
        "Quoted sentences remain under the terms of their publishers.",
    ),
}
_STORED = {".gz": "application/gzip", ".zip": "application/zip"}


def stored_as(name: str) -> str:
    """The media type of a released file as it is stored: they are all packed."""
    return _STORED[name[name.rindex(".") :]]


def describe(manifest: Mapping[str, Any], server: str, publisher: str | None = None, sparql: bool = False) -> bytes:
    """Turtle for a manifest: a catalogue of one dataset with its distributions, as DCAT-AP asks, and its figures in VoID.

    `server` is the address under which `/downloads` is, without a slash at the end; `publisher` its name where it has one;
    `sparql`: whether it answers at `/sparql`.
    """
    base = f"{server}/downloads/{manifest['snapshot']}/"
    found = [*_catalogue(server, base, publisher), *_dataset(manifest, server, base), *_figures(manifest, base)]
    if sparql:
        found += _said(base, {VOID + "sparqlEndpoint": [NamedNode(f"{server}/sparql")]})
    for file in manifest["files"]:
        found += _distribution(file, manifest["licence"], server, base)
    return serialize(found, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _catalogue(server: str, base: str, publisher: str | None) -> Iterable[Triple]:
    page, agent = f"{server}/void.ttl", f"{server}/#publisher"
    about: dict[str, list[NamedNode | Literal]] = {
        RDF + "type": [NamedNode(DCAT + "Catalog"), NamedNode(VOID + "DatasetDescription")],
        **{DCTERMS + name: _both(name) for name in ("title", "description")},
        DCTERMS + "publisher": [NamedNode(agent)],
        DCAT + "dataset": [NamedNode(base)],
        FOAF + "primaryTopic": [NamedNode(base)],
    }
    return [
        *_said(page, about),
        *_said(agent, {RDF + "type": [NamedNode(FOAF + "Agent")], FOAF + "name": [Literal(publisher or server)]}),
    ]


def _dataset(manifest: Mapping[str, Any], server: str, base: str) -> Iterable[Triple]:
    previous, newest = manifest["previous"], manifest["newest"]
    rights = f"{base}#rights"
    yield from _said(
        base,
        {
            RDF + "type": [NamedNode(DCAT + "Dataset"), NamedNode(VOID + "Dataset")],
            **{DCTERMS + name: _both(name) for name in ("title", "description")},
            DCTERMS + "identifier": [Literal(manifest["snapshot"])],
            DCTERMS + "publisher": [NamedNode(f"{server}/#publisher")],
            DCTERMS + "language": [NamedNode(f"{_AUTHORITY}language/{code}") for code in ("FRA", "ENG")],
            DCTERMS + "license": _named(manifest["licence"]),
            DCTERMS + "modified": [Literal(newest, datatype=NamedNode(XSD + "date"))] if newest else [],
            DCAT + "theme": [NamedNode(_AUTHORITY + "data-theme/INTR")],
            DCAT + "landingPage": [NamedNode(f"{server}/downloads")],
            DCAT + "version": [Literal(manifest["snapshot"])],
            DCAT + "previousVersion": _named(previous and f"{server}/downloads/{previous}/"),
            DCTERMS + "rights": [NamedNode(rights)],
            VOID + "uriSpace": [Literal(ID)],
            VOID + "vocabulary": [NamedNode(ONTOLOGY)],
        },
    )
    yield from _said(rights, {RDF + "type": [NamedNode(DCTERMS + "RightsStatement")], RDFS + "label": _both("rights")})


def _figures(manifest: Mapping[str, Any], base: str) -> Iterable[Triple]:
    """What the whole holds, and the view, whose triples are the Turtle file's, as a part of it."""
    part, view = f"{base}#view", manifest.get("view")
    yield from _said(base, {VOID + "triples": [Literal(manifest["quads"])]})
    if view is None:  # a release that an earlier version made
        return
    classes, properties = view["classes"], view["properties"]
    yield from _said(base, {VOID + "subset": [NamedNode(part)]})
    yield from _said(
        part,
        {
            RDF + "type": [NamedNode(VOID + "Dataset")],
            VOID + "triples": [Literal(view["triples"])],
            VOID + "entities": [Literal(view["entities"])],
            VOID + "classes": [Literal(len(classes))],
            VOID + "properties": [Literal(len(properties))],
        },
    )
    for of, figure, counts in (("class", "entities", classes), ("property", "triples", properties)):
        for term, count in counts.items():
            node = f"{base}#{of}-{term.removeprefix(ONTOLOGY).rpartition('/')[2].replace('#', '-')}"
            yield from _said(part, {f"{VOID}{of}Partition": [NamedNode(node)]})
            yield from _said(node, {VOID + of: [NamedNode(term)], VOID + figure: [Literal(count)]})


def _distribution(file: Mapping[str, Any], licence: str | None, server: str, base: str) -> Iterable[Triple]:
    name, media = file["name"], file["media_type"]
    node, check, form = base + name, f"{base}{name}#checksum", f"{base}{name}#format"
    packing = "packageFormat" if name.endswith(".zip") else "compressFormat"
    yield from _said(base, {DCAT + "distribution": [NamedNode(node)]})
    yield from _said(
        node,
        {
            RDF + "type": [NamedNode(DCAT + "Distribution")],
            DCTERMS + "title": [Literal(file["description"], language="en")],
            DCTERMS + "license": _named(licence),
            DCTERMS + "rights": [NamedNode(f"{base}#rights")],
            DCAT + "accessURL": [NamedNode(f"{server}/downloads")],
            DCAT + "downloadURL": [NamedNode(node)],
            DCAT + "mediaType": [NamedNode(_MEDIA + media)] if media in _REGISTERED else [],
            DCTERMS + "format": [NamedNode(form)],
            DCAT + packing: [NamedNode(_MEDIA + stored_as(name))],
            DCAT + "byteSize": [Literal(str(file["bytes"]), datatype=NamedNode(XSD + "nonNegativeInteger"))],
            SPDX + "checksum": [NamedNode(check)],
        },
    )
    yield from _said(form, {RDF + "type": [NamedNode(DCTERMS + "MediaTypeOrExtent")], RDFS + "label": [Literal(media)]})
    value = Literal(file["sha256"], datatype=NamedNode(XSD + "hexBinary"))
    algorithm = NamedNode(SPDX + "checksumAlgorithm_sha256")
    kind = [NamedNode(SPDX + "Checksum")]
    yield from _said(check, {RDF + "type": kind, SPDX + "algorithm": [algorithm], SPDX + "checksumValue": [value]})
    if name == "graph.nq.gz":
        yield from _said(base, {VOID + "dataDump": [NamedNode(node)]})
    if name == "view.ttl.gz":
        yield from _said(f"{base}#view", {VOID + "dataDump": [NamedNode(node)]})


def _said(subject: str, about: Mapping[str, Iterable[NamedNode | Literal]]) -> list[Triple]:
    return [Triple(NamedNode(subject), NamedNode(name), value) for name, values in about.items() for value in values]


def _both(name: str) -> list[NamedNode | Literal]:
    fr, en = _TEXTS[name]
    return [Literal(fr, language="fr"), Literal(en, language="en")]


def _named(address: str | None) -> list[NamedNode]:
    return [NamedNode(address)] if address else []
