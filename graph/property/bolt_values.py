"""What a query returns, as plain values: no driver class leaves this package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from neo4j import Record
from neo4j.graph import Node, Path, Relationship

_PLAIN = frozenset({type(None), bool, int, float, str})
_PLAIN_OR_OF_IT = _PLAIN | {list, dict}


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: its columns, in order, and its rows, each as long as `columns`. `truncated`: there were more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False

    def dictionaries(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def single(self) -> Any:
        """The first value of the first row; None where there is no row."""
        return self.rows[0][0] if self.rows else None


def plain_rows(records: Sequence[Record]) -> tuple[tuple[Any, ...], ...]:
    """The values of records, each as `plain` makes it; columns of what is plain already, as most are, stay as they came."""
    columns = zip(*map(tuple.__iter__, records), strict=True)  # a record's own iterator looks at each value, which takes longer
    return tuple(zip(*(_plain_column(place, column, records) for place, column in enumerate(columns)), strict=True))


def _plain_column(place: int, column: Sequence[Any], records: Sequence[Record]) -> Sequence[Any]:
    types = set(map(type, column))
    if types <= _PLAIN:
        return column
    return [plain(value) for value in (column if types <= _PLAIN_OR_OF_IT else (record[place] for record in records))]


def plain(value: Any) -> Any:
    """A value of JSON's kinds: nodes, relationships and paths become dictionaries without engine ids, dates strings."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)) and not hasattr(value, "srid"):
        return [plain(item) for item in value]
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": plain(dict(value.items()))}
    if isinstance(value, Relationship):
        ends = [None if node is None else node.get("id") for node in (value.start_node, value.end_node)]
        return {"type": value.type, "start": ends[0], "end": ends[1], "properties": plain(dict(value.items()))}
    if isinstance(value, Path):
        return {"nodes": plain(value.nodes), "relationships": plain(value.relationships)}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value.isoformat() if hasattr(value, "isoformat") else _text(value)


def _text(value: Any) -> str:
    return f"PT{value.total_seconds()}S" if isinstance(value, timedelta) else str(value)
