"""What follows what: accords after visits, and accords among partners of partners."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.missions import level

Fact = dict[str, Any]

_BIN = 30


def sequences(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Each pair of a visit and a later accord of the same two states, at most `days` days apart, in the order of the visits."""
    for visit, accord, lag in _pairs(gathered, values):
        if lag >= 0:
            said = (visit["fact"], visit["date"], visit["one"], visit["other"], level(visit["offices"]))
            yield (*said, accord["fact"], accord["date"], lag)


def lags(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Pairs by lag, in bins of 30 days: those after a visit, and those as long before one.

    What is signed on the day of a visit is in the first bin, among those after. `excess` is after / (after + before), its
    margin that of the Agresti-Coull interval at 95 %.
    """
    after: dict[int, list[str]] = defaultdict(list)
    before: dict[int, int] = defaultdict(int)
    for _, accord, lag in _pairs(gathered, values):
        if lag >= 0:
            after[lag // _BIN].append(accord["fact"])
        else:
            before[-lag // _BIN] += 1
    for number in range(max([-1, *after, *before]) + 1):
        late, total = len(after[number]), len(after[number]) + before[number]
        share = (late + 2) / (total + 4)
        margin = 1.96 * (share * (1 - share) / (total + 4)) ** 0.5
        known = (round(late / total, 4), round(margin, 4)) if total else (None, None)
        accords = tuple(sorted(set(after[number])))
        yield (number * _BIN, number * _BIN + _BIN - 1, late, before[number], *known, accords)


def _pairs(gathered: Gathered, values: Values) -> Iterator[tuple[Fact, Fact, int]]:
    """Visits with the accords of the same pair within `days` days before or after."""
    days, wanted = abs(int(values["days"])), str(values["level"])
    state = str(values["state"]).rpartition("/")[2]
    facts = list(gathered)
    accords: dict[frozenset[str], list[tuple[int, Fact]]] = defaultdict(list)
    for fact in facts:
        if fact["kind"] == "accord":
            accords[frozenset((fact["one"], fact["other"]))].append((_number(fact), fact))
    for visit in (fact for fact in facts if fact["kind"] == "visit"):
        if state in ("", visit["one"], visit["other"]) and wanted in ("", level(visit["offices"])):
            signed, day = accords[frozenset((visit["one"], visit["other"]))], _number(visit)
            first = bisect_left(signed, day - days, key=lambda each: each[0])
            last = bisect_right(signed, day + days, key=lambda each: each[0])
            yield from ((visit, accord, then - day) for then, accord in signed[first:last])


def _number(fact: Fact) -> int:
    return date.fromisoformat(fact["date"]).toordinal()


def closure(gathered: Gathered, values: Values) -> list[Row]:
    """The first accord of each pair in each domain, in order, with the third states that both had an accord with before.

    What is signed on the same day is not before. `expected` is the mean number of such third states over all pairs of states
    that have a partner in that domain by then and no accord with each other: Kinne, "Network Dynamics and the Evolution of
    International Cooperation", American Political Science Review 107:4 (2013), has the model; this is its raw count.
    """
    by_domain: dict[str, list[Fact]] = defaultdict(list)
    for row in gathered:
        for domain in row["domains"] or ("",):
            by_domain[domain].append(row)
    chosen = str(values["domain"])
    rows = [
        row
        for domain, facts in sorted(by_domain.items())
        if chosen in ("", domain)
        for row in _closing(domain, facts, str(values["state"]).rpartition("/")[2])
    ]
    return sorted(rows, key=lambda row: (str(row[4]), str(row[0]), str(row[3])))


def _closing(domain: str, facts: list[Fact], state: str) -> Iterator[Row]:
    ties: dict[str, set[str]] = defaultdict(set)
    for signed, group in itertools.groupby(facts, key=lambda fact: fact["date"]):
        new = [fact for fact in group if fact["other"] not in ties[fact["one"]]]
        shown = [fact for fact in new if state in ("", fact["one"], fact["other"])]
        expected = _expected(ties) if shown else None
        for fact in shown:
            shared = tuple(sorted(ties[fact["one"]] & ties[fact["other"]]))
            yield domain or None, fact["one"], fact["other"], fact["accord"], signed, shared, len(shared), expected
        for fact in new:
            ties[fact["one"]].add(fact["other"])
            ties[fact["other"]].add(fact["one"])


def _expected(ties: dict[str, set[str]]) -> float | None:
    """Open two-paths over open pairs: each state joins all pairs of its partners; those already tied are closed."""
    tied = {state: others for state, others in ties.items() if others}
    paths = sum(len(others) * (len(others) - 1) // 2 for others in tied.values())
    closed = sum(len(tied[one] & tied[other]) for one in tied for other in tied[one] if one < other)
    edges = sum(len(others) for others in tied.values()) // 2
    pairs = len(tied) * (len(tied) - 1) // 2 - edges
    return round((paths - closed) / pairs, 4) if pairs else None
