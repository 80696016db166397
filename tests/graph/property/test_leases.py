"""Leases: files that their holder keeps locked."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path
from threading import Thread

from graph.property import leases


def test_nobody_holds_a_lease_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert leases.held(tmp_path / "none") == 0


def test_a_lease_is_held_until_it_is_given_back(tmp_path: Path) -> None:
    first, second = leases.take(tmp_path), leases.take(tmp_path)
    assert leases.held(tmp_path) == 2
    first.release()
    first.release()
    assert leases.held(tmp_path) == 1
    second.release()
    assert leases.held(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def _take_and_die(folder: Path) -> None:
    leases.take(folder)
    import os

    os.kill(os.getpid(), 9)


def test_the_lease_of_the_dead_is_swept_away(tmp_path: Path) -> None:
    process = get_context("spawn").Process(target=_take_and_die, args=(tmp_path,))
    process.start()
    process.join(60)
    assert len(list(tmp_path.iterdir())) == 1
    assert leases.held(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def test_taking_and_sweeping_at_once_lose_no_lease(tmp_path: Path) -> None:
    taken: list[leases.Lease] = []
    takers = [Thread(target=lambda: taken.extend(leases.take(tmp_path) for _ in range(50))) for _ in range(4)]
    for taker in takers:
        taker.start()
    while any(taker.is_alive() for taker in takers):
        leases.held(tmp_path)
    assert leases.held(tmp_path) == 200
    for lease in taken:
        lease.release()
    assert leases.held(tmp_path) == 0
