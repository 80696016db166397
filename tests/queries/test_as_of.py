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
OF_A_STATE = ("accords", "commissions", "missions", "partners", "careers", "accredited_elsewhere")
DATES = ("", "2009", "2010", "2011-06", "2015", "2015-05-20", "2020-12-31", "2024")
TRIG = """
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
    dip:validFrom "2010"^^xsd:gYear ; dip:validUntil "2015-05-20"^^xsd:date ;
    dip:claim <claim/one> .
<source/one> a dip:Article ; dip:publishedOn "2010-02-01"^^xsd:date .
GRAPH <source/one> {
    <claim/one> a dip:Claim ; dip:source <source/one> ;
        dip:confidence 0.9 ; dip:rule "test" ; dip:reader "rules" ; dip:evidence <evidence/one-0> .
    <evidence/one-0> a dip:Evidence ; dip:start 0 ; dip:end 4 ; dip:quote "sign" ; dip:sentence "They sign." .
}
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
    dip:validFrom "2011"^^xsd:gYear ; dip:validUntil "2015-01-01"^^xsd:date ; dip:place "Madrid" .
<mission/0000000000000002> a dip:Mission ; dip:sourceCount 1 ;
    dip:sender <state/FRA> ; dip:host <state/MAR> ;
    dip:missionType <https://w3id.org/diplograph/concept/MissionType/embassy> ; dip:validFrom "2014"^^xsd:gYear .
<visit/0000000000000001> a dip:Visit ; dip:sourceCount 1 ;
    dip:visitingParty <state/MAR> ; dip:hostParty <state/ESP> ;
    dip:date "2015-05-20"^^xsd:date ; dip:validFrom "2015-05-20"^^xsd:date .

<person/0000000000000001> a dip:Person ; dip:name "Nadia Sefrioui" .
<tenure/0000000000000001> a dip:Tenure ; dip:sourceCount 1 ; dip:holder <person/0000000000000001> ; dip:officeOf <state/MAR> ;
    dip:validFrom "2010"^^xsd:gYear ; dip:validUntil "2014-03"^^xsd:gYearMonth .
<tenure/0000000000000002> a dip:Tenure ; dip:sourceCount 1 ; dip:holder <person/0000000000000001> ; dip:officeOf <state/MAR> ;
    dip:validFrom "2014-03"^^xsd:gYearMonth .
"""


@pytest.fixture(scope="module")
def small() -> Fixed:
    """Facts that begin, end, do both, and have no bound at all."""
    store = Store()
    store.load(TRIG.encode(), format=RdfFormat.TRIG)
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
    ("day", "numbers"), [("", "123"), ("2012", "1"), ("2012-02", ""), ("2020-12-05", "12"), ("2024", "12")]
)
def test_sessions_held_by_then(small: Fixed, day: str, numbers: str) -> None:
    rows = asked(small, "sessions", commission="commission/0000000000000001", as_of=day).rows
    assert "".join(str(row[0])[-1] for row in rows) == numbers


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


@pytest.mark.parametrize(("day", "numbers"), [("", "12"), ("2009", ""), ("2012", "1"), ("2014-03", "12"), ("2020", "2")])
def test_offices_that_were_held_on_a_day(small: Fixed, day: str, numbers: str) -> None:
    answer = asked(small, "careers", state="MAR", as_of=day)
    assert [str(row[2])[-1] for row in answer.rows] == list(numbers)
    assert {row[answer.columns.index("offices")] for row in answer.rows} <= {2}


@pytest.mark.parametrize(("day", "count"), [("", 1), ("2010", 0), ("2012", 1), ("2016", 0)])
def test_missions_accredited_elsewhere_on_a_day(small: Fixed, day: str, count: int) -> None:
    rows = asked(small, "accredited_elsewhere", state="MAR", as_of=day).rows
    assert [row[1:4] for row in rows] == [("MAR", "FRA", "ESP")] * count


@pytest.mark.parametrize(("day", "count"), [("", 1), ("2009", 0), ("2012", 1), ("2016", 0)])
def test_what_tied_two_states_on_a_day(small: Fixed, day: str, count: int) -> None:
    assert len(asked(small, "between", state="MAR", partner="FRA", as_of=day).rows) == count


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for day in DATES:
        for state in ("MAR", "ESP"):
            yield from ((name, {"state": state, "as_of": day}) for name in OF_A_STATE)
        yield "between", {"state": "MAR", "partner": "FRA", "as_of": day}
        yield "sessions", {"commission": "commission/0000000000000001", "as_of": day}
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
