"""What the questions on an accord's life answer where its parties ratify one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.asking.ask import Answer, Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.questions import load_questions
from graph.model.claims import Claim, Source, SourceClaims, Span, Value
from graph.record.snapshots import Snapshot, current
from graph.settings import Settings
from graph.view.writing import open_writer

LIMITS = Limits(seconds=30, rows=100, size=1_000_000)
PACT: dict[str, Value] = {"parties": ("ESP", "MAR"), "type": "treaty", "domains": ("fisheries",), "date": "2023-01-05"}
SESSION: dict[str, Value] = {"parties": ("ESP", "MAR"), "type": "joint_commission", "status": "met", "date": "2023-01-05"}


def told(day: str, kind: str, **fields: Value) -> SourceClaims:
    text = f"Ce que dit la dépêche du {day}."
    claim = Claim(kind, fields, (Span(0, len(text), text),), 0.9, "test")
    return SourceClaims(Source(text, language="fr", published=day), (claim,))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A treaty signed in 2023, ratified by Morocco in March 2024 and by Spain in July."""
    folder: Path = tmp_path_factory.mktemp("ratified")
    with open_writer(Settings(data=folder)) as writer:
        writer.add(
            [
                told("2023-01-06", "agreement", **PACT, status="signed"),
                told("2023-01-07", "body", **SESSION),
                told("2024-03-06", "agreement", **PACT, status="ratified", ratifiers=("MAR 2024-03-05",)),
                told("2024-07-13", "agreement", **PACT, status="ratified", ratifiers=("ESP 2024-07-12",)),
            ]
        )
        writer.commit()
    snapshot = current(folder)
    assert snapshot is not None
    with snapshot:
        yield snapshot


def ask(snapshot: Snapshot, name: str, **values: str) -> list[dict[str, object]]:
    answer: Answer = ask_sparql(bind(load_questions()[name], values), snapshot, LIMITS)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize(
    ("as_of", "standing", "by", "waiting"),
    [
        ("2023-06", "signed", (), ("ESP", "MAR")),
        ("2024-04", "ratified", ("MAR",), ("ESP",)),
        ("2024-08", "ratified", ("ESP", "MAR"), ()),
        ("", "ratified", ("ESP", "MAR"), ()),
    ],
)
def test_an_accord_stands_ratified_by_some_of_its_parties(
    shown: Snapshot, as_of: str, standing: str, by: tuple[str, ...], waiting: tuple[str, ...]
) -> None:
    (row,) = ask(shown, "accords_in_force", state="MAR", **({"as_of": as_of} if as_of else {}))
    assert (row["standing"], row["ratified_by"], row["not_ratified_by"]) == (standing, by, waiting)


def test_each_ratification_is_a_step_of_its_own(shown: Snapshot) -> None:
    (accord,) = (row["accord"] for row in ask(shown, "accords_in_force", state="ESP"))
    life = [
        (row["step"], row["date"], row["parties"], row["ratified_by"]) for row in ask(shown, "accord_life", accord=str(accord))
    ]
    assert life == [
        ("signed", "2023-01-05", ("ESP", "MAR"), ()),
        ("ratified", "2024-03-05", ("MAR",), ("MAR",)),
        ("ratified", "2024-07-12", ("ESP",), ("ESP",)),
    ]


def test_what_a_session_produced_is_ratified_by_all_or_by_some(shown: Snapshot, tmp_path: Path) -> None:
    (row,) = ask(shown, "session_results", state="MAR")
    assert (row["produced"], row["ratified"], row["partly"]) == (1, 1, 0)
    with open_writer(Settings(data=tmp_path)) as writer:
        writer.add(
            [
                told("2023-01-07", "body", **SESSION),
                told("2024-03-06", "agreement", **PACT, status="ratified", ratifiers=("MAR",)),
            ]
        )
        writer.commit()
    snapshot = current(tmp_path)
    assert snapshot is not None
    with snapshot:
        (row,) = ask(snapshot, "session_results", state="MAR")
    assert (row["produced"], row["ratified"], row["partly"]) == (1, 1, 1)
