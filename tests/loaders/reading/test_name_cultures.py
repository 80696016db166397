"""Which of two states a name is more common in; only where it clearly is."""

from pathlib import Path

import pytest

from graph.errors import BadData
from loaders.reading.lexicon import Lexicon
from loaders.reading.name_cultures import NameCultures, load_cultures
from loaders.reading.reader import read_text


@pytest.fixture(scope="module")
def cultures() -> NameCultures:
    return load_cultures()


@pytest.mark.parametrize(
    ("name", "states", "likelier"),
    [
        ("Pekka Lehtinen", ("FIN", "KEN"), "FIN"),
        ("Andrzej Kowalski", ("POL", "MAR"), "POL"),
        ("Abdoulaye Ouédraogo", ("BFA", "RUS"), "BFA"),
        ("Nguyen Van Minh", ("VNM", "CUB"), "VNM"),
        ("Levan Tavadzishvili", ("GEO", "TUR"), "GEO"),
        ("Mamadou Diallo", ("SEN", "GIN"), None),
        ("Xu Zvqj", ("FIN", "KEN"), None),
        ("Pekka Lehtinen", ("FIN",), None),
    ],
)
def test_the_likelier_of_two(cultures: NameCultures, name: str, states: tuple[str, ...], likelier: str | None) -> None:
    assert cultures.likelier(name, states) == likelier
    assert cultures.likelier(name.upper(), states[::-1]) == likelier


def test_every_state_is_one_of_the_reference(cultures: NameCultures, lexicon: Lexicon) -> None:
    named = {code for states in cultures.states.values() for code in states}
    assert named <= set(lexicon.reference.states)
    assert len(named) > 150


def test_a_name_decides_whom_somebody_serves_where_no_title_does(lexicon: Lexicon) -> None:
    text = (
        "Le Maroc et la Finlande renforcent leurs liens\n\n"
        "Le ministre de la Défense, Pekka Lehtinen, a salué jeudi les relations entre le Maroc et la Finlande."
    )
    (office,) = [claim for claim in read_text(text, lexicon, language="fr") if claim.kind == "office"]
    assert "of" not in office.fields and office.guesses["of"] == "FIN"


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"begins": None}, "naming.toml: x must have"),
        ({"states": "[1]"}, "states must be a list of codes"),
        ({"given": "[1]"}, "'given' must be a list"),
    ],
)
def test_a_strange_table_is_refused_by_name(tmp_path: Path, lists: dict[str, str | None], told: str) -> None:
    entry = {"id": '"x"', "states": '["FRA"]', **dict.fromkeys(("given", "family", "ends", "begins"), "[]"), **lists}
    path = tmp_path / "naming.toml"
    path.write_text("[[culture]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items() if value), encoding="utf-8")
    with pytest.raises(BadData, match=told):
        load_cultures(path)
