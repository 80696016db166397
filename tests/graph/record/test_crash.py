from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.record.writer import Writer
from graph.view import export

Open = Callable[[Path], Writer]


def fingerprint(data: Path) -> str:
    with snapshots.current(data) as snapshot:
        return export.fingerprint(snapshot)


@pytest.mark.slow
def test_a_load_killed_at_any_moment_is_caught_up(
    open_at: Open, blank: Path, few: list[SourceClaims], sudden_death: Any, tmp_path: Path
) -> None:
    (tmp_path / "few").write_bytes(pickle.dumps(few))
    with open_at(tmp_path / "whole") as writer:
        writer.add(few)
        writer.commit()
    expected = fingerprint(tmp_path / "whole")
    work, data = Path(__file__).with_name("loading.py"), tmp_path / "d"
    calls = sudden_death.moments(work, "load", str(blank), str(tmp_path / "counted"), str(tmp_path / "few"))
    died = 0
    for moment in sudden_death.seeded(calls, 32):
        died += sudden_death.kill(work, "load", str(blank), str(data), str(tmp_path / "few"), moment=moment)
        if not (data / "snapshots" / "current").exists():
            shutil.rmtree(data, ignore_errors=True)  # it died while the empty folder was being copied
        check_whole(data)
        with open_at(data) as writer:
            writer.catch_up()
            check_whole(data)
            writer.add(few)
            writer.commit()
        assert fingerprint(data) == expected, moment
        shutil.rmtree(data)
    assert died >= 30


def check_whole(data: Path) -> None:
    """Whatever was published is a whole snapshot: it opens, and every source that it has is shown with all its claims."""
    found = snapshots.current(data)
    if found is None:
        return
    with found as snapshot:
        recorded, shown = ({row["claim"].value for row in snapshot.store.query(query)} for query in (CLAIMS, SHOWN))
        assert recorded == shown


CLAIMS = """PREFIX dip: <https://w3id.org/diplograph/ontology#>
SELECT DISTINCT ?claim { GRAPH ?source { ?claim a dip:Claim ; dip:tells ?told } ?source a dip:Article }"""
SHOWN = """PREFIX dip: <https://w3id.org/diplograph/ontology#>
SELECT DISTINCT ?claim { ?entity dip:claim ?claim . ?entity a ?class }"""
