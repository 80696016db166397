"""Who is let in, what a key opens, when a client has to wait."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from api import problems
from api.access.budget import budget_of
from api.access.gate import Gate
from api.access.keys import KeyRing, Scope
from api.access.metrics import Meter
from api.access.visitors import COOKIE, Doorkeeper, VisitorDep, needs
from api.frame import Frame
from graph.settings import Settings

Make = Callable[..., TestClient]


def small_app(settings: Settings) -> FastAPI:
    app = FastAPI()
    problems.install(app)

    @app.get("/read", dependencies=[Depends(needs(Scope.READ))])
    async def read(visitor: VisitorDep) -> str:
        return visitor.name

    @app.post("/review", dependencies=[Depends(needs(Scope.REVIEW))])
    async def review(visitor: VisitorDep) -> str:
        return visitor.name

    app.add_middleware(Gate, doorkeeper=Doorkeeper(settings), budget=budget_of(settings))
    app.state.meter = Meter()
    app.add_middleware(Frame, meter=app.state.meter)
    return app


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    opened: list[TestClient] = []

    def made(**settings: Any) -> TestClient:
        client = TestClient(small_app(Settings(data=tmp_path, **settings)))
        client.__enter__()
        opened.append(client)
        return client

    yield made
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def token(tmp_path: Path) -> str:
    return KeyRing(tmp_path).issue("desk", (Scope.REVIEW,), datetime.now(UTC))[1]


def test_reading_is_open_and_deciding_is_not(make: Make, token: str) -> None:
    client = make()
    assert client.get("/read").json() == "testclient"
    refused = client.post("/review")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="diplograph"')
    assert "scope “review”" in refused.json()["detail"]
    for headers in ({"Authorization": f"Bearer {token}"}, {"authorization": f"bearer  {token} "}, {"X-API-Key": token}):
        assert client.post("/review", headers=headers).json().startswith("key ")


def test_a_key_adds_to_what_is_open_and_nothing_more(make: Make, token: str, tmp_path: Path) -> None:
    closed = make(anonymous="none")
    assert closed.get("/read").status_code == 401
    assert closed.get("/read", headers={"X-API-Key": token}).status_code == 403
    reader = KeyRing(tmp_path).issue("reader", (Scope.READ,), datetime.now(UTC))[1]
    assert closed.get("/read", headers={"X-API-Key": reader}).status_code == 200


def test_an_unknown_key_is_refused_even_where_none_is_needed(make: Make) -> None:
    assert make().get("/read", headers={"X-API-Key": "dg_00000000_x"}).status_code == 401


def test_a_cookie_counts_from_our_own_pages_only(make: Make, token: str) -> None:
    client = make()
    client.cookies.set(COOKIE, token)
    assert client.get("/read").json().startswith("key ")
    assert client.post("/review").status_code == 401
    for origin in ("https://evil.example", "http://[", "null", ""):
        assert client.post("/review", headers={"Origin": origin}).status_code == 401, origin
    assert client.post("/review", headers={"Origin": "http://testserver"}).status_code == 200


def test_an_old_cookie_does_not_shut_its_owner_out(make: Make) -> None:
    client = make()
    client.cookies.set(COOKIE, "dg_00000000_x")
    assert client.get("/read").json() == "testclient"


def test_who_used_up_his_time_waits_and_others_do_not(make: Make, token: str) -> None:
    client = make(compute_seconds=0.001)
    first = client.get("/read")
    assert first.headers["RateLimit-Policy"] == '"compute";q=0;w=60'
    assert first.headers["RateLimit"] == '"compute";r=0;t=60'
    refused = client.get("/read")
    assert refused.status_code == 429
    wait = int(refused.headers["Retry-After"])
    assert 0 < wait <= 60 and f"again in {wait} s" in refused.json()["detail"]
    assert refused.headers["RateLimit"] == f'"compute";r=0;t={wait}'
    assert refused.headers["RateLimit-Policy"] == first.headers["RateLimit-Policy"]
    assert refused.json()["type"].endswith("/budget-spent")
    assert client.get("/read", headers={"X-API-Key": token}).status_code == 200


@pytest.mark.parametrize(
    ("host", "chosen", "limit"), [("127.0.0.1", None, 0), ("0.0.0.0", None, 60), ("::1", 5, 5), ("0.0.0.0", 0, 0)]
)
def test_the_limit_is_for_strangers_unless_it_is_set(tmp_path: Path, host: str, chosen: float | None, limit: float) -> None:
    settings = Settings(data=tmp_path, host=host, compute_seconds=chosen)
    assert settings.compute_limit == limit
    assert (budget_of(settings) is None) is (limit == 0)


def test_requests_are_counted_by_the_pattern_of_their_route(make: Make) -> None:
    client = make()
    client.get("/read")
    client.get("/nowhere/at/all")
    for method in ("FLY", "CRAWL"):
        client.request(method, "/read")
    assert isinstance(client.app, FastAPI)
    text = client.app.state.meter.text().decode()
    assert 'diplograph_requests_total{method="GET",route="/read",status="200"} 1.0' in text
    assert 'diplograph_requests_total{method="GET",route="none",status="404"} 1.0' in text
    assert 'method="other",route="/read",status="405"} 2.0' in text
    assert "/nowhere" not in text and "FLY" not in text
