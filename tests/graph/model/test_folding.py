import unicodedata

import pytest

from graph.model.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉMIRATS arabes unis", "emirats arabes unis"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("franco–marocain", "franco-marocain"),
        ("São Tomé", "sao tome"),
        ("Łódź, İstanbul, Đà Nẵng, Tromsø", "lodz, istanbul, da nang, tromso"),
        ("« Rabat »", '" rabat "'),
        ("Москва", "москва"),
    ],
)
def test_spellings_of_one_name_meet(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_dash_between_clauses_is_kept() -> None:
    assert fold("Rabat — Madrid") == "rabat — madrid"


def test_every_character_keeps_its_place_and_folds_once() -> None:
    text = "".join(map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x11000))))
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_no_accent_of_latin_letters_is_left() -> None:
    letters = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
    accented = [letter for letter in letters if len(unicodedata.normalize("NFD", letter)) > 1]
    assert accented
    assert not [letter for letter in accented if len(unicodedata.normalize("NFD", fold(letter))) > 1]
