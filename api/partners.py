"""A state's partners in one answer, as a dashboard shows them: the questions' own figures, put together a partner each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from api.partner_models import Accords, Agreement, Change, Commission, Flow, Missions, PartnerMap, Position, Tie, Trade, Trend
from graph.asking.index import Searched
from graph.asking.labels import Labels
from graph.asking.partnership import Ties, members, shared_positions, ties
from graph.asking.questions import question
from graph.asking.steps import commissions, partners
from graph.errors import NotFound
from graph.model import iri
from graph.model.reference import load_reference
from graph.model.regions import load_regions

FLOWS = 12
"""Flows of trade that are listed of each partner, the newest first; `count` says how many there are."""

Row = Mapping[str, Any]


def partner_map(
    snapshot: Searched,
    agent: str,
    as_of: str,
    language: str,
    years: int,
    *,
    grouped: bool,
    within: str | None = None,
    then: Mapping[str, str] | None = None,
) -> PartnerMap:
    """The map of a state or organisation, by short id, or of a region (`region/africa`), whose states are taken as one.

    `grouped`: of an organisation's members, taken as one. `within`: only the partners in that region. `then`: parameters that
    name an earlier day, for the addresses of the evidence.
    """
    kind, _, key = agent.partition("/")
    group = _group(snapshot, agent, as_of) if grouped or kind == "region" else ()
    agents = group or (agent,)
    labels = Labels(snapshot.store, language)
    asked = None if grouped else urlencode({"state": key, "lang": language, **({"via": "sparql", **then} if then else {})})
    found = _partners(ties(snapshot, agents, as_of, language), agents, as_of, years, labels, asked)
    return PartnerMap(
        state=key,
        label=load_regions()[key].labels[language] if kind == "region" else labels.of(iri.full(agent)),
        members=[name.partition("/")[2] for name in group] or None,
        partners=found if within is None else [tie for tie in found if tie.partner in load_regions()[within].states],
    )


def _group(snapshot: Searched, agent: str, as_of: str) -> tuple[str, ...]:
    kind, _, key = agent.partition("/")
    if kind == "region":
        return tuple(f"state/{code}" for code in load_regions()[key].states)
    found = members(snapshot, agent, as_of)
    if not found:
        raise NotFound(f"members: no source tells of a member of {key} by {as_of}")
    return found


def flat(maps: Iterable[PartnerMap]) -> tuple[tuple[str, ...], list[list[Any]]]:
    """Maps as one table: a line a partner of each, with the columns of the question `partner_map` after the state."""
    names = ("state", *question("partner_map").columns)
    return names, [[one.state, *(tie.figures[name] for name in names[1:])] for one in maps for tie in one.partners]


def _partners(found: Ties, agents: Sequence[str], as_of: str, years: int, labels: Labels, asked: str | None) -> list[Tie]:
    columns = tuple(question("partner_map").columns)
    rows: list[dict[str, Any]]
    rows = [dict(zip(columns, row, strict=True)) for row in partners.partner_map(found.facts, {"as_of": as_of})]
    told: dict[str, list[Row]] = defaultdict(list)
    for fact in partners.shown(found.facts, as_of):
        told[fact["partner"]].append(fact)
    due = _commissions(found, as_of, years)
    changed = _changes(found, as_of)
    positions = shared_positions(found.positions, agents)
    return [_tie(row, told[row["partner"]], as_of, due, changed, positions, labels, asked) for row in rows]


def _tie(
    row: dict[str, Any],
    facts: Sequence[Row],
    as_of: str,
    due: Mapping[str, list[Commission]],
    changed: Mapping[str, list[Change]],
    positions: Mapping[str, list[tuple[str, str, str]]],
    labels: Labels,
    asked: str | None,
) -> Tie:
    code = row["partner"]
    changes = changed.get(code, [])
    return Tie(
        partner=code,
        label=labels.of(_iri(code)),
        relations=row["relations"],
        relations_on=row["relations_on"],
        level=row["level"],
        missions=_missions(facts, as_of),
        accords=_accords(row, facts),
        commissions=due.get(code, []),
        visits_made=row["visits_made"],
        visits_received=row["visits_received"],
        last_visit_on=row["last_visit_on"],
        meetings=row["meetings"],
        last_contact=row["last_contact"],
        trend_12=Trend(late=row["last_12"], early=row["before_12"], value=row["trend_12"], margin=row["margin_12"]),
        trend_36=Trend(late=row["last_36"], early=row["before_36"], value=row["trend_36"], margin=row["margin_36"]),
        gained=[change for change in changes if change.direction == "gained"],
        lost=[change for change in changes if change.direction == "lost"],
        trade=_trade(facts),
        positions=_positions(positions.get(code, [])),
        facts=row["facts"],
        evidence=None if asked is None else f"/api/v1/questions/between?{asked}&partner={code}",
        figures=row,
    )


def _iri(code: str) -> str:
    return load_reference().iri(code)


def _missions(facts: Sequence[Row], as_of: str) -> Missions:
    standing = partners.open_missions(facts, as_of)
    sent = [fact for fact in standing if fact["role"] == "sender"]
    hosted = [fact for fact in standing if fact["role"] == "host"]
    return Missions(
        sent=len(sent),
        hosted=len(hosted),
        level_sent=partners.highest(fact["type"] for fact in sent),
        level_hosted=partners.highest(fact["type"] for fact in hosted),
    )


def _accords(row: Row, facts: Sequence[Row]) -> Accords:
    statuses = Counter(str(fact["status"]) for fact in facts if fact["kind"] == "Accord" and fact["status"])
    domains = (text.rpartition("=") for text in row["domains"])
    return Accords(
        signed=row["accords"],
        in_force=row["accords_in_force"],
        ended=row["accords_ended"],
        planned=row["accords_planned"],
        by_domain={name: int(number) for name, _, number in domains},
        by_status=dict(sorted(statuses.items())),
    )


def _commissions(found: Ties, as_of: str, years: int) -> Mapping[str, list[Commission]]:
    columns = tuple(question("commission_calendar").columns)
    by_party: dict[str, list[Commission]] = defaultdict(list)
    for row in commissions.calendar(found.calendar, {"as_of": as_of, "years": years}):
        told: dict[str, Any] = dict(zip(columns, row, strict=True))
        made = Commission(
            id=told["commission"],
            overdue=None if told["overdue"] is None else told["overdue"] == "yes",
            **{name: told[name] for name in Commission.SAME},
        )
        for party in told["parties"]:
            by_party[party].append(made)
    return by_party


def _changes(found: Ties, as_of: str) -> Mapping[str, list[Change]]:
    by_partner: dict[str, list[Change]] = defaultdict(list)
    for _, partner, change, direction, date, fact, _ in partners.changes(found.facts, {"since": "", "until": as_of}):
        if direction is not None:
            made = Change(change=str(change), direction=str(direction), date=str(date), fact=str(fact))
            by_partner[str(partner)].append(made)
    return by_partner


def _trade(facts: Sequence[Row]) -> Trade:
    flows = sorted((fact for fact in facts if fact["kind"] == "TradeFlow"), key=lambda fact: (fact["date"] or "", fact["fact"]))
    told = [
        Flow(fact=one["fact"], year=one["date"], direction=one["type"], value=one["value"], currency=one["currency"])
        for one in reversed(flows)
    ]
    return Trade(count=len(told), flows=told[:FLOWS])


def _positions(shared: Sequence[tuple[str, str, str]]) -> Agreement:
    """Agresti and Coull's interval of a share, as for the trend; nothing where no topic is shared."""
    told = [Position(topic=topic, ours=ours, theirs=theirs, agree=ours == theirs) for topic, ours, theirs in shared]
    if not told:
        return Agreement(shared=0, agreed=0, share=None, margin=None, topics=[])
    agreed = sum(one.agree for one in told)
    adjusted = (agreed + 2) / (len(told) + 4)
    margin = 1.96 * (adjusted * (1 - adjusted) / (len(told) + 4)) ** 0.5
    return Agreement(shared=len(told), agreed=agreed, share=round(agreed / len(told), 4), margin=round(margin, 4), topics=told)
