"""The reading half of the Bolt client for the API: asynchronous, because threads get slower with more clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncResult, AsyncSession, Query

from graph.property import embedded
from graph.property.bolt import Parameters, operators, pauses
from graph.property.bolt_connection import DRIVER_OPTIONS, Connection, Dialect, dialect_of, to_engine, to_server
from graph.property.bolt_errors import LOST, explained
from graph.property.bolt_values import Rows, plain_rows
from graph.settings import Settings

T = TypeVar("T")


class AsyncPropertyGraph:
    """An open property graph for one event loop; every read is a READ transaction that is rolled back."""

    def __init__(self, connection: Connection, revive: Callable[[], Connection] | None = None) -> None:
        self._revive, self._reviving = revive, asyncio.Lock()
        self._set(connection)
        self.dialect: Dialect = "neo4j"

    def _set(self, connection: Connection) -> None:
        self.connection = connection
        with self._explained():
            auth = (connection.reader, connection.reader_password)
            self._driver: AsyncDriver = AsyncGraphDatabase.driver(connection.uri, auth=auth, **DRIVER_OPTIONS)

    async def check(self) -> str:
        """The server's name for itself; raises StoreUnavailable when it does not answer."""
        agent = await self._reading(_agent)
        self.dialect = dialect_of(agent)
        return agent

    async def close(self) -> None:
        """Close the connections; the server is left as it is."""
        await self._driver.close()

    async def read(
        self, cypher: str, parameters: Parameters = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        """As `PropertyGraph.read`."""

        async def work(session: AsyncSession) -> Rows:
            async with await session.begin_transaction(timeout=seconds) as transaction:
                return await _fetched(await transaction.run(cypher, dict(parameters or {})), limit)

        return await self._reading(work, limit)

    async def look_up(
        self, cypher: str, parameters: Parameters = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        """As `PropertyGraph.look_up`."""

        async def work(session: AsyncSession) -> Rows:
            query = Query(cypher, timeout=seconds)
            return await _fetched(await session.run(query, dict(parameters or {})), limit)

        return await self._reading(work, limit)

    async def explain(self, cypher: str, parameters: Parameters = None) -> frozenset[str]:
        """As `PropertyGraph.explain`."""

        async def work(session: AsyncSession) -> frozenset[str]:
            async with await session.begin_transaction() as transaction:
                result = await transaction.run("EXPLAIN " + cypher, dict(parameters or {}))
                plan = (await result.consume()).plan
            return frozenset(operators(plan or {}))

        return await self._reading(work)

    async def _reading(self, work: Callable[[AsyncSession], Awaitable[T]], limit: int | None = None) -> T:
        for pause in pauses(self._revive is not None):
            used = self._driver
            with self._explained():
                try:
                    return await self._session(work, limit)
                except LOST:
                    if pause is None:
                        raise
            await asyncio.sleep(pause)
            await self._reopen(used)
        raise AssertionError

    async def _session(self, work: Callable[[AsyncSession], Awaitable[T]], limit: int | None) -> T:
        fetch = 1000 if limit is None else max(1, min(1000, limit + 1))
        database = self.connection.database
        async with self._driver.session(database=database, default_access_mode=READ_ACCESS, fetch_size=fetch) as session:
            return await work(session)

    async def _reopen(self, lost: AsyncDriver) -> None:
        """Connect anew, to an engine that is started where it went away; once for all who lost the same one."""
        async with self._reviving:
            if self._revive is None or self._driver is not lost:
                return
            connection = await asyncio.to_thread(self._revive)
            if connection != self.connection:
                self._set(connection)
                await lost.close()

    def _explained(self) -> Any:
        return explained(self.connection.uri, self.connection.database, self.connection.reader)


@asynccontextmanager
async def open_async(settings: Settings) -> AsyncIterator[AsyncPropertyGraph]:
    """As `open_graph`, for reading in an event loop; the store has answered once when the context is entered."""
    async with AsyncExitStack() as stack:
        graph = await _opened(settings, stack)
        stack.push_async_callback(graph.close)
        await graph.check()
        yield graph


async def _opened(settings: Settings, stack: AsyncExitStack) -> AsyncPropertyGraph:
    if settings.neo4j_uri is not None:
        return AsyncPropertyGraph(to_server(settings))
    held = embedded.engine(settings)
    address = await asyncio.to_thread(held.__enter__)
    stack.push(held.__exit__)
    return AsyncPropertyGraph(to_engine(address), lambda: to_engine(embedded.ensure(settings)))


async def _agent(session: AsyncSession) -> str:
    result = await session.run("RETURN 1")
    return (await result.consume()).server.agent


async def _fetched(result: AsyncResult, limit: int | None) -> Rows:
    columns = tuple(result.keys())
    records = [record async for record in result] if limit is None else await result.fetch(limit + 1)
    rows = plain_rows(records)
    return Rows(columns, rows[:limit], limit is not None and len(rows) > limit)
