"""Many sources at once are written without a transaction: nobody must be able to tell, whenever the process dies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from graph.model.claims import SourceClaims
from graph.record import filling, ledger, rdf, snapshots, staging
from graph.record.schema import load_schema
from graph.record.writer import Writer
from graph.view import export
from graph.view.writing import entity_view

Open = Callable[[Path], Writer]
Content = tuple[str, str, set[str]]


class Death(Exception):
    """The process dies."""


@pytest.fixture
def poured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BULK", 10)
    monkeypatch.setattr(staging, "BULK", 10)


def content(data: Path) -> Content:
    found = snapshots.current(data)
    assert found is not None
    with found as snapshot:
        index = {str(quad) for quad in snapshot.store.quads_for_pattern(None, None, None, rdf.INDEX)}
        return snapshot.id, export.fingerprint(snapshot), index


@pytest.fixture
def expected(open_at: Open, few: list[SourceClaims], tmp_path: Path) -> Content:
    with open_at(tmp_path / "whole") as writer:
        for told in few:  # one after the other, each with its own change of the view
            writer.add([told])
            writer.commit()
    return content(tmp_path / "whole")


def test_many_sources_at_once_are_as_few_at_a_time(
    expected: Content, open_at: Open, few: list[SourceClaims], tmp_path: Path, poured: None
) -> None:
    with open_at(tmp_path / "d") as writer:
        assert len(writer.add(few).new) == len(few)
        writer.commit()
        assert not list(writer.store.quads_for_pattern(None, ledger.BEGUN, None, None))
    assert content(tmp_path / "d") == expected


@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_a_load_that_dies_in_the_midst_of_writing_is_begun_again(
    expected: Content, open_at: Open, few: list[SourceClaims], tmp_path: Path, poured: None, monkeypatch: pytest.MonkeyPatch,
    share: float,
) -> None:  # fmt: skip
    def dies(store: Store, quads: Sequence[Quad]) -> None:
        store.bulk_extend(quads[: int(share * len(quads))])
        raise Death

    with open_at(tmp_path / "d") as writer:
        writer.add(few[:2])
        with monkeypatch.context() as patch, pytest.raises(Death):
            patch.setattr(staging, "pour", dies)
            writer.add(few[2:])
    with open_at(tmp_path / "d") as writer:
        assert len(writer.add(few).new) == len(few) - 2
        writer.commit()
    assert content(tmp_path / "d") == expected


def test_an_index_is_kept_where_only_the_view_is_of_another_version(
    open_at: Open, few: list[SourceClaims], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add(few)
        writer.commit()
    before, view = content(tmp_path / "d"), copy(entity_view())
    view.version += "-next"
    monkeypatch.setattr(view, "index", lambda store: pytest.fail("the index was made anew"))
    with Writer(tmp_path / "d", load_schema(), view) as writer:
        writer.commit()
    after = content(tmp_path / "d")
    assert after[0] != before[0]
    assert after[1:] == before[1:]


def test_an_index_of_another_version_is_made_anew(
    expected: Content, open_at: Open, few: list[SourceClaims], tmp_path: Path
) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add(few)
        ledger.apply(writer.store, ledger.indexed(writer.store), [ledger.indexed_by("another")])
        writer.store.add(ledger.REBUILDING)
        writer.commit()
    assert content(tmp_path / "d") == expected
