"""The network: nodes and ties with their places, as vis-network draws them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.caching import fresh
from api.deps import LangParameter, LanguageDep, ServicesDep
from api.links import page_of, sentences_of
from api.models import NetworkView
from api.moments import AsOf, KnownAt, KnownBy, read_at
from api.negotiation import READERS
from api.openapi import problems
from api.reading import ReadingRoute
from api.services import Services
from api.strict import only_declared
from graph.asking.agents import agent_iri
from graph.asking.network_drawing import drawn as draw
from graph.asking.network_then import network_then
from graph.errors import StoreUnavailable
from graph.model import iri

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1", tags=["network"], dependencies=[only_declared])

MOST = 5000

State = Annotated[str | None, Query(description="only what surrounds this state or organisation", examples=["MAR"])]
Around = Annotated[
    str | None,
    Query(
        pattern=r"^[a-z]+/[A-Za-z0-9_\-]+$", description="only what surrounds this thing, by short id", examples=["state/MAR"]
    ),
]
NodeLimit = Annotated[int | None, Query(ge=1, le=MOST, description="how many nodes are given at most; default: 300")]


@router.get("/network", operation_id="network", summary="Nodes and ties to draw", responses=problems(404, 409, 422, 504))
async def network(
    request: Request,
    response: Response,
    services: ServicesDep,
    language: LanguageDep,
    state: State = None,
    around: Around = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    known_by: KnownBy = "published",
    limit: NodeLimit = None,
    lang: LangParameter = None,
) -> NetworkView:
    """Facts best supported come first; `truncated` counts those left out. Each edge names the fact whose evidence says so.

    With `as_of` there are only facts that may hold on that day, with `known_at` those that the sources of that day tell.
    """
    if state is not None and around is not None:
        raise HTTPException(HTTPStatus.CONFLICT, "state, around: give one of the two")
    centre = around if state is None else iri.short(agent_iri("state", state))
    if known_at is not None:
        stamp, view = await run_in_threadpool(drawn_then, services, (known_at, known_by), centre, limit, language, as_of or "")
        fresh(request, response, stamp, language, vary=READERS)
        return NetworkView(snapshot=stamp, **view)
    stamp = await shown_snapshot(services)
    fresh(request, response, stamp, language, vary=READERS)
    return NetworkView(snapshot=stamp, **await drawn(services, stamp, centre, limit, language, as_of or ""))


async def shown_snapshot(services: Services) -> str:
    """The snapshot that the property graph shows; StoreUnavailable while it is on its way to another."""
    stamp = await services.graph_snapshot()
    if stamp is None:
        raise StoreUnavailable("the property graph is being brought up to date; try again in a moment")
    return stamp


async def drawn(
    services: Services, stamp: str, centre: str | None, limit: int | None, language: str, as_of: str = ""
) -> dict[str, Any]:
    """The network with the addresses of each node's and edge's page and sentences."""
    return _linked(await services.networks.view(stamp, centre, limit or services.settings.network_nodes, language, as_of))


def drawn_then(
    services: Services, day: tuple[str, str], centre: str | None, limit: int | None, language: str, as_of: str
) -> tuple[str, dict[str, Any]]:
    """The same of the sources of a day (and by which date they count), with the snapshot of then."""
    with read_at(services, *day) as snapshot:
        network = network_then(snapshot.store, centre, limit or services.settings.network_nodes, as_of)
        return snapshot.id, _linked(draw(network, language), day)


def _linked(view: dict[str, Any], day: tuple[str, str] | None = None) -> dict[str, Any]:
    nodes = [{**node, **_addresses(iri.short(node["id"]), day)} for node in view["nodes"]]
    edges = [{**edge, **_addresses(edge["fact"], day)} for edge in view["edges"]]
    return {**view, "nodes": nodes, "edges": edges}


def _addresses(short_id: str, day: tuple[str, str] | None) -> dict[str, str]:
    return {"page": page_of(short_id), "sentences": sentences_of(short_id, day)}
