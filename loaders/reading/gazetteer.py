"""One automaton pass over an article: every known word or name, on word boundaries, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

_APART = re.compile(r"[^0-9a-z]")


class Word(NamedTuple):
    """What a known word may be: its category, what it stands for there, and how it must be written."""

    category: str
    value: Any
    shape: str = "any"  # any | capital (first letter) | upper (all letters)
    rank: int = 0  # among the words of one form the lowest rank is tried first


class Token(NamedTuple):
    """A known word at a place of the text."""

    start: int
    end: int
    words: tuple[Word, ...]

    def get(self, category: str) -> Any:
        """What it stands for in that category; None when it is no such word."""
        return next((word.value for word in self.words if word.category == category), None)

    @property
    def category(self) -> str:
        """Its first category."""
        return self.words[0].category


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The known words of one language in one automaton."""

    automaton: Any

    def tokens(self, text: str, folded: str) -> list[Token]:
        """Known words in reading order, disjoint: the leftmost, and of those that begin together the longest."""
        spaced = " " + _APART.sub(" ", folded) + " "
        hits: list[tuple[int, int, tuple[Word, ...]]] = []
        for last, (length, words) in self.automaton.iter(spaced):
            end = last - 1  # the key's closing space, and the space put before the text
            start = end - length
            hits.append((start, -end, words))
        hits.sort(key=lambda hit: hit[:2])
        tokens: list[Token] = []
        position = 0
        for start, minus_end, words in hits:
            if start < position:
                continue
            fitting = tuple(word for word in words if _fits(text[start:-minus_end], word.shape))
            if fitting and text[-minus_end : 1 - minus_end] == "." and "." in text[start:-minus_end]:
                minus_end -= 1  # the last full stop of "U.S."
            if fitting:
                tokens.append(Token(start, -minus_end, fitting))
                position = -minus_end
        return tokens


def _fits(written: str, shape: str) -> bool:
    if shape == "any":
        return True
    if shape == "upper":
        return written.upper() == written
    return written[0].isupper() or written[0].isdigit()


def build_gazetteer(entries: Iterable[tuple[str, Word]]) -> Gazetteer:
    """An automaton over folded phrases; all meanings of one phrase are kept, in order of rank."""
    meanings: dict[str, list[Word]] = {}
    for phrase, word in entries:
        for key in _keys(phrase):
            known = meanings.setdefault(key, [])
            if word not in known:
                known.append(word)
    automaton = ahocorasick.Automaton()
    for key in sorted(meanings):
        automaton.add_word(
            f" {key} ", (len(key), tuple(sorted(meanings[key], key=lambda word: (word.rank, word.category, str(word.value)))))
        )
    automaton.make_automaton()
    return Gazetteer(automaton)


def _keys(phrase: str) -> Iterator[str]:
    key = _APART.sub(" ", phrase).strip()
    if key:
        yield " ".join(key.split())
