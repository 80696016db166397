"""Articles with known facts, as resolution sees them: from the gold facts, or from what the reader finds in the texts."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from graph.model.claims import Claim, Source
from graph.record.schema import Schema
from graph.resolution.items import Told
from graph.view.judged import sure
from loaders.articles.files import read_file
from loaders.reading.lexicon import load_lexicon
from loaders.reading.reader import read

Fact = tuple[str, int]
"""An article's name and the number of a gold fact in it."""
_SOURCE_BYTES = 20_000_000


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
    for gold, text in _golds(folder, articles, only):
        source = Source(text, published=gold["date"])
        claims = []
        for number, fact in enumerate(gold["facts"]):
            claim = schema.kinds.from_fact(fact, text)
            key = f"{claim.key(source.id)}{number:03d}"  # gold claims have no evidence, so two may have one key
            claims.append((key, claim))
            articles.facts[key] = (gold["id"], number)
        articles.told.append(Told(source.id, gold["date"], gold["lang"], claims))
    return articles


def from_texts(folder: Path, score: Path, schema: Schema, only: frozenset[str] | None = None) -> Articles:
    """What the reader finds; a claim stands for the gold fact that the scorer pairs it with, or for none."""
    articles, lexicon, scorer = Articles(), load_lexicon(), _scorer(score)
    for gold, _ in _golds(folder, articles, only):
        for source in read_file(folder / f"{gold['id']}.txt", _SOURCE_BYTES):
            if not isinstance(source, Source):
                raise source
            claims = [(claim.key(source.id), claim) for claim in read(source, lexicon).claims]
            told = sure(Told(source.id, source.published, source.language, claims), floor=0.3)
            articles.told.append(told)
            articles.facts |= {key: (gold["id"], number) for key, number in _paired(told, gold["facts"], scorer, schema)}
    return articles


def _golds(folder: Path, articles: Articles, only: frozenset[str] | None) -> Iterator[tuple[Any, str]]:
    clusters = json.loads((folder / "clusters.json").read_text(encoding="utf-8"))
    for number, cluster in enumerate(clusters):
        articles.cluster_of |= {(name, index): number for name, index in cluster["members"] if only is None or name in only}
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if only is None or gold["id"] in only:
            articles.kinds |= {(gold["id"], number): fact["kind"] for number, fact in enumerate(gold["facts"])}
            yield gold, path.with_name(f"{gold['id']}.txt").read_text(encoding="utf-8")


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _paired(told: Told, golds: list[Mapping[str, Any]], scorer: ModuleType, schema: Schema) -> Iterator[tuple[str, int]]:
    """The keys of claims with the gold facts that they are one with by the scorer's rules."""
    by_kind: dict[str, list[tuple[str, Claim]]] = {}
    for key, claim in told.claims:
        by_kind.setdefault(claim.kind, []).append((key, claim))
    for kind, claims in by_kind.items():
        numbers = [number for number, fact in enumerate(golds) if fact["kind"] == kind]
        mine = [scorer.turned(golds[number]) for number in numbers]
        found = [scorer.turned(schema.kinds.to_fact(claim)) for _, claim in claims]
        for one, other, _ in scorer.pair(mine, found):
            yield claims[other][0], numbers[one]
