"""A page to write SPARQL in: prefixes, examples, the answer as a table or a network."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.pagedeps import VisitDep
from api.reading import ReadingRoute
from api.sparql_examples import load_examples, prologue

router = APIRouter(route_class=ReadingRoute, include_in_schema=False)


@router.get("/sparql/editor")
def editor(visit: VisitDep, query: Annotated[str, Query(max_length=100_000)] = "") -> HTMLResponse:
    """An editor with a query in it: the one of the address, else the first example."""
    examples = load_examples()
    return visit.page(
        "sparql.html",
        query=query or examples[0].query,
        examples=examples,
        prologue=prologue(),
        on=visit.services.settings.raw_sparql,
    )
