"""What questions say of a day: only what has a bound, and whose bounds allow that day; alike in SPARQL and Cypher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store

from graph.asking.ask import Answer, Limits, ask_cypher, ask_sparql
from graph.asking.binding import bind
from graph.asking.questions import question
from graph.record.snapshots import Changes
from tests.queries.conftest import Fixed

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph

LIMITS = Limits(seconds=30, rows=1000, size=10_000_000)
DATES = ("", "2009", "2010", "2011-06", "2015", "2015-05-20", "2020-12-31", "2024")
TURTLE = """
@prefix dip: <https://w3id.org/diplograph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/diplograph/id/> .

<state/MAR> a dip:State ; dip:code "MAR" ; skos:prefLabel "Maroc"@fr, "Morocco"@en .
<state/FRA> a dip:State ; dip:code "FRA" ; skos:prefLabel "France"@fr, "France"@en .
<state/ESP> a dip:State ; dip:code "ESP" ; skos:prefLabel "Espagne"@fr, "Spain"@en .
<https://w3id.org/diplograph/concept/MissionType/embassy> a dip:MissionType ; skos:notation "embassy" .
<https://w3id.org/diplograph/concept/MissionStatus/closed> a dip:MissionStatus ; skos:notation "closed" .
<https://w3id.org/diplograph/concept/EventStatus/made> a dip:EventStatus ; skos:notation "made" .
<https://w3id.org/diplograph/concept/EventStatus/planned> a dip:EventStatus ; skos:notation "planned" .

<accord/0000000000000001> a dip:Accord ; dip:sourceCount 1 ;
    dip:party <state/MAR>, <state/FRA> ; dip:signedOn "2010"^^xsd:gYear ;
    dip:validFrom "2010"^^xsd:gYear ; dip:validUntil "2015-05-20"^^xsd:date .
<accord/0000000000000002> a dip:Accord ; dip:sourceCount 1 ;
    dip:party <state/MAR>, <state/FRA> ; dip:signedOn "2011-06-01"^^xsd:date ;
    dip:validFrom "2011-06-01"^^xsd:date .
<accord/0000000000000003> a dip:Accord ; dip:sourceCount 1 ;
    dip:party <state/MAR>, <state/ESP> .
<accord/0000000000000004> a dip:Accord ; dip:sourceCount 1 ;
    dip:party <state/MAR>, <state/ESP> ; dip:validUntil "2010-02"^^xsd:gYearMonth .

<session/0000000000000001> a dip:Session ; dip:sourceCount 1 ;
    dip:ordinal 1 ; dip:date "2012-03-01"^^xsd:date ; dip:party <state/MAR>, <state/FRA> ;
    dip:eventStatus <https://w3id.org/diplograph/concept/EventStatus/made> ; dip:validFrom "2012-03-01"^^xsd:date .
<session/0000000000000002> a dip:Session ; dip:sourceCount 1 ;
    dip:ordinal 2 ; dip:date "2020-12"^^xsd:gYearMonth ; dip:party <state/MAR>, <state/FRA> ;
    dip:eventStatus <https://w3id.org/diplograph/concept/EventStatus/made> ; dip:validFrom "2020-12"^^xsd:gYearMonth .
<session/0000000000000003> a dip:Session ; dip:sourceCount 1 ;
    dip:ordinal 3 ; dip:date "2022"^^xsd:gYear ; dip:party <state/MAR>, <state/FRA> ;
    dip:eventStatus <https://w3id.org/diplograph/concept/EventStatus/planned> .
<commission/0000000000000001> a dip:Commission ; dip:sourceCount 1 ;
    dip:party <state/MAR>, <state/FRA> ; dip:validFrom "2010-07"^^xsd:gYearMonth ;
    dip:session <session/0000000000000001>, <session/0000000000000002>, <session/0000000000000003> .
<commission/0000000000000002> a dip:Commission ; dip:sourceCount 1 ;
    dip:party <state/MAR>, <state/ESP> .

<mission/0000000000000001> a dip:Mission ; dip:sourceCount 1 ;
    dip:sender <state/MAR> ; dip:host <state/FRA> ;
    dip:missionType <https://w3id.org/diplograph/concept/MissionType/embassy> ;
    dip:missionStatus <https://w3id.org/diplograph/concept/MissionStatus/closed> ;
    dip:validFrom "2011"^^xsd:gYear ; dip:validUntil "2015-01-01"^^xsd:date .
<mission/0000000000000002> a dip:Mission ; dip:sourceCount 1 ;
    dip:sender <state/FRA> ; dip:host <state/MAR> ;
    dip:missionType <https://w3id.org/diplograph/concept/MissionType/embassy> ; dip:validFrom "2014"^^xsd:gYear .
<visit/0000000000000001> a dip:Visit ; dip:sourceCount 1 ;
    dip:visitingParty <state/MAR> ; dip:hostParty <state/ESP> ;
    dip:date "2015-05-20"^^xsd:date ; dip:validFrom "2015-05-20"^^xsd:date .
"""


@pytest.fixture(scope="module")
def small() -> Fixed:
    """Facts that begin, end, do both, and have no bound at all."""
    store = Store()
    store.load(TURTLE.encode(), format=RdfFormat.TURTLE)
    return Fixed("as-of", store, Changes(None, (), ()))


def asked(small: Fixed, name: str, **raw: str) -> Answer:
    return ask_sparql(bind(question(name), raw), small, LIMITS)


@pytest.mark.parametrize(
    ("day", "numbers"),
    [("", "1234"), ("2009", "4"), ("2010", "14"), ("2010-03", "1"), ("2011", "12"), ("2015-05-20", "12"), ("2015-06", "2")],
)
def test_accords_that_held(small: Fixed, day: str, numbers: str) -> None:
    rows = asked(small, "accords", state="MAR", as_of=day).rows
    assert sorted(str(row[0])[-1] for row in rows) == list(numbers)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("", {"1": (2, 2, "2020-12"), "2": (0, None, None)}),
        ("2010-06", {}),
        ("2010", {"1": (0, None, None)}),
        ("2012", {"1": (1, 1, "2012-03-01")}),
        ("2020-11-30", {"1": (1, 1, "2012-03-01")}),
        ("2024", {"1": (2, 2, "2020-12")}),
    ],
)
def test_commissions_with_their_sessions_until_then(small: Fixed, day: str, found: dict[str, tuple[object, ...]]) -> None:
    answer = asked(small, "commissions", state="MAR", as_of=day)
    start = answer.columns.index("sessions")
    assert {str(row[0])[-1]: row[start : start + 3] for row in answer.rows} == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2009", {"ESP": (1, None)}),
        ("2010-07", {"FRA": (2, "2010")}),
        ("2013", {"FRA": (4, "2012-03-01")}),
        ("2015-05-20", {"FRA": (4, "2012-03-01"), "ESP": (1, "2015-05-20")}),
        ("2024", {"FRA": (3, "2020-12"), "ESP": (1, "2015-05-20")}),
    ],
)
def test_partners_by_what_held_or_had_happened(small: Fixed, day: str, found: dict[str, tuple[object, ...]]) -> None:
    answer = asked(small, "partners", state="MAR", as_of=day)
    facts, contact = answer.columns.index("facts"), answer.columns.index("last_contact")
    assert {row[0]: (row[facts], row[contact]) for row in answer.rows} == found


@pytest.mark.parametrize(
    ("layer", "day", "pairs"),
    [
        ("missions", "", [("FRA", "MAR")]),
        ("missions", "2010", []),
        ("missions", "2013", [("MAR", "FRA")]),
        ("missions", "2014", []),
        ("missions", "2016", [("FRA", "MAR")]),
        ("visits", "2015-05-19", []),
        ("visits", "2015-05-20", [("MAR", "ESP")]),
    ],
)
def test_reciprocity_of_a_day_counts_what_was_open_then(
    small: Fixed, layer: str, day: str, pairs: list[tuple[str, str]]
) -> None:
    assert [row[:2] for row in asked(small, "reciprocity", layer=layer, as_of=day).rows] == pairs


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for day in DATES:
        for state in ("MAR", "ESP"):
            yield from ((name, {"state": state, "as_of": day}) for name in ("accords", "commissions", "missions", "partners"))
        yield from (("reciprocity", {"layer": layer, "as_of": day}) for layer in ("missions", "visits"))


def test_cypher_says_the_same_of_every_day(small: Fixed, store: PropertyGraph) -> None:
    from graph.property.projection import project

    project(small, store)
    found = 0
    for name, raw in cases():
        bound = bind(question(name), raw)
        expected = ask_sparql(bound, small, LIMITS).rows
        assert ask_cypher(bound, store, LIMITS).rows == expected, (name, raw)
        found += bool(expected)
    assert found > 40
