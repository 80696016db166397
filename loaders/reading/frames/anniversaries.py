"""When relations began, counted back: "le 60e anniversaire de leurs relations diplomatiques", "60 years of diplomatic ties"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadData
from graph.model.claims import Reason, Value
from graph.model.dates import PartialDate
from graph.model.folding import fold
from loaders.reading.frames.inflection import DATA
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.model import DATE, Candidate, When, year_of

_KEYS = {"anniversary", "of", "relations", "years", "marked", "ordinals", "counts", "suffixes", "whose", "full"}
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_REACH = 60  # characters between a verb of celebration and the day it names


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """The words of one language, compiled: the layer is searched, so that names between them do not matter."""

    counted: re.Pattern[str]  # groups: digits, word
    values: Mapping[str, int]
    marked: re.Pattern[str]
    watched: frozenset[str]  # one of which a sentence must have


def load_anniversaries(path: Path = DATA / "anniversaries.toml") -> Mapping[str, Anniversaries]:
    """Read `anniversaries.toml`; BadData names a class that is missing or strange."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for language in ("fr", "en"):
        if set(table.get(language, {})) != _KEYS:
            raise BadData(f"{path.name}: {language} must have exactly {', '.join(sorted(_KEYS))}")
    return {language: _compiled(table[language]) for language in ("fr", "en")}


def _compiled(table: Mapping[str, Mapping[str, int]]) -> Anniversaries:
    ordinals = {fold(word): value for word, value in table["ordinals"].items()}
    counts = {fold(word): value for word, value in table["counts"].items()}
    date = rf"(?P<digits>\d{{1,3}}) ?{_any(table['suffixes'])}|(?P<word>{_any(ordinals)})"
    span = rf"(?P<years>\d{{1,3}})|(?P<count>{_any(counts)})"
    whose = rf"(?:{_any(table['whose'])} ?)?(?:[SD]_+(?:-[SD]_+)? )?(?:{_any(table['full'])} )?"
    counted = re.compile(
        rf"(?<![a-z0-9])(?:(?:{date}) {_any(table['anniversary'])} {_any(table['of'])} ?{whose}{_any(table['relations'])}"
        rf"|(?:{span}) {_any(table['years'])})(?![a-z])"
    )
    marked = re.compile(rf"(?<![a-z]){_any(table['marked'])}[a-z]*")
    return Anniversaries(
        counted, {**ordinals, **counts}, marked, frozenset(map(fold, (*table["anniversary"], *table["years"])))
    )


def _any(words: Iterable[str]) -> str:
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in folded) + ")"


def anniversary(scene: Scene, words: Anniversaries, memory: Memory) -> Candidate | None:
    """The beginning of the relations whose anniversary the sentence names; None where its year cannot be told."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    found = words.counted.search(reading.layer, low, high)
    if found is None:
        return None
    parties = parties_of(scene, found.span(), None, memory)
    digits = found["digits"] or found["years"]
    count = int(digits) if digits else words.values[found["word"] or found["count"]]
    began = _began(scene, words, found, count)
    if parties is None or len(parties.codes) != 2 or began is None:
        return None
    reasons = (
        Reason("change", reading.text[slice(*found.span())], *found.span(), f"{count} years counted back"),
        parties.reason("parties", reading),
    )
    features = frozenset({"date-told"} | ({"party-inferred"} if parties.inferred else set()))
    fields: dict[str, Value] = {"parties": parties.codes, "change": "established", "date": began}
    return Candidate("relation", fields, (scene.sentence.index,), "relation/anniversary", reasons, features)


def _began(scene: Scene, words: Anniversaries, found: re.Match[str], count: int) -> str | None:
    reading = scene.reading
    dates = [m for m in reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE) if year_of(m) is not None]
    marked = words.marked.search(reading.folded, max(scene.sentence.start, found.start() - 2 * _REACH), found.start())
    own = [
        m for m in dates if marked is not None and marked.end() <= m.start < found.start() and m.start - marked.end() < _REACH
    ]
    if own and isinstance(own[0].value, When):
        day = own[0].value.date
        return str(PartialDate((day.year or 0) - count, day.month, day.day)) if day.day != 29 else str((day.year or 0) - count)
    years = {year_of(m) for m in dates} | ({reading.published.year} if reading.published is not None else set())
    years |= {int(year) for year in _YEAR.findall(reading.folded, scene.sentence.start, scene.sentence.end)}
    first = next((m for m in dates if (year_of(m) or 0) + count in years), None)
    if first is not None and isinstance(first.value, When):
        return str(first.value.date)  # "le 50e anniversaire (6 octobre 1975 - 2025)": the day itself is named
    near = min(dates, key=lambda m: (abs(m.start - found.end()), m.start), default=None)
    year = year_of(near) if near is not None else None
    if year is None and reading.published is not None:
        year = reading.published.year
    return str(year - count) if year is not None and year > count else None
