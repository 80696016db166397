"""`/sparql` against the W3C's tests of SPARQL 1.1 and 1.0: the engine's own answers, in the engine's own forms.

The data of all tests lie in one store, each file a named graph; a request names those of its test as the protocol's dataset.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from graph.asking.media import offered
from graph.asking.sparql_guard import check_sparql
from graph.asking.sparql_pool import SparqlPool
from graph.asking.sparql_worker import answer
from graph.record.snapshots import Changes, publish
from graph.settings import Settings
from tests.api.w3c import Case, Suite
from tests.suites import suite

ASKING = ("QueryEvaluationTest", "CSVResultFormatTest")
REFUSED = "refused"


@pytest.fixture(scope="module")
def w3c() -> Suite:
    return Suite(suite("rdf4j-sparql-testsuite"))


@pytest.fixture(scope="module")
def cases(w3c: Suite) -> list[Case]:
    return list(w3c.cases())


@pytest.fixture(scope="module")
def whole(w3c: Suite) -> Store:
    """Every file of the suite's data, a named graph each."""
    store = Store()
    for address in w3c.data():
        store.add_graph(NamedNode(address))
        store.extend(w3c.triples(address))
    return store


@pytest.fixture(scope="module")
def asked(client: TestClient, whole: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the API whose SPARQL is asked of a snapshot with the suite's data."""
    data = tmp_path_factory.mktemp("w3c")
    disk = Store(str(data / "record"))
    disk.bulk_extend(iter(whole))
    for graph in whole.named_graphs():
        disk.add_graph(graph)
    publish(data, disk, "w3c", Changes(None, (), ()))
    state = client.app.state  # type: ignore[attr-defined]
    usual = state.services
    with SparqlPool(Settings(data=data)) as pool:
        state.services = replace(usual, pool=pool)
        yield client
    state.services = usual


def test_every_query_is_answered_as_the_engine_answers_it(
    asked: TestClient, w3c: Suite, cases: list[Case], whole: Store
) -> None:
    evaluated = [case for case in cases if case.kind in ASKING]
    differing = [case.name for case in evaluated if _ours(asked, case) != _theirs(case, w3c, whole)]
    assert len(evaluated) > 500
    assert differing == []


def test_what_the_engine_refuses_is_refused_and_nothing_else(asked: TestClient, cases: list[Case], whole: Store) -> None:
    written = [case for case in cases if case.kind not in ASKING]
    accepted = {case.name: _accepts(whole, case) for case in written}
    answered = {case.name: asked.get("/sparql", params=_request(case)).status_code for case in written}
    assert len(written) > 350
    assert {name for name, status in answered.items() if status != (200 if accepted[name] else 400)} == set()


def test_every_form_is_written_as_the_engine_writes_it(w3c: Suite, cases: list[Case]) -> None:
    compared = 0
    for case in (case for case in cases if case.kind in ASKING and "SERVICE" not in case.query):
        store, text = w3c.dataset(case), f"BASE <{case.base}>\n{case.query}"
        for media in offered(check_sparql(text, 16_384, 100).form):
            expected = _written(store, text, media)
            if expected is None or expected != _written(store, text, media):
                continue  # refused by the engine, or another answer each time: RAND(), UUID(), fresh blank nodes
            limits = {"rows": 100_000, "size": 10**8, "default": [], "named": [], "graphs": []}
            header, body = answer(store, {"text": text, "media": media, **limits})
            assert header == {"truncated": False}, case.name
            assert _comparable(body, media) == _comparable(expected, media), (case.name, media)
            compared += 1
    assert compared > 1800


def _request(case: Case) -> list[tuple[str, str]]:
    graphs = [*(("default-graph-uri", name) for name in case.data), *(("named-graph-uri", name) for name in case.named)]
    return [("query", f"BASE <{case.base}>\n{case.query}"), *graphs]


def _ours(client: TestClient, case: Case) -> Any:
    response = client.get("/sparql", params=_request(case))
    if response.status_code != 200:
        return (REFUSED, response.status_code)
    media = response.headers["Content-Type"].split(";")[0]
    table = QueryResultsFormat.from_media_type(media)
    if table is not None:
        return _comparable_answer(parse_query_results(response.content, format=table))
    form = RdfFormat.from_media_type(media)
    assert form is not None
    return _graph(parse(response.content, format=form))


def _theirs(case: Case, w3c: Suite, whole: Store) -> Any:
    """The engine's own answer; what it refuses, and what would leave the store, is 400 here."""
    store = w3c.dataset(case) if case.data or case.named else whole
    if "SERVICE" in case.query:
        return (REFUSED, 400)
    try:
        return _comparable_answer(store.query(case.query, base_iri=case.base))
    except SyntaxError:
        return (REFUSED, 400)


def _accepts(store: Store, case: Case) -> bool:
    """Whether the engine takes the query; what names graphs that nobody holds, or would leave the store, is refused here."""
    try:
        store.query(case.query, base_iri=case.base)
    except (SyntaxError, RuntimeError):  # the latter: a function of somebody's own
        return False
    return re.search(r"(?i)\b(service|from)\b", case.query) is None


def _comparable_answer(found: QueryBoolean | QuerySolutions | QueryTriples) -> Any:
    """The value of an ASK; the variables and sorted rows of a table, blank nodes numbered row by row; a canonical graph."""
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QueryTriples):
        return _graph(Quad(triple.subject, triple.predicate, triple.object) for triple in found)
    return [variable.value for variable in found.variables], sorted(_row(list(row)) for row in found)


def _row(values: list[Any]) -> list[str]:
    blank: dict[str, int] = {}
    return [
        f"_:{blank.setdefault(value.value, len(blank))}" if isinstance(value, BlankNode) else str(value) for value in values
    ]


def _graph(quads: Iterator[Quad]) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def _written(store: Store, text: str, media: str) -> bytes | None:
    table, graph = QueryResultsFormat.from_media_type(media), RdfFormat.from_media_type(media)
    try:
        return store.query(text).serialize(format=table or graph)  # type: ignore[arg-type]
    except SyntaxError:
        return None


def _comparable(body: bytes, media: str) -> Any:
    return json.loads(body) if media.endswith("json") else body
