"""Strangers' SPARQL, run in processes that are killed when a query takes too long, each on the newest snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from graph.asking.killable import Turn, Worker, Workers
from graph.asking.media import media_type
from graph.asking.sparql_guard import check_sparql, no_graph
from graph.errors import BadQuery, QueryTimeout
from graph.model.iri import ONTOLOGY
from graph.record.snapshots import current_id
from graph.settings import Settings


@dataclass(frozen=True, slots=True)
class SparqlResult:
    """An answer as bytes of a media type. `truncated`: rows or triples were left out. `snapshot`: of which."""

    body: bytes
    media_type: str
    truncated: bool
    snapshot: str | None


class SparqlPool:
    """`sparql_workers` processes, started when they are first needed. Use it in a `with` block, or call `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workers: Workers[str | None] = Workers(settings.sparql_workers, settings.query_seconds, self._worker)

    def __enter__(self) -> SparqlPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start one worker now, so that the first query does not wait for it."""
        self._workers.start(current_id(self._settings.data))

    def close(self) -> None:
        """End all processes, also those at work."""
        self._workers.close()

    async def query(
        self, text: str, accept: str | None = None, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> SparqlResult:
        """`ask` without blocking; where the caller is cancelled, the query is stopped."""
        return await self._workers.run(lambda turn: self._ask(turn, text, accept, default_graphs, named_graphs))

    def ask(
        self, text: str, accept: str | None = None, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> SparqlResult:
        """The answer to a stranger's query in the form that an `Accept` header asks for.

        BadQuery: refused, malformed, or no such form. QueryTimeout: over its time, memory or size.
        StoreUnavailable: no worker was free in time, or none can be started.
        """
        return self._workers.submit(lambda turn: self._ask(turn, text, accept, default_graphs, named_graphs)).result()

    def _ask(
        self, turn: Turn, text: str, accept: str | None, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> SparqlResult:
        settings = self._settings
        checked = check_sparql(text, settings.query_bytes, settings.query_nesting)
        media = media_type(checked.form, accept)
        request = {
            "text": checked.text,
            "media": media,
            "rows": settings.query_rows,
            "size": settings.answer_bytes,
            "seconds": settings.query_seconds,
            "default": list(default_graphs),
            "named": list(named_graphs),
            "graphs": [*checked.graphs, *default_graphs, *named_graphs],
        }
        snapshot = current_id(settings.data)
        header, body = self._workers.ask(turn, snapshot, request, settings.query_seconds)
        if "error" in header:
            raise self._error(header)
        return SparqlResult(body, media, header["truncated"], snapshot)

    def _worker(self, snapshot: str | None) -> Worker:
        arguments = [str(self._settings.data), snapshot or "", str(self._settings.sparql_memory_mb)]
        return Worker("graph.asking.sparql_worker", arguments)

    def _error(self, header: dict[str, Any]) -> BadQuery | QueryTimeout:
        settings = self._settings
        match header["kind"]:
            case "query":
                return BadQuery(f"the query is wrong: {_understood(header['error'])}")
            case "graph":
                return BadQuery(no_graph(header["error"]))
            case "size":
                return QueryTimeout(
                    f"the answer is larger than {settings.answer_bytes:,} bytes; add LIMIT, or raise DIPLOGRAPH_ANSWER_BYTES"
                )
            case "time":
                return QueryTimeout(
                    f"the query took more than {settings.query_seconds:g} s and was stopped; simplify it or add LIMIT"
                )
            case _:
                return QueryTimeout(
                    f"the query ended its process, most likely for want of memory ({settings.sparql_memory_mb} MB); simplify it"
                )


def _understood(error: str) -> str:
    """What a parser says; of a prefix that is not declared it only lists what else could stand there."""
    place, found, _ = error.partition(": expected one of Prefix not found")
    if not found:
        return error
    return f"{place}: a prefix is not declared; begin with PREFIX dip: <{ONTOLOGY}> (/sparql/editor has them all)"
