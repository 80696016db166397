"""What the application holds while it runs: snapshots, the property graph, questions, workers for strangers' SPARQL."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from api.desk import Desk
from api.shelf import Shelf
from graph.asking.cypher_pool import CypherPool
from graph.asking.networks import Networks
from graph.asking.questions import Question, load_questions
from graph.asking.sparql_pool import SparqlPool
from graph.errors import FolderInUse
from graph.model.terms import Ontology, load_ontology
from graph.property.bolt_async import AsyncPropertyGraph, open_async
from graph.property.projection import SHOWN
from graph.record import snapshots
from graph.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """Opened once at start, shared by all requests."""

    settings: Settings
    shelf: Shelf
    graph: AsyncPropertyGraph
    pool: SparqlPool
    cypher: CypherPool
    questions: Mapping[str, Question]
    ontology: Ontology
    networks: Networks
    desk: Desk

    async def graph_snapshot(self) -> str | None:
        """The id of the snapshot that the property graph shows; None while it shows none, or is on its way to one."""
        rows = (await self.graph.look_up(SHOWN)).dictionaries()
        return str(rows[0]["id"]) if rows and rows[0]["towards"] is None else None


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """Everything open, record and property graph showing the same; closed again at the end.

    Raises StoreUnavailable, naming the remedy.
    """
    shelf = Shelf(settings.data)
    await asyncio.to_thread(shelf.refresh)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(shelf.close)
        graph = await stack.enter_async_context(open_async(settings))
        services = Services(
            settings=settings,
            shelf=shelf,
            graph=graph,
            pool=stack.enter_context(SparqlPool(settings)),
            cypher=stack.enter_context(CypherPool(settings, lambda: graph.connection)),
            questions=load_questions(),
            ontology=load_ontology(),
            networks=Networks(graph, settings.query_seconds),
            desk=Desk(),
        )
        await _caught_up(services)
        watching = asyncio.create_task(shelf.watch())
        stack.push_async_callback(_cancelled, watching)
        yield services


async def _caught_up(services: Services) -> None:
    """A crash between record and property graph, or a new Neo4j, is made good before the first request."""
    newest = snapshots.current_id(services.settings.data)
    if newest is None or newest == await services.graph_snapshot():
        return
    from graph.workspace import Workspace  # it brings the validator, which only this case needs: a start must be quick

    try:
        synced = await asyncio.to_thread(Workspace(services.settings).sync)
        log.info("caught up at start: %s", synced.summary())
    except FolderInUse as error:
        log.warning("the property graph is behind; the process that writes will bring it up: %s", error)
    await asyncio.to_thread(services.shelf.refresh)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
