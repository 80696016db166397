"""Which form of an answer a client asks for."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request

_DATA_PATHS = ("/api/", "/sparql", "/healthz", "/readyz", "/openapi.json")


def accepted(header: str | None, offers: Sequence[str]) -> str | None:
    """The offered media type that an Accept header prefers (the first offer where it is silent), or None if it takes none."""
    if not header or not header.strip():
        return offers[0]
    ranges = [_range(part) for part in header.split(",")]
    best, chosen = 0.0, None
    for offer in offers:
        quality = _quality(ranges, offer)
        if quality > best:
            best, chosen = quality, offer
    return chosen


def wants_page(request: Request) -> bool:
    """True where a person's browser asks outside the data interfaces, so that an error should be a page."""
    if request.url.path.startswith(_DATA_PATHS):
        return False
    return accepted(request.headers.get("accept"), ("application/json", "text/html")) == "text/html"


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media.lower(), min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return media.lower(), 0.0


def _quality(ranges: Sequence[tuple[str, float]], offer: str) -> float:
    """The quality of the most specific range that covers the offer; 0 if none does."""
    family = offer.split("/")[0] + "/*"
    for wanted in (offer, family, "*/*"):
        found = [quality for media, quality in ranges if media == wanted]
        if found:
            return max(found)
    return 0.0
