"""Every kind of query that SPARQL 1.1 has passes the guard and is answered as the engine itself answers it."""

from __future__ import annotations

import asyncio
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from graph.asking.sparql_pool import SparqlPool
from graph.record.snapshots import Snapshot
from graph.settings import Settings
from graph.view.export import PREFIXES

FEATURES = tomllib.loads(Path(__file__).with_name("sparql_features.toml").read_text(encoding="utf-8"))["feature"]
PROLOGUE = "".join(f"PREFIX {name}: <{address}>\n" for name, address in PREFIXES.items())
RDF = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"


@pytest.fixture(scope="module")
def pool(data: Path) -> Iterator[SparqlPool]:
    """A worker on the fixture graph."""
    with SparqlPool(Settings(data=data, sparql_workers=1)) as pool:
        yield pool


def rows(solutions: Any) -> list[dict[str, str]]:
    names = [variable.value for variable in solutions.variables]
    return [{name: str(row[name]) for name in names if row[name] is not None} for row in solutions]


def as_terms(bindings: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Rows of SPARQL JSON, written as the engine writes its terms."""
    names = list(dict.fromkeys(name for row in bindings for name in row))
    text = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}})
    return rows(parse_query_results(text.encode(), format=QueryResultsFormat.JSON))


def ordered(found: list[dict[str, str]]) -> list[str]:
    return [json.dumps(row, sort_keys=True) for row in found]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature["name"])
def test_answers_are_the_engine_s_own(pool: SparqlPool, snapshot: Snapshot, feature: dict[str, Any]) -> None:
    query = PROLOGUE + RDF + feature["query"]
    store: Store = snapshot.store
    expected = store.query(query)
    if isinstance(expected, QueryTriples):
        answer = asyncio.run(pool.query(query, "application/n-triples", (), ()))
        told = {str(triple) for triple in parse(answer.body, format=RdfFormat.N_TRIPLES)}
        assert told == {str(triple) for triple in expected}
        return
    answer = asyncio.run(pool.query(query, "application/sparql-results+json", (), ()))
    told_json = json.loads(answer.body)
    if isinstance(expected, QueryBoolean):
        assert told_json["boolean"] is bool(expected)
        return
    assert isinstance(expected, QuerySolutions)
    assert told_json["head"]["vars"] == [variable.value for variable in expected.variables]
    want, got = ordered(rows(expected)), ordered(as_terms(told_json["results"]["bindings"]))
    assert got == want if feature.get("ordered") else Counter(got) == Counter(want)
