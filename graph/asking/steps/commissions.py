"""Joint commissions: whether their seats alternate, and when they are due."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator
from typing import Any

from graph.asking.steps.days import day, months, months_later, touches
from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.places import state_of

_NOT_HELD = ("planned", "postponed", "cancelled")


def alternation(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Sessions in order with their host, the party in whose country they sit; alternation is broken where one receives twice.

    A session in a third country, at a place that is no known city, or not held says nothing of alternation.
    """
    before: str | None = None
    for row in _in_order(gathered):
        host = _host(row)
        counts = host is not None and row["status"] not in _NOT_HELD
        state = "unknown" if not counts else "first" if before is None else "broken" if host == before else "kept"
        before = host if counts else before
        yield (
            *(row[name] for name in ("session", "ordinal", "date", "status", "seats")),
            host,
            state,
            *(row[name] for name in ("documents", "met", "sources", "disputed")),
        )


def _in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """By ordinal; a session without one stands before the first of a later date, one without date too at the end."""
    ordered: list[dict[str, Any]] = []
    for row in rows:  # those with an ordinal come first
        later = (
            place
            for place, one in enumerate(ordered)
            if row["ordinal"] is None and (row["date"] or "X") < (one["date"] or "") < "X"
        )
        ordered.insert(next(later, len(ordered)), row)
    return ordered


def _host(row: dict[str, Any]) -> str | None:
    hosts = {state_of(seat) for seat in row["seats"]} & set(row["parties"])
    return hosts.pop() if len(hosts) == 1 else None


def calendar(gathered: Gathered, values: Values) -> list[Row]:
    """One row a commission that was founded or met by then, as far as is told; the longest overdue first.

    The rhythm is the median of the months between one session held and the next; the next session is due that long after the
    last one, or `years` after it where fewer than two sessions are known. Overdue: no session (nor founding, where there
    was none) for more than `years` years.
    """
    by_commission = itertools.groupby(gathered, key=lambda row: row["commission"])
    due = (_due(list(rows), str(values["as_of"]), int(values["years"])) for _, rows in by_commission)
    return sorted(filter(None, due), key=lambda row: (-int(str(row[11] or 0)), str(row[0])))


def _due(rows: list[dict[str, Any]], as_of: str, years: int) -> Row | None:
    first = rows[0]
    sessions = [row for row in rows if row["session"] is not None]
    held = [row for row in sessions if row["status"] not in _NOT_HELD and touches(row["date"], "", as_of)]
    founded = first["founded_on"] if touches(first["founded_on"] or "X", "", as_of) else None
    if not (held or founded) and (first["founded_on"] or "X") < "X":
        return None  # it is yet to be founded
    announced = [
        row["date"] for row in sessions if row["status"] in _NOT_HELD[:1] and day(row["date"], last=True) >= day(as_of)
    ]
    gaps = [months(later["date"]) - months(row["date"]) for row, later in itertools.pairwise(held)]
    rhythm = round(statistics.median(gaps)) if gaps else None
    last = held[-1]["date"] if held else None
    base = last or founded
    since = None if base is None else max(0, months(as_of) - months(base))
    return (
        *(first[name] for name in ("commission", "name", "parties", "founded_on", "founding_accord")),
        len(held),
        max((row["ordinal"] for row in held if row["ordinal"] is not None), default=None),
        last,
        rhythm,
        min(announced, default=None),
        None if base is None else months_later(base, rhythm if rhythm else 12 * years),
        since,
        None if since is None else "yes" if since > 12 * years else "no",
        first["sources"],
    )
