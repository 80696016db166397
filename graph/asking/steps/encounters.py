"""How an office-holder met others: at home, abroad, in a third country, by phone; and who brings two states together."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.places import state_of

_AFAR = ("phone", "video")


def modes(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Meetings and visits of persons, each with its mode.

    `visit_made`: a visit, or a meeting in the country of another party; `visit_received`: a meeting at home with another
    party; `home`: at home among compatriots; `third_country`: elsewhere; `unknown`: the place is unknown or no known city.
    """
    for row in gathered:
        of = tuple(row["held_of"] if row["offices"] else row["serves"])
        partners = tuple(sorted({*row["parties"], *row["others_of"]} - set(of)))
        yield (
            *(row[name] for name in ("fact", "kind", "date", "place")),
            _mode(row, of, partners),
            *(row[name] for name in ("status", "who", "name", "offices")),
            of,
            row["others"],
            partners,
            row["sources"],
        )


def _mode(row: dict[str, Any], of: tuple[str, ...], partners: tuple[str, ...]) -> str:
    if row["kind"] == "Visit":
        return "visit_made"
    if row["format"] in _AFAR:
        return str(row["format"])
    where = state_of(row["place"])
    if where is None or not of:
        return "unknown"
    if where in of:
        return "visit_received" if partners else "home"
    return "visit_made" if where in partners else "third_country"


def brokers(gathered: Gathered, values: Values) -> list[Row]:
    """For two parties to a meeting, third ones: `hosted` where it lies with them, `attended` where they are party too."""
    hosted: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    attended: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    wanted = {name: str(values[name]).rpartition("/")[2] for name in ("state", "partner") if values[name]}
    for row in gathered:
        where = state_of(row["place"]) if row["format"] not in _AFAR else None
        for one, other in itertools.combinations(sorted(row["parties"]), 2):
            if set(wanted.values()) <= {one, other}:
                for third in {*row["parties"]} - {one, other}:
                    attended[one, other, third].add(row["meeting"])
                if where is not None and where not in (one, other):
                    hosted[one, other, where].add(row["meeting"])
    rows: list[Row] = []
    for key in hosted.keys() | attended.keys():
        meetings = tuple(sorted(hosted[key] | attended[key]))
        rows.append((*key, len(meetings), len(hosted[key]), len(attended[key]), meetings))
    return sorted(rows, key=lambda row: (-int(str(row[3])), *map(str, row[:3])))
