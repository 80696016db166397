"""A sentence cut into pieces, so that a page can mark the words that triggered a claim and underline its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.things import Thing
from graph.asking.claims import ClaimInfo
from graph.asking.claims import Passage as Span

Mark = Literal["plain", "quote", "trigger"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence; `trigger` lies within the evidence, `quote` is the rest of it."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a source with all that it says of a thing, by one claim or several."""

    source: Thing
    sentence: str
    told: tuple[tuple[ClaimInfo, Span], ...]

    @property
    def language(self) -> str | None:
        """The language of the sentence, as its source says."""
        value = self.source.one("language")
        return None if value is None else str(value)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The sentence with the evidence and triggers of every claim."""
        placed = [(claim, span, span.at) for claim, span in self.told if span.at is not None]
        return cut(self.sentence, [(at, at + len(span.quote), _triggers(claim, at - span.start)) for claim, span, at in placed])

    @property
    def confidence(self) -> float:
        """That of the surest claim."""
        return max(claim.confidence for claim, _ in self.told)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that read it, each once."""
        return tuple(dict.fromkeys(claim.rule for claim, _ in self.told))

    @property
    def reasons(self) -> tuple[tuple[str, Any], ...]:
        """Every reason with its claim's kind, each once."""
        found = [(claim.kind, reason) for claim, _ in self.told for reason in claim.reasons]
        return tuple(item for place, item in enumerate(found) if item not in found[:place])


def _triggers(claim: ClaimInfo, shift: int) -> list[tuple[int, int]]:
    return [(reason["start"] + shift, reason["end"] + shift) for reason in claim.reasons if reason["role"] == "trigger"]


def cut(sentence: str, told: Iterable[tuple[int, int, Iterable[tuple[int, int]]]]) -> tuple[Piece, ...]:
    """The sentence in pieces. Each of `told` is a span of evidence with triggers, by offsets in the sentence."""
    marks: list[Mark] = ["plain"] * len(sentence)
    triggers: list[tuple[int, int]] = []
    for start, end, found in told:
        marks[start:end] = ["quote"] * (end - start)
        triggers += found
    for first, last in triggers:
        # A trigger may lie in another sentence of the same claim; what falls outside this one is shown there.
        for position in range(max(first, 0), min(last, len(sentence))):
            marks[position] = "trigger"
    return tuple(_grouped(sentence, marks))


def _grouped(sentence: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    begin = 0
    for position in range(1, len(sentence) + 1):
        if position == len(sentence) or marks[position] != marks[begin]:
            yield Piece(sentence[begin:position], marks[begin])
            begin = position
