"""Small word lists of the engine: cues before actors, and the words around a verb; read strictly, once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.frames.inflection import DATA

TOKEN = re.compile(r"[SDCGAMTNP]_*|'s\b|[a-z]+n't\b|[a-z0-9]+(?:-[a-z0-9]+)*'?|[^\s\w]|_+", re.ASCII | re.DOTALL)
CUES = ("with", "by", "between", "of", "to", "in", "against", "for", "from", "source", "other")
MODALITY = (
    "have", "be", "planned", "decided", "none", "done", "negation", "undone", "link", "purpose",
    "transparent", "condition", "alleged", "postponed", "cancelled", "future", "denied",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """The engine's closed classes in one language; every word is folded."""

    cues: Mapping[str, str]  # phrase -> cue
    longest_cue: int  # in words
    determiners: frozenset[str]
    light: frozenset[str]
    conjunctions: frozenset[str]
    government: frozenset[str]
    modality: Mapping[str, frozenset[str]]
    phrases: Mapping[str, re.Pattern[str]]  # class of modality -> any of its words, as an expression


def load_grammar(folder: Path = DATA) -> Mapping[str, Grammar]:
    """The grammar of each language from `cues.toml` and `modality.toml`; BadData names file and key."""
    cues, modality = _table(folder / "cues.toml"), _table(folder / "modality.toml")
    return {language: _grammar(cues[language], modality[language], language) for language in ("fr", "en")}


def _table(path: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path.name}: {error}") from error
    if set(table) != {"fr", "en"}:
        raise BadData(f"{path.name}: has the tables {sorted(table)}; it needs fr and en")
    return table


def _grammar(cues: Mapping[str, Any], modality: Mapping[str, Any], language: str) -> Grammar:
    if set(cues) != {"cue", "determiners", "light", "and", "government"} or set(cues["cue"]) != set(CUES):
        raise BadData(f"cues.toml: {language} must have cue ({', '.join(CUES)}), determiners, light, and, government")
    strange = set(modality) - set(MODALITY) - {"be_planned", "have_planned"}
    if strange or set(MODALITY) - set(modality):
        raise BadData(f"modality.toml: {language} must have the classes {', '.join(MODALITY)}; strange: {sorted(strange)}")
    phrases = {fold(phrase): cue for cue, all_ in cues["cue"].items() for phrase in all_}
    classes = {name: frozenset(fold(word) for word in all_) for name, all_ in modality.items()}
    return Grammar(
        phrases,
        max(len(TOKEN.findall(phrase)) for phrase in phrases),
        frozenset(map(fold, cues["determiners"])),
        frozenset(map(fold, cues["light"])),
        frozenset(map(fold, cues["and"])),
        frozenset(map(fold, cues["government"])),
        classes,
        {name: any_of(words) for name, words in classes.items()},
    )


def any_of(words: frozenset[str] | tuple[str, ...]) -> re.Pattern[str]:
    """An expression that finds any of these folded phrases as whole words, the longest first; nothing when there are none."""
    if not words:
        return re.compile(r"(?!)")
    inner = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![a-z0-9])(?:{inner})(?![a-z0-9])")
