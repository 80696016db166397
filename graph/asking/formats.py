"""An answer as JSON, as CSV that no spreadsheet will run, and as the cells of a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from graph.asking.ask import Answer
from graph.asking.claims import Passage
from graph.asking.entities import Explanation
from graph.asking.header import Column
from graph.asking.questions import Question
from graph.asking.rows import Cell
from graph.errors import BadQuery
from graph.model.iri import short

LIST_SEPARATOR = "; "
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_object(answer: Answer) -> dict[str, Any]:
    """What the JSON form holds: rows as objects by column, and beside them how much there is and of which snapshot."""
    return {
        "question": answer.question.name,
        "snapshot": answer.snapshot,
        "columns": [{"name": name, **_described(column)} for name, column in answer.question.columns.items()],
        "rows": [dict(zip(answer.columns, map(_jsonable, row), strict=True)) for row in answer.rows],
        "count": len(answer.rows),
        "truncated": answer.truncated,
    }


def as_json(answer: Answer) -> str:
    """The answer as JSON, readable and the same each time."""
    return json.dumps(as_object(answer), ensure_ascii=False, indent=2) + "\n"


def as_csv(answer: Answer) -> str:
    """The answer as CSV: a line of column names; lists joined by `; `; an apostrophe before text that spreadsheets run.

    Where rows were left out the last line says so, as a comment in the first cell.
    """
    return csv_of(answer.columns, answer.rows, truncated=answer.truncated)


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, truncated: bool = False) -> str:
    """Any table as `as_csv` writes it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(safe_cell, columns))
    count = 0
    for row in rows:
        writer.writerow(map(safe_cell, row))
        count += 1
    if truncated:
        writer.writerow([f"# truncated: only the first {count} rows are given", *([""] * (len(columns) - 1))])
    return text.getvalue()


def safe_cell(value: Any) -> str:
    """A value as a cell's text; a number stays a number, a text never becomes a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    else:
        text = value if isinstance(value, str) else LIST_SEPARATOR.join(map(str, value))
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


def table(answer: Answer, language: str = "fr") -> tuple[list[str], list[list[str]]]:
    """Headings in a language and rows of texts to show: ids in their short form, lists joined by commas."""
    headings = [column.in_language(language) for column in answer.question.columns.values()]
    return headings, [[_shown(cell) for cell in row] for row in answer.rows]


def render(answer: Answer, format: str = "table", language: str = "fr") -> str | Table:
    """The answer for a terminal: `json` and `csv` as text, `table` to be printed by rich; BadQuery for another."""
    if format == "json":
        return as_json(answer)
    if format == "csv":
        return as_csv(answer)
    if format != "table":
        raise BadQuery(f"there is no format {format!r}; choose table, json or csv")
    headings, rows = table(answer, language)
    return _drawn(answer.question.title.in_language(language), headings, rows)


def render_questions(questions: Mapping[str, Question], language: str = "fr") -> Table:
    """Every question with its parameters (those that are required marked `*`) and its description."""
    rows = [
        [one.name, " ".join(f"{name}{'*' * parameter.required}" for name, parameter in one.parameters.items()),
         one.description.in_language(language)]
        for one in questions.values()
    ]  # fmt: skip
    return _drawn(
        None,
        ["question", "paramètres" if language == "fr" else "parameters", "réponse" if language == "fr" else "answer"],
        rows,
    )


def render_explanation(explanation: Explanation) -> Group:
    """Why something is held, for a terminal: each sentence with the words that carry it marked, its source and rule."""
    parts: list[Text] = [Text.assemble((explanation.label, "bold"), f"  {explanation.class_label}  {short(explanation.iri)}")]
    for claim in explanation.claims:
        parts += [Text(""), *map(_marked, claim.passages)]
        source = claim.source
        told = ", ".join(part for part in (source.title, source.publisher, source.published) if part)
        parts.append(Text(f"  {told or short(source.iri)}"))
        parts.append(Text(f"  {claim.rule} ({claim.reader}), {claim.confidence:.2f}, {short(claim.iri)}", style="dim"))
        parts += [Text(f"  {one['role']}: {one['words']} ({one['why']})", style="dim") for one in claim.reasons]
    return Group(*parts)


def _marked(passage: Passage) -> Text:
    text = Text(f"« {passage.sentence} »")
    for mark in passage.marks:
        text.stylize("bold reverse" if mark.role in ("trigger", "evidence") else "bold", mark.start + 2, mark.end + 2)
    return text


def _drawn(title: str | None, headings: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    drawn = Table(title=title and Text(title), show_lines=False)
    for heading in headings:
        drawn.add_column(Text(heading), overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))  # text, not markup: a name in square brackets stays a name
    return drawn


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return ", ".join(cell) if isinstance(cell, tuple) else short(str(cell))


def _jsonable(cell: Cell) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell


def _described(column: Column) -> dict[str, str]:
    return {"type": column.type, "fr": column.fr, "en": column.en}
