"""The audit log: who changed what and when, a JSON line a change in `log.jsonl` of the data folder; only ever appended to.

An entry is first written in the transaction of its change, in the graph `id/log`, and from there carried to the file.
So no change is without its entry, whenever a process dies; a line that was carried twice is read once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from graph.errors import StoreUnavailable
from graph.model import iri
from graph.model.claims import digest
from graph.record import rdf
from graph.record.failures import explained

FILE = "log.jsonl"
_ENTRY = rdf.book("entry")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `action`: load, reread, withdraw, restore, newer, decide or undo: see docs/corrections.md for `about`."""

    at: str
    by: str
    action: str
    about: Mapping[str, Any]


def quad(entry: Entry) -> Quad:
    """An entry as it is written in the transaction of its change."""
    content = {"at": entry.at, "by": entry.by, "action": entry.action, "about": dict(entry.about)}
    name = NamedNode(iri.entity("log", f"{entry.at}-{digest(content)[:16]}"))
    return Quad(name, _ENTRY, rdf.text(json.dumps(content, ensure_ascii=False, sort_keys=True)), rdf.LOG)


def carry(store: Store, data: Path) -> None:
    """Append what is only in the store to the file, and then remove it from the store."""
    waiting = sorted(store.quads_for_pattern(None, _ENTRY, None, rdf.LOG), key=lambda each: rdf.value(each.subject))
    if not waiting:
        return
    with explained(data, "writing the log"):
        with (data / FILE).open("a", encoding="utf-8") as file:
            file.writelines(rdf.value(each.object) + "\n" for each in waiting)
            file.flush()
            os.fsync(file.fileno())
        store.clear_graph(rdf.LOG)


def entries(data: Path) -> list[Entry]:
    """The whole log of a data folder, the latest first; StoreUnavailable names a line that is damaged."""
    try:
        lines = (data / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found: dict[str, Entry] = {}
    for number, line in enumerate(lines, start=1):
        try:
            found[line] = Entry(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise StoreUnavailable(f"{data / FILE}: line {number} is damaged ({error}); remove that line") from error
    return list(reversed(found.values()))
