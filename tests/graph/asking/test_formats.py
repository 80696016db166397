"""Answers as rows, JSON, CSV and tables."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given, strategies

from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.formats import as_csv, as_json, csv_of, safe_cell, table
from graph.asking.questions import question
from graph.asking.rows import normalised

LIMITS = Limits(seconds=10, rows=100, size=1_000_000)


@pytest.fixture
def answer(snapshot) -> Answer:
    return ask_sparql(bind(question("accords"), {"state": "MAR"}), snapshot, LIMITS)


def test_both_languages_cells_become_one_form() -> None:
    kinds = {"l": "list", "t": "text", "i": "integer", "n": "number", "d": "date"}
    sparql = normalised([["b\x1f\x1fa\x1fb", "", "7", "0.90", ""]], kinds)
    cypher = normalised([[["b", None, "a"], None, 7, 0.9, None]], kinds)
    assert sparql == cypher == [(("a", "b"), None, 7, 0.9, None)]
    assert normalised([], kinds) == []


def test_json_says_how_much_there_is_and_of_which_snapshot(answer: Answer) -> None:
    written = json.loads(as_json(answer))
    assert (written["count"], written["truncated"], written["snapshot"]) == (4, False, "fixture")
    assert written["rows"][0]["parties"] == ["BEL", "MAR"]
    assert written["columns"][0] == {"name": "accord", "type": "iri", "description": {"fr": "accord", "en": "accord"}}


def test_csv_reads_back(answer: Answer) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(answer))))
    assert rows[0] == list(answer.columns)
    assert rows[1][5] == "BEL; MAR"
    assert len(rows) == 5


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    '=cmd|" /C calc"!A0',
    " =1",
    "\t=1",
    "\xa0=1",
    "\ufeff=1",
    "＝1",
    "'=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_of(["a", text], [(text, [text, "x"])]), newline="")))
    assert rows[0][1] == "'" + text
    assert rows[1] == ["'" + text, f"'{text}; x"]


@pytest.mark.parametrize(
    ("text", "safe"), [("a;=1", "a;'=1"), ("a; =1; b", "a; '=1; b"), ("a\n-1", "a\n'-1"), ("a; b=1", "a; b=1")]
)
def test_nor_where_cells_are_parted_by_semicolons(text: str, safe: str) -> None:
    assert safe_cell(text) == safe
    assert safe_cell(text.split("; ")) == safe


@given(strategies.text(alphabet="a=-＝@'; \t\n\r\ufeff"))
def test_every_text_is_safe_and_to_be_had_back(text: str) -> None:
    written = safe_cell(text)
    for cell in re.split(r"[;\r\n]", written):
        assert cell.strip(" \ufeff")[:1] not in {"=", "-", "@", "＝"}
    begins = r"['\s\ufeff]*[=@＝-]"
    back = re.sub(rf"([;\r\n] *)'(?={begins})", r"\1", written)
    assert (back[1:] if re.match(rf"'('*[\t\r\n]|{begins})", back) else back) == text


def test_numbers_stay_numbers() -> None:
    assert csv_of(["a", "b", "c"], [(-1, -0.5, True)]) == "a,b,c\r\n-1,-0.5,true\r\n"


def test_csv_never_leaves_out_in_silence() -> None:
    assert csv_of(["a", "b"], [(1, 2)], truncated=True).splitlines()[-1] == "# truncated: only the first 1 rows are given,"


def test_a_table_has_headings_in_a_language_and_short_ids(answer: Answer) -> None:
    headings, rows = table(answer, "en")
    assert headings[4] == "signed on"
    assert rows[0][0] == "accord/0000000000000002"
    assert "BEL, MAR" in rows[0]
