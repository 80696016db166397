"""Run a stranger's Cypher, if the guard lets it pass, in a transaction that is rolled back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.asking.ask import Limits
from graph.asking.cypher_guard import check_cypher, check_plan
from graph.errors import BadQuery
from graph.property.bolt_values import Rows
from graph.settings import Settings

EXPLAIN = "EXPLAIN "
_PLACE = re.compile(r'\(line (\d+), column (\d+) \(offset: (\d+)\)\)(\n".*"\n)( *)\^')


@dataclass(frozen=True, slots=True)
class CypherAnswer:
    """Columns and rows of JSON's kinds; nodes are `{labels, properties}`. `truncated`: rows were left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool


class Explaining(Protocol):
    """A property graph that reads in a transaction that is rolled back, and can say how it would run a query."""

    @property
    def dialect(self) -> str:
        """`neo4j` or `arcadedb`."""

    async def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Run a query so that it cannot write."""

    async def explain(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> frozenset[str]:
        """The operators of the plan."""


async def run_stranger_cypher(
    text: str, graph: Explaining, settings: Settings, parameters: Mapping[str, Any] | None = None
) -> CypherAnswer:
    """The answer to a stranger's query.

    BadQuery: refused by the guard or the engine. QueryTimeout: over its time.
    """
    limits = Limits.of(settings)
    sent = check_cypher(text, settings.query_bytes, settings.query_nesting)
    if graph.dialect == "neo4j":
        check_plan(await _operators(sent, graph, parameters))
    return _capped(await graph.read(sent, parameters, seconds=limits.seconds, limit=limits.rows), limits)


async def _operators(sent: str, graph: Explaining, parameters: Mapping[str, Any] | None) -> frozenset[str]:
    """The operators of the plan; what is wrong with the query is told by its place in the query, not behind EXPLAIN."""
    try:
        return await graph.explain(sent, parameters)
    except BadQuery as error:
        raise BadQuery(_PLACE.sub(_moved, str(error))) from error


def _moved(match: re.Match[str]) -> str:
    line, column, offset, quote, caret = match.groups()
    first = line == "1"
    shift = len(EXPLAIN) if first else 0
    text = quote.replace(f'"{EXPLAIN}', '"', 1)
    return f"(line {line}, column {int(column) - shift} (offset: {int(offset) - len(EXPLAIN)})){text}{caret[shift:]}^"


def _capped(table: Rows, limits: Limits) -> CypherAnswer:
    size, kept = 0, 0
    for row in table.rows:
        size += len(json.dumps(row, ensure_ascii=False))
        if size > limits.size:
            break
        kept += 1
    return CypherAnswer(table.columns, table.rows[:kept], table.truncated or kept < len(table.rows))
