"""Answers are functions of a snapshot: it makes the ETag, and a client that has that one gets 304."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from api.problems import NotModified


def etag(snapshot: str, *variant: str) -> str:
    """The weak ETag of an answer: the snapshot's id, then what else tells representations of one address apart."""
    return f'W/"{";".join((snapshot, *variant))}"'


def matches(header: str | None, tag: str) -> bool:
    """True where an If-None-Match header names the tag (compared weakly, as RFC 9110 has it) or is `*`."""
    if header is None:
        return False
    given = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in given or tag.removeprefix("W/") in given


def fresh(request: Request, response: Response, snapshot: str, *variant: str) -> str:
    """Set the answer's ETag, or raise NotModified where the client has it; returns the tag."""
    headers = fresh_headers(request, snapshot, *variant)
    response.headers.update(headers)
    return headers["ETag"]


def fresh_headers(request: Request, snapshot: str, *variant: str) -> dict[str, str]:
    """The headers of an answer that is a function of a snapshot and the address; NotModified where the client has it."""
    tag = etag(snapshot, *variant)
    if request.method in ("GET", "HEAD") and matches(request.headers.get("if-none-match"), tag):
        raise NotModified(tag)
    return {"ETag": tag, "Cache-Control": "no-cache"}  # keep, but ask each time: 304 is cheap
