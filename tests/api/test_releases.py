"""Releases over HTTP: the manifest, the files, their description, and what has changed since."""

import hashlib
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from graph.release.releasing import release
from graph.settings import Settings
from graph.workspace import Workspace


@pytest.fixture(scope="module")
def manifest(settings: Settings, server: TestClient) -> Any:
    """Of a release of that folder; until then there is none."""
    missing = server.get("/api/v1/releases/latest")
    assert (missing.status_code, "diplograph release" in missing.json()["detail"]) == (404, True)
    assert "diplograph release" in server.get("/downloads").text
    with Workspace(settings).snapshot() as snapshot:
        release(snapshot, settings.data / "releases", forms=("nquads", "graphml"), licence="https://example.org/terms")
    return server.get("/api/v1/releases/latest").json()


def test_each_file_is_what_its_checksum_says(server: TestClient, manifest: Any) -> None:
    assert {file["name"] for file in manifest["files"]} >= {"graph.nq.gz", "graph.graphml.gz", "changes.jsonl.gz"}
    for file in manifest["files"]:
        content = server.get(f"/downloads/{manifest['snapshot']}/{file['name']}")
        assert content.status_code == 200
        assert hashlib.sha256(content.content).hexdigest() == file["sha256"]
        part = server.get(f"/downloads/latest/{file['name']}", headers={"Range": "bytes=0-9"})
        assert (part.status_code, part.content) == (206, content.content[:10])


@pytest.mark.parametrize("path", ["latest/secret.txt", "latest/..%2f..%2fkeys.json", "0123456789abcdef/graph.nq.gz", "latest/"])
def test_nothing_else_is_given_away(server: TestClient, manifest: Any, path: str) -> None:
    assert server.get(f"/downloads/{path}").status_code in (400, 404)


def test_the_page_lists_the_files_in_both_languages(server: TestClient, manifest: Any) -> None:
    for language, word in (("fr", "Téléchargements"), ("en", "Downloads")):
        page = server.get("/downloads", params={"lang": language}, headers={"Accept": "text/html"}).text
        assert word in page
        assert all(file["name"] in page for file in manifest["files"])
        assert "https://example.org/terms" in page


def test_crawlers_find_the_description(server: TestClient, manifest: Any) -> None:
    found = server.get("/.well-known/void")
    assert found.headers["Content-Type"].startswith("text/turtle")
    told = {str(triple.object.value) for triple in parse(found.content, format=RdfFormat.TURTLE)}
    assert {file["sha256"] for file in manifest["files"]} <= told


def test_a_follower_is_told_what_changed(server: TestClient, settings: Settings, manifest: Any) -> None:
    since = manifest["snapshot"]
    assert server.get("/api/v1/changes", params={"since": since}).json()["changed"] == []
    forgotten = server.get("/api/v1/changes", params={"since": "0123456789abcdef"})
    assert (forgotten.status_code, forgotten.json()["type"].rpartition("/")[2]) == (404, "history-forgotten")
    assert server.get("/api/v1/changes").status_code == 400
