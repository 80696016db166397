"""Parquet tables for pandas, R, DuckDB and Spark: a file a node label, a file a relationship type, in one archive."""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from graph.errors import DiplomacyError
from graph.release.archive import archive
from graph.release.lines import Column, Layout

if TYPE_CHECKING:
    import pyarrow

NAME = "tables.parquet.zip"
_AT_ONCE = 20_000


def write_parquet(lines: Iterable[Mapping[str, Any]], layout: Layout, folder: Path) -> None:
    """Write the archive with `nodes/LABEL.parquet` and `relationships/TYPE.parquet`; DiplomacyError without pyarrow.

    A relationship's ends are `start_id` and `end_id`: some have a `start` and `end` in a text among their properties.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise DiplomacyError("Parquet needs one more package: pip install 'diplograph[tables]', or leave it out")
    with TemporaryDirectory(dir=folder) as draft, ExitStack() as files:
        root = Path(draft)
        tables = {
            ("nodes", label): _Table(files, root / "nodes" / f"{label}.parquet", ("id",), columns)
            for label, columns in layout.nodes.items()
        } | {
            ("relationships", kind): _Table(files, root / "relationships" / f"{kind}.parquet", ("start_id", "end_id"), columns)
            for kind, columns in layout.relationships.items()
        }
        for line in lines:
            key = ("nodes", line["label"]) if "id" in line else ("relationships", line["type"])
            tables[key].add(line)
        for table in tables.values():
            table.finish()
        archive(root, folder / NAME, zipfile.ZIP_STORED)  # its files are compressed already


class _Table:
    """One Parquet file, written batch by batch."""

    def __init__(self, files: ExitStack, path: Path, keys: tuple[str, ...], columns: Mapping[str, Column]) -> None:
        import pyarrow
        import pyarrow.parquet

        path.parent.mkdir(exist_ok=True)
        self._keys, self._columns = keys, columns
        fields = [*((key, pyarrow.string()) for key in keys), *((name, _arrow(column)) for name, column in columns.items())]
        self._schema = pyarrow.schema(fields)
        self._writer = files.enter_context(pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd"))
        self._rows: list[dict[str, Any]] = []

    def add(self, line: Mapping[str, Any]) -> None:
        """Take a row."""
        said = line["properties"]
        cells = {name: _cell(said.get(name), column) for name, column in self._columns.items()}
        self._rows.append({**{key: line[key.removesuffix("_id")] for key in self._keys}, **cells})
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def finish(self) -> None:
        """Write what is left, and close the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow

        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()


def _cell(value: Any, column: Column) -> Any:
    """A value as its column holds it: numbers become text where elsewhere text stands under that name."""
    if value is None or column.type != "string":
        return value
    return list(map(str, value)) if isinstance(value, list) else str(value)


def _arrow(column: Column) -> pyarrow.DataType:
    import pyarrow

    plain = {"string": pyarrow.string(), "long": pyarrow.int64(), "double": pyarrow.float64(), "boolean": pyarrow.bool_()}
    return pyarrow.list_(plain[column.type]) if column.is_list else plain[column.type]
