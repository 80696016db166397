"""Articles with known facts, as resolution sees them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.model.claims import Source
from graph.record.schema import Schema
from graph.resolution.items import Told

Fact = tuple[str, int]
"""An article's name and the number of a gold fact in it."""


@dataclass(slots=True)
class Articles:
    """The articles' claims, the gold fact that each claim's key stands for, the kind of every gold fact, and their clusters."""

    told: list[Told] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    kinds: dict[Fact, str] = field(default_factory=dict)
    cluster_of: dict[Fact, int] = field(default_factory=dict)

    @property
    def found(self) -> set[Fact]:
        """The gold facts for which there is a claim."""
        return set(self.facts.values())

    def one_thing(self, one: Fact, other: Fact) -> bool:
        """Whether two facts are said to be one thing in the world."""
        mine = self.cluster_of.get(one)
        return mine is not None and mine == self.cluster_of.get(other)


def from_gold(folder: Path, schema: Schema, only: frozenset[str] | None = None) -> Articles:
    """The gold facts as claims."""
    articles = Articles()
    for gold, text in golds(folder, articles, only):
        source = Source(text, published=gold["date"])
        claims = []
        for number, fact in enumerate(gold["facts"]):
            claim = schema.kinds.from_fact(fact, text)
            key = f"{claim.key(source.id)}{number:03d}"  # gold claims have no evidence, so two may have one key
            claims.append((key, claim))
            articles.facts[key] = (gold["id"], number)
        articles.told.append(Told(source.id, gold["date"], gold["lang"], claims))
    return articles


def golds(folder: Path, articles: Articles, only: frozenset[str] | None) -> Iterator[tuple[Any, str]]:
    """The gold files with their articles' texts, by name; notes kinds and clusters of their facts in `articles`."""
    clusters = json.loads((folder / "clusters.json").read_text(encoding="utf-8"))
    for number, cluster in enumerate(clusters):
        articles.cluster_of |= {(name, index): number for name, index in cluster["members"] if only is None or name in only}
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if only is None or gold["id"] in only:
            articles.kinds |= {(gold["id"], number): fact["kind"] for number, fact in enumerate(gold["facts"])}
            yield gold, path.with_name(f"{gold['id']}.txt").read_text(encoding="utf-8")
