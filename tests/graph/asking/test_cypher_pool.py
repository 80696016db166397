"""Processes that ask strangers' Cypher: the same answers, and an answer without end ends one of them only."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import Any

import pytest

from graph.asking.cypher_pool import CypherPool
from graph.errors import BadQuery, QueryTimeout, StoreUnavailable
from graph.settings import Settings

ENDLESS = "WITH [1] AS a " + "WITH [a, a] AS a " * 22 + "RETURN a"
"""A few lists in the engine, four million on the wire."""


def ask(graph: Any, settings: Settings, *queries: tuple[str, dict[str, Any]]) -> list[Any]:
    """What each query gives, or its error, asked one after the other of one pool."""

    async def all_of(pool: CypherPool) -> list[Any]:
        return [(await asyncio.gather(pool.query(text, given), return_exceptions=True))[0] for text, given in queries]

    with CypherPool(settings, lambda: graph.connection) as pool:
        return asyncio.run(all_of(pool))


def test_rows_come_as_the_engine_gives_them(graph: Any) -> None:
    states = "MATCH (s:State) WHERE s.code IN $codes RETURN s.code AS code, [1, {a: null}] AS list ORDER BY code"
    first, refused, wrong = ask(
        graph, Settings(query_rows=1), (states, {"codes": ["MAR", "BEL"]}), ("CREATE (:Evil)", {}), ("RETURN x", {})
    )
    assert (first.columns, first.rows, first.truncated) == (("code", "list"), (("BEL", [1, {"a": None}]),), True)
    assert isinstance(refused, BadQuery) and "CREATE is refused" in str(refused)
    assert isinstance(wrong, BadQuery) and "x" in str(wrong)


def test_an_answer_without_end_ends_its_process_only(graph: Any) -> None:
    began = time.monotonic()
    endless, after = ask(
        graph, Settings(query_seconds=1, sparql_memory_mb=64, sparql_workers=1), (ENDLESS, {}), ("RETURN 1 AS x", {})
    )
    assert isinstance(endless, QueryTimeout)
    assert after.rows == ((1,),)
    assert time.monotonic() - began < 15


def test_parameters_that_no_engine_takes_are_refused(graph: Any) -> None:
    (found,) = ask(graph, Settings(), ("RETURN $x", {"x": 2**70}))
    assert isinstance(found, BadQuery)


def test_who_leaves_stops_the_process_that_works_for_him(graph: Any) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a + b)"

    async def leave(pool: CypherPool) -> Any:
        await pool.query("RETURN 1 AS x")
        task = asyncio.create_task(pool.query(slow))
        await asyncio.sleep(0.3)
        task.cancel()
        began = time.monotonic()
        return (await pool.query("RETURN 2 AS x")).rows, time.monotonic() - began

    with CypherPool(Settings(query_seconds=20, sparql_workers=1), lambda: graph.connection) as pool:
        rows, seconds = asyncio.run(leave(pool))
    assert rows == ((2,),)
    assert seconds < 10


def test_an_engine_that_is_gone_is_told(graph: Any) -> None:
    gone = replace(graph.connection, uri="bolt://127.0.0.1:9")

    async def asked(pool: CypherPool) -> None:
        await pool.query("RETURN 1")

    with CypherPool(Settings(), lambda: gone) as pool, pytest.raises(StoreUnavailable):
        asyncio.run(asked(pool))
