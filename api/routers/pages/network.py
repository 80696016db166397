"""The page of the network: drawn by our own script, and as a table for those who do not see it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from api.asked import DATE
from api.browse import Browser
from api.pagedeps import Visit, VisitDep
from api.reading import ReadingRoute
from api.routers.network import MOST, drawn, drawn_then, shown_snapshot
from graph.errors import NotFound

router = APIRouter(route_class=ReadingRoute, include_in_schema=False)

ROWS = 500


@router.get("/network")
async def network(
    visit: VisitDep,
    around: Annotated[str, Query(max_length=100)] = "",
    as_of: Annotated[str, Query(pattern=f"^ *({DATE})? *$", description="only what may hold on this day")] = "",
    known_at: Annotated[str, Query(pattern=f"^ *({DATE})? *$", description="as the sources of this day tell it")] = "",
    limit: Annotated[int | None, Query(ge=1, le=MOST)] = None,
) -> HTMLResponse:
    """The whole graph, or what surrounds one thing; of a day, or as it was known on a day, where one is given."""
    centre, day, then = around.strip() or None, as_of.strip(), known_at.strip()
    if centre is not None and visit.browser.thing(centre) is None:
        raise NotFound(f"the graph holds nothing under {centre}; write for example state/MAR")
    services, language = visit.services, visit.words.language
    if then:
        _, view = await run_in_threadpool(drawn_then, services, (then, "published"), centre, limit, language, day)
    else:
        view = await drawn(services, await shown_snapshot(services), centre, limit, language, day)
    given = {"lang": language, "around": centre, "as_of": day, "known_at": then, "limit": limit}
    asked = {name: value for name, value in given.items() if value}
    labels = {node["id"]: node["label"] for node in view["nodes"]}
    return await run_in_threadpool(
        visit.page,
        "network.html",
        address=f"/api/v1/network?{urlencode(asked)}",
        view=view,
        rows=view["edges"][:ROWS],
        labels=labels,
        pages={node["id"]: node["page"] for node in view["nodes"]},
        centre=centre,
        day=day,
        then=then,
        agents=_agents(visit),
    )


def _agents(visit: Visit) -> list[tuple[str, str]]:
    """Short id and name of each state and organisation that can be put into the middle."""
    browser: Browser = visit.browser
    return sorted(((thing.id, visit.words.label(thing)) for thing, _ in browser.agents(0, ROWS)[0]), key=lambda item: item[1])
