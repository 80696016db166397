"""The sources: their list, and what each of them says."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.pagedeps import VisitDep
from api.reading import ReadingRoute
from graph.errors import NotFound

router = APIRouter(route_class=ReadingRoute, prefix="/sources", include_in_schema=False)

PER_PAGE, MOST_FACTS = 100, 200


@router.get("")
def sources(visit: VisitDep, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0) -> HTMLResponse:
    """The articles and documents that were read, those published last first."""
    page = visit.browser.sources(offset, PER_PAGE)
    return visit.page("sources.html", sources=page.things, next=offset + PER_PAGE if page.more else None)


@router.get("/{key}")
def source(visit: VisitDep, key: str) -> HTMLResponse:
    """What one source says, as quotations."""
    thing = visit.browser.thing(f"source/{key}")
    if thing is None:
        raise NotFound(f"no source has the id {key!r}")
    facts = visit.browser.told_by(thing.id, 0, MOST_FACTS)
    passages = {
        name: tuple(passage for passage in found if passage.source.id == thing.id)
        for name, found in visit.passages(facts.things).items()
    }
    return visit.page("source.html", source=thing, facts=facts, passages=passages)
