"""How a language writes its dates: months, weekdays and forms, read from `dates.toml` and compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.numbers import NumberWords, load_numbers
from loaders.reading.phrasing import either, whole_words
from loaders.reading.tables import DATA, read_table, words

_YEAR = r"(?:1[89]|20)\d\d"
_KEYS = ("months", "weekdays", "next", "last", "idle", "future", "forms", "units", "relative")
_READS = ("day", "month", "year", "weekday", "ago", "later")
_DIGITS = re.compile(r"\{(?:day|until|year2?|monthnumber)\}")
_LEFT_OUT = re.compile(r"\([^()]*(?:\|[^()]*\)|\)[?*])")  # parts of a form that a date may lack, the innermost ones
_SYNTAX = re.compile(r"\(\?(?:P<\w+>|[:=!]|<[=!])|\[[^\]]*\]|\\.|.[?*]|\{\w+\}|[()]")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a date, compiled."""

    reads: str
    pattern: re.Pattern[str]
    digits: bool = False  # no date of this form is without a digit
    month: bool = False  # or without the name of a month
    weekday: bool = False
    year: bool = False
    words: tuple[str, ...] = ()  # nor without all of these
    told: bool = False  # it leans on a year told before: "4 April of that year"; such forms are tried before all


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language writes dates."""

    language: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    next_words: frozenset[str]
    last_words: frozenset[str]
    future: re.Pattern[str]
    forms: tuple[Form, ...]
    units: Mapping[str, str]
    relative: Mapping[str, tuple[str, str, int]]
    relative_pattern: re.Pattern[str]
    any_month: re.Pattern[str]
    any_weekday: re.Pattern[str]
    any_year: re.Pattern[str]
    numbers: NumberWords

    @property
    def year_word(self) -> str:
        """The word without which nothing leans on a year told before."""
        return "annee" if self.language == "fr" else "year"

    @property
    def anchors(self) -> Iterator[str]:
        """The words near which a date may stand, for the automaton."""
        yield from self.months
        yield from self.weekdays
        yield from self.relative
        yield from ("il y a", "voici", "plus tard") if self.language == "fr" else ("ago", "earlier", "later")


def load_calendar(language: str) -> Calendar:
    """The calendar of `data/LANGUAGE/dates.toml`; a form that does not compile raises BadData."""
    where = f"{language}/dates.toml"
    table = read_table(DATA / language / "dates.toml", _KEYS)
    months = {fold(name): number for number, names in enumerate(table["months"], 1) for name in names}
    weekdays = {fold(name): number for number, name in enumerate(table["weekdays"])}
    units = {fold(name): unit for unit, names in table["units"].items() for name in names}
    next_words, last_words = words(table, "next", where), words(table, "last", where)
    numbers = load_numbers(language)
    slots = _slots(months, weekdays, units, next_words + last_words, words(table, "idle", where))
    slots["number"] = rf"(?P<number>\d{{1,3}}|(?:{either((*numbers.words, *numbers.multipliers))})(?:[ -][a-z]+)?)"
    relative = {fold(phrase): (str(a), str(u), int(n)) for phrase, (a, u, n) in table["relative"].items()}
    return Calendar(
        language, months, weekdays, frozenset(next_words), frozenset(last_words),
        re.compile(rf"(?:{whole_words(words(table, 'future', where))})(?![0-9a-z])"),
        tuple(_form(entry, slots, where) for entry in table["forms"]), units, relative,
        re.compile(rf"(?P<relative>{whole_words(relative)})(?![0-9a-z])"),
        re.compile(either(months)), re.compile(either(weekdays)), re.compile(_YEAR), numbers,
    )  # fmt: skip


def _slots(
    months: Iterable[str], weekdays: Iterable[str], units: Iterable[str], when: Iterable[str], idle: Iterable[str]
) -> dict[str, str]:
    day, month, year = r"[0-3]?\d", either(months), _YEAR
    return {
        "day": rf"(?P<day>{day})(?:er|st|nd|rd|th)?", "until": rf"(?P<until>{day})(?:er|st|nd|rd|th)?",
        "month": rf"(?P<month>{month})", "month2": rf"(?P<month2>{month})", "monthnumber": r"(?P<monthnumber>[01]?\d)",
        "year": rf"(?P<year>{year})", "year2": rf"(?P<year2>{year})", "weekday": rf"(?P<weekday>{either(weekdays)})",
        "unit": rf"(?P<unit>{either(units)})",
        "when": rf"(?P<when>{either(when)})", "idle": f"(?:{either(idle)})",
    }  # fmt: skip


def _form(entry: Mapping[str, str], slots: Mapping[str, str], where: str) -> Form:
    if set(entry) != {"pattern", "reads"} or entry["reads"] not in _READS:
        raise BadData(f"{where}: a form needs `pattern` and `reads` (one of {', '.join(_READS)}): {dict(entry)}")
    try:
        source = re.sub(r"\{([a-z]\w*)\}", lambda slot: slots[slot[1]], entry["pattern"])
        said, before = entry["pattern"], ""
        while said != before:
            said, before = _LEFT_OUT.sub("\n", said), said
        compiled = re.compile(rf"(?<![0-9a-z]){source}(?![0-9a-z])")
        pieces = [] if "|" in said else _SYNTAX.sub("\n", said).split("\n")
        literal = tuple(piece for piece in pieces if len(piece.strip()) > 1)
        parts = ("{month}" in said, "{weekday}" in said, "{year}" in said, literal, "(?P<told>" in said)
        return Form(entry["reads"], compiled, _DIGITS.search(said) is not None, *parts)
    except (KeyError, re.error) as error:
        raise BadData(f"{where}: the form {entry['pattern']!r} does not compile: {error}") from error
