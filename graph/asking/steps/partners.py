"""What a state's facts say of each of its partners: what was gained and lost, how things stand, where they are going."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.asking.steps.days import months, touches
from graph.asking.steps.gathered import Gathered, Row, Values

Fact = dict[str, Any]

LEVELS = ("liaison_office", "consulate", "permanent_mission", "embassy")
_UNDONE = ("planned", "postponed", "cancelled", "negotiated")
_GAINED: Mapping[str, Mapping[str, str]] = {
    "RelationChange": {
        "established": "gained",
        "restored": "gained",
        "recognised": "gained",
        "severed": "lost",
    },
    "Mission": {"opened": "gained", "reopened": "gained", "closed": "lost"},
}


def changes(gathered: Gathered, values: Values) -> list[Row]:
    """Rows by year, the newest last; a first or last contact is a signing, session, meeting or visit that took place."""
    rows = [
        (int(date[:4]), partner, change, direction, date, fact["fact"], fact["sources"])
        for partner, facts in itertools.groupby(gathered, key=lambda fact: fact["partner"])
        for change, direction, fact in _changes(list(facts))
        if touches(date := fact["date"], str(values["since"]), str(values["until"]))
    ]
    return sorted(rows, key=lambda row: (row[0], row[1], row[4], row[2], row[5]))


def _changes(facts: Sequence[Fact]) -> Iterator[tuple[str, str | None, Fact]]:
    dated = [fact for fact in facts if fact["date"] is not None and fact["date"] < "X"]
    for fact in dated:
        if fact["kind"] == "RelationChange" and fact["status"] not in _UNDONE and fact["type"] in _GAINED["RelationChange"]:
            yield f"relations_{fact['type']}", _GAINED["RelationChange"][fact["type"]], fact
        if fact["kind"] == "Mission" and fact["status"] in _GAINED["Mission"]:
            way = "sent" if fact["role"] == "sender" else "hosted"
            yield f"mission_{fact['status']}_{way}", _GAINED["Mission"][fact["status"]], fact
    done = [fact for fact in dated if is_contact(fact)]
    yield from (("first_accord", "gained", fact) for fact in [one for one in done if one["kind"] == "Accord"][:1])
    yield from (("first_contact", "gained", fact) for fact in done[:1])
    yield from (("last_contact", None, fact) for fact in done[-1:])


def is_contact(fact: Fact) -> bool:
    """Whether two states met in it: a signing, session, meeting or visit that took place."""
    return fact["kind"] in ("Accord", "Session", "Meeting", "Visit") and fact["status"] not in _UNDONE


def relations(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Events in order, each with how relations and missions stood afterwards; what has no date changes nothing."""
    state: str | None = None
    open_missions: dict[str, set[tuple[str, str]]] = {"sender": set(), "host": set()}
    for fact in gathered:
        done = fact["date"] is not None and fact["date"] < "X" and fact["status"] not in _UNDONE
        if fact["kind"] == "Mission":
            event, mission = f"{fact['type']}_{fact['status']}", (fact["type"], fact["fact"])
            if done:
                (open_missions[fact["role"]].discard if fact["status"] == "closed" else open_missions[fact["role"]].add)(
                    mission
                )
        else:
            event = fact["type"]
            if done and event in ("established", "restored", "severed"):
                state = "severed" if event == "severed" else "established"
        yield (
            *(fact["fact"], fact["date"], event, fact["by"], fact["status"], state),
            *(highest(kind for kind, _ in open_missions[role]) for role in ("sender", "host")),
            *(fact["sources"], fact["disputed"]),
        )


def highest(types: Iterable[str | None]) -> str | None:
    """The highest of some types of mission."""
    return max((kind for kind in types if kind in LEVELS), key=LEVELS.index, default=None)


def partner_map(gathered: Gathered, values: Values) -> list[Row]:
    """One row a partner, the most facts first; facts dated after `as_of` are left out, undated ones count."""
    as_of = str(values["as_of"])
    rows = []
    for partner, group in itertools.groupby(gathered, key=lambda fact: fact["partner"]):
        facts = [fact for fact in group if fact["date"] is None or touches(fact["date"], "", as_of)]
        if facts:
            rows.append((partner, *_standing(facts), *_trends(facts, as_of), len({fact["fact"] for fact in facts})))
    return sorted(rows, key=lambda row: (-int(row[-1]), str(row[0])))


def _standing(facts: Sequence[Fact]) -> tuple[Any, ...]:
    of = {kind: [fact for fact in facts if fact["kind"] == kind] for kind in sorted({fact["kind"] for fact in facts})}
    done = [fact for fact in of.get("RelationChange", []) if fact["status"] not in _UNDONE and fact["date"]]
    missions = [fact for fact in of.get("Mission", []) if fact["status"] not in ("closed", "planned")]
    accords = [fact for fact in of.get("Accord", []) if fact["status"] not in _UNDONE]
    visits = [fact for fact in of.get("Visit", []) if fact["status"] not in _UNDONE]
    domains = Counter(domain for fact in accords for domain in fact["domains"])
    trade = [fact for fact in of.get("TradeFlow", []) if fact["value"] is not None and fact["date"]]
    return (
        *((done[-1]["type"], done[-1]["date"]) if done else (None, None)),
        highest(fact["type"] for fact in missions),
        sum(fact["role"] == "sender" for fact in missions),
        sum(fact["role"] == "host" for fact in missions),
        len(accords),
        sum(fact["status"] == "in_force" for fact in accords),
        sum(fact["status"] in ("terminated", "suspended") for fact in accords),
        len(of.get("Accord", [])) - len(accords),
        tuple(sorted(f"{domain}={number}" for domain, number in domains.items())),
        len(of.get("Commission", [])),
        _last(fact for fact in of.get("Session", []) if fact["status"] not in _UNDONE),
        sum(fact["role"] == "visitingParty" for fact in visits),
        sum(fact["role"] == "hostParty" for fact in visits),
        _last(visits),
        len(of.get("Meeting", [])),
        _last(fact for fact in facts if is_contact(fact)),
        *((int(trade[-1]["date"][:4]), trade[-1]["value"], trade[-1]["currency"]) if trade else (None, None, None)),
    )


def _last(facts: Iterable[Fact]) -> str | None:
    return max((fact["date"] for fact in facts if fact["date"]), default=None)


def _trends(facts: Sequence[Fact], as_of: str) -> tuple[Any, ...]:
    now = months(as_of)
    ages = [now - months(fact["date"]) for fact in facts if fact["date"] and fact["kind"] != "Commission"]
    counts, trends = [], []
    for window in (12, 36):
        late, early = sum(0 <= age < window for age in ages), sum(window <= age < 2 * window for age in ages)
        counts += [late, early]
        trends += trend(late, early)
    return (*counts, *trends)


def trend(late: int, early: int) -> list[float | None]:
    """(late - early) / (late + early), and the margin of a 95 % interval; both None where nothing is counted.

    Given their sum, the later of two Poisson counts is binomial; the share p = late / (late + early) gets the Agresti-Coull
    interval (The American Statistician 52:2, 1998), and the trend 2p - 1 twice its half-width.
    """
    total = late + early
    if total == 0:
        return [None, None]
    share = (late + 2) / (total + 4)
    margin = 2 * 1.96 * (share * (1 - share) / (total + 4)) ** 0.5
    return [round((late - early) / total, 4), round(margin, 4)]
