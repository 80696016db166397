"""The classes, properties and concepts, for people: where their addresses lead a browser."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.pagedeps import VisitDep
from api.reading import ReadingRoute

router = APIRouter(route_class=ReadingRoute, include_in_schema=False)


@router.get("/vocabulary")
def vocabulary(visit: VisitDep) -> HTMLResponse:
    """Every term and concept with its label and definition, each under its name as the part after `#`."""
    return visit.page("vocabulary.html", ontology=visit.services.ontology)
