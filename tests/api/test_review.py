"""Deciding in the browser and over HTTP: in whose name, with what effect, and back again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.access.keys import KeyRing, Scope
from api.access.visitors import COOKIE
from graph.asking.resources import load_resources
from graph.settings import Settings


@pytest.fixture(scope="module")
def keys(settings: Settings) -> dict[str, dict[str, str]]:
    """Headers with a key for each scope that writes."""
    ring, now = KeyRing(settings.data), datetime.now(UTC)
    scopes = (Scope.REVIEW, Scope.LOAD, Scope.ADMIN)
    return {scope.value: {"X-API-Key": ring.issue(f"the {scope} desk", (scope,), now)[1]} for scope in scopes}


@pytest.fixture(scope="module")
def accord(server: TestClient) -> str:
    """The short id of the accord of Morocco and Rwanda."""
    return str(server.get("/api/v1/questions/accords?state=MAR").json()["rows"][0]["accord"]).partition("/id/")[2]


def claims(server: TestClient, thing: str) -> list[Any]:
    return list(server.get(f"/api/v1/explain/{thing}").json()["claims"])


def test_nothing_is_decided_without_a_key_of_its_scope(server: TestClient, keys: Any, accord: str) -> None:
    wish = {"verdict": "wrong", "about": [claims(server, accord)[0]["iri"]]}
    assert server.post("/api/v1/decisions", json=wish).status_code == 401
    assert server.post("/api/v1/decisions", json=wish, headers=keys["load"]).status_code == 403
    for path, scope in (
        ("/api/v1/review", "load"),
        ("/api/v1/log", "review"),
        ("/api/v1/decisions", "admin"),
        ("/review", "load"),
    ):
        assert server.get(path).status_code == 401
        assert server.get(path, headers=keys[scope]).status_code == 403


def test_a_wrong_claim_leaves_and_comes_back(server: TestClient, keys: Any, accord: str) -> None:
    before = claims(server, accord)
    wish = {"verdict": "wrong", "about": [before[0]["iri"]], "reason": "read from a caption"}
    made = server.post("/api/v1/decisions", json=wish, headers=keys["review"])
    assert made.status_code == 201, made.text
    [decision] = made.json()["decisions"]
    assert len(claims(server, accord)) == len(before) - 1
    [told] = server.get("/api/v1/decisions", headers=keys["review"]).json()
    assert (told["id"], told["by"], told["reason"], told["applies"]) == (
        decision,
        "the review desk",
        "read from a caption",
        True,
    )
    assert server.delete(f"/api/v1/decisions/{decision[:8]}", headers=keys["review"]).status_code == 200
    assert claims(server, accord) == before
    assert server.get("/api/v1/decisions", headers=keys["review"]).json() == []
    log = server.get("/api/v1/log", headers=keys["admin"]).json()
    assert [(entry["action"], entry["by"]) for entry in log[:2]] == [("undo", "the review desk"), ("decide", "the review desk")]


def test_what_is_withdrawn_is_gone_and_says_so(server: TestClient, keys: Any) -> None:
    source = next(item for item in server.get("/api/v1/sources").json()["items"])["key"]
    only = [
        row["fact"].partition("/id/")[2]
        for row in server.get("/api/v1/questions/facts_of_source", params={"source": source}).json()["rows"]
    ]
    path = f"/api/v1/sources/{source}/withdrawal"
    assert server.post(path, json={"reason": ""}, headers=keys["load"]).status_code == 400
    assert server.post(path, json={"reason": "retracted by the paper"}, headers=keys["load"]).status_code == 200
    statuses = {thing: server.get(f"/api/v1/entities/{thing}").status_code for thing in only}
    assert 410 in statuses.values()
    gone = next(thing for thing, status in statuses.items() if status == 410)
    for address in (f"/id/{gone}.ttl", f"/entities/{gone}", f"/entities/{gone}/why", f"/api/v1/explain/{gone}"):
        assert server.get(address).status_code == 410, address
    listing = next(one.name for one in load_resources().values() if one.kind == gone.partition("/")[0])
    for form in ("", ".csv", ".ttl"):
        assert server.get(f"/api/v1/{listing}/{gone.partition('/')[2]}{form}").status_code == 410
    assert "withdrawn" in server.get(f"/id/source/{source}", headers={"Accept": "application/json, text/turtle"}).text
    assert server.delete(path, headers=keys["load"]).status_code == 200
    assert {server.get(f"/api/v1/entities/{thing}").status_code for thing in only} == {200}


def test_a_member_that_another_carries_on_leads_there(server: TestClient, keys: Any) -> None:
    about = [item["id"] for item in server.get("/api/v1/accords").json()["items"]]
    done = server.post("/api/v1/decisions", json={"verdict": "same", "about": about}, headers=keys["review"])
    (shown,) = [item["key"] for item in server.get("/api/v1/accords").json()["items"]]
    (earlier,) = {address.rpartition("/")[2] for address in about} - {shown}
    for form in ("", ".csv", ".ttl"):
        answer = server.get(f"/api/v1/accords/{earlier}{form}", follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/accords/{shown}{form}")
    assert server.get("/api/v1/accords/0000000000000000").status_code == 404
    assert server.delete(f"/api/v1/decisions/{done.json()['decisions'][0]}", headers=keys["review"]).status_code == 200


def test_a_decision_that_cannot_be_is_refused(server: TestClient, keys: Any, accord: str) -> None:
    for about, status in ((["\u00f2)"], 400), (["nothing"], 404), ([accord], 400), ([accord, accord], 400)):
        answer = server.post("/api/v1/decisions", json={"verdict": "same", "about": about}, headers=keys["review"])
        assert answer.status_code == status, about
    assert server.delete("/api/v1/decisions/0000", headers=keys["review"]).status_code == 404


@pytest.fixture
def browser(server: TestClient, keys: Any) -> Iterator[TestClient]:
    """A person who signed in, on our own pages."""
    server.cookies.set(COOKIE, keys["review"]["X-API-Key"])
    server.headers["Origin"] = "http://testserver"
    yield server
    server.cookies.clear()
    del server.headers["Origin"]


def test_a_person_sees_why_and_decides_on_the_page(browser: TestClient, accord: str) -> None:
    page = browser.get(f"/entities/{accord}/why", params={"lang": "en"}).text
    claim = claims(browser, accord)[0]["iri"].partition("/id/")[2]
    assert f'value="{claim}"' in page and "<blockquote" in page
    form = {
        "verdict": "corrected",
        "about": claim,
        "field": "place",
        "value": "Casablanca",
        "reason": "seen there",
        "page": accord,
    }
    done = browser.post("/review/decide", data=form, follow_redirects=False)
    assert (done.status_code, done.headers["Location"].startswith(f"/entities/{accord}/why?done=")) == (303, True)
    after = browser.get(done.headers["Location"]).text
    assert "Casablanca" in after and "decided by a person" in after
    listed = browser.get("/review/decisions").text
    assert "seen there" in listed
    decision = listed.partition('name="decision" value="')[2][:32]
    assert browser.post("/review/undo", data={"decision": decision}, follow_redirects=False).status_code == 303
    assert "Casablanca" not in browser.get(f"/entities/{accord}/why").text


def test_a_wish_that_cannot_be_is_said_on_the_page(browser: TestClient, accord: str) -> None:
    done = browser.post("/review/decide", data={"verdict": "same", "about": accord, "page": ""}, follow_redirects=False)
    assert done.status_code == 303
    assert 'role="alert"' in browser.get(done.headers["Location"]).text


def test_the_queue_is_shown_by_sorts(browser: TestClient) -> None:
    told = browser.get("/api/v1/review").json()
    assert told["count"] == len(told["entries"]) > 0
    weights = [entry["weight"] for entry in told["entries"]]
    assert weights == sorted(weights, reverse=True)
    page = browser.get("/review", params={"lang": "en"}).text
    assert page.count('class="card review"') == told["count"]
    for entry in told["entries"]:
        assert browser.get("/review", params={"sort": entry["sort"]}).status_code == 200


def test_nobody_is_led_away_by_a_form(browser: TestClient, accord: str) -> None:
    for page in ("//evil.example/x", "https://evil.example", "../../x", "a/b?c"):
        answer = browser.post("/review/decide", data={"verdict": "same", "about": accord, "page": page}, follow_redirects=False)
        assert answer.headers["Location"].startswith("/review?")
