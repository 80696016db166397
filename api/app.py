"""The application: what it holds, what surrounds every request, which routers it has; nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from api import assets, openapi, problems
from api.frame import BodyLimit, Frame, HeadAsGet
from api.languages import load_texts
from api.release import version
from api.routers import cypher, entities, health, linked, network, questions, resources, search, sparql
from api.routers.pages import entities as entity_pages
from api.routers.pages import home, states
from api.routers.pages import network as network_page
from api.routers.pages import questions as question_pages
from api.routers.pages import sources as source_pages
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
    for router in (resources, entities, search, network, cypher, sparql, linked, health):
        app.include_router(router.router)
    app.include_router(questions.make_router(load_questions()))
    for page in (home, states, entity_pages, source_pages, question_pages, network_page):
        app.include_router(page.router)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limit=_FORM_OVERHEAD * settings.query_bytes + 65_536)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type", "If-None-Match", "X-Request-ID"],
        expose_headers=["ETag", "X-Request-ID", "X-Truncated"],
    )
    app.add_middleware(HeadAsGet)
    app.add_middleware(Frame)
    return app
