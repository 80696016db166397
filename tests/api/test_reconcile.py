"""What OpenRefine asks: the manifest, candidates for names, suggestions, columns, previews."""

import json
import re
import unicodedata
from typing import Any

import pytest
from fastapi.testclient import TestClient

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ask(client: TestClient, **queries: dict[str, Any]) -> Any:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    return {name: found["result"] for name, found in answer.json().items()}


def test_the_manifest_names_version_spaces_and_services(client: TestClient) -> None:
    told = client.get("/reconcile").json()
    assert told["versions"] == ["0.2"]
    assert told["identifierSpace"] == "https://w3id.org/diplograph/id/"
    assert {kind["id"] for kind in told["defaultTypes"]} == {"State", "Organisation", "Person", "Accord"}
    for service in ("entity", "property", "type"):
        where = told["suggest"][service]
        assert client.get(where["service_path"], params={"prefix": "mar"}).status_code == 200
    view = client.get(told["view"]["url"].replace("{{id}}", "state/MAR"), follow_redirects=False)
    assert view.status_code == 303


def test_a_whole_name_in_either_language_or_a_code_is_a_match(client: TestClient) -> None:
    for text in ("Maroc", "morocco", "MAR", "  MAROC "):
        [best, *_] = ask(client, q={"query": text, "type": "State"})["q"]
        assert (best["id"], best["match"], best["score"]) == ("state/MAR", True, 100), text


def test_names_in_another_order_or_spelling_are_candidates(client: TestClient) -> None:
    found = ask(
        client,
        turned={"query": "Mugisha, Jean", "type": "Person"},
        misspelt={"query": "Morroco", "type": ["State"]},
        nothing={"query": "Qqqqq", "type": "State"},
    )
    assert found["turned"][0]["id"].startswith("person/")
    assert found["turned"][0]["score"] > 90
    assert found["misspelt"][0]["id"] == "state/MAR"
    assert found["misspelt"][0]["score"] < 100
    assert found["nothing"] == []


def test_a_slip_in_the_beginning_of_a_name_hides_no_state(client: TestClient) -> None:
    names = {"Rwanda": "Wranda", "Japan": "Jpaan", "Denmark": "Dnmark", "Maroc": "Mraoc"}
    found = ask(client, **{right: {"query": wrong, "type": "State"} for right, wrong in names.items()})
    ids = {right: results[0]["id"] for right, results in found.items()}
    assert ids == {"Rwanda": "state/RWA", "Japan": "state/JPN", "Denmark": "state/DNK", "Maroc": "state/MAR"}
    assert not any(result["match"] for results in found.values() for result in results)
    decomposed = ask(client, q={"query": unicodedata.normalize("NFD", "Sénégal"), "type": "State"})["q"][0]
    assert (decomposed["id"], decomposed["score"], decomposed["match"]) == ("state/SEN", 100, True)


def test_suggestions_heed_the_type_and_go_on_from_a_place(client: TestClient) -> None:
    def suggested(**asked: Any) -> list[dict[str, Any]]:
        answer = client.get("/reconcile/suggest/entity", params={"prefix": "mar", **asked})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["result"])

    states = suggested(type="State", type_strict="should", callback="x")
    assert states and all(one["id"].startswith("state/") for one in states)
    assert suggested(type="Dragon") == []
    assert suggested(limit=1) + suggested(limit=1, cursor=1) == suggested(limit=2)


def test_a_suggestion_is_told_of_in_a_few_words(client: TestClient) -> None:
    path = client.get("/reconcile").json()["suggest"]["entity"]["flyout_service_path"].replace("${id}", "state/MAR")
    assert client.get(f"{path}&lang=en").json() == {"id": "state/MAR", "html": "<p>Morocco</p><p>state</p>"}
    assert client.get("/reconcile/flyout/entity?id=state/XXX").status_code == 404
    evil = client.get("/reconcile/suggest/entity", params={"prefix": "Zed", "type": "Person"}).json()["result"][0]["id"]
    assert "<img" not in client.get("/reconcile/flyout/entity", params={"id": evil}).json()["html"]


def test_a_column_beside_the_name_tells_namesakes_apart(client: TestClient) -> None:
    serves = [{"pid": "serves", "v": "Rwanda"}]
    right = ask(client, q={"query": "Jean Mugisha", "type": "Person", "properties": serves})["q"][0]
    wrong = ask(client, q={"query": "Jean Mugisha", "type": "Person", "properties": [{"pid": "serves", "v": "Japan"}]})["q"][0]
    assert right["id"] == wrong["id"]
    assert right["match"] and right["score"] > wrong["score"]
    assert not wrong["match"]


def test_the_same_batch_by_get(client: TestClient) -> None:
    queries = {"q0": {"query": "Rwanda", "type": "State", "limit": 1}}
    by_get = client.get("/reconcile", params={"queries": json.dumps(queries)}).json()
    assert by_get == client.post("/reconcile", data={"queries": json.dumps(queries)}).json()
    assert [one["id"] for one in by_get["q0"]["result"]] == ["state/RWA"]


def test_columns_are_filled_from_the_graph(client: TestClient, accord: str) -> None:
    asked = {"ids": [accord, "accord/none"], "properties": [{"id": "signedOn"}, {"id": "party"}]}
    told = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [column["id"] for column in told["meta"]] == ["signedOn", "party"]
    row = told["rows"][accord]
    assert row["signedOn"] == [{"str": "2025-06-18"}]
    assert {cell["id"] for cell in row["party"]} == {"state/MAR", "state/RWA"}
    assert told["rows"]["accord/none"] == {"signedOn": [], "party": []}


def test_columns_are_proposed_for_a_type(client: TestClient) -> None:
    told = client.get("/reconcile/properties", params={"type": "Accord"}).json()
    assert {"signedOn", "accordType"} <= {one["id"] for one in told["properties"]}
    assert client.get("/reconcile/properties", params={"type": "Dragon"}).status_code == 422


def test_a_preview_may_be_framed_and_shows_its_sentence(client: TestClient, accord: str) -> None:
    shown = client.get("/reconcile/preview", params={"id": accord})
    assert shown.status_code == 200
    assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert "<blockquote" in shown.text
    assert client.get("/reconcile/preview", params={"id": "accord/none"}).status_code == 404


def test_a_preview_of_a_state_tells_it_from_others(client: TestClient) -> None:
    shown = client.get("/reconcile/preview", params={"id": "state/MAR"}).text
    assert {"Kingdom of Morocco", "504", "Q1028"} <= set(re.findall(r"[\w ]+", shown))
    assert "Moroccans" not in shown


@pytest.mark.parametrize(
    "form",
    [
        {"queries": "["},
        {"queries": '{"q": {}}'},
        {"queries": '{"q": {"query": "x", "type": "Dragon"}}'},
        {"queries": json.dumps({f"q{i}": {"query": "x"} for i in range(101)})},
        {"extend": '{"ids": 1}'},
        {"queries": "{}", "extend": "{}"},
        {},
    ],
)
def test_what_is_no_request_is_refused(client: TestClient, form: dict[str, str]) -> None:
    answer = client.post("/reconcile", data=form, headers=FORM)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_a_wrong_batch_says_where(client: TestClient) -> None:
    wrong = client.post("/reconcile", data={"queries": json.dumps({"q0": {"query": "Maroc"}, "q1": {"query": ""}})})
    assert (wrong.status_code, wrong.json()["detail"][:18]) == (400, "queries.q1.query: ")
    assert client.get("/reconcile?queries=x").json()["detail"].startswith("queries: Invalid JSON")
