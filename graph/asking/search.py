"""Find entities by name, label or code: accents and case folded, both languages at once, by the beginnings of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from graph.asking.index import Searched, index, opened
from graph.model.folding import fold

__all__ = ["Hit", "Searched", "index", "opened", "search"]

_FIND = """
SELECT entry.iri, entry.kind, entry.fr, entry.en, entry.names, entry.code, entry.sources
FROM words JOIN entry ON entry.id = words.rowid
WHERE words MATCH ? {of_kinds} ORDER BY bm25(words, 4, 4, 2, 8), entry.iri LIMIT ?
"""
_CONSIDERED = 500
_RANKS = {"State": 0, "Organisation": 1, "Person": 2, "Office": 3}

Row = tuple[str, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `kind` is its node label (`State`, `Accord`); `exact`: the text is its code or a whole name."""

    iri: str
    kind: str
    label: str
    code: str | None
    exact: bool


def search(snapshot: Searched, text: str, language: str = "fr", limit: int = 20, kinds: Sequence[str] = ()) -> list[Hit]:
    """The best hits for a text, each of whose words begins a word of the name: codes and whole names first, facts last.

    `kinds` are node labels; none: all. A text without letters or digits finds nothing.
    """
    words = re.findall(r"\w+", fold(text))
    words = [word for word in words if len(word) > 1] or words
    if not words:
        return []
    match = " ".join(f'"{word}"*' for word in words)  # words hold letters, digits and underscores only
    with closing(opened(snapshot)) as connection:
        rows = list(connection.execute(_FIND.format(of_kinds=_in(kinds)), (match, *kinds, _CONSIDERED)))
    wanted = fold(text.strip())
    ranked = sorted((_rank(row, wanted, language), place, row) for place, row in enumerate(rows))
    return [_hit(row, wanted, language) for _, _, row in ranked[:limit]]


def _in(kinds: Sequence[str]) -> str:
    return f"AND entry.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""


def _rank(row: Row, wanted: str, language: str) -> tuple[int, int, int, str]:
    _, kind, fr, en, names, code, sources = row
    label = (en if language == "en" else fr) or fr or en
    return _closeness(wanted, fold(fr), fold(en), fold(names).split("\n"), fold(code)), _RANKS.get(kind, 4), -sources, label


def _closeness(wanted: str, fr: str, en: str, names: list[str], code: str) -> int:
    """0: its code or a whole name; 1: a label begins so; 2: the words are in a label; 3: in other names only."""
    if wanted in (code, fr, en, *names):
        return 0
    if fr.startswith(wanted) or en.startswith(wanted):
        return 1
    return 2 if any(_holds(label, wanted) for label in (fr, en)) else 3


def _holds(label: str, wanted: str) -> bool:
    return all(re.search(rf"\b{re.escape(word)}", label) for word in re.findall(r"\w+", wanted))


def _hit(row: Row, wanted: str, language: str) -> Hit:
    iri, kind, fr, en, names, code, _ = row
    label = (en or fr if language == "en" else fr or en) or names.split("\n")[0] or code
    return Hit(iri, kind, label, code or None, _rank(row, wanted, language)[0] == 0)
