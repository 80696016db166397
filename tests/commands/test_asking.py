"""Parameters of questions as options of their own."""

from __future__ import annotations

import pytest
import typer

from commands.asking import _pairs


def test_parameters_are_named_as_options_are() -> None:
    given = ["--state", "MAR", "--as-of=2025-06", "--known_thing", "x"]
    assert _pairs(given) == {"state": "MAR", "as_of": "2025-06", "known_thing": "x"}


@pytest.mark.parametrize("words", [["state", "MAR"], ["--state"], ["-s", "MAR"]])
def test_what_is_no_option_is_refused(words: list[str]) -> None:
    with pytest.raises(typer.BadParameter):
        _pairs(words)
