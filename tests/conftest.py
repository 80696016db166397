"""Fixtures for every test: the folder of shared material, and the two engines of the property graph."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from pydantic import SecretStr

from graph.errors import StoreUnavailable
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph

# how long an example takes says more of the machine than of the code: a busy one must not fail a test
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

# Java machines that live for seconds: compiling at length what they run costs more than it saves
for options in ("JDK_JAVA_OPTIONS", "ARCADEDB_JVM_ARGS"):
    os.environ.setdefault(options, "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")

ENGINES = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where processes share the files, those with long tests come first, then those with many: what comes last is short."""
    if hasattr(config, "workerinput"):
        long, many = {item.path for item in items if item.get_closest_marker("slow")}, Counter(item.path for item in items)
        items.sort(key=lambda item: (item.path not in long, -many[item.path], item.path))


def required(name: str) -> bool:
    """True where `DIPLOGRAPH_REQUIRE_name` is 1: what is missing then fails instead of being skipped."""
    return os.environ.get(f"DIPLOGRAPH_REQUIRE_{name}") == "1"


def absent(name: str, why: str) -> None:
    """Skip the test, or fail it where the environment says that nothing may be missing."""
    if required(name):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material beside the checkout (or at DIPLOGRAPH_SHARED)."""
    folder = Path(os.environ.get("DIPLOGRAPH_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        absent("SHARED", f"no shared material at {folder}; set DIPLOGRAPH_SHARED")
    return folder


@pytest.fixture(scope="session")
def embedded_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of the session's embedded engine, which runs until the last test."""
    from graph.property.bolt import open_graph

    settings = Settings(data=tmp_path_factory.mktemp("embedded"), engine_heap_mb=512, engine_linger=5, engine_start_seconds=180)
    with open_graph(settings):
        yield settings


@pytest.fixture(scope="session")
def neo4j_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of the session's Neo4j: the one at DIPLOGRAPH_TEST_NEO4J_URI, or one started here."""
    from graph.property.neo4j_server import Neo4jServer, home_of

    settings = Settings(data=tmp_path_factory.mktemp("neo4j"))
    if (uri := os.environ.get("DIPLOGRAPH_TEST_NEO4J_URI")) is not None:
        password = SecretStr(os.environ.get("DIPLOGRAPH_TEST_NEO4J_PASSWORD", ""))
        yield settings.model_copy(update={"neo4j_uri": uri, "neo4j_password": password})
        return
    server = Neo4jServer(home_of(settings))
    try:
        address = server.start(wait_seconds=300)
    except StoreUnavailable as error:
        absent("NEO4J", f"no Neo4j could be started: {error}")
    try:
        yield settings.model_copy(update={"neo4j_uri": address.uri, "neo4j_password": SecretStr(address.password)})
    finally:
        server.stop()


def _address(request: pytest.FixtureRequest, engine: str) -> dict[str, object]:
    """The `neo4j_*` settings that reach an engine: the embedded one too is reached by its Bolt address."""
    if engine == "neo4j":
        settings: Settings = request.getfixturevalue("neo4j_settings")
        return {name: getattr(settings, name) for name in ("neo4j_uri", "neo4j_password")}
    from graph.property.embedded import address_of

    address = address_of(request.getfixturevalue("embedded_settings"))
    return {
        "neo4j_uri": address.uri,
        "neo4j_user": address.user,
        "neo4j_password": SecretStr(address.password),
        "neo4j_database": address.database,
    }


@pytest.fixture(params=ENGINES)
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with a data folder of the test's own and an empty property graph, once on each engine."""
    from graph.property.bolt import open_graph

    settings = Settings(data=tmp_path / "data", **_address(request, request.param))  # type: ignore[arg-type]
    with open_graph(settings) as graph:
        graph.clear()
    return settings


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Iterator[PropertyGraph]:
    """An empty property graph, once on each engine; the embedded one is opened as the program does, with its reading user."""
    from graph.property.bolt import open_graph

    with open_graph(request.getfixturevalue(f"{request.param}_settings")) as graph:
        graph.clear()
        yield graph
