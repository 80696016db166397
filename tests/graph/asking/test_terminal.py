"""Answers and explanations as a terminal shows them."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.entities import explain
from graph.asking.header import Column
from graph.asking.questions import load_questions, question
from graph.asking.terminal import render, render_explanation, render_questions

LIMITS = Limits(seconds=10, rows=100, size=1_000_000)


def shown(drawn: object, width: int = 400) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(drawn)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.fixture
def answer(snapshot) -> Answer:
    return ask_sparql(bind(question("accords"), {"state": "MAR"}), snapshot, LIMITS)


def test_reference_data_is_said_to_rest_on_no_sentence(snapshot) -> None:
    said = shown(render_explanation(explain(snapshot, "state/FRA")))
    assert "France" in said
    assert "aucune phrase" in said


def test_rendering(answer: Answer) -> None:
    assert "signé le" in shown(render(answer))
    assert "signed on" in shown(render(answer, "en"))
    assert "state*" in shown(render_questions(load_questions()))


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    columns = {"a": Column(type="text", fr="a", en="a")}
    base = question("accords")
    asked = replace(base, name="x", parameters={}, columns=columns)
    assert "[red]x[/red]" in shown(render(Answer(asked, ("a",), (("[red]x[/red]",),), False, None)))


def test_an_explanation_shows_sentence_rule_and_source(snapshot) -> None:
    text = shown(render_explanation(explain(snapshot, "accord/0000000000000001")))
    for part in (
        "[ont conclu un accord] de défense. »",
        "accord.conclude.fr",
        "Le Courrier des Lacs",
        "trigger: ont conclu un accord",
    ):
        assert part in text


def test_a_narrow_terminal_gets_cards_that_break_no_word(answer: Answer) -> None:
    text = shown(render(answer, width=80), width=80)
    assert "accord/0000000000000002" in text
    assert "BEL, MAR" in text


def test_no_rows_are_said_in_words(answer: Answer) -> None:
    empty = Answer(answer.question, answer.columns, (), False, None)
    assert "aucune ligne" in shown(render(empty))
    assert "no rows" in shown(render(empty, "en"))
