"""docs/questions.md says what the headers say."""

from __future__ import annotations

import pytest

from graph.asking.questions import load_questions
from graph.model.files import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", load_questions())
def test_every_parameter_and_column_is_documented(name: str) -> None:
    asked = load_questions()[name]
    section = PAGE.split(f"## `{name}`: {asked.title.en}", 1)[1].split("\n## ", 1)[0]
    assert asked.description.en in section
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    parameters = [f"| `{key}` | {one.type}" for key, one in asked.parameters.items()]
    columns = [f"| `{key}` | {one.type} | {one.en} |" for key, one in asked.columns.items()]
    assert [row[: len(start)] for row, start in zip(rows, parameters, strict=False)] == parameters
    assert rows[len(parameters) :] == columns
