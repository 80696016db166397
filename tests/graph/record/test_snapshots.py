from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import NotFound, StoreUnavailable
from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.record.writer import Writer
from graph.view import entities

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]


def articles(make: Make, number: int) -> list[SourceClaims]:
    return [
        make(f"n{each}", {"kind": "mission", "sender": "MAR", "host": "RWA", "type": "embassy", "date": f"{1990 + each}"})
        for each in range(number)
    ]


def test_a_folder_without_a_commit_has_no_snapshot(tmp_path: Path) -> None:
    assert snapshots.current(tmp_path) is None
    assert snapshots.prune(tmp_path) == []


def test_an_empty_record_has_a_snapshot_with_the_reference_data(open_at: Open, tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.commit()
    with snapshots.current(tmp_path / "d") as snapshot:
        assert entities.entity(snapshot, "state/MAR").labels["fr"] == "Maroc"
        assert not list(entities.entities(snapshot, "Accord"))


def test_a_snapshot_stays_as_it_is_while_commits_go_on(open_at: Open, make: Make, tmp_path: Path) -> None:
    data = tmp_path / "d"
    with open_at(data) as writer:
        writer.add(articles(make, 1))
        first = writer.commit().snapshot
        with snapshots.open_snapshot(data, first) as held:
            ids = []
            for told in articles(make, 9)[1:]:
                writer.add([told])
                ids.append(writer.commit().snapshot)
                assert len(list(entities.entities(held, "Mission"))) == 1
            assert held.folder.is_dir()
            kept = {folder.name for folder in (data / "snapshots").iterdir() if folder.is_dir()}
            assert kept == {first, *ids[-3:]}
        writer.add(articles(make, 10))
        writer.commit()
    with pytest.raises(NotFound, match="no longer kept"):
        snapshots.open_snapshot(data, first)


def test_changes_name_what_differs_from_the_snapshot_before(open_at: Open, make: Make, tmp_path: Path) -> None:
    data = tmp_path / "d"
    later = make(
        "x", {"kind": "mission", "sender": "MAR", "host": "FRA", "type": "embassy", "status": "closed"}, published="2020-01-02"
    )
    earlier = make(
        "y", {"kind": "mission", "sender": "MAR", "host": "FRA", "type": "embassy", "status": "closed"}, published="2020-01-01"
    )
    with open_at(data) as writer:
        writer.add([later])
        first = writer.commit()
        writer.add([earlier])
        second = writer.commit()
    assert {iri.split("/id/")[1].split("/")[0] for iri in first.changed} == {"mission", "source"}
    with snapshots.current(data) as snapshot:
        assert snapshot.id == second.snapshot
        assert snapshot.previous == first.snapshot
        assert snapshot.changes.changed == second.changed
        assert snapshot.changes.removed == second.removed
        (mission,) = entities.entities(snapshot, "Mission")
    assert second.removed == tuple(iri for iri in first.changed if "/mission/" in iri)
    assert mission.iri in second.changed
    assert mission.source_count == 2


def test_readers_in_other_threads_never_see_half_a_snapshot(open_at: Open, make: Make, tmp_path: Path) -> None:
    data = tmp_path / "d"
    seen: list[int] = []
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                with snapshots.current(data) as snapshot:
                    seen.append(sum(1 for _ in entities.entities(snapshot, "Mission")))
            except BaseException as error:
                failures.append(error)

    with open_at(data) as writer:
        writer.commit()
        reader = threading.Thread(target=read)
        reader.start()
        for told in articles(make, 12):
            writer.add([told])
            writer.commit()
        stop.set()
        reader.join()
    assert not failures
    assert seen == sorted(seen)


def test_a_pointer_to_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "current").write_text("abc")
    with pytest.raises(StoreUnavailable, match="diplograph sync"):
        snapshots.current(tmp_path)
