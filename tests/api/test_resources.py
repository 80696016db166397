"""Listings, single things, evidence, search and network, as a dashboard asks for them."""

import base64
import json

import pytest
from fastapi.testclient import TestClient

from api.cursors import Cursor, listing_key
from graph.asking.resources import load_resources


@pytest.mark.parametrize("name", [*load_resources()])
def test_every_listing_answers_and_refuses_what_it_does_not_know(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/{name}?limit=3")
    assert answer.status_code == 200
    listing = answer.json()
    assert listing["truncated"] == (listing["next"] is not None)
    assert client.get(f"/api/v1/{name}?limt=3").status_code == 400
    assert client.get(f"/api/v1/{name}?limit=3&limit=4").status_code == 400
    assert client.get(f"/api/v1/{name}?limit=0").status_code == 400


def walk(client: TestClient, name: str, limit: int) -> list[str]:
    ids, cursor = [], ""
    while True:
        listing = client.get(f"/api/v1/{name}?limit={limit}{cursor}").json()
        assert len(listing["items"]) <= limit
        ids += [item["id"] for item in listing["items"]]
        if listing["next"] is None:
            return ids
        cursor = f"&cursor={listing['next']}"


@pytest.mark.parametrize("name", ["people", "accords", "sources", "claims"])
def test_pages_together_are_the_whole_each_thing_once(client: TestClient, name: str) -> None:
    whole = walk(client, name, 500)
    assert len(whole) > 1
    assert walk(client, name, 1) == whole
    assert len(set(whole)) == len(whole)


def test_states_are_listed_by_name_without_regard_to_accents(client: TestClient) -> None:
    names = [item["label"]["fr"] for item in client.get("/api/v1/states?limit=500&lang=fr").json()["items"]]
    assert names.index("Espagne") < names.index("Éthiopie") < names.index("France")


@pytest.mark.parametrize("cursor", ["x", "AAAA", "WzEsIDJd", "WyJhIiwgLTFd", "%00", "bnVsbA"])
def test_a_cursor_that_is_none_of_ours_is_refused(client: TestClient, cursor: str) -> None:
    assert client.get(f"/api/v1/accords?cursor={cursor}").status_code == 400


def test_a_cursor_that_leads_nowhere_is_not_found(client: TestClient) -> None:
    for cursor in ("A" * 30, "WyJnb25lIiwgMF0" + "A" * 20, "W" * 400):
        assert client.get(f"/api/v1/accords?cursor={cursor}").status_code == 404


def test_a_cursor_fits_its_own_listing_only(client: TestClient) -> None:
    cursor = client.get("/api/v1/states?limit=2&lang=fr").json()["next"]
    assert client.get(f"/api/v1/states?limit=3&lang=fr&cursor={cursor}").status_code == 200
    for other in ("states?sort=-label&lang=fr", "states?type=HistoricState&lang=fr", "states?lang=en", "organisations?lang=fr"):
        assert client.get(f"/api/v1/{other}&cursor={cursor}").status_code == 400, other


def test_a_cursor_of_a_snapshot_that_is_gone_says_so(client: TestClient) -> None:
    cursor = Cursor("gone", listing_key("accords", "en", {}), ("2025-06-18", "accord/0000000000000000")).text()
    answer = client.get(f"/api/v1/accords?lang=en&cursor={cursor}")
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (410, "cursor-expired")


def test_a_state_by_its_code(client: TestClient) -> None:
    state = client.get("/api/v1/states/rwa").json()
    assert (state["id"], state["page"]) == ("https://w3id.org/diplograph/id/state/RWA", "/states/RWA")
    assert state["label"] == {"fr": "Rwanda", "en": "Rwanda"}
    assert client.get("/api/v1/states/XYZ").status_code == 404


def test_an_entity_shows_both_versions_where_sources_disagree(client: TestClient, accord: str) -> None:
    entity = client.get(f"/api/v1/entities/{accord}?lang=en").json()
    assert entity["source_count"] == 2
    (dispute,) = entity["disputes"]
    assert dispute["property"] == "place"
    assert {version["values"][0]["label"] for version in dispute["versions"]} == {"Rabat", "Kigali"}


def test_evidence_quotes_each_source_word_for_word(client: TestClient, accord: str) -> None:
    passages = client.get(f"/api/v1/evidence/{accord}").json()["passages"]
    assert [passage["source"]["publisher"] for passage in passages] == ["Le Courrier d'essai", "The Test Courier"]
    for passage in passages:
        assert passage["quote"] in passage["sentence"]
        assert passage["end"] - passage["start"] == len(passage["quote"])


def test_an_explanation_marks_the_trigger_in_the_sentence(client: TestClient, accord: str) -> None:
    passage = client.get(f"/api/v1/explain/{accord}").json()["claims"][0]["passages"][0]
    marked = {mark["role"]: passage["sentence"][mark["start"] : mark["end"]] for mark in passage["marks"]}
    assert marked == {"trigger": "ont signé", "parties": "Rabat et Kigali"}


@pytest.mark.parametrize("path", ["entities", "evidence", "explain"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/api/v1/{path}/accord/0000000000000000").status_code == 404
    assert client.get(f"/api/v1/{path}/accord/a%20b").status_code == 400


def test_search_ignores_accents_and_capitals(client: TestClient) -> None:
    hits = client.get("/api/v1/search?q=ETATS-unis&lang=fr").json()["hits"]
    assert hits[0]["id"].endswith("/state/USA")
    people = client.get("/api/v1/search?q=mugisha&kind=Person").json()["hits"]
    assert [hit["label"] for hit in people] == ["Jean Mugisha"]


def test_search_says_when_it_leaves_hits_out(client: TestClient) -> None:
    assert client.get("/api/v1/search?q=mar&limit=1").json()["truncated"] is True
    assert client.get("/api/v1/search?q=mugisha&kind=Person&limit=1").json()["truncated"] is False
    assert client.get("/api/v1/search?q=mar&kind=Planet").status_code == 422
    assert client.get("/api/v1/search").status_code == 400


def test_every_edge_of_the_network_leads_to_its_sentences(client: TestClient) -> None:
    view = client.get("/api/v1/network?lang=en").json()
    ids = {node["id"] for node in view["nodes"]}
    assert view["edges"]
    for edge in view["edges"]:
        assert {edge["from"], edge["to"]} <= ids
        assert client.get(edge["sentences"], headers={"Accept": "text/html"}).status_code == 200


def test_the_network_has_places_and_no_physics_and_is_the_same_each_time(client: TestClient) -> None:
    view = client.get("/api/v1/network").json()
    assert view["options"]["physics"]["enabled"] is False
    assert len({(node["x"], node["y"]) for node in view["nodes"]}) == len(view["nodes"])
    assert client.get("/api/v1/network").json() == view


def test_the_network_around_a_state_is_a_part_of_it_and_says_what_it_leaves_out(client: TestClient) -> None:
    whole, around = client.get("/api/v1/network").json(), client.get("/api/v1/network?state=BEL").json()
    assert {node["id"] for node in around["nodes"]} < {node["id"] for node in whole["nodes"]}
    assert client.get("/api/v1/network?around=state/BEL").json()["nodes"] == around["nodes"]
    assert client.get("/api/v1/network?limit=4").json()["truncated"] > 0
    assert client.get("/api/v1/network?state=BEL&around=state/BEL").status_code == 409
    assert client.get("/api/v1/network?state=QQQ").status_code == 422


def test_a_cursor_that_was_changed_is_refused(client: TestClient) -> None:
    cursor = client.get("/api/v1/sources?limit=1&lang=fr").json()["next"]
    told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for place, other in enumerate(["0" * 32, "2000", "source/" + "0" * 64, "0" * 16]):
        changed = json.dumps([*told[:place], other, *told[place + 1 :]]).encode()
        text = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        assert client.get(f"/api/v1/sources?lang=fr&cursor={text}").status_code == 400, place
    flipped = {
        cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :] for place, letter in enumerate(cursor[:-1])
    }
    assert {client.get(f"/api/v1/sources?lang=fr&cursor={text}").status_code // 100 for text in flipped} == {4}


@pytest.mark.parametrize("form", ["json", "ttl", "csv"])
@pytest.mark.parametrize("address", ["states", "states/MAR", "entities/state/MAR", "search?q=mar", "partners/MAR"])
def test_what_is_known_is_answered_with_the_same_headers(client: TestClient, address: str, form: str) -> None:
    headers = {"Accept": {"json": "application/json", "ttl": "text/turtle", "csv": "text/csv"}[form]}
    whole = client.get(f"/api/v1/{address}", headers=headers)
    if whole.status_code == 406:
        return
    for given in ("*", whole.headers["ETag"], whole.headers["ETag"].removeprefix("W/"), f'"x", {whole.headers["ETag"]}'):
        for method in ("GET", "HEAD"):
            known = client.request(method, f"/api/v1/{address}", headers={**headers, "If-None-Match": given})
            assert (known.status_code, known.content) == (304, b"")
            for name in ("ETag", "Vary", "Cache-Control"):
                assert known.headers[name] == whole.headers[name], name
    assert client.get(f"/api/v1/{address}", headers={**headers, "If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    "address", ["states/XXX", "accords/none", "entities/state/XXX", "states?foo=1", "partners/MAR?years=0"]
)
def test_what_is_no_answer_is_never_known(client: TestClient, address: str) -> None:
    refused = client.get(f"/api/v1/{address}").status_code
    assert refused in (400, 404)
    for given in ("*", client.get("/api/v1/states").headers["ETag"], client.get("/api/v1/states/MAR").headers["ETag"]):
        assert client.get(f"/api/v1/{address}", headers={"If-None-Match": given}).status_code == refused


def test_a_copy_in_one_language_is_not_known_in_the_other(client: TestClient) -> None:
    for address in ("entities/state/MAR", "evidence/state/MAR", "search?q=mar", "states"):
        french = client.get(f"/api/v1/{address}", headers={"Accept-Language": "fr"}).headers["ETag"]
        english = client.get(f"/api/v1/{address}", headers={"Accept-Language": "en", "If-None-Match": french})
        assert english.status_code == 200, address


@pytest.mark.parametrize(
    ("given", "coding"),
    [("gzip", "gzip"), ("br, gzip;q=0.5", "gzip"), ("gzip;q=0", None), ("identity", None), ("gzip;q=0.0, br", None)],
)
def test_answers_are_compressed_where_that_is_taken(client: TestClient, given: str, coding: str | None) -> None:
    answer = client.get("/api/v1/states", headers={"Accept-Encoding": given})
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"].split(", ").count("Accept-Encoding") == 1
