"""Every question on a made graph of every kind of fact: the same rows in SPARQL, on the embedded engine and on Neo4j."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.made_claims import made_claims
from graph.asking.ask import Answer, Limits, ask_cypher, ask_sparql
from graph.asking.binding import bind
from graph.asking.header import Parameter
from graph.asking.questions import Question, load_questions
from graph.model.iri import short
from graph.model.regions import load_regions
from graph.record.snapshots import Snapshot, current
from graph.settings import Settings
from graph.view.writing import open_writer

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph

LIMITS = Limits(seconds=60, rows=10_000, size=50_000_000)
SOURCES = 50
SETS = 4
DATES = ("", "", "2012", "2015-06", "2018", "2021-03-10", "2023")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A small world, through the record and the view as any other."""
    folder: Path = tmp_path_factory.mktemp("made")
    with open_writer(Settings(data=folder)) as writer:
        writer.add(list(made_claims(SOURCES, seed=7, states=("MAR", "FRA", "ESP", "RWA", "SEN", "SUN", "YUG"), since=1985)))
        writer.commit()
    snapshot = current(folder)
    assert snapshot is not None
    with snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def asked(made: Snapshot) -> dict[str, list[tuple[dict[str, str], Answer]]]:
    """Each question with parameters drawn from what is in the graph, and its answer in SPARQL."""
    things = _things(made)
    chance = random.Random(3)
    found: dict[str, list[tuple[dict[str, str], Answer]]] = {}
    for question in load_questions().values():
        sets = [_drawn(question, chance, things, number) for number in range(SETS)]
        found[question.name] = [(raw, ask_sparql(bind(question, raw), made, LIMITS)) for raw in sets]
    return found


def _things(made: Snapshot) -> dict[str, list[str]]:
    """Short ids of the graph's things by kind, those of most claims first."""
    rows = made.store.query(
        "PREFIX dip: <https://w3id.org/diplograph/ontology#>"
        "SELECT ?f (COUNT(?c) AS ?n) { ?f dip:claim|^dip:reportedIn ?c } GROUP BY ?f ORDER BY DESC(?n) ?f"
    )
    found: dict[str, list[str]] = {}
    for row in rows:  # type: ignore[union-attr]
        name = short(row["f"].value)  # type: ignore[index,union-attr]
        found.setdefault(name.split("/")[0], []).append(name)
    return found


def _drawn(question: Question, chance: random.Random, things: dict[str, list[str]], number: int) -> dict[str, str]:
    """Values for what is required: alone at first, then with a state, then with some of the rest."""
    values = {
        name: _value(name, parameter, chance, things)
        for name, parameter in question.parameters.items()
        if parameter.required or (number == 1 and name == "state") or (number > 1 and chance.random() < 0.5)
    }
    return {name: value for name, value in values.items() if value}


def _value(name: str, parameter: Parameter, chance: random.Random, things: dict[str, list[str]]) -> str:
    if parameter.choices:
        return chance.choice(parameter.choices)
    match parameter.type:
        case "state":
            return chance.choice(("MAR", "FRA", "ESP", "EU", "SUN") if name == "state" else ("FRA", "RWA"))
        case "date":
            return chance.choice(DATES) or ("2019" if parameter.required else "")
        case "integer":
            return str(chance.choice((1, 2, 3)) if name != "days" else 5000)
        case "domain":
            return chance.choice(("defence", "trade"))
        case "language":
            return chance.choice(("fr", "en"))
        case "text":
            return chance.choice(("minister_defence", "ambassador", "head_of_state"))
        case _:
            kind = (
                name if name in ("accord", "commission", "person", "source") else chance.choice(("accord", "meeting", "visit"))
            )
            return chance.choice(things[kind][:4])


def test_every_question_finds_something_and_says_the_same_twice(
    made: Snapshot, asked: dict[str, list[tuple[dict[str, str], Answer]]]
) -> None:
    empty = [name for name, answers in asked.items() if not any(answer.rows for _, answer in answers)]
    assert empty == []
    for name, answers in asked.items():
        raw, answer = answers[-1]
        assert ask_sparql(bind(answer.question, raw), made, LIMITS).rows == answer.rows, name


def test_cypher_gives_the_rows_of_sparql(
    made: Snapshot, asked: dict[str, list[tuple[dict[str, str], Answer]]], store: PropertyGraph
) -> None:
    from graph.property.projection import project

    project(made, store)
    for name, answers in asked.items():
        for raw, answer in answers:
            found = ask_cypher(bind(answer.question, raw), store, LIMITS)
            assert found.rows == answer.rows, (name, raw)
            assert found.truncated == answer.truncated


def test_a_region_is_asked_state_by_state(made: Snapshot, store: PropertyGraph) -> None:
    from graph.property.projection import project

    project(made, store)
    limited = Limits(seconds=60, rows=3, size=LIMITS.size)
    for name in ("accords", "panel", "between"):
        question = load_questions()[name]
        raw = {"state": "western_africa"} | ({"partner": "MAR"} if name == "between" else {})
        alone = ask_sparql(bind(question, raw | {"state": "SEN"}), made, LIMITS)
        answer = ask_sparql(bind(question, raw), made, LIMITS)
        assert answer.columns == ("state", *alone.columns)
        assert [row[1:] for row in answer.rows if row[0] == "SEN"] == list(alone.rows) != []
        assert {row[0] for row in answer.rows} <= set(load_regions()["western_africa"].states)
        assert "$state" not in answer.question.evidence.values()
        assert ask_cypher(bind(question, raw), store, LIMITS).rows == answer.rows
        few = ask_sparql(bind(question, raw), made, limited)
        assert (few.rows, few.truncated) == (answer.rows[:3], True)


def test_every_row_leads_to_its_evidence(made: Snapshot, asked: dict[str, list[tuple[dict[str, str], Answer]]]) -> None:
    """What a header says of evidence, followed: a row of each question reaches a sentence."""
    for name, answers in asked.items():
        raw, answer = max(answers, key=lambda each: len(each[1].rows))
        assert _sentences(made, answer, raw, 3), name


def _sentences(made: Snapshot, answer: Answer, raw: dict[str, str], depth: int) -> bool:
    if "sentence" in answer.columns:
        return bool(answer.rows)
    leads = dict(answer.question.evidence)
    question = load_questions()[leads.pop("question")]
    for row in answer.rows:  # one that counts nothing, such as a state that received no visit, has no evidence
        given = {name: _cell(answer, row, value, raw) for name, value in leads.items()}
        if all(given.values()):
            found = ask_sparql(bind(question, given), made, LIMITS)
            return depth > 0 and _sentences(made, found, given, depth - 1)
    return False


def _cell(answer: Answer, row: tuple[object, ...], value: str, raw: dict[str, str]) -> str:
    if value.startswith("$"):
        return raw.get(value[1:], "")
    cell = row[answer.columns.index(value)]
    first = cell[0] if isinstance(cell, tuple) and cell else cell
    return str(first) if first else ""
