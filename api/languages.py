"""The interface's words in French and English, and which of the two a reader gets."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from starlette.requests import Request

from graph.errors import BadData

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FALLBACK: Language = "en"
COOKIE = "lang"

_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language, by dotted key; a key that is missing raises BadData."""

    language: Language
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its `{names}` filled in."""
        try:
            return self.words[key].format(**values)
        except KeyError as error:
            raise BadData(f"api/texts/{self.language}.toml: {key} lacks {error}") from error

    def __contains__(self, key: str) -> bool:
        return key in self.words


def load_texts(folder: Path = _FOLDER) -> Mapping[Language, Texts]:
    """Every language's texts; BadData where one lacks a key or a placeholder that another has."""
    loaded = {language: Texts(language, _flat(folder / f"{language}.toml")) for language in LANGUAGES}
    first = loaded[LANGUAGES[0]].words
    for language, texts in loaded.items():
        if odd := set(first) ^ set(texts.words):
            raise BadData(f"{folder.name}/{language}.toml: these keys are not in every language: {', '.join(sorted(odd))}")
        for key, text in texts.words.items():
            if _placeholders(text) != _placeholders(first[key]):
                raise BadData(f"{folder.name}/{language}.toml: {key} has other placeholders than its translation")
    return loaded


def language_of(request: Request) -> Language:
    """The reader's language: `?lang=`, else the cookie, else what the browser prefers, else English."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> Language:
    best, chosen = 0.0, FALLBACK
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        for language in LANGUAGES:
            if tag.lower().split("-")[0] == language and weight > best:
                best, chosen = weight, language
    return chosen


def _flat(path: Path) -> dict[str, str]:
    try:
        return dict(_entries(tomllib.loads(path.read_text(encoding="utf-8")), ""))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path.name}: {error}") from error


def _entries(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            entries += _entries(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            entries.append((prefix + name, value))
        else:
            raise BadData(f"{prefix}{name}: a text is needed, not {type(value).__name__}")
    return entries


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
