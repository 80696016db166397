"""The Bolt client beyond the contract: the asynchronous half, engines that go away, errors with their remedies."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from neo4j.exceptions import ClientError, DatabaseError, Neo4jError, ServiceUnavailable, TransientError
from pydantic import SecretStr

from graph.errors import BadQuery, DiplomacyError, QueryTimeout, StorageFull, StoreUnavailable
from graph.model.files import ROOT
from graph.property.bolt import answers, open_graph
from graph.property.bolt_async import AsyncPropertyGraph, open_async
from graph.property.bolt_errors import translate
from graph.property.embedded import address_of
from graph.settings import Settings

ENGINES = ["embedded_settings", pytest.param("neo4j_settings", marks=pytest.mark.neo4j)]
Work = Callable[[AsyncPropertyGraph], Awaitable[Any]]


def _run(settings: Settings, work: Work) -> Any:
    async def opened() -> Any:
        async with open_async(settings) as graph:
            return await work(graph)

    return asyncio.run(opened())


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest) -> Settings:
    found: Settings = request.getfixturevalue(request.param)
    with open_graph(found) as graph:
        graph.clear()
        graph.write("UNWIND range(1, 20) AS n CREATE (:Visit {id: toString(n), n: n})")
    return found


def test_many_read_at_once(settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> list[int]:
        query = "MATCH (v:Visit {id: $id}) RETURN v.n"
        rows = await asyncio.gather(*(graph.read(query, {"id": str(1 + n % 20)}) for n in range(60)))
        return [each.single() for each in rows]

    assert _run(settings, work) == [1 + n % 20 for n in range(60)]


def test_rows_are_limited(settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> tuple[int, bool]:
        rows = await graph.read("MATCH (v:Visit) RETURN v.n ORDER BY v.n", limit=7)
        assert await graph.look_up("MATCH (v:Visit) RETURN v.n ORDER BY v.n", limit=7) == rows
        return len(rows.rows), rows.truncated

    assert _run(settings, work) == (7, True)


def test_a_reader_cannot_write(settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> int:
        with pytest.raises(BadQuery):
            await graph.read("MATCH (v:Visit) DETACH DELETE v")
        return int((await graph.read("MATCH (v:Visit) RETURN count(v)")).single())

    assert _run(settings, work) == 20


def test_a_plan_is_given_and_wrong_cypher_refused(settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> frozenset[str]:
        with pytest.raises(BadQuery):
            await graph.read("MATCH (v RETURN v")
        return await graph.explain("MATCH (v:Visit) RETURN v")

    assert _run(settings, work)


def test_a_cancelled_read_leaves_a_working_client(settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> int:
        query = (
            "MATCH (a:Visit), (b:Visit), (c:Visit), (d:Visit), (e:Visit) WHERE a.id + b.id + c.id + d.id + e.id = 'x' RETURN 1"
        )
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(graph.read(query, seconds=5), 0.2)
        return int((await graph.read("RETURN 1")).single())

    assert _run(settings, work) == 1


def test_the_dialect_is_known(settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> str:
        return graph.dialect

    assert _run(settings, work) == ("neo4j" if settings.neo4j_uri else "arcadedb")


def test_a_killed_engine_is_found_again_by_its_readers(engine_settings: Settings) -> None:
    async def work(graph: AsyncPropertyGraph) -> list[int]:
        found = address_of(engine_settings)
        assert found is not None
        await asyncio.to_thread(psutil.Process(found.pid).kill)
        rows = await asyncio.gather(*(graph.read("RETURN $n", {"n": n}) for n in range(8)))
        return [each.single() for each in rows]

    assert _run(engine_settings, work) == list(range(8))


def test_nobody_answers_at_a_closed_port() -> None:
    assert answers("bolt://127.0.0.1:1", "neo4j", "x") is False


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"neo4j_uri": "bolt://127.0.0.1:1", "neo4j_password": SecretStr("x")}, "does not answer.*DIPLOGRAPH_NEO4J_URI"),
        ({"neo4j_uri": "bolt://no-such-host.invalid:7687", "neo4j_password": SecretStr("x")}, "DIPLOGRAPH_NEO4J_URI"),
        ({"neo4j_uri": "ftp://127.0.0.1", "neo4j_password": SecretStr("x")}, "no address of a graph store"),
        ({"neo4j_uri": "bolt://127.0.0.1:1"}, "DIPLOGRAPH_NEO4J_PASSWORD_FILE"),
    ],
)
def test_a_wrong_address_names_the_setting(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    settings = Settings(data=tmp_path, **changes)
    with pytest.raises(StoreUnavailable, match=message), open_graph(settings):
        pass
    with pytest.raises(StoreUnavailable, match=message):
        _run(settings, lambda graph: asyncio.sleep(0))


def _said(kind: type[Neo4jError], code: str, message: str) -> Neo4jError:
    error = Neo4jError._hydrate_neo4j(code=code, message=message)
    assert isinstance(error, kind)
    return error


@pytest.mark.parametrize(
    ("error", "ours", "message"),
    [
        (_said(DatabaseError, "Neo.DatabaseError.General.UnknownError", "No space left on device"), StorageFull, "sync"),
        (_said(TransientError, "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "x"), QueryTimeout, "memory"),
        (_said(ClientError, "Neo.ClientError.Transaction.TransactionTimedOut", "x"), QueryTimeout, "DIPLOGRAPH_QUERY_SECONDS"),
        (_said(ClientError, "Neo.ClientError.Statement.SyntaxError", "Invalid input"), BadQuery, "Invalid input"),
        (_said(DatabaseError, "Neo.DatabaseError.General.UnknownError", "odd"), StoreUnavailable, "UnknownError: odd"),
        (_said(ClientError, "Neo.ClientError.Security.AuthenticationRateLimit", "x"), StoreUnavailable, "NEO4J_PASSWORD"),
        (ServiceUnavailable("gone"), StoreUnavailable, "neo4j start"),
        (ValueError("bad"), StoreUnavailable, "no address"),
    ],
)
def test_what_servers_say_becomes_an_error_with_its_remedy(error: Exception, ours: type[DiplomacyError], message: str) -> None:
    translated = translate(error, "bolt://127.0.0.1:1", "neo4j", "neo4j")
    assert type(translated) is ours
    assert message in str(translated)


def test_the_driver_is_imported_in_the_bolt_modules_only() -> None:
    found = set()
    for path in [*ROOT.glob("graph/**/*.py"), *ROOT.glob("loaders/**/*.py"), *ROOT.glob("api/**/*.py"), ROOT / "diplograph.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "neo4j" for name in names):
                found.add(path.relative_to(ROOT).as_posix())
    assert found == {f"graph/property/bolt{part}.py" for part in ("", "_async", "_errors", "_values")}
