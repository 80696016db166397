"""One automaton pass over an article: every known word or name, on word boundaries, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

_APART = re.compile(r"[^0-9a-z ]")
_TOKEN = tuple.__new__  # tokens are made by the thousand: this is the quick way to make one


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
    meanings: Mapping[str, Any]  # category -> what it stands for there

    def get(self, category: str) -> Any:
        """What it stands for in that category; None when it is no such word."""
        return self.meanings.get(category)

    def reordered(self, words: Iterable[Word]) -> Token:
        """The token with its words in another order: of one category the first counts."""
        order = tuple(words)
        return self._replace(words=order, meanings=meanings_of(order))

    @property
    def category(self) -> str:
        """Its first category."""
        return self.words[0].category


class _Entry(NamedTuple):
    """What the automaton holds for a form."""

    length: int
    words: tuple[Word, ...]
    meanings: Mapping[str, Any]
    shaped: bool  # some of its words must be written in a certain way


def apart(folded: str) -> str:
    """Folded text between two spaces, with a space for every character that is no plain letter or digit."""
    return f" {_APART.sub(' ', folded)} "


def meanings_of(words: tuple[Word, ...]) -> Mapping[str, Any]:
    """What the first word of each category stands for."""
    return {word.category: word.value for word in reversed(words)}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The known words of one language in one automaton."""

    automaton: Any

    def tokens(self, text: str, spaced: str) -> list[Token]:
        """Known words in reading order, disjoint: the leftmost, and of those that begin together the longest.

        `spaced` is the folded text with its words `apart`.
        """
        # a key's closing space, and the space put before the text
        hits = [(last - 1 - entry.length, 1 - last, entry) for last, entry in self.automaton.iter(spaced)]
        hits.sort()  # no two begin and end together, so entries are never compared
        tokens: list[Token] = []
        position = 0
        for start, minus_end, entry in hits:
            if start < position:
                continue
            written, words, meanings = text[start:-minus_end], entry.words, entry.meanings
            if entry.shaped:
                words = tuple([word for word in words if _fits(written, word.shape)])
                if not words:
                    continue
                meanings = meanings if len(words) == len(entry.words) else meanings_of(words)
            end = -minus_end
            if text[end : end + 1] == "." and "." in written:
                end += 1  # the last full stop of "U.S."
            tokens.append(_TOKEN(Token, (start, end, words, meanings)))
            position = end
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
        found = tuple(sorted(meanings[key], key=lambda word: (word.rank, word.category, str(word.value))))
        shaped = any(word.shape != "any" for word in found)
        automaton.add_word(f" {key} ", _Entry(len(key), found, meanings_of(found), shaped))
    automaton.make_automaton()
    return Gazetteer(automaton)


def _keys(phrase: str) -> Iterator[str]:
    key = _APART.sub(" ", phrase).strip()
    if key:
        yield " ".join(key.split())
    if "  " in key:
        yield key  # "St. Vincent": the full stop leaves a space too
