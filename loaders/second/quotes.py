"""Where a text holds a quote: exactly, but for Unicode forms, typographic marks and the width of spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model.claims import Span
from graph.model.folding import fold


@dataclass(frozen=True, slots=True)
class Searchable:
    """A text in one normal form, and for each of its characters where it begins and ends in the text as it came."""

    text: str
    normal: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    folded: str  # the normal form without case and accents, for names

    def find(self, quote: str) -> Span | None:
        """The first place that holds a quote, as the text has it; None when there is none, or the quote is blank."""
        wanted = normalised(quote)
        at = self.normal.find(wanted) if wanted else -1
        if at < 0:
            return None
        start, end = self.starts[at], self.ends[at + len(wanted) - 1]
        return Span(start, end, self.text[start:end])

    def names(self, name: str) -> bool:
        """True when the text holds a name as whole words, whatever its case and accents."""
        wanted, at = fold(normalised(name)), -1
        while wanted and (at := self.folded.find(wanted, at + 1)) >= 0:
            end = at + len(wanted)
            if not self.folded[max(at - 1, 0) : at].isalnum() and not self.folded[end : end + 1].isalnum():
                return True
        return False


def searchable(text: str) -> Searchable:
    """Prepare a text for searching; linear in its length."""
    pieces = list(_pieces(text))
    normal = "".join(character for character, _, _ in pieces)
    starts, ends = tuple(start for _, start, _ in pieces), tuple(end for _, _, end in pieces)
    return Searchable(text, normal, starts, ends, fold(normal))


def normalised(text: str) -> str:
    """A quote in the normal form of `Searchable.normal`, without blanks at its ends."""
    return "".join(character for character, _, _ in _pieces(text)).strip()


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character of the normal form with the stretch of the text that it stands for."""
    blank = False
    for start, end in _clusters(text):
        for character in unicodedata.normalize("NFKC", text[start:end]):
            if character.isspace():
                if not blank:
                    yield " ", start, end
                blank = True
            elif unicodedata.category(character) != "Cf":  # soft hyphens and marks of no width
                blank = False
                yield (character if character.isalnum() else fold(character)), start, end


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a character with the accents that follow it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not unicodedata.combining(text[position]):
            yield start, position
            start = position
