"""What the partners of a state take, in one call of the API and as a page: over HTTP, of an application of its own."""

from __future__ import annotations

import statistics
import time

from fastapi.testclient import TestClient

from api.app import create_app
from graph.settings import Settings

_TRIES = 5


def partner_page(settings: Settings, state: str) -> str:
    """Milliseconds of the partner map (JSON) and of the partner page (HTML) of a state."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        parts = [_timed(client, f"/api/v1/partners/{state}"), _timed(client, f"/states/{state}")]
    return "\n".join(parts)


def _timed(client: TestClient, address: str) -> str:
    took = []
    for _ in range(1 + _TRIES):  # the first makes the index
        began = time.perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        took.append(time.perf_counter() - began)
    return f"{address}: {1000 * statistics.median(took[1:]):,.1f} ms, {len(answer.content):,} bytes (first {took[0]:.1f} s)"
