"""Answers as bytes: every form reads back, and says what was left out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import networkx
import pandas
import pytest
from pyarrow import parquet

from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.questions import load_questions, question
from graph.asking.rendering import FORMATS, offered, render
from graph.errors import BadQuery

LIMITS = Limits(seconds=10, rows=100, size=1_000_000)


@pytest.fixture
def answer(snapshot) -> Answer:
    return ask_sparql(bind(question("partners"), {"state": "MAR"}), snapshot, LIMITS)


def test_every_offered_form_is_the_same_twice(answer: Answer) -> None:
    assert offered(answer.question) == ("json", "csv", "parquet", "graphml", "geojson", "codebook")
    for name in FORMATS:
        assert render(answer, name) == render(answer, name) != b""


def test_json_and_csv_hold_the_rows(answer: Answer) -> None:
    assert [row["partner"] for row in json.loads(render(answer, "json"))["rows"]] == [row[0] for row in answer.rows]
    assert len(list(csv.reader(io.StringIO(render(answer, "csv").decode())))) == 1 + len(answer.rows)


def test_parquet_keeps_types_meanings_and_what_is_absent(snapshot) -> None:
    answer = ask_sparql(bind(question("accords"), {"state": "MAR"}), snapshot, LIMITS)
    table = parquet.read_table(io.BytesIO(render(answer, "parquet")))
    assert table.column_names == list(answer.columns)
    read = [tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row.values()) for row in table.to_pylist()]
    assert read == list(answer.rows)
    assert table.schema.field("signed_on").metadata[b"en"] == b"signed on"
    assert table.schema.metadata[b"truncated"] == b"false"


def test_parquet_of_no_rows_has_its_columns(snapshot) -> None:
    answer = ask_sparql(bind(question("accords"), {"state": "JPN"}), snapshot, LIMITS)
    assert parquet.read_table(io.BytesIO(render(answer, "parquet"))).column_names == list(answer.columns)


def test_graphml_ties_the_state_to_its_partners(answer: Answer) -> None:
    graph = networkx.parse_graphml(render(answer, "graphml").decode())
    assert sorted(graph["MAR"]) == sorted(row[0] for row in answer.rows)
    facts = {other: data["facts"] for _, other, data in graph.edges(data=True)}
    assert facts == {row[0]: row[2] for row in answer.rows}


def test_graphml_holds_no_character_that_xml_has_not(answer: Answer) -> None:
    cells = [
        "a\x0b\x00b\ufffe" if column == "label" else cell for column, cell in zip(answer.columns, answer.rows[0], strict=True)
    ]
    graph = networkx.parse_graphml(render(replace(answer, rows=(tuple(cells),)), "graphml").decode())
    assert [data["label"] for *_, data in graph.edges(data=True)] == ["a\ufffd\ufffdb\ufffd"]


def test_a_codebook_has_a_line_a_column(answer: Answer) -> None:
    rows = list(csv.DictReader(io.StringIO(render(answer, "codebook").decode())))
    assert [row["name"] for row in rows] == list(answer.columns)
    assert rows[0]["meaning_fr"] == "partenaire, par son code"


def test_a_form_that_is_not_there_is_refused(snapshot) -> None:
    answer = ask_sparql(bind(question("accords"), {"state": "MAR"}), snapshot, LIMITS)
    for name in ("graphml", "xlsx"):
        with pytest.raises(BadQuery, match="choose json, csv, parquet"):
            render(answer, name)


@pytest.mark.parametrize("name", load_questions())
def test_columns_load_in_r_and_stata(name: str) -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column) for column in load_questions()[name].columns)
    assert all(len(meaning) <= 80 for column in load_questions()[name].columns.values() for meaning in (column.fr, column.en))


def test_the_panel_becomes_a_file_of_stata(snapshot) -> None:
    answer = ask_sparql(bind(question("panel"), {"balanced": "yes"}), snapshot, LIMITS)
    frame = pandas.read_parquet(io.BytesIO(render(answer, "parquet")))
    meanings = {name: column.en for name, column in answer.question.columns.items()}
    written = io.BytesIO()
    frame.to_stata(written, write_index=False, version=118, variable_labels=meanings)
    read = pandas.read_stata(io.BytesIO(written.getvalue()))
    assert len(read) == len(answer.rows) > 0
    assert read[["iso_a", "cow_a", "year", "lor_ab"]].to_numpy().tolist() == [
        [row[answer.columns.index(name)] for name in ("iso_a", "cow_a", "year", "lor_ab")] for row in answer.rows
    ]
