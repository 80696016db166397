"""An answer in every form in which it is handed out: JSON, CSV, Parquet, GraphML, GeoJSON, and the codebook of its columns."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graph.asking.ask import Answer
from graph.asking.formats import LIST_SEPARATOR, as_csv, as_json, csv_of
from graph.asking.geojson import as_geojson
from graph.asking.questions import Question
from graph.errors import BadQuery

if TYPE_CHECKING:
    import pyarrow


_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its media type, the ending of a file of it, and whether a question's answers have it."""

    media_type: str
    suffix: str
    write: Callable[[Answer], bytes]
    fits: Callable[[Question], bool] = lambda question: True


def render(answer: Answer, format: str) -> bytes:
    """The answer in a form of `FORMATS`; the same answer gives the same bytes.

    BadQuery: no such form, none for this question, or what writes it is not installed.
    """
    form = FORMATS.get(format)
    if form is None or not form.fits(answer.question):
        raise BadQuery(f"{answer.question.name} has no form {format!r}; choose {', '.join(offered(answer.question))}")
    return form.write(answer)


def offered(question: Question) -> tuple[str, ...]:
    """The names of the forms that a question's answers have."""
    return tuple(name for name, form in FORMATS.items() if form.fits(question))


def codebook(question: Question) -> str:
    """What each column is, as CSV: name, type, and meaning in both languages."""
    rows = [(name, column.type, column.en, column.fr) for name, column in question.columns.items()]
    return csv_of(("name", "type", "meaning_en", "meaning_fr"), rows)


def as_parquet(answer: Answer) -> bytes:
    """Parquet: texts and dates as strings, lists of strings, 64-bit numbers; absent values are null.

    The file's metadata hold the question, the snapshot, whether rows were left out, and each column's meaning.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise BadQuery("Parquet needs pyarrow: install diplograph[tables]") from error
    schema = _schema(answer)
    columns = zip(*answer.rows, strict=True) if answer.rows else ([] for _ in answer.columns)
    arrays = [
        pyarrow.array([list(cell) if isinstance(cell, tuple) else cell for cell in column], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    target = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), target)
    return target.getvalue()


def _schema(answer: Answer) -> pyarrow.Schema:
    import pyarrow

    types = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "list": pyarrow.list_(pyarrow.string())}
    fields = [
        pyarrow.field(name, types.get(column.type, pyarrow.string()), metadata={"en": column.en, "fr": column.fr})
        for name, column in answer.question.columns.items()
    ]
    said = {"question": answer.question.name, "snapshot": answer.snapshot or "", "truncated": str(answer.truncated).lower()}
    return pyarrow.schema(fields, metadata=said)


def as_graphml(answer: Answer) -> bytes:
    """GraphML: an edge for each row and pair of ends that the header's `graph` names, with the row's other cells."""
    import networkx

    graph = networkx.MultiDiGraph(question=answer.question.name, truncated=answer.truncated)
    ends = [value for value in answer.question.graph.values() if not value.startswith("$")]
    edges = list(_edges(answer))
    graph.add_nodes_from(sorted({node for one, other, _ in edges for node in (one, other)}))
    for number, (one, other, cells) in enumerate(edges):
        said = {name: _plain(cell) for name, cell in cells.items() if name not in ends and cell not in (None, ())}
        graph.add_edge(one, other, key=number, **said)
    return ("\n".join(networkx.generate_graphml(graph)) + "\n").encode()


def _edges(answer: Answer) -> Iterator[tuple[str, str, dict[str, Any]]]:
    source, target = (answer.question.graph[name] for name in ("from", "to"))
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        for one in _ends(answer, cells, source):
            yield from ((one, other, cells) for other in _ends(answer, cells, target))


def _ends(answer: Answer, cells: Mapping[str, Any], name: str) -> tuple[str, ...]:
    cell = str(answer.given.get(name[1:], "")).rpartition("/")[2] if name.startswith("$") else cells[name]
    if isinstance(cell, tuple):
        return cell
    return (str(cell),) if cell not in (None, "") else ()


def _plain(cell: Any) -> Any:
    text = LIST_SEPARATOR.join(cell) if isinstance(cell, tuple) else cell
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text) if isinstance(text, str) else text


FORMATS: Mapping[str, Form] = MappingProxyType(
    {
        "json": Form("application/json", "json", lambda answer: as_json(answer).encode()),
        "csv": Form("text/csv", "csv", lambda answer: as_csv(answer).encode()),
        "parquet": Form("application/vnd.apache.parquet", "parquet", as_parquet),
        "graphml": Form("application/graphml+xml", "graphml", as_graphml, lambda question: bool(question.graph)),
        "geojson": Form("application/geo+json", "geojson", as_geojson, lambda question: bool(question.map)),
        "codebook": Form("text/csv", "codebook.csv", lambda answer: codebook(answer.question).encode()),
    }
)
"""Every form by name, JSON first; `offered` says which a question has."""
