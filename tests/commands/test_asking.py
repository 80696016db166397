"""Parameters of questions as options of their own."""

from __future__ import annotations

import pytest
import typer

from commands.asking import _pairs


def test_parameters_are_named_as_options_are() -> None:
    given = ["--state", "MAR", "--as-of=2025-06", "--known_thing", "x"]
    assert _pairs(given) == {"state": "MAR", "as_of": "2025-06", "known_thing": "x"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["state", "MAR"], "“state” is no parameter"),
        (["-s", "MAR"], "“-s” is no parameter"),
        (["--state"], "--state has no value"),
        (["--as-of=2025", "--as_of", "2024"], "--as_of is given more than once"),
    ],
)
def test_what_is_no_option_is_refused(words: list[str], said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        _pairs(words)
