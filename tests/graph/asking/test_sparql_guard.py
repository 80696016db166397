"""The guard of strangers' SPARQL, and what it protects from: each bypass is tried on the bare engine too."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from graph.asking.media import media_type, offered
from graph.asking.sparql_guard import check_graphs, check_sparql
from graph.errors import BadQuery
from graph.model.iri import ID

GROUPS = tomllib.loads(Path(__file__).with_name("sparql_bypasses.toml").read_text(encoding="utf-8"))
BYPASSES = {f"{group}.{name}": query for group, queries in GROUPS.items() for name, query in queries.items()}
SIZE, NESTING = 16_384, 100
DIP = "PREFIX dip: <https://w3id.org/diplograph/ontology#> "


def filled(query: str) -> str:
    deep = "SELECT * {" + "{" * 200 + "?s ?p ?o" + "}" * 200 + "}"
    return query.replace("{url}", "http://127.0.0.1:9/").replace("{deep}", deep).replace("{long}", "x" * SIZE)


@pytest.mark.parametrize("name", BYPASSES)
def test_a_bypass_is_refused(name: str) -> None:
    with pytest.raises(BadQuery):
        check_graphs(check_sparql(filled(BYPASSES[name]), SIZE, NESTING).graphs)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("# a comment: SERVICE\nSELECT * { ?s ?p ?o }", "SELECT"),
        ("select ?s where { ?s a ?service }", "SELECT"),
        ('SELECT * { ?s ?p \'SERVICE <x> { }\' , """SERVICE "x" """ }', "SELECT"),
        (
            "PREFIX ex: <http://example.org/service#> SELECT * { ?s ex:service ex:my_service, <http://example.org/service> }",
            "SELECT",
        ),
        (DIP + "SELECT * { ?a dip:party ?b FILTER(?a < ?b && ?b > 3) }", "SELECT"),
        (DIP + "ASK { ?a dip:party ?b }", "ASK"),
        (DIP + "CONSTRUCT { ?a dip:party ?b } WHERE { ?a dip:party ?b }", "CONSTRUCT"),
        ("BASE <http://x/> DESCRIBE <https://w3id.org/diplograph/id/state/MAR>", "DESCRIBE"),
        (f"SELECT * FROM <{ID}source/x> FROM NAMED <{ID}source/y> {{ ?s ?p ?o }}", "SELECT"),
        (f"PREFIX id: <{ID}> SELECT * FROM id:bookkeeping {{ ?s ?p ?o }}", "SELECT"),
        ("SELECT * FROM <source/x> { ?s ?p ?o }", "SELECT"),
        (f"BASE <http://x/> PREFIX id: <http://y/> PREFIX id: <{ID}> SELECT * FROM id:source {{ ?s ?p ?o }}", "SELECT"),
        ("SELECT * { ?s ?p 'caf\\u00e9' }", "SELECT"),
        ("SELECT * { ?s ?load ?insert . ?delete ?p 'DELETE' }", "SELECT"),
    ],
)
def test_a_query_that_stays_passes_unchanged(query: str, form: str) -> None:
    checked = check_sparql(query, SIZE, NESTING)
    assert (checked.text, checked.form) == (query, form)
    check_graphs(checked.graphs)


def test_graphs_of_the_dataset_are_ours() -> None:
    check_graphs([ID + "source/x"])
    with pytest.raises(BadQuery, match="is no graph of this store"):
        check_graphs(["http://example.org/g"])


@pytest.mark.parametrize(
    ("form", "accept", "expected"),
    [
        ("SELECT", None, "application/sparql-results+json"),
        ("SELECT", "*/*", "application/sparql-results+json"),
        ("SELECT", "text/csv", "text/csv"),
        ("SELECT", "text/html, application/json;q=0.9, text/csv;q=0.1", "application/sparql-results+json"),
        ("SELECT", "application/xml", "application/sparql-results+xml"),
        ("SELECT", "text/*", "text/csv"),
        ("SELECT", "*/*;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        ("ASK", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("CONSTRUCT", "*/*", "text/turtle"),
        ("DESCRIBE", "application/ld+json, text/turtle;q=0.5", "application/ld+json"),
    ],
)
def test_the_form_that_accept_asks_for(form: str, accept: str | None, expected: str) -> None:
    assert media_type(form, accept) == expected


@pytest.mark.parametrize(
    ("form", "accept"),
    [("ASK", "text/turtle"), ("SELECT", "text/turtle"), ("CONSTRUCT", "image/png"), ("SELECT", "text/csv;q=0")],
)
def test_a_form_that_is_not_offered_is_refused_by_name(form: str, accept: str) -> None:
    with pytest.raises(BadQuery) as caught:
        media_type(form, accept)
    assert offered(form)[0] in str(caught.value)
