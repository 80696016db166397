"""Hostile text costs in proportion to its length: work is counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.loaders.reading.frames.reading_kit import facts

PIECES = [
    "accord ",
    "Le Maroc, ",
    "a signé un accord avec le Maroc, ",
    "le Maroc et ",
    "Le Maroc a signé un accord avec le Rwanda. ",
]


def calls(work: Callable[[], object]) -> int:
    """How many Python functions a piece of work calls."""
    count = 0

    def tick(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_is_about_twice_the_work(piece: str) -> None:
    facts("Le Pérou.", "fr")  # the lexicon is loaded before counting

    def text(size: int) -> str:
        return (piece * (size // len(piece) + 1))[:size]

    small, large = calls(lambda: facts(text(4000), "fr")), calls(lambda: facts(text(16000), "fr"))
    assert large <= 4 * small * 1.6
