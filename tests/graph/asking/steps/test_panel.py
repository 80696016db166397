"""The dyad-year panel from gathered rows, reckoned by hand."""

from __future__ import annotations

from typing import Any

from graph.asking.questions import question
from graph.asking.steps.gathered import Gathered, Row
from graph.asking.steps.panel import panel

GATHERED = ("one", "other", "class", "type", "status", "year", "from_year", "to_year", "number")
ASKED = {"state": "", "partner": "", "since": "", "until": "", "balanced": "no"}
ROWS = (
    ("MAR", "FRA", "Visit", None, "made", "2020", None, None, 2),
    ("FRA", "MAR", "Visit", None, "made", "2020", None, None, 1),
    ("FRA", "MAR", "Visit", None, "planned", "2021", None, None, 1),
    ("MAR", "FRA", "Accord", None, "signed", "2022", None, None, 1),
    ("FRA", "MAR", "InForce", None, None, None, "2020", "2022", 1),
    ("MAR", "FRA", "Mission", "embassy", "opened", "2021", "2021", None, 1),
    ("MAR", "FRA", "Mission", "consulate", "opened", "2020", "2020", None, 1),
    ("ESP", "MAR", "Meeting", None, "made", "XXXX", None, None, 1),
    ("ESP", "FRA", "Meeting", None, "made", "2020", None, None, 3),
)
BROKEN = (
    ("DZA", "MAR", "Mission", "embassy", "opened", "1988", "1988", None, 1),
    ("MAR", "DZA", "Mission", "consulate", "opened", "1988", "1988", None, 1),
    ("DZA", "MAR", "RelationChange", "severed", "made", "1990", None, None, 1),
)

DISSOLVED = (
    ("FRA", "SUN", "Mission", "embassy", "opened", "1985", "1985", None, 1),
    ("FRA", "SUN", "InForce", None, None, None, "1985", None, 1),
)


def told(rows: tuple[Row, ...] = ROWS, **asked: str) -> dict[tuple[str, str, int], dict[str, Any]]:
    columns = list(question("panel").columns)
    found = [dict(zip(columns, row, strict=True)) for row in panel(Gathered(GATHERED, rows), ASKED | asked)]
    return {(row["iso_a"], row["iso_b"], row["year"]): row for row in found}


def test_flows_and_stocks_of_each_year() -> None:
    found = told()
    assert sorted(found) == [("ESP", "FRA", 2020), *(("FRA", "MAR", year) for year in (2020, 2021, 2022))]
    years = [found["FRA", "MAR", year] for year in (2020, 2021, 2022)]
    assert [(row["visits_ab"], row["visits_ba"]) for row in years] == [(1, 2), (0, 0), (0, 0)]
    assert [row["accords_in_force"] for row in years] == [1, 1, 0]
    assert [(row["lor_ab"], row["lor_ba"]) for row in years] == [(0, 2), (0, 4), (0, 4)]
    assert [row["accords_signed"] for row in years] == [0, 0, 1]
    assert found["ESP", "FRA", 2020]["meetings"] == 3


def test_a_state_an_interval_and_every_year_of_a_dyad() -> None:
    assert {key[:2] for key in told(state="https://w3id.org/diplograph/id/state/MAR")} == {("FRA", "MAR")}
    assert sorted(told(since="2021", until="2021-06")) == [("FRA", "MAR", 2021)]
    balanced = told(balanced="yes", until="2023")
    assert [key[2] for key in sorted(balanced) if key[0] == "ESP"] == [2020, 2021, 2022, 2023]
    assert balanced["ESP", "FRA", 2023]["consult"] == 0


def test_a_rupture_ends_embassies_and_leaves_consulates() -> None:
    found = told(BROKEN, until="1992")
    levels = {key[2]: (row["lor_ab"], row["lor_ba"]) for key, row in found.items()}
    assert levels == {1988: (4, 2), 1989: (4, 2), 1990: (0, 2), 1991: (0, 2), 1992: (0, 2)}


def test_a_dyad_ends_with_one_of_its_states() -> None:
    found = told(DISSOLVED, until="1995", balanced="yes")
    stocks = {key[2]: (row["accords_in_force"], row["lor_ab"]) for key, row in found.items()}
    assert stocks == {**dict.fromkeys(range(1985, 1991), (1, 4)), 1991: (0, 0)}
