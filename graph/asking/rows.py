"""One form of a row, whichever language answered.

- text, iri, date: a string; absent or empty: None
- integer, number: an int, a float; absent or empty: None
- list: a tuple of distinct non-empty strings, sorted by code point; SPARQL hands it over joined by U+001F
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.asking.header import ColumnType

SEPARATOR = "\x1f"

Cell = str | int | float | tuple[str, ...] | None


def normalised(values: Iterable[Any], columns: Mapping[str, ColumnType]) -> tuple[Cell, ...]:
    """A row as an engine gives it, in the form above."""
    return tuple(_cell(value, kind) for value, kind in zip(values, columns.values(), strict=True))


def _cell(value: Any, kind: str) -> Cell:
    if kind == "list":
        parts = value.split(SEPARATOR) if isinstance(value, str) else (value or ())
        return tuple(sorted({str(part) for part in parts if part not in (None, "")}))
    if value is None or value == "":
        return None
    if kind == "integer":
        return int(value)
    return float(value) if kind == "number" else str(value)
