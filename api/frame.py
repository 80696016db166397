"""What every answer carries, whatever its route: a request id, security headers; and what no request may exceed."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import time
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.metrics import Meter
from api.access.visitors import address_of

log = logging.getLogger("api.requests")

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")

# Pages run our own scripts and show our own styles only. vis-network 9.1.2 as the pyvis wheel carries it injects no style
# element, so no exception is needed; the browser tests fail on any violation of the policy.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_ENCODINGS, _VARY = b"accept-encoding", (b"vary", b"Accept-Encoding")
_GZIP = re.compile(rb"(?i)(?:^|,)\s*gzip\s*(?:;\s*q=(?:1(?:\.0*)?|0?\.0*[1-9]\d*)\s*)?(?:,|$)")
_SECURITY = tuple((name.lower().encode("ascii"), value.encode("ascii")) for name, value in SECURITY_HEADERS.items())


def request_id(scope: Scope) -> str:
    """The id of this request: the client's `X-Request-ID` where it is a plain token, else one of ours."""
    state = scope.setdefault("state", {})
    if "request_id" not in state:
        given = Headers(scope=scope).get("x-request-id", "")
        state["request_id"] = given if _GIVEN_ID.match(given) else secrets.token_hex(16)
    return str(state["request_id"])


class Frame:
    """ASGI middleware: request id and security headers on every answer; each is counted, and logged in one line."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app, self._meter = app, meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity, began = request_id(scope), time.perf_counter()

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(b"x-request-id", identity.encode("ascii"))]
                given = {name for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *own, *(pair for pair in _SECURITY if pair[0] not in given)]
                seconds = time.perf_counter() - began
                self._meter.count(scope["method"], _route(scope), message["status"], seconds)
                if log.isEnabledFor(logging.INFO):
                    _write_line(scope, message["status"], 1000 * seconds)
            await send(message)

        await self._app(scope, receive, complete)


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "none"))


def _write_line(scope: Scope, status: int, milliseconds: float) -> None:
    """One line a request; what a JSON log shows as fields of their own is in `extra`."""
    state = scope["state"]
    fields = {
        "request_id": state["request_id"],
        "method": scope["method"],
        "path": scope["path"],
        "route": _route(scope),
        "status": status,
        "milliseconds": round(milliseconds, 1),
        "client": state["visitor"].name if "visitor" in state else address_of(HTTPConnection(scope)),
        "query_hash": state.get("query_hash"),
    }
    log.info(
        "%(request_id)s %(method)s %(path)s %(status)s %(milliseconds).1f ms %(client)s %(query_hash)s", fields, extra=fields
    )


def note_query(request: Request, text: str) -> None:
    """Let the log tell queries apart by the start of their SHA-256, without keeping what a stranger asked."""
    request.scope["state"]["query_hash"] = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


class HeadAsGet:
    """ASGI middleware: HEAD is answered as GET would be, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask as GET and pass on the head of the answer."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        as_get = {**scope, "method": "GET"}
        try:
            await self._app(as_get, receive, without_body)
        finally:
            scope["route"] = as_get.get("route")


class Compressed(GZipMiddleware):
    """ASGI middleware: answers are compressed for those who ask for it, and every answer says that it depends on that."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compress the answer where the client takes gzip (`gzip;q=0` does not); a release's files are compressed already."""

        async def varying(message: Message) -> None:
            headers = message.get("headers")
            if headers is not None and not any(b"Accept-Encoding" in value for _, value in headers):
                message["headers"] = [*headers, _VARY]
            await send(message)

        if scope["type"] != "http" or scope["path"].startswith("/downloads/"):
            await self.app(scope, receive, send)
            return
        wanted = any(_GZIP.search(value) for name, value in scope["headers"] if name == _ENCODINGS)
        await (super().__call__ if wanted else self.app)(scope, receive, varying)


class BodyLimit:
    """ASGI middleware: a request body above the limit is refused with 413, also where its length is not announced."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read no more of the body than the limit allows, then pass it on."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        body = await self._read(Request(scope, receive))
        if body is None:
            await self._refuse(scope, receive, send)
            return
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Message:
            return next(messages, None) or await receive()

        await self._app(scope, replay, send)

    async def _read(self, request: Request) -> bytes | None:
        announced = request.headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > self._limit:
            return None
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._limit:
                return None
        return bytes(body)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = {
            "type": "about:blank",
            "title": HTTPStatus.REQUEST_ENTITY_TOO_LARGE.phrase,
            "status": 413,
            "detail": f"the request body may have {self._limit} bytes",
            "instance": scope["path"],
            "request_id": request_id(scope),
        }
        response = JSONResponse(problem, 413, media_type="application/problem+json")
        await response(scope, receive, send)
