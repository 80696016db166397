"""What routes ask for by type: the newest snapshot, a page of a listing, the reader's language."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from api.browse import Browser
from api.caching import fresh
from api.languages import Language, language_of
from api.services import Services
from graph.errors import BadQuery, NotFound
from graph.model.terms import Ontology
from graph.property.bolt_async import AsyncPropertyGraph
from graph.record.snapshots import Snapshot

LIMIT, MOST = 50, 500


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


def _snapshot(services: ServicesDep) -> Snapshot:
    return services.shelf.current


def _data_snapshot(request: Request, response: Response, services: ServicesDep) -> Snapshot:
    snapshot = services.shelf.current
    fresh(request, response, snapshot.id)
    return snapshot


def _graph(services: ServicesDep) -> AsyncPropertyGraph:
    return services.graph


def _ontology(services: ServicesDep) -> Ontology:
    return services.ontology


SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]
"""The newest snapshot, for what is no plain function of it alone."""
DataDep = Annotated[Snapshot, Depends(_data_snapshot)]
"""The newest snapshot, for answers that are functions of it and the address: they get an ETag, and 304 where it is known."""
GraphDep = Annotated[AsyncPropertyGraph, Depends(_graph)]
OntologyDep = Annotated[Ontology, Depends(_ontology)]
LanguageDep = Annotated[Language, Depends(language_of)]
LangParameter = Annotated[
    Literal["fr", "en"] | None, Query(alias="lang", description="language of names; default: the reader's")
]


def _browser(snapshot: DataDep, ontology: OntologyDep) -> Browser:
    return Browser(snapshot.store, ontology)


BrowserDep = Annotated[Browser, Depends(_browser)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a listing a page begins, in which snapshot; `after` makes the cursor of the page that follows."""

    snapshot: Snapshot
    offset: int
    limit: int

    def after(self, more: bool) -> str | None:
        """The cursor of the next page, or None at the end."""
        if not more:
            return None
        content = json.dumps([self.snapshot.id, self.offset + self.limit])
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def _place(
    request: Request,
    response: Response,
    services: ServicesDep,
    limit: Annotated[int, Query(ge=1, le=MOST, description="how many items a page has at most")] = LIMIT,
    cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before; bound to its snapshot")] = None,
) -> Place:
    if cursor is None:
        place = Place(services.shelf.current, 0, limit)
    else:
        name, offset = _read_cursor(cursor)
        place = Place(services.shelf.named(name), offset, limit)
    fresh(request, response, place.snapshot.id)
    return place


PlaceDep = Annotated[Place, Depends(_place)]


def _read_cursor(cursor: str) -> tuple[str, int]:
    try:
        name, offset = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeError, ValueError, TypeError) as error:
        raise BadQuery("cursor: this is none of ours; take `next` of the page before, unchanged") from error
    if not (isinstance(name, str) and isinstance(offset, int) and 0 <= offset < 10**9):
        raise BadQuery("cursor: this is none of ours; take `next` of the page before, unchanged")
    return name, offset


def allowed(setting: Callable[[Services], bool], message: str) -> Callable[[ServicesDep], None]:
    """A dependency that answers 404 with a message where a setting closes a door."""

    def check(services: ServicesDep) -> None:
        if not setting(services):
            raise NotFound(message)

    return check
