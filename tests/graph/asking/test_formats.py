"""Answers as rows, JSON, CSV and tables."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.console import Console

from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.entities import explain
from graph.asking.formats import as_csv, as_json, csv_of, render, render_explanation, render_questions, table
from graph.asking.header import Column
from graph.asking.questions import load_questions, question
from graph.asking.rows import normalised
from graph.errors import BadQuery

LIMITS = Limits(seconds=10, rows=100, size=1_000_000)


def shown(drawn: object) -> str:
    console = Console(file=io.StringIO(), width=400, color_system=None)
    console.print(drawn)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.fixture
def answer(snapshot) -> Answer:
    return ask_sparql(bind(question("accords"), {"state": "MAR"}), snapshot, LIMITS)


def test_both_languages_cells_become_one_form() -> None:
    kinds = {"l": "list", "t": "text", "i": "integer", "n": "number", "d": "date"}
    columns = {name: Column(type=kind, fr="x", en="x") for name, kind in kinds.items()}
    sparql = normalised(["b\x1f\x1fa\x1fb", "", "7", "0.90", ""], columns)
    cypher = normalised([["b", None, "a"], None, 7, 0.9, None], columns)
    assert sparql == cypher == (("a", "b"), None, 7, 0.9, None)


def test_json_says_how_much_there_is_and_of_which_snapshot(answer: Answer) -> None:
    written = json.loads(as_json(answer))
    assert (written["count"], written["truncated"], written["snapshot"]) == (4, False, "fixture")
    assert written["rows"][0]["parties"] == ["BEL", "MAR"]
    assert written["columns"][0] == {"name": "accord", "type": "iri", "fr": "accord", "en": "accord"}


def test_csv_reads_back(answer: Answer) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(answer))))
    assert rows[0] == list(answer.columns)
    assert rows[1][5] == "BEL; MAR"
    assert len(rows) == 5


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=cmd|" /C calc"!A0'])
def test_no_text_becomes_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_of(["a", text], [(text, [text, "x"])]), newline="")))
    assert rows[0][1] == "'" + text
    assert rows[1] == ["'" + text, f"'{text}; x"]


def test_numbers_stay_numbers() -> None:
    assert csv_of(["a", "b", "c"], [(-1, -0.5, True)]) == "a,b,c\r\n-1,-0.5,true\r\n"


def test_csv_never_leaves_out_in_silence() -> None:
    assert csv_of(["a", "b"], [(1, 2)], truncated=True).splitlines()[-1] == "# truncated: only the first 1 rows are given,"


def test_a_table_has_headings_in_a_language_and_short_ids(answer: Answer) -> None:
    headings, rows = table(answer, "en")
    assert headings[4] == "signed on"
    assert rows[0][0] == "accord/0000000000000002"
    assert "BEL, MAR" in rows[0]


def test_rendering(answer: Answer) -> None:
    assert "signé le" in shown(render(answer))
    assert render(answer, "json") == as_json(answer)
    assert render(answer, "csv") == as_csv(answer)
    with pytest.raises(BadQuery, match="choose table, json or csv"):
        render(answer, "xml")
    assert "state*" in shown(render_questions(load_questions()))


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    columns = {"a": Column(type="text", fr="a", en="a")}
    base = question("accords")
    asked = type(base)("x", base.title, base.description, {}, columns, "", "")
    assert "[red]x[/red]" in shown(render(Answer(asked, ("a",), (("[red]x[/red]",),), False, None)))


def test_an_explanation_shows_sentence_rule_and_source(snapshot) -> None:
    text = shown(render_explanation(explain(snapshot, "accord/0000000000000001")))
    for part in (
        "ont conclu un accord de défense. »",
        "accord.conclude.fr",
        "Le Courrier des Lacs",
        "trigger: ont conclu un accord",
    ):
        assert part in text
