"""Questions on the fixture graph, checked by hand: the same rows in Cypher, on both engines, and in SPARQL."""

from __future__ import annotations

import os
import re
from itertools import product
from pathlib import Path

import pytest

from graph.asking.ask import Answer, Limits, ask_cypher, ask_sparql
from graph.asking.binding import bind
from graph.asking.formats import as_csv
from graph.asking.questions import load_questions, question
from graph.model.files import QUERIES
from graph.model.iri import short
from graph.model.kinds import load_kinds
from graph.model.terms import load_ontology

LIMITS = Limits(seconds=30, rows=1000, size=10_000_000)
EXPECTED = Path(__file__).with_name("expected")
NAMES = ["accords", "commissions", "corroborated", "encounters", "evidence", "facts_of_source", "missions", "partners"]

SHOWN = {
    "accords": {"state": "MAR"},
    "commissions": {"state": "MAR", "lang": "en"},
    "corroborated": {},
    "encounters": {"state": "MAR"},
    "evidence": {"fact": "accord/0000000000000001"},
    "facts_of_source": {"source": "b" * 64},
    "missions": {"state": "MAR", "partner": "RWA"},
    "partners": {"state": "MAR"},
}
SINCE = ("", "1998", "2025", "2025-06-18", "2025-10-15", "2026")
UNTIL = ("", "1999", "2024", "2025-06-18", "2025-10", "2025-10-20")
STATES = ("MAR", "RWA", "BEL", "FRA", "ESP", "CAF", "AU", "EU", "JPN")


def cases(name: str, facts: list[str]) -> list[dict[str, str]]:
    """Combinations of parameters that go through every branch of a question."""
    match name:
        case "accords":
            dated = [{"state": "MAR", "since": a, "until": b} for a, b in product(SINCE, UNTIL)]
            return [
                *dated,
                *({"state": s, "domain": d, "lang": "en"} for s, d in product(STATES, ("", "defence", "migration", "sport"))),
            ]
        case "encounters":
            return [
                {"state": s, "since": a, "until": b} for s, (a, b) in product(("", *STATES), zip(SINCE, UNTIL, strict=True))
            ]
        case "missions":
            return [{"state": s, "partner": p, "since": a} for s, p, a in product(STATES, ("", "MAR", "RWA"), ("", "2017"))]
        case "commissions" | "partners":
            return [{"state": s, "lang": lang} for s, lang in product(STATES, ("fr", "en"))]
        case "corroborated":
            return [{"min": str(n)} for n in (0, 1, 2, 3)]
        case "facts_of_source":
            return [{"source": letter * 64, "lang": "en"} for letter in "abcde"]
        case _:
            return [{"fact": fact} for fact in [*facts, "accord/ffffffffffffffff"]]


def facts(snapshot) -> list[str]:
    rows = snapshot.store.query("SELECT DISTINCT ?f { ?f <https://w3id.org/diplograph/ontology#claim> ?c }")
    return sorted(short(row["f"].value) for row in rows)


def test_there_are_these_questions() -> None:
    assert set(NAMES) < set(load_questions())
    assert len(load_questions()) == 38


@pytest.mark.parametrize("name", NAMES)
def test_a_question_gives_the_rows_that_were_checked_by_hand(name: str, snapshot) -> None:
    answer = ask_sparql(bind(question(name), SHOWN[name]), snapshot, LIMITS)
    assert answer.rows
    file = EXPECTED / f"{name}.csv"
    if os.environ.get("DIPLOGRAPH_WRITE_EXPECTED") == "1":
        file.write_bytes(as_csv(answer).encode())
    assert as_csv(answer).encode() == file.read_bytes()


def test_cypher_and_sparql_give_the_same_rows_in_the_same_order(graph, snapshot) -> None:
    compared = 0
    for name in NAMES:
        answers: list[Answer] = []
        for raw in cases(name, facts(snapshot)):
            bound = bind(question(name), raw)
            expected = ask_sparql(bound, snapshot, LIMITS)
            assert ask_cypher(bound, graph, LIMITS).rows == expected.rows, (name, raw)
            answers.append(expected)
        assert sum(bool(answer.rows) for answer in answers) >= 3, name
        compared += len(answers)
    assert compared > 250


def test_a_longer_answer_is_cut_and_said_to_be(graph, snapshot) -> None:
    bound = bind(question("corroborated"), {"min": "1"})
    whole = ask_sparql(bound, snapshot, LIMITS)
    few = Limits(seconds=30, rows=5, size=10_000_000)
    for answer in (ask_sparql(bound, snapshot, few), ask_cypher(bound, graph, few)):
        assert answer.truncated
        assert answer.rows == whole.rows[:5]
    exact = Limits(seconds=30, rows=len(whole.rows), size=10_000_000)
    assert not ask_sparql(bound, snapshot, exact).truncated
    assert not ask_cypher(bound, graph, exact).truncated


def test_the_kinds_of_fact_in_the_texts_are_those_of_the_ontology() -> None:
    told = {kind.class_name for kind in load_kinds()} | {"Session"}
    for name in ("corroborated", "facts_of_source"):
        listed = re.search(r"labels\(fact\)\[0\] IN \[(.*?)\]", question(name).cypher)
        values = re.search(r"(?:VALUES \?class \{|\?class IN \()(.*?)[})]", question(name).sparql, re.DOTALL)
        assert listed is not None and set(re.findall(r"'(\w+)'", listed[1])) == told
        assert values is not None and set(re.findall(r"dip:(\w+)", values[1])) == told


def test_evidence_looks_for_every_label_that_claims_can_support() -> None:
    looked = set(re.findall(r"fact:(\w+) ", question("evidence").cypher))
    assert looked == set(load_ontology().node_labels()) - {"State", "Organisation", "Source"}


@pytest.mark.parametrize("path", sorted((QUERIES / "cypher").glob("*.cypher")), ids=lambda path: path.stem)
def test_relationships_and_properties_of_the_texts_are_the_ontologys(path: Path) -> None:
    """A misspelt name would only find nothing."""
    ontology, text = load_ontology(), question(path.stem).cypher
    objects = [
        name for name, term in ontology.properties.items() if term.kind == "object" and not ontology.is_concept_valued(name)
    ]
    types = {ontology.relationship_type(name) for name in objects} | {"REPORTED_IN"}
    patterns = re.findall(r"\[\w*:([A-Z_|]+)\]", text)
    assert patterns
    assert {kind for pattern in patterns for kind in pattern.split("|")} <= types
    known = {*ontology.properties, "id", "label_fr", "label_en"}
    used = set(re.findall(r"\b[a-z]\w*\.`?(\w+)", text))
    assert used <= known


@pytest.mark.parametrize("path", sorted((QUERIES / "sparql").glob("*.rq")), ids=lambda path: path.stem)
def test_terms_of_the_sparql_texts_are_the_ontologys(path: Path) -> None:
    ontology = load_ontology()
    used = set(re.findall(r"\bdip:(\w+)", path.read_text(encoding="utf-8")))
    assert used
    assert used <= {*ontology.properties, *ontology.classes}
