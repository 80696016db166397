"""The words around trade figures, read from `trade.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.frames.grammar import any_of
from loaders.reading.frames.inflection import DATA
from loaders.reading.numbers import NumberWords, load_numbers

KEYS = {
    "export",
    "import",
    "total",
    "bilateral",
    "never",
    "before",
    "products",
    "every_good",
    "with_all",
    "again",
    "figure",
    "client",
    "supplier",
    "never_after",
    "rose",
    "two_blocs",
    "this_period",
    "last_period",
    "of_it",
    "elsewhere",
}
FLOWS = ("total", "export", "import")


@dataclass(frozen=True, slots=True)
class TradeWords:
    """The trade words of one language, compiled."""

    classes: Mapping[str, re.Pattern[str]]
    numbers: NumberWords
    watched: frozenset[str]  # the words of which a sentence on trade has one


def load_trade(path: Path = DATA / "trade.toml") -> Mapping[str, TradeWords]:
    """Read `trade.toml`; BadData names a class that is missing or strange."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for language in ("fr", "en"):
        if set(table.get(language, {})) != KEYS:
            raise BadData(f"{path.name}: {language} must have exactly {', '.join(sorted(KEYS))}")
    return {language: _words(table[language], language) for language in ("fr", "en")}


def _words(table: Mapping[str, Iterable[str]], language: str) -> TradeWords:
    classes = {name: any_of(frozenset(map(fold, words))) for name, words in table.items()}
    watched = frozenset(fold(word) for direction in (*FLOWS, "client", "supplier") for word in table[direction])
    return TradeWords(classes, load_numbers(language), watched)
