"""An answer as JSON, as CSV that no spreadsheet will run, and as the cells of a table."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from graph.asking.ask import Answer
from graph.asking.questions import Question
from graph.asking.rows import Cell
from graph.model.iri import short

LIST_SEPARATOR = "; "

# What spreadsheets run, in full width too, behind whatever they pass over; and where a cell begins: where they part cells by
# semicolons, as they do in France, one that was written between commas is several.
_FORMULA = r"['\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]"
_AT_START = re.compile(rf"'*[\t\r\n]|{_FORMULA}")
_WITHIN = re.compile(rf"([;\r\n] *)(?={_FORMULA})")


def as_object(answer: Answer) -> dict[str, Any]:
    """What the JSON form holds: rows as objects by column, and beside them how much there is and of which snapshot."""
    return {
        "question": answer.question.name,
        "snapshot": answer.snapshot,
        "columns": columns_of(answer.question),
        "rows": [dict(zip(answer.columns, map(_jsonable, row), strict=True)) for row in answer.rows],
        "count": len(answer.rows),
        "truncated": answer.truncated,
    }


def columns_of(question: Question) -> list[dict[str, Any]]:
    """What the columns of a question's answers are: name, type, and meaning in both languages."""
    return [
        {"name": name, "type": column.type, "description": {"fr": column.fr, "en": column.en}}
        for name, column in question.columns.items()
    ]


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
    """A value as a cell's text; a number stays a number, a text never becomes a formula.

    No two texts become one: where a formula would begin behind an apostrophe, one apostrophe is ours.
    """
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
    return _WITHIN.sub(r"\1'", f"'{text}" if _AT_START.match(text) else text)


def table(answer: Answer, language: str = "fr") -> tuple[list[str], list[list[str]]]:
    """Headings in a language and rows of texts to show: ids in their short form, lists joined by commas."""
    headings = [column.in_language(language) for column in answer.question.columns.values()]
    return headings, [[_shown(cell) for cell in row] for row in answer.rows]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return ", ".join(cell) if isinstance(cell, tuple) else short(str(cell))


def _jsonable(cell: Cell) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell
