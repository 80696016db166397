"""What follows what: accords after visits, and accords among partners of partners."""

from __future__ import annotations

import heapq
import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from graph.asking.steps.days import day, touches
from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.missions import level

Fact = dict[str, Any]

Tie = tuple[str, str, str]
"""A domain, and two states with an accord in it."""

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
    facts = sorted(gathered, key=itemgetter("date", "fact", "one", "other"))  # quicker here than in an engine
    accords: dict[frozenset[str], list[tuple[int, Fact]]] = defaultdict(list)
    for fact in facts:
        if fact["kind"] == "accord":
            accords[frozenset((fact["one"], fact["other"]))].append((_number(fact), fact))
    for visit in (fact for fact in facts if fact["kind"] == "visit"):
        if state in ("", visit["one"], visit["other"]) and wanted in ("", level(visit["offices"])):
            signed, arrived = accords[frozenset((visit["one"], visit["other"]))], _number(visit)
            first = bisect_left(signed, arrived - days, key=lambda each: each[0])
            last = bisect_right(signed, arrived + days, key=lambda each: each[0])
            yield from ((visit, accord, then - arrived) for then, accord in signed[first:last])


def _number(fact: Fact) -> int:
    return date.fromisoformat(fact["date"]).toordinal()


def closure(gathered: Gathered, values: Values) -> Iterator[Row]:
    """The first accord of each pair in each domain, in order, with the third states that both had an accord with before.

    Before is what was surely signed on an earlier day; `since` leaves out rows, not what came before them. `expected` is the
    mean number of such third states over all pairs of states that have a partner in that domain by then and no accord with
    each other: Kinne, "Network Dynamics and the Evolution of International Cooperation", American Political Science Review
    107:4 (2013), has the model; this is its raw count.
    """
    chosen, since, state = str(values["domain"]), str(values["since"]), str(values["state"]).rpartition("/")[2]
    networks: dict[str, Ties] = defaultdict(Ties)
    tied: set[Tie] = set()
    waiting: list[tuple[date, Tie]] = []  # until the last day on which they may have been signed has passed
    for signed, group in itertools.groupby(gathered, key=lambda fact: fact["date"]):
        while waiting and waiting[0][0] < day(signed):
            _, (domain, *pair) = heapq.heappop(waiting)
            networks[domain].tie(*pair)
        told = [(domain, fact) for fact in group for domain in fact["domains"] or ("",) if chosen in ("", domain)]
        new = [(domain, fact) for domain, fact in told if (domain, fact["one"], fact["other"]) not in tied]
        for domain, fact in sorted(new, key=lambda each: (each[0], each[1]["accord"])):
            if state in ("", fact["one"], fact["other"]) and touches(signed, since, ""):
                yield _closing(domain, fact, networks[domain])
        for domain, fact in new:
            tied.add(tie := (domain, fact["one"], fact["other"]))
            heapq.heappush(waiting, (day(signed, last=True), tie))


def _closing(domain: str, fact: Fact, ties: Ties) -> Row:
    one, other = fact["one"], fact["other"]
    shared = tuple(sorted(ties.shared(one, other)))
    return domain or None, one, other, fact["accord"], fact["date"], shared, len(shared), ties.expected()


class Ties:
    """Who has an accord with whom, and how many third states an open pair shares on average, kept up with each tie."""

    def __init__(self) -> None:
        self._others: dict[str, set[str]] = defaultdict(set)
        self._ties = 0
        self._open_paths = 0  # two ties that meet in a state, where the two others have none with each other

    def tied(self, one: str, other: str) -> bool:
        """Whether the two have an accord."""
        return other in self._others.get(one, ())

    def shared(self, one: str, other: str) -> set[str]:
        """The states with which both have one."""
        return self._others.get(one, set()) & self._others.get(other, set())

    def tie(self, one: str, other: str) -> None:
        """Note an accord; another of a pair changes nothing."""
        if self.tied(one, other):
            return
        closed = len(self.shared(one, other))  # triangles that the new tie makes: three paths each are open no more
        self._open_paths += len(self._others[one]) + len(self._others[other]) - 3 * closed
        self._ties += 1
        self._others[one].add(other)
        self._others[other].add(one)

    def expected(self) -> float | None:
        """The mean number of shared states of two that have no accord; None where there are no such two."""
        pairs = len(self._others) * (len(self._others) - 1) // 2 - self._ties
        return round(self._open_paths / pairs, 4) if pairs else None
