"""The guard of strangers' Cypher: what must be refused is, on live engines too, and what reads runs."""

from __future__ import annotations

import asyncio
import functools
import http.server
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.asking.cypher_guard import check_cypher, check_parameters, check_plan, load_words
from graph.asking.cypher_strangers import run_stranger_cypher
from graph.asking.cypher_tokens import tokenised
from graph.errors import BadQuery, DiplomacyError, QueryTimeout
from graph.property.bolt_async import AsyncPropertyGraph
from graph.property.bolt_values import Rows
from graph.property.dump import dump
from graph.settings import Settings

HERE = Path(__file__).parent
GROUPS = tomllib.loads((HERE / "bypasses.toml").read_text(encoding="utf-8"))
BYPASSES = {f"{group}.{name}": query for group, queries in GROUPS.items() for name, query in queries.items()}
_READING = tomllib.loads((HERE / "reading.toml").read_text(encoding="utf-8"))
READING, NEWER = _READING["queries"], _READING["newer"]
SIZE, NESTING = 16_384, 100


DEEP = {
    "{deep-round}": "(" * 5000 + "1" + ")" * 5000,
    "{deep-square}": "[" * 101 + "1" + "]" * 101,
    "{deep-curly}": "{a:" * 101 + "1" + "}" * 101,
    "{deep-mixed}": "[{a:(" * 40 + "1" + ")}]" * 40,
    "{deep-not}": "NOT " * 3500,
    "{deep-minus}": "- " * 7000,
    "{deep-case}": "CASE WHEN true THEN " * 300 + "1" + " END" * 300,
    "{long}": "x" * SIZE,
}


def filled(query: str, file: str = "file:///etc/hostname", url: str = "http://127.0.0.1:9/") -> str:
    for name, text in {**DEEP, "{file}": file, "{url}": url}.items():
        query = query.replace(name, text)
    return query


def test_the_corpus_is_large_enough() -> None:
    assert len(BYPASSES) >= 300
    assert len(READING) >= 40


@pytest.mark.parametrize("name", BYPASSES)
def test_a_bypass_is_refused_before_an_engine_sees_it(name: str) -> None:
    with pytest.raises(BadQuery):
        check_cypher(filled(BYPASSES[name]), SIZE, NESTING)


@pytest.mark.parametrize("name", READING)
def test_a_query_that_reads_passes(name: str) -> None:
    assert check_cypher(READING[name][0], SIZE, NESTING)


@pytest.mark.parametrize("name", NEWER)
def test_what_only_one_engine_reads_passes(name: str) -> None:
    assert check_cypher(NEWER[name], SIZE, NESTING)


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"x": 2**63}, "64 bits"),
        ({"x": [{"y": -(2**63) - 1}]}, "64 bits"),
        ({"x": "\ud800"}, "no text"),
        ({"\udfff": 1}, "no text"),
        ({"x": functools.reduce(lambda inner, _: [inner], range(200), [])}, "too deep"),
    ],
)
def test_parameters_that_no_engine_takes_are_refused(parameters: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadQuery, match=reason):
        check_parameters(parameters, NESTING)


def test_other_parameters_pass() -> None:
    check_parameters({"x": [2**63 - 1, -(2**63), 1.5, None, True, "é", {"y": []}]}, NESTING)


def test_a_place_is_told_by_the_query_that_was_sent() -> None:
    class Explained(Table):
        async def explain(self, cypher: str, parameters: Any = None) -> frozenset[str]:
            raise BadQuery('Variable `x` not defined (line 1, column 16 (offset: 15))\n"EXPLAIN RETURN x"\n' + " " * 16 + "^")

    with pytest.raises(BadQuery) as caught:
        asyncio.run(run_stranger_cypher("RETURN x", Explained(()), Settings()))
    assert str(caught.value) == 'Variable `x` not defined (line 1, column 8 (offset: 7))\n"RETURN x"\n' + " " * 8 + "^"


def test_what_is_sent_has_no_comments_and_no_escapes() -> None:
    sent = check_cypher("RETURN /* x */ 'a\\u0027b' AS text // end", SIZE, NESTING)
    assert sent == "RETURN   'a\\'b' AS text"


def test_names_of_columns_stay_as_they_were_written() -> None:
    assert check_cypher("MATCH (n)  RETURN n.id,count( * )", SIZE, NESTING) == "MATCH (n)  RETURN n.id,count( * )"


def test_sending_what_was_sent_changes_nothing() -> None:
    for query, _ in READING.values():
        once = check_cypher(query, SIZE, NESTING)
        assert check_cypher(once, SIZE, NESTING) == once
        assert tokenised(once)[0] == tokenised(tokenised(once)[1])[0]


def test_every_word_that_writes_is_refused_wherever_a_name_may_stand() -> None:
    for word in load_words().refused:
        for query in (
            f"{word} (n)",
            f"MATCH (n) {word} n",
            f"WITH distinct {word} [n][0]",
            f"RETURN 1 AS {word}",
            f"CALL {{ {word} x }}",
        ):
            with pytest.raises(BadQuery):
                check_cypher(query, SIZE, NESTING)
        assert check_cypher(f"MATCH (n) RETURN n.{word}, '{word}' AS `{word}`", SIZE, NESTING)


def test_a_plan_with_an_unknown_operator_is_refused() -> None:
    check_plan(frozenset({"ProduceResults", "Expand(All)", "NodeByLabelScan"}))
    for operator in (
        "LoadCSV",
        "ProcedureCall",
        "Create",
        "SetProperty",
        "DetachDelete",
        "Foreach",
        "TransactionForeach",
        "NewThing",
    ):
        with pytest.raises(BadQuery, match=operator):
            check_plan(frozenset({"ProduceResults", operator}))


class Table:
    """A graph that answers every query with the same rows and remembers how it was asked."""

    dialect = "neo4j"

    def __init__(self, rows: tuple[tuple[Any, ...], ...], operators: frozenset[str] = frozenset()) -> None:
        self.rows, self.operators, self.asked = rows, operators, []

    async def explain(self, cypher: str, parameters: Any = None) -> frozenset[str]:
        return self.operators

    async def read(
        self, cypher: str, parameters: Any = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        self.asked.append((cypher, seconds, limit))
        return Rows(("x",), self.rows[:limit], limit is not None and len(self.rows) > limit)


def test_rows_beyond_the_number_or_the_size_are_left_out_and_said_to_be() -> None:
    table = Table(tuple(("x" * 100,) for _ in range(50)))
    by_number = asyncio.run(run_stranger_cypher("RETURN 1", table, Settings(query_rows=10)))
    assert (len(by_number.rows), by_number.truncated) == (10, True)
    by_size = asyncio.run(run_stranger_cypher("RETURN 1", table, Settings(answer_bytes=1000)))
    assert (len(by_size.rows), by_size.truncated) == (9, True)
    assert not asyncio.run(run_stranger_cypher("RETURN 1", table, Settings())).truncated
    assert table.asked[0] == ("RETURN 1", 10.0, 10)


def test_a_plan_is_looked_at_before_the_query_runs() -> None:
    table = Table((), frozenset({"ProduceResults", "LoadCSV"}))
    with pytest.raises(BadQuery, match="LoadCSV"):
        asyncio.run(run_stranger_cypher("RETURN 1", table, Settings()))
    assert not table.asked


@contextmanager
def watched() -> Iterator[tuple[str, list[str]]]:
    """An address that remembers who asked it."""
    calls: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a,b\n")

        def log_message(self, *parts: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", calls
        finally:
            server.shutdown()
            thread.join()


def reading_client(graph: Any) -> AsyncPropertyGraph:
    return AsyncPropertyGraph(graph.connection)


def test_bypasses_do_nothing_on_a_live_engine(graph, tmp_path: Path) -> None:
    """Each through the whole way of a stranger's query; afterwards the graph is what it was, and nobody was called."""
    before = dump(graph)
    (tmp_path / "secret.csv").write_text("a,b\n", encoding="utf-8")

    async def try_all(url: str) -> list[str]:
        client, passed = reading_client(graph), []
        try:
            await client.check()
            for name, query in BYPASSES.items():
                try:
                    await run_stranger_cypher(
                        filled(query, (tmp_path / "secret.csv").as_uri(), url), client, Settings(query_seconds=5)
                    )
                    passed.append(name)
                except BadQuery:
                    continue
        finally:
            await client.close()
        return passed

    with watched() as (url, calls):
        assert asyncio.run(try_all(url)) == []
    assert calls == []
    assert dump(graph) == before


def test_behind_the_guard_the_engine_writes_nothing_either(graph) -> None:
    """The transaction alone: what the guard would let slip is refused by the engine or rolled back."""
    before = dump(graph)
    for query in GROUPS["writes"].values():
        try:
            graph.read(query, seconds=5)
        except DiplomacyError:
            continue
    assert dump(graph) == before


def test_queries_that_read_run_on_a_live_engine(graph) -> None:
    async def run_all() -> dict[str, int]:
        client = reading_client(graph)
        try:
            await client.check()
            return {name: await rows(client, query) for name, (query, _) in READING.items()}
        finally:
            await client.close()

    async def rows(client: AsyncPropertyGraph, query: str) -> int:
        answer = await run_stranger_cypher(
            query, client, Settings(query_seconds=30), {"code": "MAR"} if "$code" in query else None
        )
        return len(answer.rows)

    assert asyncio.run(run_all()) == {name: expected for name, (_, expected) in READING.items()}


@pytest.mark.neo4j
def test_a_query_that_takes_too_long_is_stopped(neo4j_settings: Settings) -> None:
    """On Neo4j; the embedded engine has one limit for all its queries, which its own tests try."""
    from graph.property.bolt_async import open_async

    settings = neo4j_settings.model_copy(update={"query_seconds": 1.0})

    async def ask() -> None:
        async with open_async(settings) as client:
            query = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a + b)"
            await run_stranger_cypher(query, client, settings)

    with pytest.raises(QueryTimeout):
        asyncio.run(ask())
