"""Which entities a name in somebody's table may mean: candidates by any of its words, scored by likeness of the whole name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.asking.search import Row, Searched, opened
from graph.model.folding import fold

_CONSIDERED = 500
_COLUMNS = "SELECT entry.iri, entry.kind, entry.fr, entry.en, entry.names, entry.code, entry.sources"
_FIND = """
{columns} FROM words JOIN entry ON entry.id = words.rowid
WHERE words MATCH ? AND entry.kind IN ({kinds}) ORDER BY bm25(words, 4, 4, 2, 8), entry.iri LIMIT ?
"""
_ALL = "{columns} FROM entry WHERE entry.kind IN ({kinds})"
_FEW = ("State", "Organisation")
"""Of these there are some hundreds: where nothing is near, all are compared, so that no slip in a beginning hides one."""
_NEAR, _LEAST = 85.0, 50.0
_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean. `score`: 0 to 100, 100 for its code or one of its names, accents and case apart."""

    iri: str
    kind: str
    label: str
    name: str
    score: float


def candidates(snapshot: Searched, text: str, kinds: Sequence[str], language: str, limit: int) -> list[Candidate]:
    """The likeliest entities of some node labels, best first; of equal score, those that more sources speak of.

    Likeness is rapidfuzz's `token_sort_ratio` of folded names, so the order of a person's names does not matter.
    Candidates share the beginning of a word with the text; names whose every word begins otherwise are found among
    states and organisations alone.
    """
    wanted = fold(unicodedata.normalize("NFC", text).strip())
    words = re.findall(r"\w+", wanted)
    if not words:
        return []
    match = " OR ".join(f'"{word[:_BEGINNING]}"*' for word in dict.fromkeys(words))
    few = [kind for kind in kinds if kind in _FEW]
    with closing(opened(snapshot)) as connection:
        found = _compared(wanted, connection.execute(_asking(_FIND, kinds), (match, *kinds, _CONSIDERED)), language)
        if few and all(candidate.score < _NEAR for candidate in found.values()):
            found |= _compared(wanted, connection.execute(_asking(_ALL, few), few), language)
    ordered = sorted(found.items(), key=lambda item: (-item[1].score, *item[0]))
    return [candidate for _, candidate in ordered[:limit]]


def _asking(query: str, kinds: Sequence[str]) -> str:
    return query.format(columns=_COLUMNS, kinds=", ".join("?" * len(kinds)))


def _compared(wanted: str, rows: Iterable[Row], language: str) -> dict[tuple[int, str], Candidate]:
    """Those that are like enough, by what orders those of equal score: more sources first."""
    found = {}
    for iri, kind, fr, en, names, code, sources in rows:
        name, score = _best(wanted, [fr, en, *names.split("\n"), code])
        label = (en or fr if language == "en" else fr or en) or name
        if score >= _LEAST:
            found[-sources, iri] = Candidate(iri, kind, label, name, score)
    return found


def _best(wanted: str, names: Sequence[str]) -> tuple[str, float]:
    """The likest name with its score; only the same name has 100."""
    scored = [(_likeness(wanted, fold(name)), name) for name in names if name]
    score, name = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return name, score


def _likeness(wanted: str, name: str) -> float:
    return 100.0 if wanted == name else min(99.0, round(fuzz.token_sort_ratio(wanted, name), 1))
