"""What was true on a day, and what could be said on it: the same things, asked of the sources of then."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

THEN = "known_at=2025-06-18"  # the French article is out, the English one of the next day is not


def test_an_entity_is_told_by_the_sources_of_then(client: TestClient, accord: str) -> None:
    now, then = (client.get(f"/api/v1/entities/{accord}?{asked}") for asked in ("lang=en", f"lang=en&{THEN}"))
    assert (now.status_code, then.status_code) == (200, 200)
    assert (now.json()["source_count"], then.json()["source_count"]) == (2, 1)
    assert now.json()["disputes"]
    assert then.json()["disputes"] == []
    assert then.headers["ETag"] != now.headers["ETag"]
    again = client.get(f"/api/v1/entities/{accord}?lang=en&{THEN}", headers={"If-None-Match": then.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("door", ["evidence", "explain"])
def test_sentences_of_then_are_those_of_its_sources(client: TestClient, accord: str, door: str) -> None:
    now, then = (client.get(f"/api/v1/{door}/{accord}?{asked}").text for asked in ("", THEN))
    assert "signed a defence agreement" in now
    assert "ont signé" in then
    assert "signed a defence agreement" not in then


def test_a_single_thing_of_then_in_each_form(client: TestClient, accord: str) -> None:
    key = accord.partition("/")[2]
    assert client.get(f"/api/v1/accords/{key}?{THEN}").json()["properties"]["place"] == ["Rabat"]
    assert client.get(f"/api/v1/accords/{key}.csv?{THEN}").status_code == 200
    assert "signed a defence agreement" not in client.get(f"/api/v1/accords/{key}.ttl?{THEN}").text
    assert client.get(f"/api/v1/accords/{key}?known_at=2024-05-03").status_code == 404


def test_a_question_of_then_is_asked_via_sparql(client: TestClient) -> None:
    asked = "/api/v1/questions/missions?state=BEL"
    assert client.get(f"{asked}&via=sparql").json()["count"] == 1
    then = client.get(f"{asked}&via=sparql&{THEN}")
    assert (then.status_code, then.json()["rows"]) == (200, [])
    assert then.headers["ETag"].startswith(f'W/"{then.json()["snapshot"]};')
    assert client.get(f"{asked}&via=sparql&{THEN}&format=csv").headers["Content-Type"].startswith("text/csv")
    refused = client.get(f"{asked}&via=cypher&{THEN}")
    assert refused.status_code == 409
    assert "via sparql" in refused.json()["detail"]


def test_a_source_may_count_from_its_recording(client: TestClient, accord: str) -> None:
    answer = client.get(f"/api/v1/entities/{accord}?{THEN}&known_by=recorded")
    assert answer.status_code == 404
    assert "no source was recorded by 2025-06-18" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("entities/state/MAR?known_at=1999", 404),
        ("entities/state/MAR?known_at=then", 400),
        ("entities/state/MAR?known_at=2025&known_by=read", 400),
        ("entities/state/MAR?as_of=2025-02-30", 400),
        ("states/MAR?known_at=1999", 404),
        ("states/MAR?known_at=then", 400),
        ("states/MAR?known_at=2025&known_by=read", 400),
        ("states/MAR?knwon_at=2025", 400),
        ("states/MAR?known_at=2025&known_at=2026", 400),
        ("states/MAR.ttl?known_at=1999", 404),
        ("questions/accords?state=MAR&via=sparql&known_at=1999", 404),
        ("network?as_of=then", 400),
    ],
)
def test_days_that_cannot_be_answered_are_problems(client: TestClient, asked: str, status: int) -> None:
    answer = client.get(f"/api/v1/{asked}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fact_says_whether_it_holds_on_a_day(client: TestClient, accord: str) -> None:
    def holds(short_id: str, day: str) -> bool | None:
        return client.get(f"/api/v1/entities/{short_id}?as_of={day}").json()["holds"]

    assert [holds(accord, day) for day in ("2025-05", "2025-06", "2030")] == [False, True, True]
    assert holds("state/MAR", "2025-06") is None
    assert client.get(f"/api/v1/entities/{accord}").json()["holds"] is None
    (mission,) = client.get("/api/v1/missions?state=BEL").json()["items"]
    assert holds(f"mission/{mission['key']}", "2030") is False  # it is planned


def test_the_network_of_a_day_has_what_held_then(client: TestClient, accord: str) -> None:
    def kinds(asked: str) -> dict[str, str]:
        return {
            node["id"].partition("/id/")[2]: node["kind"] for node in client.get(f"/api/v1/network?{asked}").json()["nodes"]
        }

    whole, before, after = (kinds(asked) for asked in ("", "as_of=2024-12", "state=MAR&as_of=2026"))
    assert "Mission" in whole.values()  # which is planned
    assert set(before.values()) == {"Accord", "State", "Person"}
    assert accord not in before
    assert accord in after
    assert "Mission" not in after.values()
    assert kinds("as_of=1990") == {}
    tags = {client.get(f"/api/v1/network?{asked}").headers["ETag"].split(";")[0] for asked in ("", "as_of=2024-12")}
    assert len(tags) == 1  # of one snapshot


def test_the_pages_ask_for_a_day_and_say_how_long(client: TestClient, accord: str) -> None:
    page = client.get("/network?as_of=2024-12", headers={"Accept-Language": "en"})
    assert 'name="as_of" value="2024-12"' in page.text
    assert "as_of=2024-12" in page.text.partition("data-address=")[2][:200]
    assert accord not in page.text
    empty = client.get("/network?as_of=1990&around=", headers={"Accept-Language": "en"})
    assert "holds on that date: 1990" in empty.text
    assert client.get("/network?as_of=soon").status_code == 400
    shown = client.get(f"/entities/{accord}", headers={"Accept-Language": "en"}).text
    assert "Valid from 18 June 2025." in shown
    assert "depuis : 18 juin 2025" in client.get(f"/entities/{accord}", headers={"Accept-Language": "fr"}).text


def test_listings_search_partners_and_network_of_then(client: TestClient, accord: str) -> None:
    for asked, names in (
        ("accords?state=MAR", lambda found: [item["id"] for item in found["items"]]),
        ("missions?state=BEL", lambda found: [item["id"] for item in found["items"]]),
        ("search?q=belgi", lambda found: [hit["label"] for hit in found["hits"]]),
        ("partners/BEL", lambda found: [tie["partner"] for tie in found["maps"][0]["partners"]]),
        ("network?state=BEL", lambda found: sorted(node["id"] for node in found["nodes"])),
    ):
        now = client.get(f"/api/v1/{asked}")
        then = client.get(f"/api/v1/{asked}{'&' if '?' in asked else '?'}{THEN}")
        assert (now.status_code, then.status_code) == (200, 200), asked
        assert then.json()["snapshot"] != now.json()["snapshot"]
        assert then.headers["ETag"] != now.headers["ETag"]
        assert (names(now.json()) == names(then.json())) is asked.startswith(("accords", "partners")), asked
    assert client.get(f"/api/v1/missions.csv?state=BEL&{THEN}").text.count("\n") == 1
    assert client.get("/api/v1/accords?known_at=then").status_code == 400
    assert client.get("/api/v1/network?known_at=1999").status_code == 404


def test_sentences_beside_a_network_of_then_are_those_of_its_sources(client: TestClient, accord: str) -> None:
    def beside(asked: str) -> str:
        edges = client.get(f"/api/v1/network?{asked}").json()["edges"]
        found = next(edge["sentences"] for edge in edges if edge["fact"] == accord)
        return client.get(found, headers={"Accept": "text/html"}).text

    now, then = beside("state=RWA"), beside(f"state=RWA&{THEN}")
    assert '<blockquote lang="en">' in now
    assert '<blockquote lang="fr">' in then
    assert '<blockquote lang="en">' not in then
    assert client.get(f"/entities/{accord}/sentences?known_at=1999").status_code == 404


def test_pages_of_a_listing_of_then_are_its_own(client: TestClient) -> None:
    asked = f"/api/v1/claims?limit=1&{THEN}"
    first = client.get(asked).json()
    second = client.get(f"{asked}&cursor={first['next']}").json()
    assert (first["snapshot"], first["truncated"]) == (second["snapshot"], True)
    assert first["items"] != second["items"]
    assert client.get(f"/api/v1/claims?limit=1&cursor={first['next']}").status_code == 400
