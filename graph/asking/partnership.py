"""What ties a state, or a group of states, to each of its partners: gathered from the index, for the steps of the questions.

The rows are those that the questions `partner_map`, `partner_changes` and `commission_calendar` gather, so that the steps
give the same figures; a group counts a fact once, however many of its members it names.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from graph.asking.index import Searched, opened
from graph.asking.rows import Cell
from graph.asking.steps.days import touches
from graph.asking.steps.gathered import Gathered
from graph.model.iri import full

ROLES = ("party", "visitingParty", "hostParty", "sender", "host", "donor", "recipient", "member", "memberOf")
KINDS = (
    "Accord", "Commission", "Session", "Meeting", "Visit", "Mission", "RelationChange", "Membership", "TradeFlow", "Aid",
    "Deployment", "Cooperation",
)  # fmt: skip
_TYPES = ("accordType", "commissionType", "missionType", "relationChangeType", "membershipChangeType", "tradeDirection")
_STATUSES = ("accordStatus", "commissionStatus", "missionStatus", "deploymentStatus", "eventStatus")
_ASKED = (*ROLES, *_TYPES, *_STATUSES, "domain", "value", "currency", "session", "foundingAccord", "ordinal", "statusOn")
FACTS = (
    "partner", "kind", "fact", "role", "type", "status", "date", "domains", "value", "currency", "sources", "begun", "ended",
    "status_on",
)  # fmt: skip
CALENDAR = (
    "commission", "name", "parties", "founded_on", "founding_accord", "sources", "session", "ordinal", "date", "status",
)  # fmt: skip
_JOINS, _LEAVES = ("joined", "rejoined"), ("left", "suspended")

Values = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Fact:
    """An entry of the index with its values by property, sorted."""

    iri: str
    kind: str
    date: str
    sources: int
    fr: str
    en: str
    since: str
    until: str
    values: Values

    def one(self, *names: str) -> str | None:
        return next((self.values[name][0] for name in names if name in self.values), None)


@dataclass(frozen=True, slots=True)
class Position:
    """What one agent said last on a topic by a date; `topic` is folded."""

    agent: str
    topic: str
    polarity: str
    date: str
    fact: str


@dataclass(frozen=True, slots=True)
class Ties:
    """All that ties some agents to others: rows of facts, rows of commissions with their sessions, positions of everybody."""

    facts: Gathered
    calendar: Gathered
    positions: tuple[Position, ...]


def ties(snapshot: Searched, agents: Sequence[str], as_of: str, language: str) -> Ties:
    """The ties of agents, by short id, to all who are none of them; positions are those told by `as_of`."""
    with closing(opened(snapshot)) as connection:
        facts = list(_facts(connection, agents))
        sessions = {fact.iri: fact for fact in facts if fact.kind == "Session"}
        calendar = [row for fact in facts if fact.kind == "Commission" for row in _calendar(fact, sessions, language)]
        positions = tuple(_positions(connection, as_of))
    rows = sorted({row for fact in facts for row in _rows(fact, agents)}, key=_order)
    ordered = sorted(calendar, key=lambda row: (str(row[0]), str(row[8] or ""), str(row[6] or "")))
    return Ties(Gathered(FACTS, rows), Gathered(CALENDAR, ordered), positions)


def members(snapshot: Searched, organisation: str, as_of: str) -> tuple[str, ...]:
    """The members of an organisation on a date, by short id: those whose last change by then is that they joined."""
    joined: dict[str, bool] = {}
    with closing(opened(snapshot)) as connection:
        found = sorted(_named(connection, [organisation], ("memberOf",), ("Membership",)), key=lambda one: (one.date, one.iri))
    for fact in found:
        change, member = fact.one("membershipChangeType"), fact.one("member")
        if member is not None and change in (*_JOINS, *_LEAVES) and (not fact.date or touches(fact.date, "", as_of)):
            joined[member] = change in _JOINS
    return tuple(sorted(member for member, there in joined.items() if there))


def _facts(connection: sqlite3.Connection, agents: Sequence[str]) -> Iterator[_Fact]:
    yield from _named(connection, agents, ROLES, KINDS)


def _named(
    connection: sqlite3.Connection, agents: Sequence[str], roles: Sequence[str], kinds: Sequence[str]
) -> Iterator[_Fact]:
    """The facts of some kinds that name one of the agents in one of the roles."""
    chosen = (
        f"SELECT v.entry FROM value v WHERE v.value IN ({_places(agents)}) AND v.property IN ({_places(roles)}) "  # noqa: S608
        f"AND v.kind IN ({_places(kinds)})"
    )
    values: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    given = (*agents, *roles, *kinds)
    asked = f"+o.property IN ({_places(_ASKED)})"  # + : one walk through the values of a fact, not a look-up for each
    query = f"SELECT o.entry, o.property, o.value FROM value o WHERE o.entry IN ({chosen}) AND {asked} ORDER BY o.value"  # noqa: S608
    for entry, name, value in connection.execute(query, (*given, *_ASKED)):
        values[entry][name].append(value)
    query = f"SELECT id, iri, kind, date, sources, fr, en, since, until FROM entry WHERE id IN ({chosen})"  # noqa: S608
    for number, iri, kind, date, sources, fr, en, since, until in connection.execute(query, given):
        yield _Fact(iri, kind, date, sources, fr, en, since, until, values[number])


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _rows(fact: _Fact, agents: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    named = [(role, agent) for role in ROLES for agent in fact.values.get(role, ())]
    own = sorted({role for role, agent in named if agent in agents})
    others = sorted({_code(agent) for _, agent in named if agent not in agents})
    value, currency = fact.one("value"), fact.one("currency")
    rest: tuple[Cell, ...] = (
        fact.one(*_TYPES),
        fact.one(*_STATUSES),
        fact.date or None,
        tuple(fact.values.get("domain", ())),
        None if value is None else float(value),
        None if currency is None else currency.upper(),
        fact.sources,
        fact.since or None,
        fact.until or None,
        fact.one("statusOn"),
    )
    yield from ((partner, fact.kind, fact.iri, role, *rest) for partner in others for role in own)


def _order(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(str(cell or "") for cell in (row[0], row[6], row[2], row[3]))


def _code(agent: str) -> str:
    return agent.partition("/")[2]


def _calendar(commission: _Fact, sessions: Mapping[str, _Fact], language: str) -> Iterator[tuple[Cell, ...]]:
    """The commission once for each of its dated sessions, or once where it has none."""
    accord = commission.one("foundingAccord")
    head: tuple[Cell, ...] = (
        commission.iri,
        (commission.en if language == "en" else commission.fr) or None,
        tuple(sorted(_code(party) for party in commission.values.get("party", ()))),
        commission.date or None,
        None if accord is None else full(accord),
        commission.sources,
    )
    held = [sessions[full(name)] for name in commission.values.get("session", ()) if full(name) in sessions]
    dated = [session for session in held if session.date and session.date < "X"]
    for session in dated:
        ordinal = session.one("ordinal")
        number = None if ordinal is None else int(ordinal)
        yield (*head, session.iri, number, session.date, session.one("eventStatus"))
    if not dated:
        yield (*head, None, None, None, None)


def _positions(connection: sqlite3.Connection, as_of: str) -> Iterator[Position]:
    """The last position of each agent on each topic; of one day, the one with the greater id."""
    query = (
        "SELECT a.value, t.value, p.value, e.date, e.iri FROM entry e "
        "JOIN value a ON a.entry = e.id AND a.property = 'stanceOf' JOIN value t ON t.entry = e.id AND t.property = 'topic' "
        "JOIN value p ON p.entry = e.id AND p.property = 'polarity' WHERE e.kind = 'Stance' ORDER BY e.date, e.iri"
    )
    rows = (Position(*row) for row in connection.execute(query))
    last = {(one.agent, one.topic): one for one in rows if not one.date or touches(one.date, "", as_of)}
    yield from last.values()


def shared_positions(positions: Iterable[Position], agents: Sequence[str]) -> Mapping[str, list[tuple[str, str, str]]]:
    """By the code of each other agent: the topics both have spoken on, with what the agents and the other say of it.

    Agents who do not say the same are `mixed`.
    """
    own: dict[str, set[str]] = defaultdict(set)
    others: list[Position] = []
    for one in positions:
        if one.agent in agents:
            own[one.topic].add(one.polarity)
        else:
            others.append(one)
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for one in sorted(others, key=lambda one: (one.agent, one.topic)):
        if one.topic in own:
            ours = next(iter(own[one.topic])) if len(own[one.topic]) == 1 else "mixed"
            found[_code(one.agent)].append((one.topic, ours, one.polarity))
    return found
