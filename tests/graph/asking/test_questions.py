"""Loading is strict: whatever is wrong with a question's files is said with the file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.asking.questions import load_questions, question, text_for
from graph.errors import BadData, UnknownTerm

HEADER = """
title = { fr = "Titre", en = "Title" }
description = { fr = "Texte", en = "Text" }
evidence = { question = "things", state = "$state" }
[params]
state = { type = "state", required = true, fr = "État", en = "state" }
[columns]
thing = { type = "iri", fr = "chose", en = "thing" }
"""
CYPHER = "MATCH (s:State {id: $state}) RETURN s.id AS thing"
SPARQL = "SELECT ?thing ?state WHERE { ?thing ?p ?state }"


def write(folder: Path, cypher: str = CYPHER, sparql: str = SPARQL, header: str = HEADER, twin: str = "") -> Path:
    for kind, mark, head, body in (("cypher", "//+ ", header, cypher), ("sparql", "#+ ", twin, sparql)):
        (folder / kind).mkdir()
        text = "".join(f"{mark}{line}\n" for line in head.strip().splitlines()) + body + "\n"
        (folder / kind / f"things.{'cypher' if kind == 'cypher' else 'rq'}").write_text(text, encoding="utf-8")
    return folder


def test_a_sound_pair_is_loaded(tmp_path: Path) -> None:
    loaded = load_questions(write(tmp_path))["things"]
    assert (loaded.title.in_language("fr"), loaded.title.in_language("en")) == ("Titre", "Title")
    assert loaded.cypher == CYPHER + "\n"
    assert loaded.parameters["state"].required


def test_an_equal_header_in_both_is_fine(tmp_path: Path) -> None:
    assert list(load_questions(write(tmp_path, twin=HEADER))) == ["things"]


def test_lines_are_left_out_by_what_is_asked_with() -> None:
    text = "a\n  b //- state\nc #+ state\nd #- state - person\ne\n"
    assert text_for(text, frozenset()) == "a\n  b //- state\nd #- state - person\ne\n"
    assert text_for(text, frozenset({"state"})) == "a\nc #+ state\ne\n"
    assert text_for(text, frozenset({"person"})) == "a\n  b //- state\ne\n"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sparql": SPARQL + " #- states"}, "things.rq: its lines are marked by states"),
        ({"cypher": CYPHER + " //+ stat"}, "things.cypher: its lines are marked by stat"),
        ({"sparql": SPARQL + "\nLIMIT #+ state"}, "things.rq: error at"),
        ({"twin": HEADER.replace("Titre", "Autre")}, "things.cypher and things.rq have different headers"),
        ({"header": ""}, "have no header"),
        ({"header": HEADER.replace("title =", "title")}, "things.cypher: its header is no TOML"),
        ({"header": HEADER + "\nextra = 1"}, "things.cypher: its header is wrong: columns.extra"),
        ({"header": HEADER.replace(', en = "Title"', "")}, "title.en: Field required"),
        ({"header": HEADER.replace('"iri"', '"address"')}, "columns.thing.type"),
        ({"header": HEADER.replace("required = true", 'required = true, default = "x"')}, "can have no default"),
        ({"header": HEADER.replace("thing =", "state =")}, "state is both a parameter and a column"),
        ({"cypher": "MATCH (s:State) RETURN s.id AS thing"}, "things.cypher: parameters declared and never used: state"),
        ({"cypher": CYPHER + ", $other"}, "things.cypher: parameters used and not declared: other"),
        ({"sparql": "SELECT ?thing ?state WHERE { ?thing ?p }"}, "things.rq: error at"),
        ({"sparql": "SELECT ?thing ?state WHERE { ?thing ?p ?o }"}, "things.rq: parameters declared and never used: state"),
        ({"sparql": "SELECT ?other ?state WHERE { ?other ?p ?state }"}, "things.rq: it selects other, state"),
        ({"sparql": "SELECT ?thing WHERE { ?thing ?p ?state }"}, "things.rq"),
        ({"sparql": "ASK { ?thing ?p ?state }"}, "things.rq"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_named(tmp_path: Path, change: dict[str, str], says: str) -> None:
    with pytest.raises(BadData) as caught:
        load_questions(write(tmp_path, **change))
    assert says in str(caught.value)


def test_a_question_needs_both_files(tmp_path: Path) -> None:
    (write(tmp_path) / "sparql" / "things.rq").unlink()
    with pytest.raises(BadData, match=r"things.cypher has no twin sparql/things.rq"):
        load_questions(tmp_path)


def test_an_unknown_question_is_answered_with_near_names() -> None:
    with pytest.raises(UnknownTerm, match="did you mean accords"):
        question("acords")
