"""The few RDF terms that record and view are made of."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from graph.model import iri

XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
BOOKKEEPING = NamedNode(iri.ID + "bookkeeping")
INDEX = NamedNode(iri.ID + "index")
JUDGEMENTS = NamedNode(iri.ID + "judgements")
EDITIONS = NamedNode(iri.ID + "editions")
REDIRECTS = NamedNode(iri.ID + "redirects")
LOG = NamedNode(iri.ID + "log")
VIEW = DefaultGraph()

_NAMED = (NamedNode, Literal)  # a tuple: twice as fast to ask for as a union, and asked for everywhere
_INTEGER = NamedNode(XSD + "integer")
_DECIMAL = NamedNode(XSD + "decimal")
_DATES = {4: NamedNode(XSD + "gYear"), 7: NamedNode(XSD + "gYearMonth"), 10: NamedNode(XSD + "date")}


@lru_cache(maxsize=4096)
def dip(name: str) -> NamedNode:
    """The class or property of the ontology with that local name."""
    return NamedNode(iri.ONTOLOGY + name)


def local(term: NamedNode) -> str:
    """The local name of a class or property of the ontology."""
    return term.value.removeprefix(iri.ONTOLOGY)


@lru_cache(maxsize=4096)
def concept(scheme: str, notation: str) -> NamedNode:
    """The concept of a scheme (named by its class) that carries the notation."""
    return NamedNode(f"{iri.CONCEPT}{scheme}/{notation}")


def notation(term: object) -> str:
    """The notation at the end of a concept's IRI, or the key at the end of an entity's."""
    return value(term).rsplit("/", 1)[-1]


def value(term: object) -> str:
    """The IRI of a node, or the text of a literal; the record holds nothing else."""
    if isinstance(term, _NAMED):
        return term.value
    raise TypeError(f"{term} is neither a named node nor a literal")


def node(term: object) -> NamedNode:
    """A term that must be a named node."""
    if isinstance(term, NamedNode):
        return term
    raise TypeError(f"{term} is no named node")


def book(name: str) -> NamedNode:
    """A property of the record's own bookkeeping: no part of the ontology nor of any export."""
    return NamedNode(f"{BOOKKEEPING.value}#{name}")


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def decimal(value: float) -> Literal:
    """An xsd:decimal in canonical form: no exponent, no trailing zeros."""
    digits = format(Decimal(repr(value)), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return Literal("0" if digits in ("-0", "") else digits, datatype=_DECIMAL)


def date(value: str) -> Literal:
    """A date of its own precision; a day without a year is EDTF."""
    return Literal(value, datatype=EDTF if value.startswith("XXXX") else _DATES[len(value)])
