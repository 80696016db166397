"""Data files of the reader: read strictly, folded as texts are, errors naming file and entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.errors import BadData
from graph.model.folding import fold

DATA = Path(__file__).parent / "data"
LANGUAGES = ("fr", "en")


def read_table(path: Path, known: Iterable[str]) -> dict[str, Any]:
    """One TOML file as a dict; a key that is not `known`, or a known one missing, raises BadData."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(f"{path.name}: cannot be read as TOML: {error}") from error
    allowed = set(known)
    where = f"{path.parent.name}/{path.name}"
    for key in table:
        if key not in allowed:
            raise BadData(f"{where}: unknown key {key!r}; known are {', '.join(sorted(allowed))}")
    for key in sorted(allowed - set(table)):
        raise BadData(f"{where}: the key {key!r} is missing")
    return table


def words(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of phrases, folded, each once (spellings may fold alike); anything that is no phrase raises BadData."""
    phrases = table[key]
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase for phrase in phrases):
        raise BadData(f"{where}: {key!r} must be a list of phrases")
    return tuple(dict.fromkeys(fold(phrase) for phrase in phrases))
