"""What the endpoint says of itself, whole graphs by address, and the page with its examples."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from api.sparql_examples import load_examples, prologue
from graph.errors import BadData

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_without_a_query_the_service_describes_itself(client: TestClient, media: str) -> None:
    told = client.get("/sparql", headers={"Accept": media})
    assert (told.status_code, told.headers["Content-Type"].split(";")[0]) == (200, media)
    form = RdfFormat.from_media_type(media)
    assert form is not None
    triples = list(parse(told.content, format=form))
    said = {(triple.predicate.value, getattr(triple.object, "value", "")) for triple in triples}
    assert (SD + "endpoint", "http://testserver/sparql") in said
    assert (SD + "supportedLanguage", SD + "SPARQL11Query") in said


def test_a_browser_is_led_to_the_page_with_its_query(client: TestClient) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    led = client.get("/sparql", params={"query": "ASK {}"}, headers=browser, follow_redirects=False)
    assert (led.status_code, led.headers["Location"]) == (303, "/sparql/editor?query=ASK+%7B%7D")
    assert "ASK {}" in client.get(led.headers["Location"], headers=browser).text


def test_a_query_of_an_address_is_shown_as_text_only(client: TestClient) -> None:
    page = client.get("/sparql/editor", params={"query": "</textarea><script>alert(1)</script>"})
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize("example", load_examples(), ids=lambda example: example.en)
def test_each_example_answers(client: TestClient, example: object) -> None:
    query = example.query  # type: ignore[attr-defined]
    answer = client.post(
        "/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json, text/turtle;q=0.5"}
    )
    assert answer.status_code == 200, answer.text
    if answer.headers["Content-Type"].startswith("text/turtle"):
        assert list(parse(answer.content, format=RdfFormat.TURTLE))
    else:
        assert answer.json()["results"]["bindings"]


def test_a_broken_file_of_examples_is_named(tmp_path: Path) -> None:
    for content in ("[[example]]\nfr = 1", "x", "[[example]]\nfr='a'\nen='b'\nshows='song'\nquery=''"):
        (tmp_path / "e.toml").write_text(content)
        with pytest.raises(BadData, match=r"e\.toml"):
            load_examples(tmp_path / "e.toml")


def test_the_view_and_each_source_are_graphs_to_fetch(client: TestClient) -> None:
    view = client.get("/sparql/graphs?default", headers={"Accept": "application/n-triples"})
    counted = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    assert len(view.text.splitlines()) == int(counted["results"]["bindings"][0]["n"]["value"])
    query = f"{prologue()}SELECT ?g {{ GRAPH ?g {{ ?c a dip:Claim }} }} LIMIT 1"
    graph = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["g"]["value"]
    told = client.get("/sparql/graphs", params={"graph": graph}, headers={"Accept": "text/turtle"})
    assert list(parse(told.content, format=RdfFormat.TURTLE))
    again = client.get(
        "/sparql/graphs", params={"graph": graph}, headers={"Accept": "text/turtle", "If-None-Match": told.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sparql/graphs", 404),
        ("/sparql/graphs?default&graph=x", 409),
        ("/sparql/graphs?default=1", 400),
        ("/sparql/graphs?graph=https://evil.example/", 400),
        ("/sparql/graphs?graph=https://w3id.org/diplograph/id/source/none", 400),
        (f"/sparql/graphs?graph=https://w3id.org/diplograph/id/source/{'0' * 64}", 404),
        ("/sparql/graphs?graph=https://w3id.org/diplograph/id/a%20b", 400),
    ],
)
def test_other_graphs_are_not_given(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_graphs_are_only_read(client: TestClient) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert client.request(method, "/sparql/graphs?default").status_code == 405
