from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.record.writer import Writer
from graph.view import entities
from graph.view.entities import Entity
from graph.view.history import history

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]
Told = tuple[dict[str, Any], str]

VISIT = {"kind": "visit", "from": "FRA", "to": "DEU", "visitors": ["Jeanne Vidal"]}
SESSION = {"kind": "body", "parties": ["MAR", "RWA"], "type": "joint_commission", "session": 4}
ACCORD = {"kind": "agreement", "parties": ["MAR", "RWA"], "type": "convention", "domains": ["justice"], "name": "extradition"}
MISSION = {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy", "place": "Kigali"}


def shown(open_at: Open, make: Make, data: Path, class_name: str, told: list[Told]) -> list[Entity]:
    with open_at(data) as writer:
        for number, (fact, published) in enumerate(told):
            writer.add([make(f"source {number}", fact, published=published)])
            writer.commit()
    with snapshots.current(data) as snapshot:
        return list(entities.entities(snapshot, class_name))


def one(entity: Entity, name: str) -> str | None:
    return next((term.value.rsplit("/", 1)[-1] for term in entity.values.get(name, ())), None)


@pytest.mark.parametrize(
    ("class_name", "told", "status", "date"),
    [
        (
            "Visit",
            [
                ({**VISIT, "status": "planned", "date": "2023-07-02"}, "2023-06-20"),
                ({**VISIT, "status": "postponed", "date": "2023-07-02"}, "2023-07-01"),
                ({**VISIT, "status": "made", "date": "2024-05-26"}, "2024-05-27"),
            ],
            ("eventStatus", "made"),
            ("date", "2024-05-26"),
        ),
        (
            "Visit",
            [
                ({**VISIT, "status": "planned", "date": "2023-07-02"}, "2023-06-20"),
                ({**VISIT, "status": "cancelled", "date": "2023-07-02"}, "2023-07-01"),
            ],
            ("eventStatus", "cancelled"),
            ("date", "2023-07-02"),
        ),
        (
            "Session",
            [
                ({**SESSION, "status": "planned", "date": "2023-05"}, "2023-03-01"),
                ({**SESSION, "status": "met", "date": "2023-10-04"}, "2023-10-05"),
            ],
            ("eventStatus", "made"),
            ("date", "2023-10-04"),
        ),
        (
            "Accord",
            [
                ({**ACCORD, "status": "planned", "date": "2023-05-02"}, "2023-04-28"),
                ({**ACCORD, "status": "signed", "date": "2023-05-09"}, "2023-05-10"),
            ],
            ("accordStatus", "signed"),
            ("signedOn", "2023-05-09"),
        ),
        (
            "Mission",
            [
                ({**MISSION, "status": "planned", "date": "2021"}, "2020-11-01"),
                ({**MISSION, "status": "opened", "date": "2022-03-01"}, "2022-03-02"),
            ],
            ("missionStatus", "opened"),
            ("date", "2022-03-01"),
        ),
    ],
)
def test_a_plan_and_what_came_of_it_are_one_event(
    open_at: Open,
    make: Make,
    tmp_path: Path,
    class_name: str,
    told: list[Told],
    status: tuple[str, str],
    date: tuple[str, str],
) -> None:
    for number, order in enumerate((told, told[::-1])):
        (event,) = shown(open_at, make, tmp_path / str(number), class_name, list(order))
        assert one(event, status[0]) == status[1]
        assert one(event, date[0]) == date[1]
        assert event.disputes == ()
        with snapshots.current(tmp_path / str(number)) as snapshot:
            steps = [(step.status, step.date, step.published) for step in history(snapshot, event.iri)]
        assert steps == sorted(((fact["status"], fact["date"], day) for fact, day in told), key=lambda step: step[2])


def test_a_visit_that_nobody_put_off_is_not_a_later_one(open_at: Open, make: Make, tmp_path: Path) -> None:
    told = [
        ({**VISIT, "status": "planned", "date": "2023-07-02"}, "2023-06-20"),
        ({**VISIT, "status": "made", "date": "2023-07-02"}, "2023-07-03"),
        ({**VISIT, "status": "made", "date": "2024-05-26"}, "2024-05-27"),
    ]
    visits = shown(open_at, make, tmp_path / "d", "Visit", told)
    assert sorted((one(visit, "date") or "", visit.source_count) for visit in visits) == [("2023-07-02", 2), ("2024-05-26", 1)]
