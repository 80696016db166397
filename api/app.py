"""The application: what it holds, what surrounds every request, which routers it has; nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from api import assets, openapi, problems
from api.access import tracing
from api.access.budget import budget_of
from api.access.gate import Gate
from api.access.keys import Scope
from api.access.metrics import Meter
from api.access.visitors import Doorkeeper, needs
from api.caching import KnownAlready
from api.frame import BodyLimit, Compressed, Frame, HeadAsGet
from api.languages import load_texts
from api.release import version
from api.routers import (
    cypher,
    entities,
    graph_store,
    health,
    linked,
    metrics,
    network,
    partners,
    questions,
    reconcile,
    regions,
    releases,
    resources,
    review,
    search,
    sparql,
)
from api.routers.pages import downloads, home, session, states
from api.routers.pages import entities as entity_pages
from api.routers.pages import network as network_page
from api.routers.pages import questions as question_pages
from api.routers.pages import review as review_pages
from api.routers.pages import sources as source_pages
from api.routers.pages import sparql as sparql_page
from api.routers.pages import vocabulary as vocabulary_page
from api.services import opened
from graph.asking.questions import load_questions
from graph.settings import Settings

_FORM_OVERHEAD = 4  # a form may write each byte of a query as %XX; parameters come on top


def create_app(settings: Settings) -> FastAPI:
    """The API and the pages over one data folder; it opens its stores when it starts and closes them when it stops."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened(settings) as services:
            app.state.services = services
            yield

    load_texts()  # a text that one language lacks must stop the start, not a page
    app = FastAPI(title="Diplograph", version=version(), lifespan=lifespan, docs_url=None, redoc_url=None)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]
    problems.install(app)
    assets.install(app)
    reading = [Depends(needs(Scope.READ))]
    app.include_router(resources.make_router(), dependencies=reading)  # first, for they are asked most
    for open_to_all in (health, metrics, session):
        app.include_router(open_to_all.router)
    for of_one_scope in (cypher, sparql, graph_store, review):  # a key with a route's own scope needs no other
        app.include_router(of_one_scope.router)
    for part in (entities, partners, regions, search, network, linked, reconcile, releases):
        app.include_router(part.router, dependencies=reading)
    app.include_router(questions.make_router(load_questions()), dependencies=reading)
    told = (home, states, entity_pages, source_pages, question_pages, vocabulary_page)
    for page in (*told, network_page, downloads, sparql_page, review_pages):
        app.include_router(page.router, dependencies=reading)
    app.include_router(resources.make_suffixed_router(), dependencies=reading)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limit=_FORM_OVERHEAD * settings.query_bytes + 65_536)
    app.add_middleware(Compressed, minimum_size=1000)
    app.add_middleware(KnownAlready)
    app.state.doorkeeper = Doorkeeper(settings)
    app.add_middleware(Gate, doorkeeper=app.state.doorkeeper, budget=budget_of(settings))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Authorization", "Content-Type", "If-None-Match", "X-API-Key", "X-Request-ID"],
        expose_headers=["ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID", "X-Truncated"],
    )
    app.add_middleware(HeadAsGet)
    app.state.meter = Meter()
    app.add_middleware(Frame, meter=app.state.meter)
    tracing.install(app, settings)
    return app
