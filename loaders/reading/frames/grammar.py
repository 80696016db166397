"""Small word lists of the engine: cues before actors, and the words around a verb; read strictly, once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.frames.inflection import DATA, Paradigms
from loaders.reading.phrasing import whole_words

TOKEN = re.compile(
    r"[a-z0-9]++(?:(?=[-'])(?:-[a-z0-9]++)*+(?:(?<=[a-z]n)'t\b|'?+))?+|[SDCGAMTNP]_*+|'s\b|[^\s\w]|_++", re.ASCII | re.DOTALL
)
PLAIN = {"du": "de", "des": "de", "d'": "de", "au": "a", "aux": "a"}  # "en faveur du" is "en faveur de"
CUES = ("with", "by", "between", "of", "to", "in", "against", "for", "from", "source", "other")
MODALITY = (
    "have", "be", "planned", "decided", "none", "done", "negation", "undone", "link", "purpose",
    "transparent", "condition", "alleged", "postponed", "cancelled", "future", "denied",
)  # fmt: skip
VERB_CLASSES = (
    "have", "be", "be_planned", "have_planned", "planned", "decided",
    "none", "done", "negation", "undone", "purpose", "alleged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """The engine's closed classes in one language; every word is folded."""

    cues: Mapping[str, str]  # phrase -> cue
    cue_lengths: Mapping[str, tuple[int, ...]]  # last word of a cue -> lengths in words of the cues that end so, longest first
    determiners: frozenset[str]
    light: frozenset[str]
    conjunctions: frozenset[str]
    government: frozenset[str]
    joining: frozenset[str]  # words that may stand between two actors of one list
    modality: Mapping[str, frozenset[str]]
    verb_classes: Mapping[str, frozenset[str]]  # word -> the classes of modality that it shows in a verb group
    phrases: Mapping[str, re.Pattern[str]]  # class of modality or wording -> any of its words
    words: Mapping[str, frozenset[str]]  # class of wording -> its words
    closing: Mapping[str, re.Pattern[str]]  # class of wording -> any of its words at the end of a text, one light word after it


def load_grammar(folder: Path = DATA) -> Mapping[str, Grammar]:
    """The grammar of each language from `cues.toml` and `modality.toml`; BadData names file and key."""
    cues, modality, wording = _table(folder / "cues.toml"), _table(folder / "modality.toml"), _wording(folder)
    paradigms = Paradigms()
    said = {language: _said(wording[language], language, paradigms) for language in ("fr", "en")}
    return {language: _grammar(cues[language], modality[language], said[language], language) for language in ("fr", "en")}


def _wording(folder: Path) -> Mapping[str, Any]:
    """The classes of the files of wording as one, those of two joined; BadData where a language lacks one."""
    known: dict[str, dict[str, list[str]]] = {"fr": {}, "en": {}}
    for name in ("wording.toml", "ties.toml", "positions.toml", "giving.toml", "clubs.toml", "papers.toml", "encounters.toml"):
        table = _table(folder / name)
        if set(table["fr"]) != set(table["en"]):
            raise BadData(f"{name}: only one language has {', '.join(sorted(set(table['fr']) ^ set(table['en'])))}")
        for language, classes in table.items():
            for words, phrases in classes.items():
                known[language].setdefault(words, []).extend(phrases)
    return known


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
    determiners, light, conjunctions, government = (
        frozenset(map(fold, cues[name])) for name in ("determiners", "light", "and", "government")
    )
    loose = (word for phrase in conjunctions for word in phrase.split())
    return Grammar(
        phrases,
        _cue_lengths(phrases),
        determiners,
        light,
        conjunctions,
        government,
        frozenset((*determiners, *light, *conjunctions, *government, *phrases, *loose, "d'", "l'")),
        classes,
        _classes(classes),
        {name: any_of(words) for name, words in {**classes, **said}.items()},
        said,
        {name: _closing(words) for name, words in said.items()},
    )


def _cue_lengths(phrases: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for words in map(TOKEN.findall, phrases):
        found.setdefault(words[-1], set()).add(len(words))
        for contracted, plain in PLAIN.items():
            if plain == words[-1] and len(words) > 1:
                found.setdefault(contracted, set()).add(len(words))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _classes(modality: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    words = {word for name in VERB_CLASSES if name in modality for word in modality[name]}
    return {word: frozenset(name for name in VERB_CLASSES if word in modality.get(name, ())) for word in words}


def any_of(words: frozenset[str] | tuple[str, ...]) -> re.Pattern[str]:
    """An expression that finds any of these folded phrases as whole words, the longest first; nothing when there are none."""
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?:{whole_words(words)})(?![a-z0-9])")


def _closing(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{whole_words(words)})(?:(?<=')|(?![a-z0-9]))\s*(?:[a-z-]+ )?\Z")
