"""The property graph over Bolt: one client for the embedded engine and for Neo4j.

`bolt*.py` are the only modules that know the driver.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, TypeVar

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Query, Result, Session
from neo4j.exceptions import TransientError

from graph.errors import StoreUnavailable
from graph.property import embedded
from graph.property.bolt_connection import DRIVER_OPTIONS, Connection, Dialect, dialect_of, to_engine, to_server
from graph.property.bolt_errors import CONFLICT, LOST, RETRIED, explained
from graph.property.bolt_values import Rows, plain_rows
from graph.settings import Settings

T = TypeVar("T")
Parameters = Mapping[str, Any] | None
Step = tuple[str, Mapping[str, Any]]
"""A query with its parameters."""

_ATTEMPTS = 9
_ATTEMPTS_IN_CONFLICT = 5  # a real conflict of data does not pass: do not wait long
_PAUSE = 0.02  # doubled after each attempt: 5 s in all
_CLEARED_AT_ONCE = 2000


class PropertyGraph:
    """An open property graph. May be used by several threads at once."""

    def __init__(self, connection: Connection, revive: Callable[[], Connection] | None = None) -> None:
        self._revive = revive  # starts an embedded engine that went away
        self._reviving = threading.Lock()
        self._open(connection)

    def _open(self, connection: Connection) -> None:
        with explained(connection.uri, connection.database, connection.user), ExitStack() as opened:
            writer = reader = opened.enter_context(_driver(connection.uri, connection.user, connection.password))
            if connection.reader != connection.user:
                reader = opened.enter_context(_driver(connection.uri, connection.reader, connection.reader_password))
            with writer.session(database=connection.database) as session:
                self.agent = _agent(session)
            opened.pop_all()
        self.connection, self._writer, self._reader = connection, writer, reader
        self.dialect: Dialect = dialect_of(self.agent)

    def close(self) -> None:
        """Close the connections; the server is left as it is."""
        self._writer.close()
        self._reader.close()

    @property
    def uri(self) -> str:
        """The address that was connected to."""
        return self.connection.uri

    def read(
        self,
        cypher: str,
        parameters: Parameters = None,
        *,
        seconds: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """The answer to a query, at most `limit` rows of it, from a READ transaction that is always rolled back.

        Raises BadQuery for a query that is wrong or writes, QueryTimeout for one that takes more than `seconds`
        (on the embedded engine: more than `query_seconds` of the settings it was started with).
        """

        def work(session: Session) -> Rows:
            with session.begin_transaction(timeout=seconds) as transaction:
                return _fetched(transaction.run(cypher, dict(parameters or {})), limit)  # left without commit: rolled back

        return self._reading(work, limit)

    def look_up(
        self, cypher: str, parameters: Parameters = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        """As `read`, in one exchange with the server instead of three: for queries of ours, which write nothing."""

        def work(session: Session) -> Rows:
            return _fetched(session.run(Query(cypher, timeout=seconds), dict(parameters or {})), limit)

        return self._reading(work, limit)

    def explain(self, cypher: str, parameters: Parameters = None) -> frozenset[str]:
        """The operators of the query's plan, without running it; empty on the embedded engine, which gives no plan."""

        def work(session: Session) -> frozenset[str]:
            with session.begin_transaction() as transaction:
                plan = transaction.run("EXPLAIN " + cypher, dict(parameters or {})).consume().plan
            return frozenset(operators(plan or {}))

        return self._reading(work)

    def write(self, cypher: str, parameters: Parameters = None) -> Rows:
        """Run one writing query in a transaction of its own, again where writers were in each other's way."""

        def work(session: Session) -> Rows:
            return session.execute_write(_committed, cypher, parameters)

        return self._persistently(work)

    def write_batch(self, cypher: str, rows: Sequence[Mapping[str, Any]], parameters: Parameters = None) -> Rows:
        """Run a query that begins with `UNWIND $rows AS row` on rows that belong together: all are written or none.

        The query must be idempotent: after a lost connection it is run again.
        """
        return self.write(cypher, {**(parameters or {}), "rows": list(rows)})

    def write_together(self, steps: Sequence[Step]) -> None:
        """Run several writing queries in one transaction, again where writers were in each other's way."""

        def work(session: Session) -> None:
            session.execute_write(_all_committed, steps)

        self._persistently(work)

    def schema(self, command: str) -> None:
        """Run one command that makes or drops a constraint or an index."""
        self._persistently(lambda session: session.run(command).consume())

    def clear(self) -> None:
        """Delete every node and relationship, a few at a time; constraints and indexes stay."""
        query = f"MATCH (node) WITH node LIMIT {_CLEARED_AT_ONCE} DETACH DELETE node RETURN count(*) AS deleted"
        while self.write(query).single():
            continue

    def _reading(self, work: Callable[[Session], T], limit: int | None = None) -> T:
        fetch = 1000 if limit is None else max(1, min(1000, limit + 1))
        options = {"default_access_mode": READ_ACCESS, "fetch_size": fetch}
        for pause in pauses(self._revive is not None):
            with self._explained():
                reader = self._reader
                try:
                    return self._session(reader, work, options)
                except LOST:
                    if pause is None:
                        raise
            time.sleep(pause)
            self._reopen(reader)
        raise AssertionError

    def _persistently(self, work: Callable[[Session], T]) -> T:
        attempt, pause = 1, _PAUSE
        while True:
            with self._explained():
                writer = self._writer
                try:
                    return self._session(writer, work, {})
                except RETRIED as error:
                    if attempt >= (_ATTEMPTS_IN_CONFLICT if isinstance(error, CONFLICT) else _ATTEMPTS):
                        raise
                    lost = isinstance(error, LOST)
            time.sleep(pause)
            attempt, pause = attempt + 1, pause * 2
            if lost:
                self._reopen(writer)

    def _session(self, driver: Driver, work: Callable[[Session], T], options: dict[str, Any]) -> T:
        with driver.session(database=self.connection.database, **options) as session:
            return work(session)

    def _reopen(self, lost: Driver) -> None:
        """Connect anew to the embedded engine, which is started where it went away, once for all threads that lost it.

        A server's driver connects anew by itself.
        """
        with self._reviving:
            if self._revive is None or lost not in (self._writer, self._reader):
                return
            connection, old = self._revive(), (self._writer, self._reader)
            if connection == self.connection:
                return  # it is still dying, or only the connection was lost
            with suppress(StoreUnavailable):  # gone again: the next attempt will tell
                self._open(connection)
                for driver in old:
                    driver.close()

    def _explained(self) -> Any:
        return explained(self.connection.uri, self.connection.database, self.connection.user)


def pauses(revivable: bool) -> Iterator[float | None]:
    """Seconds to wait before each next attempt of a read that lost its server; None: no further one.

    Once for a server (it may have been restarted), for 12 s where the engine is ours to start again.
    """
    yield from (_PAUSE * 2**number for number in range(9 if revivable else 1))
    yield None


def answers(uri: str, user: str, password: str) -> bool:
    """True when a server answers there; any other trouble than its not answering is raised."""
    with explained(uri, "", user), _driver(uri, user, password) as driver:
        try:
            driver.verify_connectivity()
        except (*LOST, TransientError):  # not there, or not ready yet
            return False
        return True


@contextmanager
def open_graph(settings: Settings) -> Iterator[PropertyGraph]:
    """The property graph of these settings: the server at `neo4j_uri`, else the embedded engine, started where needed.

    Raises StoreUnavailable, naming the setting to change, when it cannot be reached.
    """
    if settings.neo4j_uri is not None:
        with _closing(PropertyGraph(to_server(settings))) as graph:
            yield graph
        return
    with (
        embedded.engine(settings) as address,
        _closing(PropertyGraph(to_engine(address), lambda: to_engine(embedded.ensure(settings)))) as graph,
    ):
        yield graph


@contextmanager
def _closing(graph: PropertyGraph) -> Iterator[PropertyGraph]:
    try:
        yield graph
    finally:
        graph.close()


def _driver(uri: str, user: str, password: str) -> Driver:
    return GraphDatabase.driver(uri, auth=(user, password), **DRIVER_OPTIONS)


def _agent(session: Session) -> str:
    """What the server calls itself; asked by a query, so that a missing database is noticed too."""
    return session.run("RETURN 1").consume().server.agent


def _fetched(result: Result, limit: int | None) -> Rows:
    columns = tuple(result.keys())
    records = list(result) if limit is None else result.fetch(limit + 1)
    rows = plain_rows(records)
    return Rows(columns, rows[:limit], limit is not None and len(rows) > limit)


def _committed(transaction: ManagedTransaction, cypher: str, parameters: Parameters) -> Rows:
    result = transaction.run(cypher, dict(parameters or {}))
    columns = tuple(result.keys())
    return Rows(columns, plain_rows(list(result)))


def _all_committed(transaction: ManagedTransaction, steps: Sequence[Step]) -> None:
    for cypher, parameters in steps:
        transaction.run(cypher, dict(parameters)).consume()


def operators(plan: Mapping[str, Any]) -> Iterator[str]:
    """The operators of a plan, with their repetitions: `NodeIndexSeek`, without the `@database` that Neo4j adds."""
    if operator := plan.get("operatorType"):
        yield str(operator).split("@")[0]
    for child in plan.get("children", ()):
        yield from operators(child)
