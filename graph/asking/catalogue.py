"""Leaf through the members of a class: filtered, ordered, a page at a time, at a cost that does not grow with the graph."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from graph.asking.index import Searched, opened
from graph.asking.resources import Resource
from graph.model.folding import fold

_FEW = 2000
"""Members that are rather gathered and sorted than met one by one in the order that is asked for."""

_BEFORE_ALL = "0"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a listing: values by filter as the index keeps them, words, an interval, a date, an order.

    `after` is the last row of the page before: its place in the order, and its IRI.
    """

    resource: Resource
    filters: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""
    sort: str = "label"
    language: str = "fr"
    after: tuple[str | int, str] | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: IRIs in order; `after` is the place of the last one where others follow, else None."""

    iris: tuple[str, ...]
    after: tuple[str | int, str] | None


Clause = tuple[str, tuple[str | int, ...]]


def leaf(snapshot: Searched, wanted: Wanted, limit: int) -> Leaf:
    """The page after `wanted.after` of what a listing holds for what is asked."""
    column, order = _column(wanted)
    with closing(opened(snapshot)) as connection:
        chosen = [_chosen(names, value) for names, value in _filters(wanted)]
        counts = [_count(connection, clause, wanted.resource.class_name) for clause in chosen]
        few = min(counts, default=_FEW) < _FEW
        place = chosen.pop(counts.index(min(counts))) if few else None
        query, values = _query(wanted, column, order, place, chosen, limit + 1)
        rows = connection.execute(query, values).fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    return Leaf(tuple(row[0] for row in rows), (rows[-1][1], rows[-1][0]) if more else None)


def total(snapshot: Searched, wanted: Wanted) -> int:
    """How many members fit what is asked; this one costs more where more fit."""
    clauses = [_probe(_chosen(names, value)) for names, value in _filters(wanted)]
    clauses += _conditions(wanted)
    where = " AND ".join(["e.kind = ?", *(text for text, _ in clauses)])
    values = [wanted.resource.class_name, *(value for _, given in clauses for value in given)]
    with closing(opened(snapshot)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM entry e WHERE {where}", values).fetchone()[0])  # noqa: S608


def newest_source(snapshot: Searched) -> str | None:
    """The date of the source published last; None where no source has one."""
    query = "SELECT date FROM entry INDEXED BY entry_by_date WHERE kind = 'Source' AND date < 'X' ORDER BY date DESC LIMIT 1"
    with closing(opened(snapshot)) as connection:
        row = connection.execute(query).fetchone()
    return row[0] or None if row else None


def _column(wanted: Wanted) -> tuple[str, str]:
    """The column of the order, and its index."""
    key = wanted.sort.removeprefix("-")
    column = f"order_{wanted.language}" if key == "label" else key
    return column, f"entry_by_{key}_{wanted.language}" if key == "label" else f"entry_by_{key}"


def _filters(wanted: Wanted) -> list[tuple[Sequence[str], str]]:
    return [(wanted.resource.filters[name].properties, value) for name, value in wanted.filters.items()]


def _chosen(properties: Sequence[str], value: str) -> Clause:
    """The rows of `value` that a filter keeps."""
    return f"v.value = ? AND v.property IN ({', '.join('?' * len(properties))}) AND v.kind = ?", (value, *properties)


def _count(connection: sqlite3.Connection, clause: Clause, kind: str) -> int:
    text, values = clause
    query = f"SELECT count(*) FROM (SELECT 1 FROM value v WHERE {text} LIMIT {_FEW})"  # noqa: S608
    return int(connection.execute(query, (*values, kind)).fetchone()[0])


def _probe(clause: Clause) -> Clause:
    text, values = clause
    same = text.replace("v.kind = ?", "v.kind = e.kind")
    return f"EXISTS (SELECT 1 FROM value v WHERE {same} AND v.entry = e.id)", values  # noqa: S608


def _query(
    wanted: Wanted, column: str, order: str, place: Clause | None, probes: Sequence[Clause], limit: int
) -> tuple[str, list[str | int]]:
    """Few rows are gathered by their value and sorted; many are met in the order asked for until the page is full."""
    kind = wanted.resource.class_name
    clauses = [*map(_probe, probes), *_conditions(wanted)]
    if place is not None:
        text, values = place
        source, first = "entry e", f"e.id IN (SELECT v.entry FROM value v WHERE {text}) AND +e.kind = ?"  # noqa: S608
        given: list[str | int] = [*values, kind, kind]
    else:
        source, first, given = f"entry e INDEXED BY {order}", "e.kind = ?", [kind]
    if wanted.after is not None:
        sign = "<" if wanted.sort.startswith("-") else ">"
        clauses.append((f"(e.{column}, e.iri) {sign} (?, ?)", wanted.after))
    way = "DESC" if wanted.sort.startswith("-") else "ASC"
    where = " AND ".join([first, *(text for text, _ in clauses)])
    query = f"SELECT e.iri, e.{column} FROM {source} WHERE {where} ORDER BY e.{column} {way}, e.iri {way} LIMIT {limit}"  # noqa: S608
    return query, [*given, *(value for _, values in clauses for value in values)]


def _conditions(wanted: Wanted) -> list[Clause]:
    """Words, interval and date; the first bound of an interval is there for the index, the second is exact."""
    found: list[Clause] = []
    if wanted.words:
        table = "sentences" if wanted.resource.class_name == "Claim" else "words"
        found.append((f"e.id IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", (_match(wanted.words),)))  # noqa: S608
    if wanted.since or wanted.until:
        found.append(("e.date >= ? AND e.date < 'X'", (wanted.since[:4] or _BEFORE_ALL,)))
    if wanted.since:
        found.append(("e.date || '-99' >= ?", (wanted.since,)))
    if wanted.until:
        found.append(("e.date <= ?", (wanted.until + "-99",)))
    if wanted.as_of:
        held = "(e.since != '' OR e.until != '') AND e.since <= ? AND (e.until = '' OR e.until || '-99' >= ?)"
        found.append((held, (wanted.as_of + "-99", wanted.as_of)))
    return found


def _match(text: str) -> str:
    """A query of FTS5 for what has words that begin as the text's do; nothing for a text without letters."""
    words = re.findall(r"\w+", fold(text))
    return " ".join(f'"{word}"*' for word in words) or '""'
