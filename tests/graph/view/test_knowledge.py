from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadData, BadQuery, NotFound
from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.record.writer import Writer
from graph.settings import Settings
from graph.view import entities, export
from graph.view.knowledge import Bounds, known_at
from graph.view.writing import open_writer

Make = Callable[..., SourceClaims]
Open = Callable[[Path], Writer]

DEPLOYED = {"kind": "deployment", "sender": "KEN", "host": "HTI", "date": "2024-06-25", "status": "deployed"}
DAYS = ("2024-06-26", "2024-07-08", "2025-01")


@pytest.fixture
def told(make: Make) -> list[SourceClaims]:
    return [make(day, {**DEPLOYED, "personnel": 100 * (number + 1)}, published=day) for number, day in enumerate(DAYS)]


@pytest.fixture
def data(open_at: Open, told: list[SourceClaims], tmp_path: Path) -> Path:
    with open_at(tmp_path / "d") as writer:
        writer.add(told)
        writer.commit()
    return tmp_path / "d"


def count(data: Path, day: str, **more: Any) -> int:
    with snapshots.current(data) as now, known_at(data, now, day, **more) as then:
        return sum(len(each.reported_in) for each in entities.entities(then, "Deployment"))


@pytest.mark.parametrize(("day", "known"), [("2024-06", 1), ("2024-06-26", 1), ("2024-12-31", 2), ("2025-01", 3), ("2030", 3)])
def test_what_was_known_is_what_was_published_by_then(data: Path, day: str, known: int) -> None:
    assert count(data, day) == known


def test_the_view_of_a_day_is_what_the_sources_of_then_alone_give(
    data: Path, open_at: Open, told: list[SourceClaims], tmp_path: Path
) -> None:
    with open_at(tmp_path / "then") as writer:
        writer.add(told[:2])
        writer.commit()
    with snapshots.current(data) as now, known_at(data, now, "2024-12") as then, snapshots.current(tmp_path / "then") as alone:
        assert export.fingerprint(then) == export.fingerprint(alone)
        assert then.id == alone.id
        assert export.fingerprint(now) != export.fingerprint(alone)
    with snapshots.current(data) as now, known_at(data, now, "2031") as then:
        assert then.folder == now.folder


def test_views_are_kept_within_bounds(data: Path) -> None:
    for day in ("2024-06-30", "2024-12", "2024-06-30"):
        count(data, day, bounds=Bounds(kept=1))
    kept = [path for path in (data / "known").iterdir() if path.is_dir()]
    assert len(kept) == 1
    before = {path.name: path.stat().st_ino for path in kept}
    count(data, "2024-06-30", bounds=Bounds(kept=1))
    assert {path.name: path.stat().st_ino for path in (data / "known").iterdir() if path.is_dir()} == before


def test_too_large_a_record_and_wrong_days_are_refused(data: Path) -> None:
    with pytest.raises(BadQuery, match="DIPLOGRAPH_KNOWN_AT_SOURCES"):
        count(data, "2024-12", bounds=Bounds(sources=1))
    with pytest.raises(BadData, match="yesterday"):
        count(data, "yesterday")
    with pytest.raises(BadQuery, match="needs a year"):
        count(data, "XXXX-02-03")
    with pytest.raises(BadQuery, match="published or recorded"):
        count(data, "2024", by="read")


def test_before_the_first_source_nothing_could_be_said(data: Path) -> None:
    with pytest.raises(NotFound, match="published by 2024-06-25; the first is of 2024-06-26"):
        count(data, "2024-06-25")


def test_what_was_recorded_by_a_day(told: list[SourceClaims], tmp_path: Path) -> None:
    clock = {"now": datetime(2026, 1, 2, tzinfo=UTC)}
    with open_writer(Settings(data=tmp_path / "d"), clock=lambda: clock["now"]) as writer:
        writer.add(told[:1])
        writer.commit()
        clock["now"] = datetime(2026, 3, 4, tzinfo=UTC)
        writer.add(told[1:])
        writer.commit()
    assert [count(tmp_path / "d", day, by="recorded") for day in ("2026-01-02", "2026-03")] == [1, 3]
    with pytest.raises(NotFound, match="recorded by 2026-01-01"):
        count(tmp_path / "d", "2026-01-01", by="recorded")
