from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from graph.errors import BadData
from graph.model.claims import SourceClaims
from graph.model.files import SCHEMA
from graph.record import snapshots
from graph.record.writer import Writer
from graph.view import entities, export
from graph.view.validity_rules import load_validity

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]
Bounds = tuple[str | None, str | None]


def loaded(open_at: Open, data: Path, *told: SourceClaims) -> None:
    with open_at(data) as writer:
        for each in told:
            writer.add([each])
            writer.commit()


def bounds(data: Path, class_name: str) -> list[Bounds]:
    def one(entity: entities.Entity, name: str) -> str | None:
        return next((term.value for term in entity.values.get(name, ())), None)

    with snapshots.current(data) as snapshot:
        found = [(one(each, "validFrom"), one(each, "validUntil")) for each in entities.entities(snapshot, class_name)]
    return sorted(found, key=str)


MISSION = {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy"}
ACCORD = {"kind": "agreement", "parties": ["MAR", "RWA"], "type": "treaty", "domains": ["defence"]}
VISIT = {"kind": "visit", "from": "FRA", "to": "MAR"}


@pytest.mark.parametrize(
    ("class_name", "fact", "expected"),
    [
        ("Accord", {**ACCORD, "date": "2020-05-04", "status": "signed"}, ("2020-05-04", None)),
        ("Accord", {**ACCORD, "date": "2023-05", "status": "planned"}, (None, None)),
        ("Accord", {**ACCORD, "status": "in_force", "status_date": "2021"}, ("2021", None)),
        ("Accord", {**ACCORD, "date": "2019", "status": "terminated", "status_date": "2022-01-31"}, ("2019", "2022-01-31")),
        ("Accord", {**ACCORD, "date": "2023-07-01"}, (None, None)),
        ("Mission", {**MISSION, "status": "opened"}, ("2023-05-01", None)),
        ("Mission", {**MISSION, "status": "closed", "date": "2022-12"}, (None, "2022-12")),
        ("Visit", {**VISIT, "status": "cancelled", "date": "2023-06-01"}, (None, None)),
        ("Visit", {**VISIT, "status": "made", "date": "2023-04"}, ("2023-04", None)),
        ("TradeFlow", {"kind": "trade", "parties": ["MAR", "FRA"], "year": "2021", "value": 3}, ("2021", "2021")),
        ("Cooperation", {"kind": "cooperation", "parties": ["MAR", "FRA"]}, ("2023-05-01", None)),
    ],
)
def test_a_fact_holds_as_its_claims_say(
    open_at: Open, make: Make, tmp_path: Path, class_name: str, fact: dict[str, Any], expected: Bounds
) -> None:
    loaded(open_at, tmp_path / "d", make("a", fact, published="2023-05-01"))
    assert bounds(tmp_path / "d", class_name) == [expected]


def relation(change: str, date: str, **more: str) -> dict[str, Any]:
    return {"kind": "relation", "parties": ["DZA", "MAR"], "change": change, "date": date, **more}


def held(person: str) -> dict[str, str]:
    return {"kind": "office", "person": person, "office": "minister_defence", "of": "RWA"}


SERIES = {
    "RelationChange": (
        [
            ("a", relation("severed", "1976-03-07"), "1976-03-08"),
            ("b", relation("restored", "1988-05"), "1988-05-20"),
            ("c", relation("severed", "2021-08-24"), "2021-08-25"),
        ],
        [("1976-03-07", "1988-05"), ("1988-05", "2021-08-24"), ("2021-08-24", None)],
    ),
    "Mission": (
        [
            ("a", {**MISSION, "status": "opened", "date": "2010"}, "2010-06-01"),
            ("b", {**MISSION, "status": "closed", "date": "2015-02-03"}, "2015-02-04"),
            ("c", {**MISSION, "status": "reopened", "date": "2019-09"}, "2019-10-01"),
        ],
        [("2010", "2015-02-03"), ("2019-09", None), (None, "2015-02-03")],
    ),
    "Tenure": (
        [
            ("a", held("Amina Uwase"), "2018-01-10"),
            ("b", held("Amina Uwase"), "2019-03-10"),
            ("c", held("Bosco Mugabe"), "2020-07-01"),
        ],
        [("2018-01-10", "2020-06-30"), ("2020-07-01", None)],
    ),
}


@pytest.mark.parametrize("class_name", SERIES)
def test_what_follows_ends_what_was_whatever_came_first(open_at: Open, make: Make, tmp_path: Path, class_name: str) -> None:
    told, expected = SERIES[class_name]
    sources = [make(name, fact, published=published) for name, fact, published in told]
    prints = set()
    for number, order in enumerate((sources, sources[::-1], [*sources[1:], sources[0]])):
        data = tmp_path / str(number)
        loaded(open_at, data, *order)
        assert bounds(data, class_name) == expected
        with snapshots.current(data) as snapshot:
            prints.add(export.fingerprint(snapshot))
    assert len(prints) == 1


DAYS = ["1990", "2020", "2020-01-01", "2020-05", "2020-05-04", "2022-03-31", "2022-12-31", "2024"]


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        ("2020-05-04", None, ["2020", "2020-05", "2020-05-04", "2022-03-31", "2022-12-31", "2024"]),
        ("2020", "2022-03", ["2020", "2020-01-01", "2020-05", "2020-05-04", "2022-03-31"]),
        (None, "2022-12", ["1990", "2020", "2020-01-01", "2020-05", "2020-05-04", "2022-03-31", "2022-12-31"]),
        (None, None, []),
    ],
)
def test_what_holds_on_a_day(since: str | None, until: str | None, held: list[str]) -> None:
    values = {name: (Literal(day),) for name, day in (("validFrom", since), ("validUntil", until)) if day is not None}
    entity = entities.Entity("id", "Accord", {}, values, (), (), None, 0, ())
    assert [day for day in DAYS if entities.holds_on(entity, day)] == held


def test_a_part_holds_when_it_happened(open_at: Open, make: Make, tmp_path: Path) -> None:
    visit = {**VISIT, "status": "made", "date": "2023-04-12", "visitors": ["Jeanne Vidal"]}
    accord = {**ACCORD, "date": "2023-04-13", "status": "signed", "signatories": ["Jeanne Vidal"]}
    loaded(open_at, tmp_path / "d", make("a", visit, accord, published="2023-05-01"))
    assert bounds(tmp_path / "d", "Participation") == [("2023-04-12", None), ("2023-04-13", None)]
    assert bounds(tmp_path / "d", "AccordAct") == [("2023-04-13", None)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('from = { date = ["made", ""] }', 'from = { day = ["made", ""] }', "visit has no field 'day'"),
        ('step = "missionStatus"', 'step = "status"', "mission has no property 'status'"),
        ("earliest = true", "first = true", "unknown keys first"),
    ],
)
def test_a_wrong_file_is_refused_by_kind_and_name(tmp_path: Path, old: str, new: str, message: str) -> None:
    import shutil

    folder = tmp_path / "schema"
    shutil.copytree(SCHEMA, folder)
    text = (folder / "validity.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "validity.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadData, match=message):
        load_validity(folder)
