"""CSV as `neo4j-admin database import` reads it: a file a node label, a file a relationship type."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.property.projection import MARK
from graph.release.archive import archive
from graph.release.lines import Column, Layout

NAME = "neo4j-import.zip"
ARRAY_DELIMITER = "\x1f"  # a character that stands in no text
OPTIONS = ("--multiline-fields=true", "--array-delimiter=U+001F")
"""What the importer must be told of these tables."""


def shown(
    lines: Iterable[Mapping[str, Any]], layout: Layout, digests: Mapping[str, str], name: str
) -> tuple[Iterator[Mapping[str, Any]], Layout]:
    """The lines and their layout with what `diplograph sync` goes by: each node's digest, and the snapshot that is shown."""
    text = Column("string", False)
    nodes = {label: {**columns, "digest": text} for label, columns in layout.nodes.items()}

    def told() -> Iterator[Mapping[str, Any]]:
        for line in lines:
            yield {**line, "properties": {**line["properties"], "digest": digests[line["id"]]}} if "id" in line else line
        yield {"id": name, "label": "Snapshot", "properties": {**MARK}}

    snapshot = {"form": Column("long", False), "name": text}
    return told(), Layout({**nodes, "Snapshot": snapshot}, layout.relationships, layout.counts)


def write_neo4j_csv(lines: Iterable[Mapping[str, Any]], layout: Layout, folder: Path) -> None:
    """Write the zip archive with `nodes/LABEL.csv`, `relationships/TYPE.csv` and the command that imports them."""
    with TemporaryDirectory(dir=folder) as draft:
        root = Path(draft)
        write_tables(lines, layout, root)
        (root / "IMPORT.txt").write_text(_command(layout), encoding="utf-8")
        archive(root, folder / NAME, zipfile.ZIP_DEFLATED)


def write_tables(lines: Iterable[Mapping[str, Any]], layout: Layout, root: Path) -> None:
    """Write `nodes/LABEL.csv` and `relationships/TYPE.csv`."""
    (root / "nodes").mkdir()
    (root / "relationships").mkdir()
    with ExitStack() as files:

        def opened(path: Path, head: list[str], columns: Mapping[str, Column]) -> Any:
            writer = csv.writer(files.enter_context(path.open("w", encoding="utf-8", newline="")), lineterminator="\n")
            writer.writerow([*head, *(f"{name}:{_type(column)}" for name, column in columns.items())])
            return writer

        nodes = {label: opened(root / "nodes" / f"{label}.csv", ["id:ID"], columns) for label, columns in layout.nodes.items()}
        ends = [":START_ID", ":END_ID"]
        going = {
            kind: opened(root / "relationships" / f"{kind}.csv", ends, columns)
            for kind, columns in layout.relationships.items()
        }
        for line in lines:
            if "id" in line:
                nodes[line["label"]].writerow([line["id"], *_cells(line["properties"], layout.nodes[line["label"]])])
            else:
                cells = _cells(line["properties"], layout.relationships[line["type"]])
                going[line["type"]].writerow([line["start"], line["end"], *cells])


def _type(column: Column) -> str:
    return column.type + ("[]" if column.is_list else "")


def _cells(properties: Mapping[str, Any], columns: Mapping[str, Column]) -> list[str]:
    return [_cell(properties.get(name)) for name in columns]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ARRAY_DELIMITER.join(map(str, value)) if isinstance(value, list) else str(value)


def _command(layout: Layout) -> str:
    parts = [
        f"neo4j-admin database import full neo4j --overwrite-destination {' '.join(OPTIONS)}",
        *(f"  --nodes={label}=nodes/{label}.csv" for label in layout.nodes),
        *(f"  --relationships={kind}=relationships/{kind}.csv" for kind in layout.relationships),
    ]
    return "Stop the server, and run this in the folder that you unpacked:\n\n" + " \\\n".join(parts) + "\n"
