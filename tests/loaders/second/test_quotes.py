"""A quote is found where the text has it, whatever the Unicode form, and nowhere else."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.second.quotes import normalised, searchable


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Le ministre a signé l’accord.", "a signé l'accord", "a signé l’accord"),
        ("Ils se sont\n  rencontrés\u00a0: enfin.", "sont rencontrés : enfin", "sont\n  rencontrés\u00a0: enfin"),
        (unicodedata.normalize("NFD", "Élu à Nouméa hier"), "Élu à Nouméa", unicodedata.normalize("NFD", "Élu à Nouméa")),
        ("Élu à Nouméa", unicodedata.normalize("NFD", "Nouméa"), "Nouméa"),
        ("un co\u00adfinan\u200bcement réel", "cofinancement réel", "co\u00adfinan\u200bcement réel"),
        ("une o\ufb03ce ouverte", "office ouverte", "o\ufb03ce ouverte"),
        ("un rappel… puis rien", "rappel... puis", "rappel… puis"),
        ("visa–free travel", "visa-free", "visa–free"),
        ("  bord à bord  ", " bord à bord ", "bord à bord"),
    ],
)
def test_found_as_the_text_has_it(text: str, quote: str, found: str) -> None:
    span = searchable(text).find(quote)
    assert span is not None
    assert span.quote == found == text[span.start : span.end]


@pytest.mark.parametrize("quote", ["A signé", "a signe", "a … accord", "a signé un traité", "", " \n", "\u200b"])
def test_not_found(quote: str) -> None:
    assert searchable("Le ministre a signé l’accord.").find(quote) is None


def test_the_first_of_several_places() -> None:
    span = searchable("oui non oui").find("oui")
    assert span is not None
    assert (span.start, span.end) == (0, 3)


@pytest.mark.parametrize(
    ("name", "named"),
    [("Ana Ruiz", True), ("ANA RUÍZ", True), ("Ana  Ruiz", True), ("Ana Rui", False), ("na Ruiz", False), ("", False)],
)
def test_names_are_whole_words(name: str, named: bool) -> None:
    assert searchable("Reçue par Ana\u00a0Ruíz, elle").names(name) is named


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_piece_of_any_text_is_found_with_exact_offsets(text: str, one: int, other: int) -> None:
    piece = text[min(one, other) : max(one, other)]
    within = searchable(text)
    assert len(within.normal) == len(within.starts) == len(within.ends)
    span = within.find(piece)
    if span is not None:
        assert text[span.start : span.end] == span.quote
        assert normalised(piece) in normalised(span.quote)
    elif piece.isascii() and piece.isprintable():
        assert not piece.strip()


def test_work_grows_with_the_text_and_no_faster() -> None:
    def seconds(text: str) -> float:
        began = time.perf_counter()
        within = searchable(text)
        within.find("a" * 50 + "b")
        within.names("aaaa b")
        return time.perf_counter() - began

    small = min(seconds("a" * 50_000) for _ in range(3))
    assert min(seconds("a" * 200_000) for _ in range(2)) < 12 * small
