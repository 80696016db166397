"""One form of a row, whichever language answered.

- text, iri, date: a string; absent or empty: None
- integer, number: an int, a float; absent or empty: None
- list: a tuple of distinct non-empty strings, sorted by code point; SPARQL hands it over joined by U+001F
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.asking.header import ColumnType

SEPARATOR = "\x1f"

_NUMBERS: Mapping[str, type[int] | type[float]] = {"integer": int, "number": float}

Cell = str | int | float | tuple[str, ...] | None


def normalised(rows: Iterable[Sequence[Any]], columns: Mapping[str, ColumnType]) -> list[tuple[Cell, ...]]:
    """Rows as an engine gives them, in the form above."""
    found = list(rows)
    if not found:
        return []
    told = zip(zip(*found, strict=True), columns.values(), strict=True)
    return list(zip(*(_column(values, kind) for values, kind in told), strict=True))


def _column(values: Sequence[Any], kind: ColumnType) -> list[Cell]:
    """The cells of a column; most values have its type already."""
    if kind == "list":
        return [_members(value) for value in values]
    own = _NUMBERS.get(kind, str)
    return [value if type(value) is own and value != "" else _cell(value, own) for value in values]


def _cell(value: Any, own: type[str] | type[int] | type[float]) -> Cell:
    return None if value is None or value == "" else own(value)


def _members(value: Any) -> tuple[str, ...]:
    parts = value.split(SEPARATOR) if isinstance(value, str) else (value or ())
    return tuple(sorted({str(part) for part in parts if part not in (None, "")}))
