"""What the reader finds in articles with known facts, and which of those each claim stands for by the scorer's rules."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.merging.articles import Articles, golds
from graph.model.claims import Claim, Source
from graph.record.schema import Schema
from graph.resolution.items import Told
from graph.resolution.rules import load_rules
from loaders.articles.files import read_file
from loaders.reading.lexicon import load_lexicon
from loaders.reading.reader import read

_SOURCE_BYTES = 20_000_000


def from_texts(folder: Path, score: Path, schema: Schema, only: frozenset[str] | None = None) -> Articles:
    """What the reader finds; a claim stands for the gold fact that the scorer pairs it with, or for none."""
    articles, lexicon, scorer = Articles(), load_lexicon(), _scorer(score)
    floor = load_rules(schema.folder).claim_floor
    for gold, _ in golds(folder, articles, only):
        for source in read_file(folder / f"{gold['id']}.txt", _SOURCE_BYTES):
            if not isinstance(source, Source):
                raise source
            claims = [(claim.key(source.id), claim) for claim in read(source, lexicon).claims]
            sure = [(key, claim) for key, claim in claims if claim.confidence >= floor]
            told = Told(source.id, source.published, source.language, sure)
            articles.told.append(told)
            articles.facts |= {key: (gold["id"], number) for key, number in _paired(told, gold["facts"], scorer, schema)}
    return articles


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
