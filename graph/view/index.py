"""The graph `id/index`: what is noted there, so that a derivation finds what a change touches."""

from __future__ import annotations

from pyoxigraph import Literal, Quad

from graph.model.claims import digest
from graph.record import rdf
from graph.record.encode import claim_node
from graph.resolution.items import Person
from graph.view.rows import ROW
from graph.view.sheets import SHEET
from graph.view.violations import VIOLATED_BY, VIOLATION

BLOCK, PERSON, THING, PROFILE = rdf.book("block"), rdf.book("person"), rdf.book("thing"), rdf.book("profile")
SIGNED = rdf.book("signed")  # a person whose equals are certainly the same -> what equals share
SERIES, SPAN, SUPPORT = rdf.book("series"), rdf.book("span"), rdf.book("support")
ATTENDED = rdf.book("attended")  # a fact -> a person who took part, with the month
FAINT = rdf.book("faint")  # an entity too unsure for the view -> the claims that support it
NOTED = (SERIES, SPAN, FAINT, VIOLATION, VIOLATED_BY, SHEET, ROW, ATTENDED)
"""What the index says of entities, besides which claims and mentions are theirs."""
_CLAIMS = claim_node("").value


def subject_of(quad: Quad) -> str:
    """The key of a claim, or the id of a mention, that a quad of the index speaks of."""
    return name_of(rdf.value(quad.subject))


def node_of(item: str) -> str:
    """The IRI of a claim by key, or of a mention by its id."""
    return _CLAIMS + item


def name_of(node: str) -> str:
    """The key of a claim, or the id of a mention, by IRI."""
    return node.removeprefix(_CLAIMS)


def signed(person: Person) -> Literal:
    """What persons of one signature share in the index."""
    name = person.name
    return Literal(digest([*name.tokens, "", name.number, *map(str, sorted(person.offices)), "", *sorted(person.agents)])[:16])


def office_block(kind: str, of: str) -> str:
    """The block of all claims on one office."""
    return f"office|{kind}|{of}"
