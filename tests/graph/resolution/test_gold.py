"""Merging measured on gold claims: pairs of facts of different articles that are, and are said to be, one thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.merging.articles import from_gold
from benchmarks.merging.counting import Counts, by_kind, counted, joined, resolver_of
from graph.record.schema import load_schema
from graph.resolution.rules import load_rules


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, Counts]:
    schema = load_schema()
    articles = from_gold(shared / "extraction" / "dev", schema)
    return by_kind(articles, counted(articles, joined(articles, resolver_of(schema, load_rules()), schema)))


@pytest.mark.shared
def test_merging_of_gold_claims_is_precise_and_complete(figures: dict[str, Counts]) -> None:
    assert figures["all"].precision >= 0.98, figures
    assert figures["all"].recall >= 0.95, figures


@pytest.mark.shared
@pytest.mark.parametrize(
    "kind", ["agreement", "body", "deployment", "meeting", "membership", "office", "relation", "trade", "visit"]
)
def test_merging_of_each_frequent_kind(figures: dict[str, Counts], kind: str) -> None:
    assert figures[kind].precision >= 0.95, figures
    assert figures[kind].recall >= 0.85, figures
