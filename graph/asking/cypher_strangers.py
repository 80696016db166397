"""Run a stranger's Cypher, if the guard lets it pass, in a transaction that is rolled back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.asking.ask import Limits
from graph.asking.cypher_guard import check_cypher, check_plan
from graph.property.bolt_values import Rows
from graph.settings import Settings


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
        check_plan(await graph.explain(sent, parameters))
    return _capped(await graph.read(sent, parameters, seconds=limits.seconds, limit=limits.rows), limits)


def _capped(table: Rows, limits: Limits) -> CypherAnswer:
    size, kept = 0, 0
    for row in table.rows:
        size += len(json.dumps(row, ensure_ascii=False))
        if size > limits.size:
            break
        kept += 1
    return CypherAnswer(table.columns, table.rows[:kept], table.truncated or kept < len(table.rows))
