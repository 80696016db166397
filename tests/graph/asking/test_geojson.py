"""Answers on a map keep the rules of RFC 7946, and say what has no place."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.header import read_question
from graph.asking.questions import load_questions, question
from graph.asking.rendering import FORMATS, offered, render
from graph.asking.rows import Cell
from graph.errors import BadData, BadQuery

LIMITS = Limits(seconds=10, rows=100, size=1_000_000)
MAPPED = {name: one for name, one in load_questions().items() if one.map}


def answered(name: str, column: str, cells: Sequence[Cell]) -> Answer:
    """An answer whose rows hold these cells in one column, and nothing else."""
    asked = question(name)
    rows = tuple(tuple(cell if each == column else None for each in asked.columns) for cell in cells)
    return Answer(asked, tuple(asked.columns), rows, False, "fixture")


def collection(answer: Answer) -> dict[str, Any]:
    return json.loads(render(answer, "geojson"))


def geometries(answer: Answer) -> list[Any]:
    return [feature["geometry"] for feature in collection(answer)["features"]]


def test_a_point_is_longitude_then_latitude() -> None:
    placed = answered("accords", "place", ["Rabat", "BUENOS AIRES", "pékin"])
    assert [one["coordinates"] for one in geometries(placed)] == [[-6.8, 34.0], [-58.4, -34.6], [116.4, 39.9]]


def test_a_state_lies_at_its_principal_capital() -> None:
    states = answered("partners", "partner", ["MAR", "ZAF", "NLD"])
    assert [one["coordinates"] for one in geometries(states)] == [[-6.8, 34.0], [28.2, -25.7], [4.9, 52.4]]


def test_seats_are_points_each_once() -> None:
    seats = answered("commissions", "seats", [("Kigali", "Rabat"), ("Peking", "Beijing", "Atlantis"), ()])
    assert geometries(seats) == [
        {"type": "MultiPoint", "coordinates": [[30.1, -1.9], [-6.8, 34.0]]},
        {"type": "Point", "coordinates": [116.4, 39.9]},
        None,
    ]
    assert collection(seats)["unknown_places"] == ["Atlantis"]


def test_rows_without_a_known_place_are_kept_and_counted() -> None:
    found = collection(answered("accords", "place", ["Rabat", "Atlantis", None, "Atlantis"]))
    assert [feature["geometry"] is None for feature in found["features"]] == [False, True, True, True]
    assert (found["placed"], found["unplaced"], found["unknown_places"]) == (1, 3, ["Atlantis"])


def test_an_organisation_and_a_dissolved_state_have_no_place() -> None:
    found = collection(answered("partners", "partner", ["AU", "SUN"]))
    assert (found["placed"], found["unplaced"], found["unknown_places"]) == (0, 2, ["AU", "SUN"])


def test_a_name_that_two_cities_share_is_the_capital() -> None:
    assert geometries(answered("accords", "place", ["Tripoli"])) == [{"type": "Point", "coordinates": [13.2, 32.9]}]


@pytest.mark.parametrize("name", MAPPED)
def test_an_answer_keeps_the_rules_of_rfc_7946(name: str, snapshot) -> None:
    given = {"accord": "accord/0000000000000001", "commission": "commission/0000000000000005", "state": "MAR", "as_of": "2026"}
    asked = question(name)
    raw = {key: given[key] for key, one in asked.parameters.items() if one.required}
    answer = ask_sparql(bind(asked, raw), snapshot, LIMITS)
    found = collection(answer)
    assert found["type"] == "FeatureCollection"
    assert not {"crs", "coordinates", "geometries", "geometry", "properties"} & found.keys()
    assert [list(feature["properties"]) for feature in found["features"]] == [list(answer.columns)] * len(answer.rows)
    for feature in found["features"]:
        assert feature.keys() == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        for east, north in positions(feature["geometry"]):
            assert -180 <= east <= 180
            assert -90 <= north <= 90
    assert found["placed"] + found["unplaced"] == len(answer.rows)


def positions(geometry: Any) -> list[list[float]]:
    if geometry is None:
        return []
    assert geometry.keys() == {"type", "coordinates"}
    assert geometry["type"] in ("Point", "MultiPoint")
    return [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]


def test_what_was_cut_is_said_to_be() -> None:
    assert collection(dataclasses.replace(answered("accords", "place", ["Rabat"]), truncated=True))["truncated"] is True


def test_it_is_offered_where_rows_have_a_place() -> None:
    assert set(MAPPED) >= {"accords", "missions", "encounters", "commissions", "sessions", "partners", "visits_ranking"}
    for name, one in load_questions().items():
        assert ("geojson" in offered(one)) is (name in MAPPED)
    assert FORMATS["geojson"].media_type == "application/geo+json"
    with pytest.raises(BadQuery, match="choose json, csv"):
        render(answered("evidence", "title", ["Rabat"]), "geojson")


@pytest.mark.parametrize("line", ['{ city = "where" }', '{ city = "place", state = "place" }', '{ river = "place" }', "{}"])
def test_a_map_that_names_no_column_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "q.cypher"
    texts = 'title = { fr = "t", en = "t" }', 'description = { fr = "d", en = "d" }', 'evidence = { question = "q" }'
    columns = "[params]", "[columns]", 'place = { type = "text", fr = "lieu", en = "place" }'
    path.write_text("".join(f"//+ {each}\n" for each in (*texts, f"map = {line}", *columns)), encoding="utf-8")
    with pytest.raises(BadData, match=r"q\.cypher: its (map must name|header is wrong)"):
        read_question(path)
