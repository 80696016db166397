"""Somebody whom a crowd of sources names is changed by one of them without the others being read; a few are read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, Store

from benchmarks.lifelike import Fact, article
from graph.model.claims import SourceClaims
from graph.model.judgements import Anchor, judgement
from graph.record import rdf
from graph.record.writer import Writer
from graph.view import rows, supports
from graph.view.index import PROFILE, SUPPORT
from graph.view.turning import Turner

Open = Callable[[Path], Writer]
AT = "2026-01-02T12:00:00Z"


def naming(place: int, name: str = "Amina Delaroche", confidence: float = 0.8) -> SourceClaims:
    """An article that gives a minister's office, visit and words."""
    day = f"{2010 + place % 12}-{1 + place % 12:02d}-{1 + 5 * place % 28:02d}"
    office: Fact = ("office", {"person": name, "office": "minister_foreign_affairs", "of": "MAR"})
    visit: Fact = ("visit", {"from": "MAR", "to": "ESP", "visitors": (name,), "date": day, "status": "made"})
    told = article(place, [office, visit, ("statement", {"speaker": name, "of": "MAR"})], day)
    first, *others = told.claims
    return replace(told, claims=(replace(first, confidence=confidence), *others))


def also_held(place: int) -> SourceClaims:
    """An article that gives the minister an earlier office."""
    office: Fact = ("office", {"person": "Amina Delaroche", "office": "ambassador", "of": "MAR"})
    return article(place, [office], f"{2000 + place % 5}-03-01")


def printed_again(told: SourceClaims) -> SourceClaims:
    return replace(told, source=replace(told.source, title="Autre"))


def leaving(told: SourceClaims) -> Any:
    return judgement("withdrawn", (Anchor(told.source.id),), "Ana", AT, "erreur")


def said(store: Store) -> set[str]:
    """View and index."""
    return {str(quad) for graph in (rdf.VIEW, rdf.INDEX) for quad in store.quads_for_pattern(None, None, None, graph)}


def assert_as_rebuilt(writer: Writer, change: str) -> None:
    derived, again = (rdf.VIEW, rdf.EDITIONS, rdf.INDEX), Store()
    again.extend(quad for quad in writer.store if quad.graph_name not in derived)
    again.extend(writer._view.index(again))
    again.extend(writer._view.rebuild(again))
    assert said(writer.store) == said(again), change


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supports, "CROWD", 3)


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each person was changed without reading the rest."""
    found: list[bool] = []
    whole = Turner.person

    def noting(self: Turner, *arguments: Any) -> Any:
        built = whole(self, *arguments)
        found.append(built is not None)
        return built

    monkeypatch.setattr(Turner, "person", noting)
    return found


CHANGES: dict[str, Callable[[Writer, Sequence[SourceClaims]], object]] = {
    "one more": lambda writer, told: writer.add([naming(5)]),
    "the same text elsewhere": lambda writer, told: writer.add(
        [replace(told[3], source=replace(told[3].source, title="Autre"))]
    ),
    "one less": lambda writer, told: writer.judge(leaving(told[5])),
    "a surer claim": lambda writer, told: writer.reread([naming(4, confidence=0.95)]),
    "one with another spelling": lambda writer, told: writer.add([naming(8, "Aminah Delaroche")]),
    "another name": lambda writer, told: writer.reread([naming(4, "Bruno Keller")]),
    "two with another name": lambda writer, told: writer.reread([naming(4, "Bruno Kahn"), naming(2, "Bruno Kahn")]),
    "a claim less": lambda writer, told: writer.reread([replace(told[6], claims=told[6].claims[1:])]),
    "the founding one less": lambda writer, told: writer.judge(leaving(min(told, key=lambda each: str(each.source.published)))),
}
RESOLVED = {"one with another spelling", "another name", "two with another name", "a claim less", "the founding one less"}
"""Changes of who may be whom."""


def test_every_change_gives_what_a_rebuild_gives(crowd: None, turned: list[bool], open_at: Open, tmp_path: Path) -> None:
    told = [naming(place) for place in (0, 1, 2, 3, 4, 6, 7)]
    with open_at(tmp_path / "data") as writer:
        writer.add(told)
        writer.commit()
        for change, make in CHANGES.items():
            make(writer, told)
            writer.commit()
            assert_as_rebuilt(writer, change)
            assert turned[-1] or change in RESOLVED, change  # the others were not read


class Counting:
    """A store that counts what is read of it."""

    def __init__(self, store: Store) -> None:
        self._store, self.read, self.asked = store, 0, Counter[Any]()

    def quads_for_pattern(self, *pattern: Any) -> Iterator[Quad]:
        self.asked[pattern[1]] += 1
        for quad in self._store.quads_for_pattern(*pattern):
            self.read += 1
            yield quad

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.mark.parametrize("crowd_of", [5, 30])
def test_rows_give_what_a_rebuild_gives(crowd_of: int, monkeypatch: pytest.MonkeyPatch, open_at: Open, tmp_path: Path) -> None:
    """Of a person whom few name, and of a tenure that few attest of somebody whom a crowd names."""
    monkeypatch.setattr(supports, "CROWD", crowd_of)
    monkeypatch.setattr(rows, "SEVERAL", 2)
    told = [naming(place) for place in (0, 1, 2, 3, 4, 6, 7)]
    with open_at(tmp_path / "data") as writer:
        writer.add([*told, *(also_held(place) for place in (20, 21, 22))])
        writer.commit()
        assert next(writer.store.quads_for_pattern(None, rows.ROW, None, rdf.INDEX), None) is not None
        for make in (*CHANGES.values(), lambda *_: writer.add([also_held(23)])):
            make(writer, told)
            writer.commit()
        assert_as_rebuilt(writer, "all of them")


def test_somebody_whom_several_name_is_read_at_once(open_at: Open, tmp_path: Path) -> None:
    with open_at(tmp_path / "data") as writer:
        writer.add([naming(place) for place in range(20)])
        writer.commit()
        store = Counting(writer.store)
        writer._open = store  # type: ignore[assignment]
        writer.add([naming(21)])
        writer.commit()
        writer._open = store._store
        assert store.asked[SUPPORT] < 5
        assert store.asked[PROFILE] < 5


def test_one_more_article_reads_as_much_of_somebody_named_twice_as_often(open_at: Open, tmp_path: Path) -> None:
    read = []
    for number in (40, 80):
        with open_at(tmp_path / str(number)) as writer:
            writer.add([naming(place) for place in range(number)])
            writer.commit()
            store = Counting(writer.store)
            writer._open = store  # type: ignore[assignment]
            writer.add([naming(number + 3)])
            writer.commit()
            writer._open = store._store
            read.append(store.read)
    assert read[1] < 1.3 * read[0]
