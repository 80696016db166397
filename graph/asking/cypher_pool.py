"""Strangers' Cypher, asked by processes that are ended when an answer takes too long or too much memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import TracebackType
from typing import Any

from graph.asking.cypher_guard import check_parameters
from graph.asking.cypher_strangers import CypherAnswer
from graph.asking.killable import Turn, Worker, Workers
from graph.errors import BadQuery, DiplomacyError, QueryTimeout
from graph.property.bolt_connection import Connection
from graph.settings import Settings

_LIMITS = {"query_bytes", "query_nesting", "query_seconds", "query_rows", "answer_bytes"}
_GRACE_SECONDS = 2.0
"""The engine stops a query when its time is up, and says so; the process that asked it has a little longer."""


class CypherPool:
    """As many processes as there are for SPARQL, started when they are first needed, for the engine that runs at the time."""

    def __init__(self, settings: Settings, connection: Callable[[], Connection]) -> None:
        self._settings, self._connection = settings, connection
        self._limits = settings.model_dump(include=_LIMITS)
        self._workers: Workers[Connection] = Workers(settings.sparql_workers, settings.query_seconds, self._worker)

    def __enter__(self) -> CypherPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._workers.close()

    async def query(self, text: str, parameters: Mapping[str, Any] | None = None) -> CypherAnswer:
        """The answer to a stranger's query; where the caller is cancelled, the query is stopped.

        BadQuery: refused by the guard or the engine. QueryTimeout: over its time or memory.
        StoreUnavailable: no worker was free in time, or none can be started.
        """
        return await self._workers.run(lambda turn: self._ask(turn, text, parameters))

    def _ask(self, turn: Turn, text: str, parameters: Mapping[str, Any] | None) -> CypherAnswer:
        check_parameters(dict(parameters or {}), self._settings.query_nesting)
        seconds = self._settings.query_seconds
        request = {"text": text, "parameters": dict(parameters or {}), "settings": self._limits, "seconds": seconds}
        header, body = self._workers.ask(turn, self._connection(), request, seconds + _GRACE_SECONDS)
        if "error" in header:
            raise _error(header)
        return CypherAnswer(tuple(header["columns"]), tuple(map(tuple, json.loads(body))), header["truncated"])

    def _worker(self, connection: Connection) -> Worker:
        return Worker("graph.asking.cypher_worker", [str(self._settings.sparql_memory_mb)], asdict(connection))


def _error(header: dict[str, Any]) -> DiplomacyError:
    match header["kind"]:
        case "BadQuery":
            return BadQuery(header["error"])
        case "QueryTimeout":
            return QueryTimeout(header["error"])
        case "time":
            return QueryTimeout("the query ran out of time: ask for less, or raise DIPLOGRAPH_QUERY_SECONDS")
        case "memory":
            return QueryTimeout("the answer took more memory than a query may have: ask for less at once")
        case _:  # the graph answered a moment ago: most likely the query itself was too much for it
            return QueryTimeout("the property graph went away while it was asked: ask for less at once")
