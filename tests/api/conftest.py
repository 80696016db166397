"""The API over a small loaded store of its own: record, view and embedded engine, all real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.settings import Settings
from graph.workspace import Workspace
from tests.api.stories import HOSTILE_STORIES


@pytest.fixture(scope="package")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder that holds the stories, hostile ones included."""
    return load_stories(tmp_path_factory.mktemp("api"))


def load_stories(folder: Path, **settings: object) -> Settings:
    """Load every story into a folder; the property graph shows them when this returns."""
    made = Settings(data=folder, engine_heap_mb=512, engine_linger=5, engine_start_seconds=180, **settings)  # type: ignore[arg-type]
    loaded = Workspace(made).load(HOSTILE_STORIES)
    assert (loaded.new, loaded.refused) == (len(HOSTILE_STORIES), ())
    return made


@pytest.fixture(scope="package")
def client(loaded: Settings) -> Iterator[TestClient]:
    """A client of the running application."""
    with TestClient(create_app(loaded), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="package")
def accord(client: TestClient) -> str:
    """The short id of the accord of Morocco and Rwanda."""
    rows = client.get("/api/v1/questions/accords?state=MAR").json()["rows"]
    assert len(rows) == 1
    return str(rows[0]["accord"]).partition("/id/")[2]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A loaded folder of the module's own, which its tests may change."""
    return load_stories(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[TestClient]:
    """The application over that folder."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
