"""Releases over HTTP: the manifest, the files, their description, and what has changed since."""

import hashlib
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from graph.model.iri import ID
from graph.record.history import remember
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


def test_files_are_given_as_they_are_stored(server: TestClient, manifest: Any) -> None:
    for name, media in (("graph.nq.gz", "application/gzip"), ("graph.graphml.gz", "application/gzip")):
        told = server.get(f"/downloads/latest/{name}", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in told.headers
        assert told.headers["Content-Type"] == media
        assert told.headers["Content-Length"] == str(len(told.content))
        head = server.head(f"/downloads/latest/{name}")
        assert (head.headers["ETag"], head.headers["Content-Length"], head.content) == (
            told.headers["ETag"], told.headers["Content-Length"], b"",
        )  # fmt: skip


def test_changes_come_page_by_page_while_the_graph_goes_on(server: TestClient, settings: Settings, manifest: Any) -> None:
    """Of a history that is written here: what is paged are its notes."""
    now = server.get("/readyz").json()["record"]
    remember(settings.data, "0a" * 8, None, [], [])
    remember(settings.data, now, "0a" * 8, [f"{ID}visit/{n}" for n in range(5)], [f"{ID}aid/{n}" for n in range(3)])
    told, cursor = [], None
    while True:
        asked = {"since": "0a" * 8, "limit": "3", **({"cursor": cursor} if cursor else {})}
        page = server.get("/api/v1/changes", params=asked).json()
        assert page["snapshot"] == now
        told += [*page["changed"], *page["removed"]]
        cursor = page["next"]
        assert page["truncated"] == (cursor is not None)
        if cursor is None:
            break
        remember(settings.data, "0b" * 8, now, [f"{ID}visit/9"], [])
    assert told == [*(f"{ID}visit/{n}" for n in range(5)), *(f"{ID}aid/{n}" for n in range(3))]
    other = server.get("/api/v1/changes", params={"since": "0c" * 8, "cursor": page["next"] or "x" * 40})
    assert other.status_code in (400, 404)


def test_a_follower_is_told_what_changed(server: TestClient, settings: Settings, manifest: Any) -> None:
    since = manifest["snapshot"]
    assert server.get("/api/v1/changes", params={"since": since}).json()["changed"] == []
    forgotten = server.get("/api/v1/changes", params={"since": "0123456789abcdef"})
    assert (forgotten.status_code, forgotten.json()["type"].rpartition("/")[2]) == (404, "history-forgotten")
    assert server.get("/api/v1/changes").status_code == 400
