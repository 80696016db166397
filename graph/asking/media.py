"""Which form of an answer an `Accept` header asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from graph.errors import BadQuery

RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "text/n3",
    "application/n-quads",
    "application/trig",
)
_NO_ALIASES: Mapping[str, str] = MappingProxyType({})
_TABLE_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPH_ALIASES: Mapping[str, str] = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}
_QUALITY = re.compile(r"(?i)q=(0(?:\.\d*)?|1(?:\.0*)?)")


class NoSuchForm(BadQuery):
    """The answer is given in forms of which the `Accept` header takes none."""


def offered(form: str) -> tuple[str, ...]:
    """The media types in which the answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query is given, the usual one first."""
    return RESULTS if form in ("SELECT", "ASK") else GRAPHS


def media_type(form: str, accept: str | None) -> str:
    """The offered type that the header prefers; NoSuchForm names those offered when it takes none of them."""
    choices = offered(form)
    chosen = accepted(accept, choices, _TABLE_ALIASES if choices is RESULTS else GRAPH_ALIASES)
    if chosen is None:
        raise NoSuchForm(f"a query by {form} is answered as {', '.join(choices)}; Accept takes none of them")
    return chosen


def accepted(header: str | None, offers: Sequence[str], aliases: Mapping[str, str] = _NO_ALIASES) -> str | None:
    """The offered media type that an Accept header prefers (the first offer where it is silent), or None if it takes none.

    `aliases`: other names of offered types.
    """
    parts = [part for part in (header or "").split(",") if part.strip()]
    if not parts:
        return offers[0]
    ranges = [(aliases.get(media, media), quality) for media, quality in map(_range, parts)]
    best, chosen = 0.0, None
    for offer in offers:
        quality = _weight(ranges, offer)
        if quality > best:
            best, chosen = quality, offer
    return chosen


def _range(part: str) -> tuple[str, float]:
    """A media range with its quality; one that is no number between 0 and 1 wants nothing."""
    media, *parameters = (piece.strip() for piece in part.split(";"))
    written = next((piece for piece in parameters if piece[:2].lower() == "q="), "q=1")
    quality = _QUALITY.fullmatch(written)
    return media.lower(), float(quality[1]) if quality else 0.0


def _weight(ranges: Sequence[tuple[str, float]], offer: str) -> float:
    """The quality of the most specific range that covers the offer; 0 if none does."""
    family = offer.split("/")[0] + "/*"
    for wanted in (offer, family, "*/*"):
        found = [quality for media, quality in ranges if media == wanted]
        if found:
            return max(found)
    return 0.0
