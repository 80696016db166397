"""An answer's rows as a page shows them: links to things, dates in words, concepts and states by their names."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from api.words import Shown, Words
from graph.asking.ask import Answer
from graph.asking.rows import Cell

Dress = Callable[[str], Shown]


def shown_rows(words: Words, answer: Answer) -> list[list[list[Shown]]]:
    """Each cell as its values, in the order of the answer's columns."""
    kinds = [column.type for column in answer.question.columns.values()]
    dresses = [
        _dress(words, kind, f"{answer.question.name.removesuffix('s')}{name}", [row[place] for row in answer.rows])
        for place, (name, kind) in enumerate(zip(answer.columns, kinds, strict=True))
    ]
    return [[[dress(part) for part in _parts(cell)] for dress, cell in zip(dresses, row, strict=True)] for row in answer.rows]


def _parts(cell: Cell) -> tuple[str, ...]:
    if cell is None:
        return ()
    return cell if isinstance(cell, tuple) else (str(cell),)


def _dress(words: Words, kind: str, scheme: str, cells: Iterable[Cell]) -> Dress:
    """How the values of one column are shown, the same for all of them; the `status` of `accords` is of scheme AccordStatus."""
    if kind == "iri":
        return words.thing
    if kind == "date":
        return lambda value: Shown(words.date(value))
    if kind in ("text", "list"):
        values = {part for cell in cells for part in _parts(cell)}
        for dress in (functools.partial(words.concept, scheme=scheme), words.concept, words.agent):
            # All or none: a place that happens to be called like a concept must not be translated.
            if values and all(dress(value) is not None for value in values):
                return _sure(dress)
    return Shown


def _sure(dress: Callable[[str], Shown | None]) -> Dress:
    return lambda value: dress(value) or Shown(value)
