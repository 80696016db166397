"""What every answer carries, and what no request may exceed."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api import problems
from api.access.metrics import Meter
from api.frame import BodyLimit, Frame
from graph import errors
from graph.errors import BadQuery, DiplomacyError, NotFound


class Peculiar(BadQuery):
    """A child that the table does not name."""


def small_app() -> FastAPI:
    app = FastAPI()
    problems.install(app)

    @app.get("/raise/{name}")
    async def fail(name: str) -> None:
        raise getattr(errors, name, Peculiar)(f"about {name}")

    @app.get("/defect")
    async def defect() -> None:
        raise ZeroDivisionError("secret detail")

    @app.post("/length")
    async def length(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit, limit=1000)
    app.add_middleware(Frame, meter=Meter())
    return app


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(small_app(), raise_server_exceptions=False) as client:
        yield client


def test_every_answer_has_a_request_id_and_security_headers(client: TestClient) -> None:
    for path in ("/nowhere", "/raise/BadQuery", "/defect"):
        answer = client.get(path)
        assert len(answer.headers["X-Request-ID"]) == 32
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_plain_request_id_of_the_client_is_kept_and_another_is_not(client: TestClient) -> None:
    assert client.get("/nowhere", headers={"X-Request-ID": "abc-123"}).headers["X-Request-ID"] == "abc-123"
    assert client.get("/nowhere", headers={"X-Request-ID": "a b\\n<script>"}).headers["X-Request-ID"] != "a b\\n<script>"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("NotFound", 404),
        ("BadQuery", 400),
        ("Peculiar", 400),
        ("UnknownTerm", 422),
        ("QueryTimeout", 504),
        ("StoreUnavailable", 503),
        ("FolderInUse", 503),
        ("StorageFull", 507),
        ("BadData", 500),
        ("DiplomacyError", 500),
    ],
)
def test_errors_are_problems_with_their_status(client: TestClient, name: str, status: int) -> None:
    answer = client.get(f"/raise/{name}")
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["detail"] == f"about {name}"
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_every_error_of_the_project_has_a_status() -> None:
    named = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, DiplomacyError)]
    assert {problems.status_of(error("x")) for error in named} <= set(problems.STATUS.values())
    assert problems.status_of(NotFound("x")) == 404


def test_a_defect_says_nothing_of_its_inside(client: TestClient) -> None:
    answer = client.get("/defect")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_a_long_body_is_refused_whether_its_length_is_announced_or_not(client: TestClient) -> None:
    assert client.post("/length", content=b"x" * 1000).json() == 1000
    announced = client.post("/length", content=b"x" * 1001)
    chunked = client.post("/length", content=iter([b"x" * 600, b"x" * 600]))
    for answer in (announced, chunked):
        assert answer.status_code == 413
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_an_error_page_is_in_the_readers_language(client: TestClient) -> None:
    page = client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert '<html lang="fr"' in page.text
    assert "Il n&#39;y a rien à cette adresse" in page.text
    english = client.get("/nowhere?lang=en", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert "There is nothing at this address" in english.text
