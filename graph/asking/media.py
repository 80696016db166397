"""Which form of an answer an `Accept` header asks for."""

from __future__ import annotations

from collections.abc import Mapping

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
_ALIASES: Mapping[str, str] = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_NO_TABLES = ("text/csv", "text/tab-separated-values")


def offered(form: str) -> tuple[str, ...]:
    """The media types in which the answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query is given, the usual one first."""
    if form == "SELECT":
        return RESULTS
    return tuple(name for name in RESULTS if name not in _NO_TABLES) if form == "ASK" else GRAPHS


def media_type(form: str, accept: str | None) -> str:
    """The offered type that the header prefers; BadQuery names those offered when it takes none of them."""
    choices = offered(form)
    if not accept or not accept.strip():
        return choices[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    weights = [(_weight(choice, ranges), -position, choice) for position, choice in enumerate(choices)]
    weight, _, best = max(weights)
    if weight <= 0:
        raise BadQuery(f"a {form} query is answered as {', '.join(choices)}; Accept takes none of them")
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((item[2:] for item in parameters if item.startswith("q=")), "1")
    try:
        return name.lower(), float(quality)
    except ValueError:
        return name.lower(), 0.0


def _weight(choice: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most exact range that takes the type."""
    exact = {1: "*/*", 2: f"{choice.split('/')[0]}/*", 3: choice}
    names = {name: rank for rank, name in exact.items()}
    found = [(4 if _ALIASES.get(name) == choice else names.get(name, 0), quality) for name, quality in ranges]
    fitting = [(rank, quality) for rank, quality in found if rank]
    return max(fitting)[1] if fitting else 0.0
