"""The dyad-year panel: counts, stocks and codes as datasets of international relations have them."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.partners import LEVELS
from graph.errors import BadData
from graph.model.reference import load_reference

EVENTS = ("agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "accuse", "sanction")
_COUNTS = (*EVENTS, "signed", "in_force", "meetings", "sessions", "visits_ab", "visits_ba", "lor_ab", "lor_ba")
_FILE = Path(__file__).with_name("plover.toml")


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: str
    event: Literal["agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "accuse", "sanction"]
    type: tuple[str, ...] | None = None
    status: tuple[str, ...] | None = None

    def fits(self, row: Mapping[str, Any]) -> bool:
        """Whether the rule counts the facts of a gathered row."""
        return (
            row["class"] == self.kind
            and (self.type is None or (row["type"] or "") in self.type)
            and (self.status is None or (row["status"] or "") in self.status)
        )


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    try:
        found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        return tuple(_Rule(kind=rule.pop("class"), **rule) for rule in found["rule"])
    except (tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise BadData(f"{_FILE.name}: {error}") from error


def panel(gathered: Gathered, values: Values) -> Iterator[Row]:
    """One row a dyad and year, the dyad's codes in alphabetical order; years from `since` to `until`, else those of the facts.

    A dyad is there if any dated fact ties its states; with `balanced` it has a row for every year, else for years in which
    something is above 0. Stocks, `accords_in_force` and `lor`, are those at the end of the year.
    """
    dyads = _dyads(gathered, {code for name in ("state", "partner") if (code := str(values[name]).rpartition("/")[2])})
    spoken = [year for rows in dyads.values() for row in rows for year in (row["year"], row["from_year"]) if year]
    first = int(str(values["since"])[:4]) if values["since"] else min(spoken, default=0)
    last = int(str(values["until"])[:4]) if values["until"] else max(spoken, default=-1)
    for (one, other), rows in sorted(dyads.items()):
        counts = _counts(rows, first, last)
        for year in range(first, last + 1):
            found = [counts[year].get(name, 0) for name in _COUNTS] if year in counts else [0] * len(_COUNTS)
            if values["balanced"] == "yes" or any(found):
                yield (one, other, *_codes(one, other), year, *found)


def _dyads(gathered: Gathered, wanted: set[str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The dated rows of each dyad that has the wanted states.

    Years are numbers there, and `way` is ab where the first does it, sends, gives or visits.
    """
    dyads: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in gathered:
        one, other = row["one"], row["other"]
        years = {name: _year(row[name]) for name in ("year", "from_year", "to_year")}
        if wanted <= {one, other} and (years["year"] or years["from_year"]):
            dyads[min(one, other), max(one, other)].append({**row, **years, "way": "ab" if one < other else "ba"})
    return dyads


def _year(text: str | None) -> int | None:
    """The number of a year; None where the date has none (`XXXX-06-18`)."""
    return int(text) if text is not None and text.isdigit() else None


def _codes(one: str, other: str) -> tuple[int | None, int | None, str | None, str | None]:
    states = load_reference().states
    first, second = states[one], states[other]
    return first.cow_number, second.cow_number, first.cow_code, second.cow_code


def _counts(rows: Sequence[dict[str, Any]], first: int, last: int) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row["from_year"]:
            for year in range(max(first, row["from_year"]), min(last, row["to_year"] - 1 if row["to_year"] else last) + 1):
                _stock(counts[year], row)
        if row["year"] and first <= row["year"] <= last:
            _flow(counts[row["year"]], row)
    return counts


def _stock(year: dict[str, int], row: dict[str, Any]) -> None:
    if row["class"] == "InForce":
        year["in_force"] += row["number"]
    elif row["type"] in LEVELS:
        name = f"lor_{row['way']}"
        year[name] = max(year[name], 1 + LEVELS.index(row["type"]))


def _flow(year: dict[str, int], row: dict[str, Any]) -> None:
    event = next((rule.event for rule in _rules() if rule.fits(row)), None)
    if event is None:
        return
    year[event] += row["number"]
    match row["class"]:
        case "Accord" if event == "support":
            year["signed"] += row["number"]
        case "Meeting" | "Session":
            year[f"{row['class'].lower()}s"] += row["number"]
        case "Visit":
            year[f"visits_{row['way']}"] += row["number"]
