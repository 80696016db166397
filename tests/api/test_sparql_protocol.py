"""`/sparql` against what the SPARQL 1.1 Protocol says of queries; updates are refused whatever their form."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
ASK, DIP = "ASK {}", "https://w3id.org/diplograph/ontology#"
GRAPHS = f"SELECT DISTINCT ?g {{ {{ ?c a <{DIP}Claim> }} UNION {{ GRAPH ?g {{ ?c a <{DIP}Claim> }} }} }}"


@pytest.fixture(scope="module")
def sources(client: TestClient) -> list[str]:
    """The graphs of two sources."""
    rows = client.get("/sparql", params={"query": GRAPHS + " ORDER BY ?g"}).json()["results"]["bindings"]
    return [row["g"]["value"] for row in rows][:2]


def graphs(response: Response) -> list[str]:
    """The named graphs with claims, and "" where the default graph has some."""
    assert response.status_code == 200, response.text
    return sorted(row["g"]["value"] if row else "" for row in response.json()["results"]["bindings"])


def test_query_by_get_form_and_body(client: TestClient) -> None:
    for response in (
        client.get("/sparql", params={"query": ASK}),
        client.post("/sparql", data={"query": ASK}),
        client.post("/sparql", content=ASK, headers=DIRECT),
        client.post("/sparql", content=ASK, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}),
        client.post("/sparql", content=ASK, headers={"Content-Type": 'application/sparql-query;charset="utf-8"'}),
        client.post("/sparql", params={"query": ASK}),
    ):
        assert (response.status_code, response.json()["boolean"]) == (200, True)


def test_the_dataset_is_what_the_request_names(client: TestClient, sources: list[str]) -> None:
    first, second = sources
    for names, expected in (
        ([("default-graph-uri", first)], [""]),
        ([("default-graph-uri", first), ("default-graph-uri", second)], [""]),
        ([("named-graph-uri", first)], [first]),
        ([("named-graph-uri", first), ("named-graph-uri", second)], [first, second]),
        ([("default-graph-uri", first), ("named-graph-uri", second)], ["", second]),
    ):
        in_form = "&".join(f"{name}={value}" for name, value in [("query", GRAPHS.replace("#", "%23")), *names])
        assert graphs(client.get("/sparql", params=[("query", GRAPHS), *names])) == expected
        assert graphs(client.post("/sparql", content=in_form, headers=FORM)) == expected
        assert graphs(client.post("/sparql", params=names, content=GRAPHS, headers=DIRECT)) == expected


def test_the_dataset_of_the_request_wins_over_that_of_the_query(client: TestClient, sources: list[str]) -> None:
    first, second = sources
    query = GRAPHS.replace(" { {", f" FROM NAMED <{first}> {{ {{", 1)
    assert graphs(client.get("/sparql", params={"query": query})) == [first]
    assert graphs(client.get("/sparql", params={"query": query, "named-graph-uri": second})) == [second]
    assert graphs(client.get("/sparql", params={"query": query, "default-graph-uri": second})) == [""]


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("SELECT * {}", None, "application/sparql-results+json"),
        ("SELECT * {}", "*/*", "application/sparql-results+json"),
        ("SELECT * {}", "application/*", "application/sparql-results+json"),
        ("SELECT * {}", "text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("SELECT * {}", "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("SELECT * {}", "text/tab-separated-values; charset=utf-8; Q=0.3, image/png", "text/tab-separated-values"),
        ("SELECT * {}", "text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("SELECT * {}", "text/csv;q=2, application/xml;q=0.001", "application/sparql-results+xml"),
        (ASK, "application/json", "application/sparql-results+json"),
        (ASK, "text/csv", "text/csv"),
        ("DESCRIBE <x>", None, "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/plain", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle;q=0.1, application/n-triples;q=0.2", "application/n-triples"),
    ],
)
def test_content_types_by_form_and_quality(client: TestClient, query: str, accept: str | None, media: str) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = client.get("/sparql", params={"query": query}, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, media)


@pytest.mark.parametrize(
    ("query", "accept"),
    [("SELECT * {}", "text/turtle"), ("SELECT * {}", "text/csv;q=0"), (ASK, "image/png"), ("DESCRIBE <x>", "text/csv")],
)
def test_a_form_that_no_such_answer_has_is_406(client: TestClient, query: str, accept: str) -> None:
    assert client.get("/sparql", params={"query": query}, headers={"Accept": accept}).status_code == 406


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (405, {"method": "PUT", "params": {"query": ASK}}),
        (405, {"method": "DELETE", "params": {"query": ASK}}),
        (400, {"method": "GET", "params": [("query", ASK), ("query", ASK)]}),
        (400, {"method": "POST", "content": "query=ASK%20%7B%7D&query=ASK%20%7B%7D", "headers": FORM}),
        (400, {"method": "POST", "params": {"query": ASK}, "content": ASK, "headers": DIRECT}),
        (415, {"method": "POST", "content": ASK, "headers": {"Content-Type": "text/plain"}}),
        (415, {"method": "POST", "content": "query=ASK%20%7B%7D", "headers": {"Content-Type": "application/xml"}}),
        (415, {"method": "POST", "content": "query=ASK%20%7B%7D"}),
        (415, {"method": "POST", "content": ASK}),
        (400, {"method": "POST", "content": ASK.encode("utf-16"), "headers": DIRECT}),
        (415, {"method": "POST", "content": ASK, "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"}}),
        (
            415,
            {
                "method": "POST",
                "content": "query=ASK%20%7B%7D",
                "headers": {"Content-Type": f"{FORM['Content-Type']};charset=latin1"},
            },
        ),
        (400, {"method": "GET", "params": {"query": "SELECT * {"}}),
        (400, {"method": "POST", "content": "", "headers": FORM}),
        (400, {"method": "GET", "params": {"update": "CLEAR ALL"}}),
        (400, {"method": "POST", "content": "update=CLEAR%20ALL", "headers": FORM}),
        (400, {"method": "POST", "content": "update=CLEAR%20ALL&update=CLEAR%20ALL", "headers": FORM}),
        (400, {"method": "POST", "content": "CLEAR ALL", "headers": UPDATE}),
        (400, {"method": "POST", "content": "query=CLEAR%20ALL", "headers": FORM}),
        (415, {"method": "POST", "content": "CLEAR ALL"}),
        (400, {"method": "POST", "params": {"using-graph-uri": "http://x/"}, "content": "CLEAR ALL", "headers": UPDATE}),
    ],
)
def test_what_is_no_query_operation_is_refused(client: TestClient, status: int, request_: dict[str, Any]) -> None:
    answer = client.request(url="/sparql", **request_)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
