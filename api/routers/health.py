"""Whether the service lives, and whether record and property graph show the same."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response

from api.deps import ServicesDep
from api.models import Health, Readiness
from api.reading import ReadingRoute
from api.release import version
from graph.errors import StoreUnavailable

router = APIRouter(route_class=ReadingRoute, tags=["health"])

_REMEDY = "record and property graph show different snapshots; a load may be under way, else run `diplograph sync`"


@router.get("/healthz", operation_id="health", summary="Does the process answer?")
async def health() -> Health:
    """Always 200 while the process lives; asks no store."""
    return Health(status="alive", version=version())


@router.get("/readyz", operation_id="readiness", summary="Can it answer questions?", responses={503: {"model": Readiness}})
async def readiness(services: ServicesDep, response: Response) -> Readiness:
    """200 when record and property graph can be read and show the same snapshot, else 503 with the remedy."""
    record = graph = remedy = None
    try:
        record = services.shelf.current.id
        graph = await services.graph_snapshot()
    except StoreUnavailable as error:
        remedy = str(error)
    ready = record is not None and record == graph
    if not ready:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        remedy = remedy or _REMEDY
    response.headers["Cache-Control"] = "no-store"
    return Readiness(ready=ready, record=record, graph=graph, remedy=remedy)
