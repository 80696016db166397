"""Workers for strangers' SPARQL: all forms of answers, limits, a new snapshot, and death."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from graph.asking.sparql_pool import SparqlPool
from graph.errors import BadQuery, QueryTimeout, StoreUnavailable
from graph.model.iri import ID
from graph.record.snapshots import Changes, publish
from graph.settings import Settings

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
STATES = """PREFIX dip: <https://w3id.org/diplograph/ontology#>
SELECT ?code { ?s a dip:State ; dip:code ?code } ORDER BY ?code"""


@pytest.fixture
def pool(data: Path) -> Iterator[SparqlPool]:
    with SparqlPool(Settings(data=data, query_seconds=20, sparql_workers=2)) as opened:
        yield opened


OTHERS: set[int] = set()
"""Workers that other tests keep for the whole session."""


@pytest.fixture(autouse=True)
def _others() -> None:
    OTHERS.clear()
    OTHERS.update(_workers())


def _workers() -> set[int]:
    found = psutil.Process().children()
    return {child.pid for child in found if "sparql_worker" in " ".join(child.cmdline())}


def children() -> int:
    return len(_workers() - OTHERS)


def test_a_table_in_every_form(pool: SparqlPool, data: Path) -> None:
    expected = None
    for media in ("application/sparql-results+json", "application/sparql-results+xml", "text/tab-separated-values"):
        result = pool.ask(STATES, media)
        assert (result.media_type, result.truncated, result.snapshot) == (media, False, "fixture")
        found = parse_query_results(result.body, format=QueryResultsFormat.from_media_type(media))
        assert isinstance(found, QuerySolutions)
        codes = [row["code"].value for row in found]
        assert codes == ["BEL", "CAF", "ESP", "FRA", "MAR", "RWA"]
        expected = expected or codes
    assert pool.ask(STATES, "text/csv").body.decode().split() == ["code", *codes]


def test_every_kind_of_term_is_as_the_engine_writes_it(pool: SparqlPool) -> None:
    query = """SELECT * { VALUES ?x { <a:a> "x" "x"@fr "é\\n\\t\\"" 1 1.5 true "2025"^^<a:gYear> UNDEF }
               BIND(IF(?x = 1, BNODE(), ?nothing) AS ?y) }"""
    store = Store()
    for media in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV, QueryResultsFormat.CSV):
        ours = parse_or_text(pool.ask(query, media.media_type).body, media)
        theirs = parse_or_text(store.query(query).serialize(format=media), media)  # type: ignore[union-attr]
        assert ours == theirs


def parse_or_text(body: bytes, form: QueryResultsFormat) -> object:
    if form == QueryResultsFormat.CSV:
        return sorted(line.split(",")[0] for line in body.decode().splitlines())
    found = parse_query_results(body, format=form)
    return sorted(str([value if str(value)[:2] != "_:" else "blank" for value in row]) for row in found)


def test_asks_and_graphs(pool: SparqlPool) -> None:
    assert json.loads(pool.ask("ASK { ?s ?p ?o }").body)["boolean"] is True
    assert b"<boolean>false</boolean>" in pool.ask("ASK { <a:a> ?p ?o }", "application/sparql-results+xml").body
    for media in ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"):
        for query in (f"DESCRIBE <{ID}state/MAR>", f"CONSTRUCT {{ <{ID}state/MAR> ?p ?o }} WHERE {{ <{ID}state/MAR> ?p ?o }}"):
            result = pool.ask(query, media)
            assert len(list(parse(result.body, format=RdfFormat.from_media_type(media)))) == 4


def test_named_graphs_and_datasets(pool: SparqlPool) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?c a <https://w3id.org/diplograph/ontology#Claim> }"

    def count(**options: object) -> int:
        return int(json.loads(pool.ask(query, **options).body)["results"]["bindings"][0]["n"]["value"])  # type: ignore[arg-type]

    assert count() == 0
    assert count(default_graphs=[f"{ID}source/{'a' * 64}"]) == 5
    with pytest.raises(BadQuery, match="is no graph of this store"):
        count(default_graphs=["http://example.org/"])


@pytest.mark.parametrize("clause", ["FROM <http://example.org/a>", "FROM NAMED <http://example.org/a>", "FROM ex:a"])
def test_from_takes_graphs_that_the_store_holds_and_no_others(tmp_path: Path, clause: str) -> None:
    store, name = Store(str(tmp_path / "store")), NamedNode("http://example.org/a")
    store.add(Quad(name, name, name, name))
    publish(tmp_path, store, "fixture", Changes(None, (), ()))
    with SparqlPool(Settings(data=tmp_path)) as pool:
        query = "PREFIX ex: <http://example.org/> SELECT * " + clause + " { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        assert len(json.loads(pool.ask(query).body)["results"]["bindings"]) == 1
        with pytest.raises(BadQuery, match="/b is no graph of this store"):
            pool.ask(query.replace("ex:a", "ex:b").replace("/a>", "/b>"))


def test_a_dataset_of_the_request_is_the_whole_dataset(pool: SparqlPool) -> None:
    source, everything = f"{ID}source/{'a' * 64}", "SELECT DISTINCT ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"

    def graphs(**options: object) -> list[str]:
        rows = json.loads(pool.ask(everything, **options).body)["results"]["bindings"]  # type: ignore[arg-type]
        return sorted(row["g"]["value"] if row else "" for row in rows)

    assert graphs(default_graphs=[source]) == [""]
    assert graphs(named_graphs=[source]) == [source]
    assert graphs(default_graphs=[source], named_graphs=[source]) == ["", source]


def test_relative_addresses_are_ours(pool: SparqlPool) -> None:
    assert json.loads(pool.ask("ASK { <state/MAR> ?p ?o }").body)["boolean"] is True


def test_an_answer_beyond_the_rows_is_cut_and_said_to_be(data: Path) -> None:
    with SparqlPool(Settings(data=data, query_rows=3)) as pool:
        table = pool.ask(STATES)
        assert table.truncated
        assert len(json.loads(table.body)["results"]["bindings"]) == 3
        assert pool.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples").body.count(b"\n") == 3
        assert not pool.ask(STATES + " LIMIT 3").truncated


def test_an_answer_beyond_the_bytes_is_refused(data: Path) -> None:
    with (
        SparqlPool(Settings(data=data, answer_bytes=1000)) as pool,
        pytest.raises(QueryTimeout, match="larger than 1,000 bytes"),
    ):
        pool.ask("SELECT * { ?s ?p ?o }")


def test_a_wrong_query_says_where(pool: SparqlPool) -> None:
    with pytest.raises(BadQuery, match="the query is wrong: error at 1:"):
        pool.ask("SELECT * { ?s ?p }")
    with pytest.raises(BadQuery, match=r"error at 1:\d+: a prefix is not declared; begin with PREFIX dip: <https://"):
        pool.ask("SELECT * { ?s a dip:Accord }")


def test_a_slow_query_is_killed_and_the_next_one_is_answered(data: Path) -> None:
    with SparqlPool(Settings(data=data, query_seconds=1, sparql_workers=1)) as pool:
        pool.start()
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match="took more than 1 s"):
            pool.ask(SLOW)
        assert time.monotonic() - began < 3
        assert len(pool.ask(STATES, "text/csv").body.split()) == 7


def test_a_greedy_query_ends_its_process_only(data: Path) -> None:
    with SparqlPool(Settings(data=data, query_seconds=60, sparql_memory_mb=64, sparql_workers=1)) as pool:
        with pytest.raises(QueryTimeout, match="memory"):
            pool.ask(GREEDY)
        assert pool.ask("ASK { ?s ?p ?o }").snapshot == "fixture"


def test_a_parser_that_overflows_ends_its_process_only(pool: SparqlPool) -> None:
    with pytest.raises((QueryTimeout, BadQuery)):
        pool.ask("SELECT * { ?s ?p ?o FILTER(" + "!" * 16_000 + "?o) }")
    assert pool.ask("ASK { ?s ?p ?o }").snapshot == "fixture"


def test_several_at_once_without_blocking(data: Path) -> None:
    async def ask(pool: SparqlPool) -> list[int]:
        results = await asyncio.gather(*(pool.query(STATES, "text/csv") for _ in range(8)))
        return [len(result.body.split()) for result in results]

    with SparqlPool(Settings(data=data, sparql_workers=2)) as pool:
        assert asyncio.run(ask(pool)) == [7] * 8
        assert children() <= 2


def test_who_waits_too_long_for_a_worker_is_told(data: Path) -> None:
    async def ask(pool: SparqlPool) -> list[BaseException | object]:
        return await asyncio.gather(*(pool.query(SLOW) for _ in range(3)), return_exceptions=True)

    with SparqlPool(Settings(data=data, query_seconds=0.5, sparql_workers=1)) as pool:
        kinds = [type(result) for result in asyncio.run(ask(pool))]
    assert set(kinds) == {QueryTimeout, StoreUnavailable}


def test_a_query_whose_asker_left_is_stopped(data: Path) -> None:
    async def leave(pool: SparqlPool) -> float:
        working, waiting = (asyncio.create_task(pool.query(SLOW)) for _ in range(2))
        await asyncio.sleep(0.3)
        for task in (waiting, working):
            task.cancel()
        began = time.monotonic()
        assert (await pool.query("ASK {}", "text/csv")).body.strip() == b"true"
        return time.monotonic() - began

    with SparqlPool(Settings(data=data, query_seconds=20, sparql_workers=1)) as pool:
        assert asyncio.run(leave(pool)) < 5


def test_a_new_snapshot_is_followed_and_an_empty_folder_answers_nothing(tmp_path: Path) -> None:
    with SparqlPool(Settings(data=tmp_path, sparql_workers=1)) as pool:
        empty = pool.ask("SELECT * { ?s ?p ?o }")
        assert (json.loads(empty.body)["results"]["bindings"], empty.snapshot) == ([], None)
        store = Store(str(tmp_path / "record"))
        for number, name in enumerate(("one", "two"), 1):
            store.add(Quad(NamedNode(f"a:{name}"), NamedNode("a:p"), Literal(1)))
            publish(tmp_path, store, name, Changes(None, (), ()))
            result = pool.ask("SELECT * { ?s ?p ?o }")
            assert (len(json.loads(result.body)["results"]["bindings"]), result.snapshot) == (number, name)


def test_closing_ends_every_process_also_those_at_work(data: Path) -> None:
    pool = SparqlPool(Settings(data=data, query_seconds=30, sparql_workers=2))
    pool.start()
    assert children() == 1
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(pool.ask, SLOW)
        time.sleep(0.5)
        pool.close()
        assert children() == 0
        assert isinstance(asked.exception(timeout=5), QueryTimeout | StoreUnavailable)
    with pytest.raises(RuntimeError):
        pool.ask(STATES)
