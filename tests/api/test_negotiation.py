"""Which form of an answer a client gets."""

import pytest
from starlette.requests import Request

from api.negotiation import wants_page
from graph.asking.media import accepted

OFFERS = ("application/json", "text/html", "text/turtle")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "text/html"),
        ("text/*", "text/html"),
        ("text/turtle;q=0.9, text/html;q=0.1", "text/turtle"),
        ("text/html;q=0, */*", "application/json"),
        ("TEXT/HTML", "text/html"),
        ("image/png", None),
        ("text/html;q=none", None),
    ],
)
def test_accept_header_chooses_among_offers(header: str | None, chosen: str | None) -> None:
    assert accepted(header, OFFERS) == chosen


def request(path: str, accept: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "headers": [(b"accept", accept.encode())],
            "query_string": b"",
            "server": ("x", 80),
        }
    )


def test_only_browsers_outside_the_data_interfaces_get_pages() -> None:
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert wants_page(request("/states/XYZ", browser))
    assert not wants_page(request("/states/XYZ", "*/*"))
    assert not wants_page(request("/api/v1/states/XYZ", browser))
    assert not wants_page(request("/sparql", browser))
