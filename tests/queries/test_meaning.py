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
from graph.model.iri import short
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


def things(world: Snapshot, class_name: str) -> list[str]:
    rows = world.store.query(f"SELECT ?one {{ ?one a <https://w3id.org/diplograph/ontology#{class_name}> }} ORDER BY ?one")
    return [short(row["one"].value) for row in rows]  # type: ignore[index,union-attr]


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


CASES: tuple[tuple[str, dict[str, str]], ...] = (
    *(("relation_history", {"state": "MAR", "partner": partner}) for partner in ("RWA", "IRN")),
    *(("partner_map", {"state": "MAR", "as_of": day}) for day in ("2009", "2018-06")),
)


def test_cypher_says_the_same(world: Snapshot, store: PropertyGraph) -> None:
    from graph.property.projection import project

    project(world, store)
    for name, raw in CASES:
        bound = bind(question(name), raw)
        assert ask_cypher(bound, store, LIMITS).rows == ask_sparql(bound, world, LIMITS).rows, (name, raw)
