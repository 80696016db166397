"""What the index says of who is named with whom is what the questions say."""

from __future__ import annotations

import pytest

from graph.asking.ask import Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.index import opened
from graph.asking.mentions import mentions, shared
from graph.asking.questions import question
from graph.record.snapshots import Snapshot

COUNTED = {
    "accords": "Accord", "commissions": "Commission", "meetings": "Meeting", "visits": "Visit", "missions": "Mission",
    "relations": "RelationChange", "memberships": "Membership", "trade": "TradeFlow", "aid": "Aid", "deployments": "Deployment",
    "cooperation": "Cooperation",
}  # fmt: skip
AGENTS = ("state/MAR", "state/RWA", "state/FRA", "state/BEL", "organisation/AU")


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_partners_are_those_of_the_question(snapshot: Snapshot, agent: str, language: str) -> None:
    asked = bind(question("partners"), {"state": f"https://w3id.org/diplograph/id/{agent}", "lang": language})
    answer = ask_sparql(asked, snapshot, Limits(10, 10_000, 10**8))
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    found = [
        {"partner": one.code, "label": one.label, "facts": one.facts, "last_contact": one.last_contact or None}
        | {name: one.counts.get(kind, 0) for name, kind in COUNTED.items()}
        for one in shared(snapshot, agent, language)
    ]
    assert found == rows
    assert rows or agent == "organisation/AU"


def test_facts_come_latest_first_and_are_counted_by_year(snapshot: Snapshot) -> None:
    whole = mentions(snapshot, "state/MAR", 10_000)
    first = mentions(snapshot, "state/MAR", 3)
    assert first.facts == whole.facts[:3]
    assert (first.more, whole.more) == (True, False)
    assert first.years == whole.years
    with opened(snapshot) as connection:
        dates = dict(connection.execute("SELECT iri, date FROM entry"))
    told = [dates[fact] for fact in whole.facts if dates[fact]]
    assert told == sorted(told, reverse=True)
    assert sum(whole.years.values()) <= len(whole.facts)
    assert list(whole.years) == list(range(min(whole.years), max(whole.years) + 1))


def test_who_is_named_nowhere_has_neither_facts_nor_partners(snapshot: Snapshot) -> None:
    assert mentions(snapshot, "state/QQQ", 3).facts == ()
    assert shared(snapshot, "state/QQQ", "fr") == []
