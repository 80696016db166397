"""Every rule that gives a claim is either a frame or named, with what it reads, in `rules.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from graph.errors import BadData
from graph.model.claims import Source
from loaders.coverage import coverage
from loaders.reading.lexicon import Lexicon
from loaders.reading.rules import load_rules

BENCH = Path(__file__).parent / "bench"


def sentences(lexicon: Lexicon) -> list[Source]:
    """The examples of all frames, and the sentences of the bench of offices and statements."""
    book = lexicon.frames.openings.book
    found = [
        Source(text=example.text, language=language)
        for frame in book.frames
        for language, words in frame.words.items()
        for example in words.examples
    ]
    for file in sorted(BENCH.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        found += [Source(text=case["text"]) for case in table.get("case", ())]
    return found


def test_every_rule_is_named(lexicon: Lexicon) -> None:
    texts = sentences(lexicon)
    assert len(texts) > 600
    result = coverage(texts, lexicon)
    assert [rule for rule, count in result.rules if count and rule not in load_rules()] == []


def test_rules_that_never_fired_are_reported(lexicon: Lexicon) -> None:
    result = coverage([Source(text="La pluie tombe.", language="fr")], lexicon)
    assert result.silent_rules == tuple(sorted(load_rules()))


def test_a_rule_of_no_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('[dance]\nwaltz = "in three"\n', encoding="utf-8")
    with pytest.raises(BadData, match=r"rules\.toml: 'dance' is no kind"):
        load_rules(file)


def test_a_rule_that_says_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('[office]\nthrone = ""\n', encoding="utf-8")
    with pytest.raises(BadData, match=r"office\.throne must say"):
        load_rules(file)
