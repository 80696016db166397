"""The texts that reading is measured on: a folder of articles, or as many made ones as are wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from graph.model.claims import Source
from graph.model.files import SAMPLES
from loaders.reading.frames.book import FrameBook

_SYLLABLES = ("ba", "do", "ka", "len", "mi", "nor", "pe", "ra", "sul", "ta", "vo", "zi")
_SPOKEN = {
    "fr": "Le ministre {people} des Affaires étrangères, {name}, a déclaré que « les échanges se poursuivront en {month} ».",
    "en": "{people} Foreign Minister {name} said that “the exchanges will go on in {month}”.",
}
_PEOPLES = {"fr": ("rwandais", "belge", "péruvien", "népalais"), "en": ("Rwandan", "Belgian", "Peruvian", "Nepalese")}
_MONTHS = {"fr": ("mars", "juin", "octobre"), "en": ("March", "June", "October")}


def articles(folder: Path | None) -> list[Source]:
    """The articles of a folder (`*.txt`), the project's samples without one."""
    files = sorted((folder or SAMPLES).rglob("*.txt"))
    if not files:
        raise SystemExit(f"{folder}: holds no *.txt; name a folder of articles")
    return [Source(text=file.read_text(encoding="utf-8")) for file in files]


def made(count: int, book: FrameBook, seed: int = 1) -> Iterator[Source]:
    """So many articles of about five sentences, no two alike, from the frames' own examples and invented names."""
    chance = random.Random(seed)
    examples = {
        language: [
            example.text for frame in book.frames if language in frame.words for example in frame.words[language].examples
        ]
        for language in ("fr", "en")
    }
    for _ in range(count):
        language = chance.choice(("fr", "en"))
        told = chance.sample(examples[language], 4)
        day = f"{chance.randint(1990, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        text = f"date: {day}\n{told[0].rstrip('.')}\n\n{told[1]} {_spoken(language, chance)}\n\n{told[2]} {told[3]}\n"
        yield Source(text=text, language=language)


def _spoken(language: str, chance: random.Random) -> str:
    name = " ".join("".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2))
    people, month = chance.choice(_PEOPLES[language]), chance.choice(_MONTHS[language])
    return _SPOKEN[language].format(people=people, name=name, month=month)
