"""The service as a whole: its description, its health, and how it follows what is loaded while it runs."""

import json
import re
import time
from collections.abc import Callable, Iterator

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.model.claims import Source, SourceClaims
from graph.settings import Settings
from graph.workspace import Workspace
from tests.api.conftest import load_stories

METHODS = ("get", "post", "delete")


def test_the_description_is_complete(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    ids = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert method in METHODS
            ids.append(operation["operationId"])
            assert operation["summary"] and operation["description"], path
            assert operation["tags"], path
            for status, response in operation["responses"].items():
                assert response["description"], (path, status)
                if int(status) >= 400 and path != "/readyz":
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
                    assert response["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
            if path.startswith(("/api/", "/sparql")):
                assert {"400", "500", "503"} <= set(operation["responses"]), path
    assert len(ids) == len(set(ids))
    assert "HTTPValidationError" not in str(document)


def test_its_examples_are_as_it_says(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    found = {json.dumps(pair): pair for pair in examples(document)}
    assert len(found) > 200
    for schema, example in found.values():
        whole = {**schema, "components": document["components"]}
        assert jsonschema_rs.is_valid(whole, example), (schema, example)


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_what_is_no_json_is_not_understood(client: TestClient, media: str) -> None:
    answer = client.post("/api/v1/cypher", content='{"query": "RETURN 1 AS one"}', headers={"Content-Type": media})
    assert (answer.status_code, answer.headers["Content-Type"]) == (415, "application/problem+json")
    assert f"application/json, not as {media}" in answer.json()["detail"]
    wrong = client.post("/api/v1/cypher", content="{", headers={"Content-Type": "application/json; charset=utf-8"})
    assert wrong.status_code == client.post("/api/v1/cypher").status_code == 400


def examples(document: dict) -> Iterator[tuple[dict, object]]:
    """Each example of a parameter, a body or a field, with its schema."""
    for operation in (operation for path in document["paths"].values() for operation in path.values()):
        bodies = (operation.get("requestBody", {}), *operation["responses"].values())
        contents = [content for body in bodies for content in body.get("content", {}).values()]
        for told in (*operation.get("parameters", ()), *contents):
            if "example" in told:
                yield told["schema"], told["example"]
            yield from ((told["schema"], one) for one in told.get("schema", {}).get("examples", ()))
    for schema in document["components"]["schemas"].values():
        yield from ((field, one) for field in schema.get("properties", {}).values() for one in field.get("examples", ()))


def test_every_model_has_examples(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    own = (
        "Problem",
        "Resource",
        "Listing",
        "QuestionAnswer",
        "QuestionInfo",
        "EvidencePassage",
        "FoundThing",
        "NetworkView",
        "Readiness",
    )
    for name in own:
        plain = [value for value in schemas[name]["properties"].values() if "$ref" not in value and "items" not in value]
        assert any("examples" in value for value in plain), name
    assert "code: 'MAR'" in schemas["CypherQuery"]["example"]["query"]


def test_every_question_is_described_with_its_parameters(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    names = {item["name"]: item for item in paths["/api/v1/questions/accords"]["get"]["parameters"]}
    assert set(names) == {"state", "since", "until", "as_of", "domain", "lang", "via", "format", "known_at", "known_by"}
    assert names["state"]["required"] is True


def test_closed_lists_are_said_once_and_named_by_parameters(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    lists = document["components"]["schemas"]
    assert all(re.search(lists["AgentCode"]["pattern"], code) for code in ("MAR", "RWA", "AU"))
    assert re.search(lists["AgentCode"]["pattern"], "XYZ") is None
    assert "defence" in lists["Domain"]["enum"]
    names = {item["name"]: item["schema"] for item in document["paths"]["/api/v1/questions/accords"]["get"]["parameters"]}
    assert names["state"] == {"$ref": "#/components/schemas/AgentOrRegion"}
    assert re.search(lists["AgentOrRegion"]["pattern"], "western_africa")
    assert re.search(lists["AgentCode"]["pattern"], "western_africa") is None
    listed = {item["name"]: item["schema"] for item in document["paths"]["/api/v1/accords"]["get"]["parameters"]}
    assert "AgentCode" in str(listed["state"])
    answer = client.get("/api/v1/questions/accords?state=northern_africa&via=sparql").json()
    assert {row["state"] for row in answer["rows"]} == {"MAR"}
    assert [column["name"] for column in answer["columns"]][:2] == ["state", "accord"]
    assert names["domain"] == {"anyOf": [{"$ref": "#/components/schemas/Domain"}, {"const": ""}]}


def test_what_a_path_does_not_do_names_what_it_does(client: TestClient) -> None:
    answer = client.put("/sparql")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    refused = client.delete("/api/v1/accords")
    assert (refused.headers["Allow"], refused.json()["detail"]) == ("GET, HEAD", "DELETE: this address takes GET, HEAD")


def test_what_is_misspelt_is_shown_the_way(client: TestClient) -> None:
    assert client.get("/api/v1/accords?stat=MAR").json()["detail"].endswith("did you mean state or status?")
    assert "there are as_of, cursor, " in client.get("/api/v1/accords?next=1").json()["detail"]
    assert "/docs" in client.get("/api/v1/acords").json()["detail"]


def test_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "alive"
    ready = client.get("/readyz").json()
    assert ready["ready"] is True
    assert ready["record"] == ready["graph"]


def test_reads_are_open_to_other_origins_and_compressed(client: TestClient) -> None:
    answer = client.get("/api/v1/states", headers={"Origin": "https://elsewhere.example", "Accept-Encoding": "gzip"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_head_is_answered_as_get_without_the_body(client: TestClient) -> None:
    for path in ("/", "/api/v1/accords", "/id/state/MAR.ttl", "/sparql?query=ASK{}", "/static/site.css"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Type"] == got.headers["Content-Type"]
        assert head.headers.get("ETag") == got.headers.get("ETag")
    assert client.head("/nowhere").status_code == 404


def test_an_empty_folder_says_what_to_do_and_serves_what_it_can(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(data=tmp_path_factory.mktemp("empty"), engine_heap_mb=512, engine_linger=0, engine_start_seconds=180)
    with TestClient(create_app(settings)) as empty:
        assert empty.get("/healthz").status_code == 200
        for path in ("/readyz", "/api/v1/accords", "/api/v1/questions/accords?state=MAR&via=sparql"):
            assert empty.get(path).status_code == 503, path
        page = empty.get("/?lang=fr", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert "diplograph load" in page.text
        assert "Réessayez" in page.text
        assert page.headers["Retry-After"]


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_what_is_loaded_while_it_runs_is_served_and_old_cursors_keep_their_listing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings = load_stories(tmp_path_factory.mktemp("growing"))
    with TestClient(create_app(settings)) as client:
        before = client.get("/readyz").json()["record"]
        first = client.get("/api/v1/sources?limit=2").json()
        tag = client.get("/api/v1/sources").headers["ETag"]
        Workspace(settings).load([SourceClaims(Source("Nothing to read here.", title="New", published="2030-01-01"))])
        until(lambda: client.get("/readyz").json().get("record") != before)
        assert client.get("/readyz").json()["ready"] is True
        assert client.get("/api/v1/sources", headers={"If-None-Match": tag}).status_code == 200
        rest = client.get(f"/api/v1/sources?limit=2&cursor={first['next']}").json()
        assert (rest["snapshot"], rest["truncated"]) == (before, False)
        assert len({item["id"] for item in (*first["items"], *rest["items"])}) == 3
        assert client.get("/api/v1/sources").json()["snapshot"] != before


def test_a_folder_whose_property_graph_is_behind_is_brought_up_at_start(tmp_path_factory: pytest.TempPathFactory) -> None:
    from graph.property.bolt import open_graph

    settings = load_stories(tmp_path_factory.mktemp("behind"))
    with open_graph(settings) as graph:
        graph.clear()
        with TestClient(create_app(settings)) as client:
            assert client.get("/readyz").json()["ready"] is True
            assert client.get("/api/v1/questions/accords?state=RWA").json()["count"] == 1
