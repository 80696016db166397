"""The rows that a question's texts gathered, for a step to make the answer of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from graph.asking.rows import Cell

Values = Mapping[str, str | int]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows in the order that the question gives them, and the names of their columns."""

    columns: tuple[str, ...]
    rows: Sequence[Row]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def picked(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Of each row these columns, two at least, in this order: a third of the time of rows by column."""
        return map(itemgetter(*(self.columns.index(name) for name in names)), self.rows)


class Step(Protocol):
    """Makes an answer's rows, in their final order, from what was gathered and what was asked; the same for the same."""

    def __call__(self, gathered: Gathered, values: Values) -> Iterable[Row]:
        """The rows."""
