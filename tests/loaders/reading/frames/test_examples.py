"""Every example inside a frame file gives the facts it says, every counterexample none of its kind."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.reading.frames.book import Example, Frame, load_frames
from loaders.reading.frames.parts import RULES
from tests.loaders.reading.frames.reading_kit import facts, matches

BOOK = load_frames(RULES)


def cases() -> list[Any]:
    return [
        pytest.param(frame, language, example, id=f"{frame.id}-{language}-{example.text[:60]}")
        for frame in BOOK.frames
        for language, words in frame.words.items()
        for example in words.examples
    ]


@pytest.mark.parametrize(("frame", "language", "example"), cases())
def test_example(frame: Frame, language: str, example: Example) -> None:
    found = [fact for fact in facts(example.text, language, example.published) if fact.kind == frame.kind]
    for wanted in example.gives:
        assert any(matches(wanted, fact) for fact in found), (wanted, [dict(fact.fields) for fact in found])
    assert len(found) == len(example.gives), [dict(fact.fields) for fact in found]


def test_every_frame_has_a_counterexample_in_some_language_or_says_a_thing_that_cannot_be_denied() -> None:
    without = [frame.id for frame in BOOK.frames if not any(not e.gives for w in frame.words.values() for e in w.examples)]
    assert without == ["meeting/video"]
