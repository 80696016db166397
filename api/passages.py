"""A sentence cut into pieces, so that a page can mark the words that triggered a claim and underline its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.things import Thing
from graph.asking.claims import ClaimInfo

Mark = Literal["plain", "quote", "trigger"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence; `trigger` lies within the evidence, `quote` is the rest of it."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of evidence as a page shows it: its claim, its source, its sentence in pieces."""

    claim: ClaimInfo
    source: Thing
    pieces: tuple[Piece, ...]


def cut(sentence: str, quote: str, start: int, triggers: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The sentence in pieces. `start` and the triggers are offsets in the source's text; `quote` begins at `start`."""
    at = sentence.find(quote)
    if at < 0:
        return (Piece(sentence, "plain"),)
    marks: list[Mark] = ["plain"] * len(sentence)
    marks[at : at + len(quote)] = ["quote"] * len(quote)
    for first, last in triggers:
        # A trigger may lie in another sentence of the same claim; what falls outside this one is shown there.
        low, high = max(first - start + at, 0), min(last - start + at, len(sentence))
        if low < high:
            marks[low:high] = ["trigger"] * (high - low)
    return tuple(_grouped(sentence, marks))


def _grouped(sentence: str, marks: Sequence[Mark]) -> Iterable[Piece]:
    begin = 0
    for position in range(1, len(sentence) + 1):
        if position == len(sentence) or marks[position] != marks[begin]:
            yield Piece(sentence[begin:position], marks[begin])
            begin = position
