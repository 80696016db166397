"""Where a person looks, who is shown pages, and where a program."""

from __future__ import annotations

from starlette.requests import Request

from graph.asking.media import accepted

READERS = "Accept, Accept-Language, Cookie"
"""`Vary` of an answer whose form and language the reader's headers choose."""

_DATA_PATHS = ("/api/", "/sparql", "/healthz", "/readyz", "/openapi.json")


def wants_page(request: Request) -> bool:
    """True where a person's browser asks outside the data interfaces, so that an error should be a page."""
    if request.url.path.startswith(_DATA_PATHS):
        return False
    return accepted(request.headers.get("accept"), ("application/json", "text/html")) == "text/html"
