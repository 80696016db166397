"""The partner map over HTTP: its parts, several states side by side, its forms, what it refuses."""

import csv
import io

import pytest
from fastapi.testclient import TestClient


def of(client: TestClient, address: str) -> dict:
    answer = client.get(f"/api/v1/partners/{address}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_partner_has_all_that_ties_it(client: TestClient, accord: str) -> None:
    found = of(client, "MAR?lang=en")
    (one,) = found["maps"]
    assert (one["state"], one["label"], found["as_of"]) == ("MAR", "Morocco", "2025-06-19")
    (tie,) = one["partners"]
    assert (tie["partner"], tie["label"], tie["last_contact"]) == ("RWA", "Rwanda", "2025-06-18")
    assert tie["accords"]["by_domain"] == {"defence": 1, "training": 1}
    assert tie["accords"]["by_status"] == {"signed": 1}
    (commission,) = tie["commissions"]
    assert commission["founding_accord"].endswith(accord)
    assert (commission["sessions"], commission["overdue"], commission["next_due"]) == (0, False, "2027-06")
    assert "first_accord" in {change["change"] for change in tie["gained"]}
    assert tie["trend_12"]["late"] > tie["trend_12"]["early"] == 0
    assert 0 < tie["trend_12"]["margin"] < 1


def test_a_date_takes_away_what_came_later(client: TestClient) -> None:
    (before,) = of(client, "MAR?as_of=2024")["maps"][0]["partners"]  # a meeting that nobody dates is left
    assert (before["accords"]["signed"], before["commissions"], before["facts"]) == (0, [], 1)
    overdue = of(client, "MAR?as_of=2029")["maps"][0]["partners"][0]["commissions"][0]
    assert overdue["overdue"] is True
    assert of(client, "MAR?as_of=2029&years=9")["maps"][0]["partners"][0]["commissions"][0]["overdue"] is False


@pytest.mark.parametrize("asked", ["MAR", "northern_africa", "MAR?known_at=2025-07&lang=en"])
def test_the_evidence_of_a_tie_is_every_fact_of_it(client: TestClient, asked: str) -> None:
    (tie,) = of(client, asked)["maps"][0]["partners"]
    answer = client.get(tie["evidence"])
    assert answer.status_code == 200
    rows = answer.json()["rows"]
    assert len({row["fact"] for row in rows}) == tie["facts"]
    assert all(row["sentence"] for row in rows)


def test_missions_are_told_both_ways(client: TestClient) -> None:
    planned = of(client, "BEL?as_of=2027")["maps"][0]["partners"]
    assert {tie["partner"]: tie["missions"]["sent"] for tie in planned} == {"FRA": 0, "RWA": 0}


def test_states_stand_side_by_side(client: TestClient) -> None:
    found = of(client, "MAR?with=BEL,FRA")
    assert [one["state"] for one in found["maps"]] == ["MAR", "BEL", "FRA"]
    assert found["common"] == []
    assert of(client, "MAR?with=BEL&as_of=2027")["common"] == ["RWA"]
    assert of(client, "MAR?with=MAR")["maps"] == of(client, "MAR")["maps"]


def test_a_region_is_a_group_of_states(client: TestClient) -> None:
    (one,) = of(client, "northern_africa?lang=en")["maps"]
    assert (one["state"], one["label"]) == ("northern_africa", "Northern Africa")
    assert "MAR" in one["members"]
    alone = of(client, "MAR?lang=en")["maps"][0]["partners"]
    assert one["partners"] == [{**tie, "evidence": tie["evidence"].replace("MAR", "northern_africa")} for tie in alone]
    (europe,) = of(client, "europe?lang=fr&as_of=2027")["maps"]
    assert europe["label"] == "Europe"
    assert {tie["partner"] for tie in europe["partners"]} == {"RWA"}  # what ties two of its states ties none of it
    assert [each["state"] for each in of(client, "MAR?with=africa,FRA")["maps"]] == ["MAR", "africa", "FRA"]


def test_partners_are_chosen_by_region(client: TestClient) -> None:
    assert [tie["partner"] for tie in of(client, "MAR?region=eastern_africa")["maps"][0]["partners"]] == ["RWA"]
    assert of(client, "MAR?region=oceania")["maps"][0]["partners"] == []
    assert client.get("/api/v1/partners/MAR?region=atlantis").status_code == 422
    regions = {one["key"]: one for one in client.get("/api/v1/regions").json()["regions"]}
    assert regions["eastern_africa"]["within"] == "africa"
    assert "RWA" in regions["eastern_africa"]["states"]


def test_the_table_has_the_columns_of_the_question(client: TestClient) -> None:
    told = list(csv.DictReader(io.StringIO(client.get("/api/v1/partners/MAR?format=csv&with=BEL&as_of=2025-06-19").text)))
    assert [(row["state"], row["partner"]) for row in told] == [("MAR", "RWA"), ("BEL", "FRA")]
    asked = client.get("/api/v1/questions/partner_map?state=MAR&as_of=2025-06-19&format=csv").text
    (row,) = csv.DictReader(io.StringIO(asked))
    assert {"state": "MAR", **row} == told[0]
    by_accept = client.get("/api/v1/partners/MAR", headers={"Accept": "text/csv"})
    assert by_accept.headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("XYZ", 404), ("MAR?with=XYZ", 422), ("MAR?with=", 422), ("MAR?with=BEL,FRA,ESP,PRT,DEU", 400), ("MAR?as_of=soon", 400),
        ("MAR?since=2020", 400), ("MAR?years=0", 400), ("MAR?members=yes", 422), ("MAR?format=pdf", 422),
        ("AU?members=true", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(client: TestClient, address: str, status: int) -> None:
    assert client.get(f"/api/v1/partners/{address}").status_code == status


def test_it_is_given_once_while_nothing_changes(client: TestClient) -> None:
    tag = client.get("/api/v1/partners/MAR").headers["ETag"]
    assert client.get("/api/v1/partners/MAR", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/api/v1/partners/MAR", headers={"Accept": "application/pdf"}).status_code == 406
