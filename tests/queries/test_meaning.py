"""What the answers mean: a small world told by hand, and what a researcher who knows it expects of each question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.asking.ask import Limits, ask_cypher, ask_sparql
from graph.asking.binding import bind
from graph.asking.questions import question
from graph.model.claims import Claim, Source, SourceClaims, Span
from graph.record.snapshots import Snapshot, current
from graph.settings import Settings
from graph.view.writing import open_writer

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph

LIMITS = Limits(seconds=30, rows=1000, size=10_000_000)
Told = tuple[str, dict[str, Any]]


def accord(parties: str, day: str, **fields: Any) -> Told:
    return "agreement", {"parties": tuple(parties.split()), "date": day, **fields}


def mission(sender: str, host: str, day: str, status: str, kind: str = "embassy", **fields: Any) -> Told:
    return "mission", {"sender": sender, "host": host, "type": kind, "status": status, "date": day, **fields}


def relation(parties: str, change: str, day: str) -> Told:
    return "relation", {"parties": tuple(parties.split()), "change": change, "date": day, "status": "made"}


def visit(visitor: str, host: str, day: str, status: str = "made", *visitors: str) -> Told:
    return "visit", {"from": visitor, "to": host, "date": day, "status": status, **({"visitors": visitors} if visitors else {})}


def session(day: str, seat: str, **fields: Any) -> Told:
    told = {"parties": ("MAR", "RWA"), "type": "joint_commission", "status": "met", "date": day, "seats": (seat,)}
    return "body", told | fields


def office(person: str, kind: str, of: str) -> Told:
    return "office", {"person": person, "office": kind, "of": of}


WORLD: dict[str, list[Told]] = {
    # embassies: one closed, two ended by a rupture that leaves the consulate
    "2001-01-10": [
        relation("MAR RWA", "established", "2000-05-01"),
        mission("MAR", "RWA", "2001-01-05", "opened"),
        mission("RWA", "MAR", "2001-01-06", "opened"),
    ],
    "2010-03-10": [mission("MAR", "RWA", "2010-03-01", "closed")],
    "2011-03-10": [
        mission("MAR", "IRN", "2011-03-01", "opened"),
        mission("IRN", "MAR", "2011-03-02", "opened"),
        mission("MAR", "IRN", "2011-03-03", "opened", "consulate", place="Ispahan"),
    ],
    "2018-05-02": [relation("MAR IRN", "severed", "2018-05-01")],
    # accords: two partners of a third one, then with each other; one whose year alone is known; one not yet signed
    "2012-06-10": [
        accord("MAR SEN", "2012-05-01", domains=("defence",)),
        accord("SEN TUN", "2012-06-01", domains=("defence",)),
        accord("TUN MRT", "2016", domains=("defence",)),
    ],
    "2016-05-02": [
        accord("MAR SEN", "2016-04-20", domains=("defence",), name="second"),
        accord("MAR TUN", "2016-05-01", domains=("defence",)),
        accord("MRT SEN", "2017-02", domains=("defence",)),
    ],
    "1985-02-01": [accord("SUN FRA", "1985-01-20", status="signed"), accord("SUN FRA", "1990-03-04", status="planned")],
    # an accord that follows a visit into the next year
    "2024-12-21": [
        office("Bassirou Ndour", "head_of_state", "SEN"),
        visit("SEN", "MAR", "2024-12-20", "made", "Bassirou Ndour"),
    ],
    "2025-01-16": [accord("MAR SEN", "2025-01-15", domains=("trade",))],
    # a plan, put off, then carried out; officials of an organisation travel too
    "2016-02-02": [visit("NOR", "MAR", "2016-02-01", "cancelled"), accord("MAR NOR", "2016-01-20")],
    "2024-01-05": [visit("FRA", "MAR", "2024-03-01", "planned")],
    "2024-02-20": [visit("FRA", "MAR", "2024-03-01", "postponed")],
    "2024-03-02": [visit("FRA", "MAR", "2024-03-01", "made")],
    "2019-01-03": [visit("UN", "MAR", "2019-01-02"), visit("MAR", "AU", "2018-10-20")],
    # sessions: one told without its number, one that was called off
    "2013-04-02": [session("2013-04-01", "Dakar", parties=("MAR", "SEN"), status="established")],
    "2015-01-01": [session("2010-01-10", "Rabat", session=1)],
    "2015-01-02": [session("2012-01-11", "Kigali")],
    "2015-01-03": [session("2014-01-12", "Rabat", session=3)],
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The world through the record and the view, as any other."""
    folder: Path = tmp_path_factory.mktemp("meaning")
    with open_writer(Settings(data=folder)) as writer:
        writer.add([_source(published, facts) for published, facts in WORLD.items()])
        writer.commit()
    snapshot = current(folder)
    assert snapshot is not None
    with snapshot:
        yield snapshot


def _source(published: str, facts: list[Told]) -> SourceClaims:
    """An article with a sentence a fact; texts that were alike would count as one witness."""
    text, claims = f"{published}\n", []
    for number, (kind, fields) in enumerate(facts):
        sentence = " ".join(hashlib.sha256(f"{published} {number} {word}".encode()).hexdigest()[:7] for word in range(12)) + "."
        claims.append(Claim(kind, fields, (Span(len(text), len(text) + len(sentence), sentence),), 0.9, "test"))
        text += sentence + "\n"
    return SourceClaims(Source(text, language="fr", published=published, publisher=f"Outlet {published}"), tuple(claims))


def asked(world: Snapshot, name: str, *columns: str, **raw: str) -> list[tuple[Any, ...]]:
    """These columns of the answer."""
    answer = ask_sparql(bind(question(name), raw), world, LIMITS)
    places = [answer.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in answer.rows]


def calendar(world: Snapshot, day: str) -> list[tuple[Any, ...]]:
    """The commissions of Morocco on a day, and when each was founded."""
    return asked(world, "commission_calendar", "commission", "founded_on", state="MAR", as_of=day)


def test_a_mission_counts_for_the_level_until_it_is_closed_or_relations_are_severed(world: Snapshot) -> None:
    columns = ("date", "event", "relations", "level_out", "level_in")
    assert asked(world, "relation_history", *columns, state="MAR", partner="RWA")[1:] == [
        ("2001-01-05", "embassy_opened", "established", "embassy", None),
        ("2001-01-06", "embassy_opened", "established", "embassy", "embassy"),
        ("2010-03-01", "embassy_closed", "established", None, "embassy"),
    ]
    with_iran = asked(world, "relation_history", *columns, state="MAR", partner="IRN")
    assert with_iran[-1] == ("2018-05-01", "severed", "severed", "consulate", None)


@pytest.mark.parametrize(
    ("partner", "day", "level", "sent", "hosted"),
    [
        ("RWA", "2009", "embassy", 1, 1),
        ("RWA", "2011", "embassy", 0, 1),
        ("IRN", "2018-04", "embassy", 2, 1),
        ("IRN", "2018-06", "consulate", 1, 0),
    ],
)
def test_a_map_of_a_day_shows_the_missions_open_then(
    world: Snapshot, partner: str, day: str, level: str, sent: int, hosted: int
) -> None:
    rows = asked(world, "partner_map", "partner", "level", "missions_sent", "missions_hosted", state="MAR", as_of=day)
    assert (partner, level, sent, hosted) in rows


def test_a_trend_counts_what_took_place(world: Snapshot) -> None:
    rows = asked(world, "partner_map", "partner", "facts", "last_12", "before_12", state="MAR", as_of="2016-06")
    assert ("NOR", 2, 1, 0) in rows  # an accord, and a visit that was called off


def test_what_came_of_a_plan_is_what_was_known_then(world: Snapshot) -> None:
    def told(day: str) -> list[tuple[Any, ...]]:
        return asked(world, "announced", "date", "outcome", "known_on", state="MAR", as_of=day)

    assert told("2024-01-31") == [("2024-03-01", "pending", None)]
    assert told("2024-02-28") == [("2024-03-01", "postponed", "2024-02-20")]
    assert told("2024-05") == [("2024-03-01", "held", "2024-03-02")]


def test_sessions_stand_in_the_order_of_their_time(world: Snapshot) -> None:
    commission = next(one for (one, date) in calendar(world, "2020") if date is None)
    assert asked(world, "sessions", "ordinal", "date", "host", "alternation", commission=commission) == [
        (1, "2010-01-10", "MAR", "first"),
        (None, "2012-01-11", "RWA", "kept"),
        (3, "2014-01-12", "MAR", "kept"),
    ]


def test_a_commission_is_in_no_calendar_before_it_is_there(world: Snapshot) -> None:
    assert "2013-04-01" not in [date for _, date in calendar(world, "2013-03")]
    rows = asked(world, "commission_calendar", "founded_on", "sessions", "overdue", state="MAR", as_of="2015-12")
    assert sorted(rows, key=str) == [("2013-04-01", 0, "yes"), (None, 3, "no")]


@pytest.mark.parametrize("since", ["", "2013"])
def test_what_closes_a_triad_does_so_whatever_part_is_asked_for(world: Snapshot, since: str) -> None:
    rows = asked(world, "closure", "one", "other", "signed_on", "shared", domain="defence", since=since)
    assert rows[-3:] == [
        ("MRT", "TUN", "2016", ()),
        ("MAR", "TUN", "2016-05-01", ("SEN",)),
        ("MRT", "SEN", "2017-02", ("TUN",)),
    ]
    assert len(rows) == (3 if since else 5)


def test_an_accord_of_the_next_year_follows_a_visit_of_the_last_days(world: Snapshot) -> None:
    columns = ("visitor", "host", "visitors", "signed_on", "lag")
    expected = [("SEN", "MAR", "head_of_state", "2025-01-15", 26)]
    assert asked(world, "sequences", *columns, since="2024", until="2024", level="head_of_state") == expected
    assert asked(world, "lags", "from_day", "after", "before", until="2024", level="head_of_state") == [(0, 1, 0)]
    assert asked(world, "sequences", *columns, since="2025") == []


def test_only_states_are_ranked_and_paired(world: Snapshot) -> None:
    assert asked(world, "visits_ranking", "rank", "state", "received", "made") == [
        (1, "MAR", 3, 1),
        (2, "FRA", 0, 1),
        (2, "SEN", 0, 1),
    ]
    assert asked(world, "reciprocity", "one", "other", layer="visits") == [("FRA", "MAR"), ("SEN", "MAR")]
    assert asked(world, "reciprocity", "one", "other", layer="visits", state="UN") == [("UN", "MAR")]


def test_an_embassy_told_to_have_closed_is_none(world: Snapshot) -> None:
    assert ("RWA", "MAR") in asked(world, "reciprocity", "one", "other")


def test_what_was_never_signed_is_not_inherited(world: Snapshot) -> None:
    assert asked(world, "succession", "signed_on", "others") == [("1985-01-20", ("FRA",))]


def test_a_mission_ties_two_states_in_every_year_at_whose_end_it_is_open(world: Snapshot) -> None:
    columns = ("period", "degree", "strength", "others")
    assert asked(world, "centrality", *columns, layer="missions", state="MAR", since="2009", until="2011") == [
        (2009, 1, 2, ("RWA",)),
        (2010, 1, 1, ("RWA",)),
        (2011, 2, 4, ("IRN", "RWA")),
    ]
    assert {row[0] for row in asked(world, "communities", "period", layer="missions", years="5")} == {2000, 2005, 2010}


def test_the_closing_of_an_embassy_whose_opening_is_told_is_no_second_embassy(world: Snapshot) -> None:
    for day, sent in (("2000", []), ("2005", [("2001-01-05", "opened")]), ("2011", [])):
        rows = asked(world, "missions", "sender", "date", "status", state="MAR", partner="RWA", as_of=day)
        assert [row[1:] for row in rows if row[0] == "MAR"] == sent
    assert asked(world, "reciprocity", "one", "other", "number", state="RWA", as_of="2000-12") == []
    assert asked(world, "reciprocity", "one", "other", "number", state="RWA", as_of="2011") == [("RWA", "MAR", 1)]


CASES: tuple[tuple[str, dict[str, str]], ...] = (
    ("relation_history", {"state": "MAR", "partner": "IRN"}),
    ("partner_map", {"state": "MAR", "as_of": "2018-06"}),
    ("announced", {"as_of": "2024-02-28"}),
    *(("closure", {"since": since, "until": until}) for since, until in (("2013", ""), ("", "2016"))),
    *((name, {"since": day, "until": day}) for name in ("sequences", "lags") for day in ("", "2024-12")),
    ("lags", {"since": "2020", "days": "2000"}),
    *(("reciprocity", {"layer": "missions", "as_of": day}) for day in ("", "2005")),
    *(("missions", {"state": "MAR", "as_of": day}) for day in ("2000", "2005")),
    *(("centrality", {"layer": "missions", "since": day, "until": "2012"}) for day in ("", "2010-02")),
    ("succession", {}),
)


def test_cypher_says_the_same(world: Snapshot, store: PropertyGraph) -> None:
    from graph.property.projection import project

    project(world, store)
    for name, raw in CASES:
        bound = bind(question(name), raw)
        assert ask_cypher(bound, store, LIMITS).rows == ask_sparql(bound, world, LIMITS).rows, (name, raw)
