"""Confidence comes from a table that is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadData
from loaders.reading.confidence import load_confidence
from loaders.reading.model import Candidate
from loaders.reading.tables import DATA


def fact(*features: str, sentences: tuple[int, ...] = (0,)) -> Candidate:
    return Candidate("visit", {"from": "PER", "to": "KEN"}, sentences, "visit/made", features=frozenset(features))


def test_what_is_guessed_is_less_sure() -> None:
    table = load_confidence()
    assert table.of(fact("state-guessed")) < table.of(fact())
    assert table.of(fact("party-inferred")) < table.of(fact())


def test_what_several_sentences_say_is_surer() -> None:
    table = load_confidence()
    assert table.of(fact(sentences=(0, 3))) > table.of(fact())


def test_every_confidence_lies_within_the_bounds() -> None:
    table = load_confidence()
    worst, best = (
        table.of(fact(*[n for n, v in table.feature.items() if v < 0])),
        table.of(fact(*table.feature, sentences=(0, 1))),
    )
    assert table.floor <= worst < best <= table.ceiling


@pytest.mark.parametrize(("old", "new"), [("visit =", 'visit = "sure" #'), ("floor =", "flor ="), ("[feature]", "[features]")])
def test_a_bad_table_is_named(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "confidence.toml"
    path.write_text((DATA / "confidence.toml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData, match=r"confidence\.toml"):
        load_confidence(path)
