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
    tag = etag(snapshot, *variant)
    if request.method in ("GET", "HEAD") and matches(request.headers.get("if-none-match"), tag):
        raise NotModified(tag)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time: 304 is cheap
    return tag
