"""Who asks: the holder of a key, or anybody; and what that opens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from api.access.keys import Key, KeyRing, Scope
from api.access.refusals import NotAllowed, NotIdentified
from graph.settings import Settings

COOKIE = "diplograph_key"
_SAFE = ("GET", "HEAD", "OPTIONS")
_HOW = "send it as `Authorization: Bearer KEY`; `diplograph keys issue` makes one"


@dataclass(frozen=True, slots=True)
class Visitor:
    """One request's sender: `name` tells clients apart for budgets and logs and never is the key itself."""

    name: str
    key: Key | None
    scopes: frozenset[Scope]


def anonymous_scopes(settings: Settings) -> frozenset[Scope]:
    """What is open without a key; Cypher of one's own is where the setting or the address says so."""
    scopes = {Scope(word) for word in settings.anonymous.split() if word != "none"}
    return frozenset(scopes | {Scope.CYPHER}) if settings.open_cypher else frozenset(scopes)


class Doorkeeper:
    """Tells visitors from the headers of their requests; BadData at once where the keys cannot be read or trusted."""

    def __init__(self, settings: Settings) -> None:
        self._ring = KeyRing(settings.data)
        self._ring.all()
        self._anonymous = anonymous_scopes(settings)

    def identify(self, request: Request) -> Visitor:
        """The visitor; NotIdentified where a key was given that opens nothing."""
        token = _in_headers(request)
        key = self.holder(token or _in_cookie(request))
        if key is not None:
            return Visitor(f"key {key.id}", key, self._anonymous.union(key.scopes))
        if token is not None:  # a cookie that has expired must not keep its owner from signing in anew
            raise NotIdentified(f"this key is not known here, or has expired; {_HOW}")
        return Visitor(address_of(request), None, self._anonymous)

    def holder(self, token: str | None) -> Key | None:
        """The key that a token stands for today; None where it opens nothing."""
        return None if token is None else self._ring.holder(token, datetime.now(UTC).date())


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from, as the server knows it."""
    return connection.client.host if connection.client else "unknown"


def _in_headers(request: Request) -> str | None:
    method, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if method.lower() == "bearer" else request.headers.get("x-api-key")


def _in_cookie(request: Request) -> str | None:
    """A browser sends it with whatever any page asks of us: for a change, it counts from our own pages only."""
    return request.cookies.get(COOKIE) if request.method in _SAFE or _is_own(request) else None


def _is_own(request: Request) -> bool:
    return request.headers.get("origin", "").partition("://")[2] == request.headers.get("host")


def visitor_of(request: Request) -> Visitor:
    """The visitor that the gate let in."""
    visitor: Visitor = request.scope["state"]["visitor"]
    return visitor


VisitorDep = Annotated[Visitor, Depends(visitor_of)]


def needs(scope: Scope) -> Callable[[Request], Awaitable[None]]:
    """A dependency: NotIdentified (401) for a visitor without a key, NotAllowed (403) for one whose key lacks the scope."""

    async def check(request: Request) -> None:  # no thread is needed for this
        visitor = visitor_of(request)
        if scope in visitor.scopes:
            return
        if visitor.key is None:
            raise NotIdentified(f"this needs a key with the scope “{scope}”; {_HOW}")
        raise NotAllowed(f"the key {visitor.key.id} has no scope “{scope}”; it has {', '.join(visitor.key.scopes)}")

    return check
