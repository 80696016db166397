"""Merging measured on gold claims: pairs of facts of different articles that are, and are said to be, one thing."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from graph.model.claims import Source
from graph.record.schema import load_schema
from graph.resolution.items import Told, claim_items, person_items
from graph.resolution.resolver import Resolver
from graph.resolution.rules import load_rules
from graph.view.deriving import comparer_of

Fact = tuple[str, int]
SCHEMA = load_schema()
RESOLVER = Resolver(comparer_of(SCHEMA, load_rules()))


def read(folder: Path) -> tuple[list[Told], dict[str, Fact], dict[Fact, str]]:
    """The gold articles, the fact that each claim's key stands for, and each fact's kind."""
    told, facts, kinds = [], {}, {}
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(f"{gold['id']}.txt").read_text(encoding="utf-8")
        source = Source(text, published=gold["date"])
        claims = []
        for number, fact in enumerate(gold["facts"]):
            claim = SCHEMA.kinds.from_fact(fact, text)
            key = f"{claim.key(source.id)}{number:03d}"  # gold claims have no evidence, so two may have one key
            claims.append((key, claim))
            facts[key] = (gold["id"], number)
            kinds[gold["id"], number] = claim.kind
        told.append(Told(source.id, gold["date"], gold["lang"], claims))
    return told, facts, kinds


def predicted(told: list[Told], facts: dict[str, Fact]) -> dict[Fact, object]:
    """What each fact is said to be one with: its entity, for a commission its session too, for an office the tenure."""
    found: dict[Fact, object] = {}
    items = [item for each in told for item in claim_items(each) if item.kind not in ("office", "statement")]
    for cluster in RESOLVER.resolve_all(items):
        sessions = (
            {item.id: session[0].id for session in RESOLVER.sessions(cluster) for item in session}
            if cluster[0].kind == "body"
            else {}
        )
        found |= {facts[item.id]: (cluster[0].id, sessions.get(item.id)) for item in cluster}
    people = [person for each in told for person in person_items(each, SCHEMA.kinds, RESOLVER.comparer.names)]
    by_mention = {
        mention: cluster[0].id for cluster in RESOLVER.resolve_all(people) for person in cluster for mention in person.mentions
    }  # type: ignore[attr-defined]
    for each in told:
        for key, claim in each.claims:
            if claim.kind == "office":
                found[facts[key]] = (by_mention[f"{key}#person-0"], claim.fields["office"], claim.fields.get("of"))
    return found


def measured(folder: Path) -> dict[str, tuple[int, int, int]]:
    """By kind and in `all`: pairs rightly merged, wrongly merged, missed."""
    told, facts, kinds = read(folder)
    clusters = json.loads((folder / "clusters.json").read_text(encoding="utf-8"))
    gold = {(name, index): number for number, cluster in enumerate(clusters) for name, index in cluster["members"]}
    said = predicted(told, facts)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, other in combinations(sorted(said), 2):
        if kinds[one] == kinds[other] and one[0] != other[0]:
            right, merged = gold.get(one, one) == gold.get(other, other), said[one] == said[other]
            if right or merged:
                for name in (kinds[one], "all"):
                    counts[name][0 if right and merged else 1 if merged else 2] += 1
    return {kind: (found[0], found[1], found[2]) for kind, found in counts.items()}


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, tuple[int, int, int]]:
    return measured(shared / "extraction" / "dev")


@pytest.mark.shared
def test_merging_of_gold_claims_is_precise_and_complete(figures: dict[str, tuple[int, int, int]]) -> None:
    right, wrong, missed = figures["all"]
    assert right / (right + wrong) >= 0.98, figures
    assert right / (right + missed) >= 0.95, figures


@pytest.mark.shared
@pytest.mark.parametrize(
    "kind", ["agreement", "body", "deployment", "meeting", "membership", "office", "relation", "trade", "visit"]
)
def test_merging_of_each_frequent_kind(figures: dict[str, tuple[int, int, int]], kind: str) -> None:
    right, wrong, missed = figures[kind]
    assert right / (right + wrong) >= 0.95, figures
    assert right / (right + missed) >= 0.85, figures
