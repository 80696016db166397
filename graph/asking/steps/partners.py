"""What a state's facts say of each of its partners: what was gained and lost, how things stand, where they are going."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from graph.asking.steps.days import months, touches
from graph.asking.steps.gathered import Gathered, Row, Values

Fact = dict[str, Any]
_Mission = TypeVar("_Mission", bound=Mapping[str, Any])

LEVELS = ("liaison_office", "consulate", "permanent_mission", "embassy")
_FACTS = 29
"""The place of the number of facts in a row of the map."""
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
    missions: list[Fact] = []
    ruptures: list[str] = []
    levels: list[str | None] = [None, None]
    for fact in gathered:
        event = f"{fact['type']}_{fact['status']}" if fact["kind"] == "Mission" else fact["type"]
        if fact["date"] is not None and fact["date"] < "X" and fact["status"] not in _UNDONE:
            if fact["kind"] == "Mission":
                missions.append(fact)
            elif event in ("established", "restored", "severed"):
                ruptures += [fact["date"]] if event == "severed" else []
                state = "severed" if event == "severed" else "established"
            there = _standing_at(missions, ruptures, fact["date"])
            levels = [highest(one["type"] for one in there if one["role"] == role) for role in ("sender", "host")]
        said = (fact["fact"], fact["date"], event, fact["by"], fact["status"], state)
        yield (*said, *levels, fact["sources"], fact["disputed"])


def open_missions(facts: Sequence[Mapping[str, Any]], day: str) -> list[Mapping[str, Any]]:
    """Of what is told of two states by a day, the missions open at its end: what is planned has no bounds.

    A rupture of relations ends them as a closure does, all but consulates (Vienna Conventions on Diplomatic Relations, article
    45, and on Consular Relations, article 2).
    """
    severed = (fact for fact in facts if fact["type"] == "severed" and fact["status"] not in _UNDONE)
    ruptures = [fact["date"] for fact in severed if fact["date"]]
    return _standing_at([fact for fact in facts if fact["kind"] == "Mission"], ruptures, day)


def _standing_at(missions: Iterable[_Mission], ruptures: Iterable[str], day: str) -> list[_Mission]:
    last = max(ruptures, default="")
    return [
        mission
        for mission in missions
        if _is_open(mission, day) and (mission["type"] == "consulate" or not mission["begun"] or mission["begun"] > last)
    ]


def _is_open(mission: Mapping[str, Any], day: str) -> bool:
    begun, ended = mission["begun"], mission["ended"]
    if ended and touches(ended, "", day):
        return False
    return touches(begun, "", day) if begun else bool(ended)


def highest(types: Iterable[str | None]) -> str | None:
    """The highest of some types of mission."""
    return max((kind for kind in types if kind in LEVELS), key=LEVELS.index, default=None)


def partner_map(gathered: Gathered, values: Values) -> list[Row]:
    """One row a partner, the most facts first; of the facts that a map of that date shows."""
    as_of = str(values["as_of"])
    rows = []
    for partner, group in itertools.groupby(gathered, key=lambda fact: fact["partner"]):
        facts = list(shown(group, as_of))
        if facts:
            count = len({fact["fact"] for fact in facts})
            rows.append((partner, *_standing(facts, as_of), *_trends(facts, as_of), count, *_new(facts, as_of)))
    return sorted(rows, key=lambda row: (-int(row[_FACTS]), str(row[0])))


def shown(facts: Iterable[Fact], as_of: str) -> Iterator[Fact]:
    """The facts that a map of a date shows: those of no later day, and what closed later where nothing says when it opened.

    An accord whose status is told of a later day was signed, and no more is known of it, before.
    """
    known = list(facts)
    opened = {_post(fact) for fact in known if fact["kind"] == "Mission" and fact["begun"]}
    for fact in known:
        status_on = fact["status_on"] or fact["ended"]
        if fact["kind"] == "Accord" and fact["status"] not in _UNDONE and status_on and not touches(status_on, "", as_of):
            fact = {**fact, "status": "signed"}
        closed_later = fact["kind"] == "Mission" and _is_open(fact, as_of) and _post(fact) not in opened
        if fact["date"] is None or touches(fact["date"], "", as_of) or closed_later:
            yield fact


def _post(mission: Fact) -> tuple[str, ...]:
    return tuple(str(mission[name]) for name in ("partner", "role", "type", "ended"))


def _standing(facts: Sequence[Fact], as_of: str) -> tuple[Any, ...]:
    of = {kind: [fact for fact in facts if fact["kind"] == kind] for kind in sorted({fact["kind"] for fact in facts})}
    done = [fact for fact in of.get("RelationChange", []) if fact["status"] not in _UNDONE and fact["date"]]
    missions = open_missions(facts, as_of)
    accords = _signed(facts)
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


def _signed(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact["kind"] == "Accord" and fact["status"] not in _UNDONE]


def _new(facts: Iterable[Fact], as_of: str) -> tuple[int, ...]:
    """The accords signed in the last 12 and in the last 36 months."""
    ages = [months(as_of) - months(fact["date"]) for fact in _signed(facts) if fact["date"]]
    return tuple(sum(0 <= age < window for age in ages) for window in (12, 36))


def _last(facts: Iterable[Fact]) -> str | None:
    return max((fact["date"] for fact in facts if fact["date"]), default=None)


def _trends(facts: Sequence[Fact], as_of: str) -> tuple[Any, ...]:
    now = months(as_of)
    happened = (fact for fact in facts if fact["kind"] != "Commission" and fact["status"] not in _UNDONE)
    dated = {fact["fact"]: fact["date"] for fact in happened if fact["date"]}
    ages = [now - months(date) for date in dated.values()]
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
