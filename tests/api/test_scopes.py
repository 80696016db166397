"""Every operation of the API's description with a key of every scope, where nothing is open without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access.keys import KeyRing, Scope
from api.app import create_app
from graph.settings import Settings

_SCOPES = {
    "/api/v1/cypher": Scope.CYPHER,
    "/sparql": Scope.QUERY,
    "/sparql/graphs": Scope.QUERY,
    "/api/v1/review": Scope.REVIEW,
    "/api/v1/decisions": Scope.REVIEW,
    "/api/v1/decisions/{decision}": Scope.REVIEW,
    "/api/v1/sources/{source}/withdrawal": Scope.LOAD,
    "/api/v1/log": Scope.ADMIN,
    "/metrics": Scope.ADMIN,
}
_OPEN = ("/healthz", "/readyz")


@pytest.fixture(scope="module")
def closed(loaded: Settings) -> Iterator[TestClient]:
    """The application as a public address has it, with nothing open to strangers."""
    settings = loaded.model_copy(update={"host": "0.0.0.0", "anonymous": "none", "compute_seconds": 0.0})
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def test_a_key_opens_what_its_scope_says_and_nothing_else(closed: TestClient, loaded: Settings) -> None:
    ring, now = KeyRing(loaded.data), datetime.now(UTC)
    keys = {scope: {"X-API-Key": ring.issue(f"{scope} alone", (scope,), now)[1]} for scope in Scope}
    described: dict[str, Any] = closed.get("/openapi.json").json()["paths"]
    operations = [(method, path) for path, methods in described.items() for method in methods]
    assert len(operations) > 100 and _SCOPES.keys() | set(_OPEN) <= described.keys()
    for method, path in operations:
        address = re.sub(r"\{\w+\}", "x", path)
        opened = set(Scope) if path in _OPEN else {_SCOPES.get(path, Scope.READ)}
        # What opens is refused for its parameter: nothing is changed, and no question is asked.
        found = {scope: _status(closed, method, address, headers) for scope, headers in keys.items()}
        assert {scope for scope, status in found.items() if status != 403} == opened, (method, path, found)
        stranger = {name: _status(closed, method, address, headers) for name, headers in _STRANGERS.items()}
        assert stranger["unknown"] == 401 and (stranger["none"] == 401) is (path not in _OPEN), (method, path, stranger)


_STRANGERS = {"none": {}, "unknown": {"X-API-Key": f"dg_00000000_{'x' * 43}"}}


def _status(client: TestClient, method: str, address: str, headers: dict[str, str]) -> int:
    return client.request(method, address, params={"no_such_parameter": "1"}, headers=headers).status_code
