"""The ontology and its concepts under their own addresses, as the files in `schema/` say them."""

from __future__ import annotations

import functools

from pyoxigraph import BlankNode, RdfFormat, Triple, parse, serialize

from api.rdf import FORMATS
from graph.model import iri
from graph.model.files import SCHEMA
from graph.model.turtle import SKOS
from graph.model.vocabulary import OWL, RDFS, XSD

ONTOLOGY = iri.ONTOLOGY.rstrip("#")
_FILES = ("ontology.ttl", "alignments.ttl", "concepts.ttl")
_PREFIXES = {"dip": iri.ONTOLOGY, "rdfs": RDFS, "skos": SKOS, "owl": OWL, "xsd": XSD}


def vocabulary(address: str, suffix: str) -> bytes | None:
    """What the files say of the ontology (all its terms), of a scheme (with its concepts) or of a concept; None: nothing."""
    parts = (f"{address}#", f"{address}/")
    triples = [triple for about, triple in _said() if about == address or about.startswith(parts)]
    return serialize(triples, format=FORMATS[suffix][1], prefixes=_PREFIXES) if triples else None


@functools.cache
def _said() -> tuple[tuple[str, Triple], ...]:
    """Every triple with what it tells of, in the order of the files; unnamed nodes are part of the ontology."""
    found: list[tuple[str, Triple]] = []
    unnamed: dict[BlankNode, BlankNode] = {}

    def kept(term: object) -> object:
        return unnamed.setdefault(term, BlankNode(f"b{len(unnamed)}")) if isinstance(term, BlankNode) else term

    for name in _FILES:
        for quad in parse(path=SCHEMA / name, format=RdfFormat.TURTLE, base_iri=iri.CONCEPT):
            about = ONTOLOGY if isinstance(quad.subject, BlankNode) else quad.subject.value
            triple = Triple(kept(quad.subject), quad.predicate, kept(quad.object))  # type: ignore[arg-type]
            found.append((about, triple))
    return tuple(found)
