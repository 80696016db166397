"""Cypher and SPARQL of strangers over HTTP, and things under their own addresses."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from api.access.keys import KeyRing, Scope
from api.access.visitors import anonymous_scopes
from api.app import create_app
from graph.settings import Settings

SELECT = "SELECT ?accord { ?accord a <https://w3id.org/diplograph/ontology#Accord> }"
RESULTS = "application/sparql-results+json"


def test_sparql_answers_all_three_forms_of_the_protocol(client: TestClient) -> None:
    got = client.get("/sparql", params={"query": SELECT})
    form = client.post("/sparql", data={"query": SELECT})
    body = client.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"})
    assert got.headers["Content-Type"] == RESULTS
    assert len(got.json()["results"]["bindings"]) == 2
    assert got.json() == form.json() == body.json()


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/json", RESULTS),
        ("ASK {}", "*/*", RESULTS),
        ("CONSTRUCT WHERE { ?s a ?c }", "application/n-triples", "application/n-triples"),
        ("DESCRIBE <https://w3id.org/diplograph/id/state/MAR>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_sparql_answers_in_the_form_that_is_asked_for(client: TestClient, query: str, accept: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)


def test_sparql_of_a_known_snapshot_is_answered_with_304(client: TestClient) -> None:
    tag = client.get("/sparql", params={"query": SELECT}).headers["ETag"]
    again = client.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"default-graph-uri": "https://evil.example/"}, 400),
        ({"query": "SELECT"}, 400),
        ({"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}, 400),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, 400),
        ({"query": SELECT, "default-graph-uri": "file:///etc/passwd"}, 400),
        ({"update": "CLEAR ALL"}, 400),
        ({"query": SELECT, "limit": "3"}, 400),
    ],
)
def test_sparql_refuses_what_is_no_query_of_ours(client: TestClient, parameters: dict[str, str], status: int) -> None:
    assert client.get("/sparql", params=parameters).status_code == status


def test_sparql_refuses_forms_it_does_not_know(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"}).status_code == 406
    assert client.post("/sparql", content=SELECT, headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}).status_code == 400
    bad = client.post("/sparql", content=b"\xff", headers={"Content-Type": "application/sparql-query"})
    assert bad.status_code == 400


def test_cypher_reads_with_parameters(client: TestClient) -> None:
    query = "MATCH (s:State {code: $code})<-[:PARTY]-(a:Accord) RETURN a.signedOn AS day"
    answer = client.post("/api/v1/cypher", json={"query": query, "parameters": {"code": "RWA"}})
    shown = client.get("/readyz").json()["graph"]
    rows = {"columns": ["day"], "rows": [{"day": "2025-06-18"}], "count": 1, "truncated": False}
    assert answer.json() == {"snapshot": shown, **rows}


@pytest.mark.parametrize(
    "query", ["MATCH (n) DETACH DELETE n", "LOAD CSV FROM 'file:///etc/passwd' AS x RETURN x", "CALL db.labels()", ""]
)
def test_cypher_refuses_what_does_more_than_read(client: TestClient, query: str) -> None:
    assert client.post("/api/v1/cypher", json={"query": query}).status_code == 400


def test_a_body_that_is_no_query_is_a_problem(client: TestClient) -> None:
    for body in ("{", "[]", '{"query": 1}', '{"query": "RETURN 1", "more": 2}'):
        answer = client.post("/api/v1/cypher", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("host", "setting", "on"),
    [("127.0.0.1", None, True), ("0.0.0.0", None, False), ("0.0.0.0", True, True), ("127.0.0.1", False, False)],
)
def test_cypher_is_open_on_loopback_or_where_it_is_switched_on(
    tmp_path: Path, host: str, setting: bool | None, on: bool
) -> None:
    settings = Settings(data=tmp_path, host=host, raw_cypher=setting)
    assert (Scope.CYPHER in anonymous_scopes(settings)) is on


def test_elsewhere_cypher_needs_a_key(client: TestClient, loaded: Settings) -> None:
    ring = KeyRing(loaded.data)
    token, poor = (ring.issue("desk", (scope,), datetime.now(UTC))[1] for scope in (Scope.CYPHER, Scope.REVIEW))
    with TestClient(create_app(loaded.model_copy(update={"host": "0.0.0.0"}))) as public:
        asked = {"query": "MATCH (s:State {code: 'MAR'}) RETURN s.code AS code"}
        assert public.post("/api/v1/cypher", json=asked).status_code == 401
        assert public.post("/api/v1/cypher", json=asked, headers={"X-API-Key": poor}).status_code == 403
        answer = public.post("/api/v1/cypher", json=asked, headers={"X-API-Key": token})
        assert answer.json()["rows"] == [{"code": "MAR"}]
        assert public.get("/metrics").status_code == 401
        assert public.get("/healthz").headers["RateLimit-Policy"] == '"compute";q=60;w=60'


def test_a_person_signs_in_with_a_key_and_out_again(client: TestClient, loaded: Settings) -> None:
    token = KeyRing(loaded.data).issue("Aïcha <b>", (Scope.REVIEW,), datetime.now(UTC))[1]
    form = {"Origin": "http://testserver", "Content-Type": "application/x-www-form-urlencoded"}
    with TestClient(create_app(loaded)) as browser:
        assert browser.post("/session", content="key=dg_0_x", headers=form).status_code == 401
        for back, lands in (("/states", "/states"), ("//evil.example", "/"), ("https://evil.example/", "/"), ("/\\evil", "/")):
            body = urlencode({"key": token, "back": back})
            answer = browser.post("/session", content=body, headers=form, follow_redirects=False)
            assert (answer.status_code, answer.headers["Location"]) == (303, lands)
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie
        page = browser.get("/session", headers={"Accept": "text/html"}).text
        assert "Aïcha &lt;b&gt;" in page and token not in page
        assert browser.post("/session/end", headers=form, follow_redirects=False).status_code == 303
        assert "Aïcha" not in browser.get("/session").text


def test_doors_that_are_switched_off_are_not_there(client: TestClient, loaded: Settings) -> None:
    closed = loaded.model_copy(update={"raw_sparql": False, "raw_cypher": False})
    with TestClient(create_app(closed)) as other:
        assert other.get("/sparql", params={"query": SELECT}).status_code == 404
        assert other.post("/api/v1/cypher", json={"query": "RETURN 1"}).status_code == 404


def test_a_thing_leads_to_its_page_or_its_data(client: TestClient, accord: str) -> None:
    for accept, target in (
        ("text/html", f"/entities/{accord}"),
        ("text/turtle", f"/id/{accord}.ttl"),
        ("application/ld+json", f"/id/{accord}.jsonld"),
        ("application/n-triples", f"/id/{accord}.nt"),
        ("application/rdf+xml", f"/id/{accord}.rdf"),
        ("text/xml", f"/id/{accord}.rdf"),
    ):
        answer = client.get(f"/id/{accord}", headers={"Accept": accept}, follow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, target)
    assert client.get(f"/id/{accord}", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/id/accord/0000000000000000").status_code == 404


@pytest.mark.parametrize(
    ("suffix", "form"),
    [("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD), ("nt", RdfFormat.N_TRIPLES), ("rdf", RdfFormat.RDF_XML)],
)
def test_the_data_of_a_fact_hold_its_quotes_in_every_form(
    client: TestClient, accord: str, suffix: str, form: RdfFormat
) -> None:
    answer = client.get(f"/id/{accord}.{suffix}")
    quads = list(parse(answer.content, format=form))
    quotes = {quad.object.value for quad in quads if quad.predicate.value.endswith("#quote")}
    assert "signed a defence agreement in Kigali on 18 June 2025" in quotes
    assert len(quotes) == 2
    again = client.get(f"/id/{accord}.{suffix}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_form_or_thing_that_is_not_there_is_not_found(client: TestClient, accord: str) -> None:
    assert client.get(f"/id/{accord}.doc").status_code == 404
    assert client.get("/id/accord/0000000000000000.ttl").status_code == 404
    assert client.get("/id/a%20b/c%3C.ttl").status_code == 404
