"""Answers are functions of a snapshot and the address: both make the ETag, and a client that has that one gets 304."""

from __future__ import annotations

import zlib

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import NotModified

_KEPT = frozenset((b"etag", b"cache-control", b"vary"))


def etag(snapshot: str, address: bytes, *variant: str) -> str:
    """The weak ETag of an answer: the snapshot's id, what tells representations of one address apart, and which address.

    With the address in it no other one's tag fits, so that what is known need not be looked up to say so.
    """
    return f'W/"{";".join((snapshot, *variant, f"{zlib.crc32(address):08x}"))}"'


def matches(header: str | None, tag: str) -> bool:
    """True where an If-None-Match header names the tag (compared weakly, as RFC 9110 has it)."""
    return header is not None and tag.removeprefix("W/") in (part.strip().removeprefix("W/") for part in header.split(","))


def fresh(request: Request, response: Response, snapshot: str, *variant: str, vary: str | None = None) -> str:
    """Set the answer's ETag, or raise NotModified where the client has it; returns the tag."""
    headers = fresh_headers(request, snapshot, *variant, vary=vary)
    response.headers.update(headers)
    return headers["ETag"]


def fresh_headers(request: Request, snapshot: str, *variant: str, vary: str | None = None) -> dict[str, str]:
    """The headers of an answer that is a function of a snapshot and the address; NotModified where the client has it."""
    tag = etag(snapshot, request.scope["path"].encode() + b"?" + request.scope["query_string"], *variant)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}  # keep, but ask each time: 304 is cheap
    if vary is not None:
        headers["Vary"] = vary
    if request.method in ("GET", "HEAD") and matches(request.headers.get("if-none-match"), tag):
        raise NotModified(headers)
    return headers


class KnownAlready:
    """ASGI middleware: answers with an ETag that the client has are 304, also where only the whole answer tells so.

    That is `If-None-Match: *`, for which there has to be an answer, and files.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer's head alone where it is known."""
        given = Headers(scope=scope).get("if-none-match") if scope["type"] == "http" and scope["method"] == "GET" else None
        if given is None:
            await self._app(scope, receive, send)
            return
        known = False

        async def unless_known(message: Message) -> None:
            nonlocal known
            if message["type"] == "http.response.start":
                tag = Headers(raw=message["headers"]).get("etag")
                known = message["status"] == 200 and tag is not None and (given.strip() == "*" or matches(given, tag))
                kept = [pair for pair in message["headers"] if pair[0] in _KEPT]
                message = {**message, "status": 304, "headers": kept} if known else message
            elif known:
                message = {"type": "http.response.body", "body": b"", "more_body": message.get("more_body", False)}
            await send(message)

        await self._app(scope, receive, unless_known)
