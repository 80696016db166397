"""What is put before people, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import BadData
from graph.model.claims import SourceClaims
from graph.resolution.rules import load_rules
from graph.review.deciding import Wish
from graph.review.queue import SORTS, Entry, load_options, queue

Make = Callable[..., SourceClaims]
VISIT = {"kind": "visit", "from": "RUS", "to": "MAR", "status": "made"}
FORCE = {"kind": "deployment", "sender": "KEN", "host": "HTI", "date": "2024-06-25", "status": "deployed"}


def entries(folder: Any, *sorts: str) -> list[Entry]:
    with folder.snapshot() as snapshot:
        return queue(snapshot, "en", sorts or SORTS)


def test_a_nearly_joined_pair_is_asked_about_until_somebody_decides(folder: Any, make: Make) -> None:
    one = make("a", {**VISIT, "date": "2025-03-01", "place": "Rabat"}, published="2025-03-02")
    other = make("b", {**VISIT, "date": "2025-03", "place": "Fès"}, published="2025-06-03")
    graph = folder(one, other)
    (pair,) = entries(graph, "pair")
    assert 0 < pair.doubt < 1
    assert any("place: " in reason and ": different" in reason for reason in pair.said)
    assert len(pair.names) == 2
    graph.do.decide(Wish("different", pair.about, "Ana"))
    assert entries(graph, "pair") == []


def test_a_dispute_is_doubtful_as_its_second_value_is_strong(folder: Any, make: Make) -> None:
    even = folder(make("a", {**FORCE, "personnel": 200}), make("b", {**FORCE, "personnel": 400}))
    odd = folder(*(make(name, {**FORCE, "personnel": 400}) for name in "bc"), make("a", {**FORCE, "personnel": 200}))
    (strong,), (weak,) = entries(even, "dispute"), entries(odd, "dispute")
    assert (strong.property_name, strong.doubt) == ("personnel", 1.0)
    assert strong.said == ("200: 1 (0.80)", "400: 1 (0.80)")
    assert weak.doubt == pytest.approx(0.8 / (2 * 0.96), abs=1e-4)
    told = make("a", {**FORCE, "personnel": 200})
    even.do.decide(Wish("corrected", (f"claim/{told.claims[0].key(told.source.id)}",), "Ana", field="personnel", value="200"))
    assert entries(even, "dispute") == []


def test_unsure_claims_are_asked_about_while_their_source_is_in_force(folder: Any, make: Make) -> None:
    told = make("a", {**VISIT, "confidence": 0.35}, {**FORCE, "confidence": 0.1})
    graph = folder(told)
    unsure = entries(graph, "claim")
    assert sorted(entry.doubt for entry in unsure) == [0.65, 0.9]
    assert unsure[0].said[1].startswith("Phrase")
    graph.do.decide(Wish("right", (unsure[0].about[0],), "Ana"))
    (one,) = entries(graph, "claim")
    assert not one.names[0].startswith("claim/")  # what it says, not only its id
    graph.do.withdraw([told.source.id], "faux", "Ana")
    assert entries(graph, "claim") == []


def test_violations_and_undated_texts_are_in_the_queue(folder: Any, make: Make) -> None:
    wrong = make("a", {"kind": "mission", "sender": "MAR", "host": "MAR", "type": "embassy"})
    texts = [make(name, VISIT) for name in ("un", "deux")]
    graph = folder(wrong, *(replace(each, source=replace(each.source, url="https://news.example/x")) for each in texts))
    (violation,) = entries(graph, "violation")
    assert violation.said == ("Sender and host differ.",)
    (edition,) = entries(graph, "edition")
    graph.do.supersede(edition.about[1], edition.about[0], "Ana")
    assert entries(graph, "edition") == []


def test_what_concerns_more_comes_first(few_folder: Any) -> None:
    found = entries(few_folder)
    assert found
    assert [entry.weight for entry in found] == sorted((entry.weight for entry in found), reverse=True)
    assert {entry.sort for entry in found} <= set(SORTS)
    with few_folder.snapshot() as snapshot, pytest.raises(BadData, match="no sort 'odd'"):
        queue(snapshot, "en", ["odd"])


def test_options_are_read_from_their_file(tmp_path: Any) -> None:
    (tmp_path / "review.toml").write_text("pair_width = 1.0\n", encoding="utf-8")
    with pytest.raises(BadData, match=r"review\.toml"):
        load_options(tmp_path)


def test_what_the_view_leaves_out_is_what_people_are_asked_about() -> None:
    assert load_options().unsure_below == load_rules().view_threshold
