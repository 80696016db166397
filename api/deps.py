"""What routes ask for by type: the newest snapshot, the reader's language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from api.caching import fresh
from api.languages import Language, language_of
from api.negotiation import READERS
from api.services import Services
from graph.errors import NotFound
from graph.model.terms import Ontology
from graph.property.bolt_async import AsyncPropertyGraph
from graph.record.snapshots import Snapshot


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


async def _snapshot(services: ServicesDep) -> Snapshot:
    return services.shelf.current


async def _language(request: Request) -> Language:
    return language_of(request)


LanguageDep = Annotated[Language, Depends(_language)]


async def _data_snapshot(request: Request, response: Response, services: ServicesDep, language: LanguageDep) -> Snapshot:
    snapshot = services.shelf.current
    fresh(request, response, snapshot.id, language, vary=READERS)
    return snapshot


async def _graph(services: ServicesDep) -> AsyncPropertyGraph:
    return services.graph


async def _ontology(services: ServicesDep) -> Ontology:
    return services.ontology


SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]
"""The newest snapshot, for what is no plain function of it alone."""
DataDep = Annotated[Snapshot, Depends(_data_snapshot)]
"""The newest snapshot, for answers that are functions of it and the address: they get an ETag, and 304 where it is known."""
GraphDep = Annotated[AsyncPropertyGraph, Depends(_graph)]
OntologyDep = Annotated[Ontology, Depends(_ontology)]
LangParameter = Annotated[
    Literal["fr", "en"] | None, Query(alias="lang", description="language of names; default: the reader's")
]


def allowed(setting: Callable[[Services], bool], message: str) -> Callable[[ServicesDep], Awaitable[None]]:
    """A dependency that answers 404 with a message where a setting closes a door."""

    async def check(services: ServicesDep) -> None:
        if not setting(services):
            raise NotFound(message)

    return check
