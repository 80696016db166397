"""The first page, the search page, and the API's documentation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from api.deps import LanguageDep
from api.links import page_of
from api.pagedeps import VisitDep
from api.reading import ReadingRoute
from api.routers.search import searched
from api.templating import render
from graph.asking.search import search
from graph.model import iri

router = APIRouter(route_class=ReadingRoute, include_in_schema=False)

FIGURES = ("Accord", "Commission", "Meeting", "Visit", "Mission", "Tenure", "Person")
LATEST, AGENTS, HITS = 6, 12, 50


@router.get("/")
def home(visit: VisitDep) -> HTMLResponse:
    """What this is, how much there is, what came last."""
    counts = visit.browser.counts()
    figures = [(name, counts.get(name, 0)) for name in FIGURES]
    sources = sum(counts.get(name, 0) for name in visit.services.ontology.subclasses("Source"))
    agents, _ = visit.browser.agents(0, AGENTS)
    latest = visit.browser.latest(LATEST)
    passages = visit.passages(latest)
    return visit.page("home.html", figures=figures, sources=sources, latest=latest, passages=passages, agents=agents)


@router.get("/search")
def find(visit: VisitDep, q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    """What has that name or code."""
    text = q.strip()
    hits = search(visit.snapshot, text, visit.words.language, HITS, searched(visit.services.ontology)) if text else []
    return visit.page("search.html", text=text, hits=[(hit, page_of(iri.short(hit.iri))) for hit in hits])


@router.get("/docs")
def docs(request: Request, language: LanguageDep) -> HTMLResponse:
    """The API's documentation, from scripts of our own origin."""
    return render(request, "docs.html", language)
