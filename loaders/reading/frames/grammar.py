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
from loaders.reading.frames.inflection import DATA, Paradigms
from loaders.reading.phrasing import whole_words

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
    cue_ends: frozenset[str]  # the last word of every cue
    determiners: frozenset[str]
    light: frozenset[str]
    conjunctions: frozenset[str]
    government: frozenset[str]
    modality: Mapping[str, frozenset[str]]
    phrases: Mapping[str, re.Pattern[str]]  # class of modality or wording -> any of its words
    closing: Mapping[str, re.Pattern[str]]  # class of wording -> any of its words at the end of a text, one light word after it


def load_grammar(folder: Path = DATA) -> Mapping[str, Grammar]:
    """The grammar of each language from `cues.toml` and `modality.toml`; BadData names file and key."""
    cues, modality, wording = (_table(folder / name) for name in ("cues.toml", "modality.toml", "wording.toml"))
    paradigms = Paradigms()
    said = {language: _said(wording[language], language, paradigms) for language in ("fr", "en")}
    if set(wording["fr"]) != set(wording["en"]):
        raise BadData(f"wording.toml: only one language has {', '.join(sorted(set(wording['fr']) ^ set(wording['en'])))}")
    return {language: _grammar(cues[language], modality[language], said[language], language) for language in ("fr", "en")}


def _said(table: Mapping[str, Any], language: str, paradigms: Paradigms) -> Mapping[str, frozenset[str]]:
    """The classes of `wording.toml`, folded, phrases that begin with + in all forms of their verb."""
    found: dict[str, frozenset[str]] = {}
    for name, phrases in table.items():
        words: set[str] = set()
        for phrase in phrases:
            verb, space, rest = phrase.removeprefix("+").removeprefix("se ").partition(" ")
            forms = [form.text for form in paradigms.forms(verb, language)] if phrase.startswith("+") else [verb]
            words.update(fold(form + space + rest) if phrase.startswith("+") else fold(phrase) for form in forms)
        found[name] = frozenset(words)
    return found


def _table(path: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path.name}: {error}") from error
    if set(table) != {"fr", "en"}:
        raise BadData(f"{path.name}: has the tables {sorted(table)}; it needs fr and en")
    return table


def _grammar(
    cues: Mapping[str, Any], modality: Mapping[str, Any], said: Mapping[str, frozenset[str]], language: str
) -> Grammar:
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
        frozenset(TOKEN.findall(phrase)[-1] for phrase in phrases),
        frozenset(map(fold, cues["determiners"])),
        frozenset(map(fold, cues["light"])),
        frozenset(map(fold, cues["and"])),
        frozenset(map(fold, cues["government"])),
        classes,
        {name: any_of(words) for name, words in {**classes, **said}.items()},
        {name: _closing(words) for name, words in said.items()},
    )


def any_of(words: frozenset[str] | tuple[str, ...]) -> re.Pattern[str]:
    """An expression that finds any of these folded phrases as whole words, the longest first; nothing when there are none."""
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?:{whole_words(words)})(?![a-z0-9])")


def _closing(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{whole_words(words)})\s*(?:[a-z-]+ )?\Z")
