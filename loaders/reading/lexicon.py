"""Everything the reader knows of words: compiled once from data files and reference data, then only read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word knowledge of both languages; passed to every stage, never changed."""


def load_lexicon() -> Lexicon:
    """Read and check every data file; a malformed one raises BadData naming file and entry."""
    return Lexicon()
