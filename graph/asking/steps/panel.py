"""The dyad-year panel: counts, stocks and codes as datasets of international relations have them."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.asking.steps.partners import LEVELS
from graph.errors import BadData
from graph.model.reference import load_reference

EVENTS = ("agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "accuse", "sanction")
_COUNTS = (*EVENTS, "signed", "in_force", "meetings", "sessions", "visits_ab", "visits_ba", "lor_ab", "lor_ba")
_GATHERED = ("one", "other", "class", "type", "status", "year", "from_year", "to_year", "number")
_NEVER = 9999
_FILE = Path(__file__).with_name("plover.toml")


class _Told(NamedTuple):
    """So many facts of a dyad; `way`: ab where the first of it does, sends, gives or visits."""

    kind: str
    type: str | None
    status: str | None
    year: int | None
    begun: int | None
    ended: int | None
    number: int
    way: str


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    kind: str
    event: Literal["agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "accuse", "sanction"]
    type: tuple[str, ...] | None = None
    status: tuple[str, ...] | None = None

    def fits(self, kind: str, typed: str | None, status: str | None) -> bool:
        """Whether the rule counts facts of a class, type and status."""
        return (
            kind == self.kind
            and (self.type is None or (typed or "") in self.type)
            and (self.status is None or (status or "") in self.status)
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

    A dyad is there if any dated fact ties its states; with `balanced` it has a row for every year in which both states are
    there, else for years in which something is above 0. Stocks, `accords_in_force` and `lor`, are those at the end of the year.
    """
    dyads, spoken = _dyads(gathered, {code for name in ("state", "partner") if (code := str(values[name]).rpartition("/")[2])})
    first = int(str(values["since"])[:4]) if values["since"] else min(spoken, default=0)
    last = int(str(values["until"])[:4]) if values["until"] else max(spoken, default=-1)
    for one, other in sorted(dyads):
        born, died = _lives(one, other)
        counts = _counts([_told(row) for row in dyads[one, other]], first, last, died)
        for year in range(first, last + 1):
            found = [counts[year].get(name, 0) for name in _COUNTS] if year in counts else [0] * len(_COUNTS)
            if any(found) or (values["balanced"] == "yes" and born <= year <= died):
                yield (one, other, *_codes(one, other), year, *found)


def _dyads(gathered: Gathered, wanted: set[str]) -> tuple[dict[tuple[str, str], list[Row]], set[int]]:
    """The dated rows, as `_GATHERED` has them, of each dyad that has the wanted states, and the years of them all."""
    dyads: dict[tuple[str, str], list[Row]] = defaultdict(list)
    spoken: set[int | None] = set()
    for row in gathered.picked(*_GATHERED):
        one, other, _, _, _, happened, began, *_ = row
        if not wanted or wanted <= {one, other}:
            years = _year(happened), _year(began)
            if any(years):
                spoken.update(years)
                dyads[(one, other) if one < other else (other, one)].append(row)
    return dyads, {year for year in spoken if year}


def _told(row: Sequence[Any]) -> _Told:
    one, other, kind, typed, status, *dates, number = row
    year, begun, ended = map(_year, dates)
    return _Told(kind, typed, status, year, begun, ended, number, "ab" if one < other else "ba")


@functools.cache
def _year(text: str | None) -> int | None:
    """The number of a year; None where the date has none (`XXXX-06-18`)."""
    return int(text) if text is not None and text.isdigit() else None


def _codes(one: str, other: str) -> tuple[int | None, int | None, str | None, str | None]:
    states = load_reference().states
    first, second = states[one], states[other]
    return first.cow_number, second.cow_number, first.cow_code, second.cow_code


def _lives(one: str, other: str) -> tuple[int, int]:
    """The first and the last year in which both states are there."""
    states = [load_reference().states[code] for code in (one, other)]
    born = max((int(state.since[:4]) for state in states if state.since), default=0)
    return born, min((int(state.until[:4]) for state in states if state.until), default=_NEVER)


def _counts(dyad: Sequence[_Told], first: int, last: int, died: int) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    ruptures = sorted(told.year for told in dyad if told.year and told.type == "severed" and told.status in (None, "", "made"))
    for told in dyad:
        if told.begun:
            ends = [year for year in (died, told.ended, _broken(told, told.begun, ruptures)) if year]
            for year in range(max(first, told.begun), min(last + 1, *ends)):
                _stock(counts[year], told)
        if told.year and first <= told.year <= last:
            _flow(counts[told.year], told)
    return counts


def _broken(told: _Told, begun: int, ruptures: Iterable[int]) -> int | None:
    """The first year after it began in which a rupture ended a mission; consulates and accords outlast it."""
    lasts = told.kind != "Mission" or told.type == "consulate"
    return None if lasts else next((year for year in ruptures if year > begun), None)


def _stock(year: dict[str, int], told: _Told) -> None:
    if told.kind == "InForce":
        year["in_force"] += told.number
    elif told.type in LEVELS:
        name = f"lor_{told.way}"
        year[name] = max(year[name], 1 + LEVELS.index(told.type))


def _flow(year: dict[str, int], told: _Told) -> None:
    event = _event(told.kind, told.type, told.status)
    if event is None:
        return
    year[event] += told.number
    match told.kind:
        case "Accord" if event == "support":
            year["signed"] += told.number
        case "Meeting" | "Session":
            year[f"{told.kind.lower()}s"] += told.number
        case "Visit":
            year[f"visits_{told.way}"] += told.number


@functools.cache
def _event(kind: str, typed: str | None, status: str | None) -> str | None:
    return next((rule.event for rule in _rules() if rule.fits(kind, typed, status)), None)
