"""The index of a snapshot: names to search, values to filter by, orders to leaf through; kept beside the snapshots.

It is a file of SQLite in the data folder's `cache/` (of the view of an earlier day, in the view's folder), made once for each
snapshot; where the one before is still there it is carried on with what changed.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

from filelock import FileLock
from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.asking.ask import Stored
from graph.asking.entries import PARTS, Entries, Entry
from graph.errors import StorageFull
from graph.model.iri import ONTOLOGY, full, short
from graph.model.terms import load_ontology
from graph.model.vocabulary import RDF
from graph.property.projection import Changed

_TABLES = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, fr TEXT NOT NULL, en TEXT NOT NULL,
                    names TEXT NOT NULL, code TEXT NOT NULL, sources INTEGER NOT NULL, order_fr TEXT NOT NULL,
                    order_en TEXT NOT NULL, date TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL);
CREATE TABLE value (value TEXT NOT NULL, property TEXT NOT NULL, kind TEXT NOT NULL, entry INTEGER NOT NULL,
                    PRIMARY KEY (value, property, kind, entry)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (fr, en, names, code, content='entry', content_rowid='id',
                                       tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE VIRTUAL TABLE sentences USING fts5 (names, content='entry', content_rowid='id',
                                           tokenize='unicode61 remove_diacritics 2');
"""
_ORDERS = """
CREATE UNIQUE INDEX entry_by_iri ON entry (iri);
CREATE INDEX entry_by_label_fr ON entry (kind, order_fr, iri);
CREATE INDEX entry_by_label_en ON entry (kind, order_en, iri);
CREATE INDEX entry_by_date ON entry (kind, date, iri);
CREATE INDEX entry_by_sources ON entry (kind, sources, iri);
CREATE INDEX value_by_entry ON value (entry, property);
"""
# What a whole graph fills is sorted before it is filed: filed as it comes, each row would go to another page of a large file.
_GATHER = "CREATE TEMP TABLE gathered (value TEXT, property TEXT, kind TEXT, entry INTEGER)"
_GATHERED = "INSERT INTO gathered VALUES (?, ?, ?, ?)"
_SORTED = "INSERT INTO value SELECT * FROM gathered ORDER BY value, property, kind, entry"
_INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VALUE = "INSERT INTO value VALUES (?, ?, ?, ?)"
# A claim's names are its sentences: searched apart, so that who looks for a state meets its name, not all that is said of it.
_WORDS = (
    "INSERT INTO words (rowid, fr, en, names, code) SELECT id, fr, en, names, code FROM entry WHERE id > ? AND kind != 'Claim'"
)
_SENTENCES = "INSERT INTO sentences (rowid, names) SELECT id, names FROM entry WHERE id > ? AND kind = 'Claim'"
_KEPT = 3
_MEMORY = 128 * 1024
"""KiB of an index that is being made that are kept, and sorted at a time."""
_VERSION = hashlib.sha256((_TABLES + _ORDERS).encode()).hexdigest()[:8]
_TYPE = NamedNode(RDF + "type")


class Searched(Stored, Protocol):
    """A snapshot in a data folder: `graph.record.snapshots.Snapshot` is one."""

    @property
    def folder(self) -> Path:
        """`DATA/snapshots/ID`."""

    @property
    def changes(self) -> Changed:
        """What differs from the snapshot before."""


def opened(snapshot: Searched) -> sqlite3.Connection:
    """The index of a snapshot, to read; whoever opens it closes it."""
    return sqlite3.connect(f"{index(snapshot).resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def index(snapshot: Searched) -> Path:
    """The index file of a snapshot, made where it is not there yet."""
    cache = _cache(snapshot.folder)
    path = _path(cache, snapshot.id)
    if path.exists():
        return path
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "search.lock"):
        if not path.exists():
            _make(snapshot, cache, path)
            _prune(cache, path)
    return path


def _cache(folder: Path) -> Path:
    """The view of an earlier day keeps its index beside its store, and goes with it."""
    return folder.parents[1] / "cache" if folder.parent.name == "snapshots" else folder


def _path(cache: Path, snapshot: str) -> Path:
    return cache / f"search-{_VERSION}-{snapshot}.sqlite"


def _make(snapshot: Searched, cache: Path, path: Path) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    before = _path(cache, snapshot.changes.previous) if snapshot.changes.previous else None
    try:
        if before is not None and before.exists():
            shutil.copyfile(before, draft)
            _carry_on(draft, snapshot)
        else:
            _build(draft, snapshot.store)
        draft.replace(path)
    except (sqlite3.OperationalError, OSError) as error:
        draft.unlink(missing_ok=True)
        raise StorageFull(f"the index for searching cannot be written to {path}: {error}; make room there") from error


def _build(draft: Path, store: Store) -> None:
    entries = Entries(store)
    with closing(_writing(draft)) as connection, connection:
        connection.executescript(_TABLES)
        connection.execute(_GATHER)
        _file(connection, map(entries.entity, _entities(store)), _GATHERED)
        sources = [row[0] for row in connection.execute("SELECT iri FROM entry WHERE kind = 'Source' ORDER BY iri")]
        _file(connection, (claim for source in sources for claim in entries.claims(source)), _GATHERED)
        connection.execute(_SORTED)
        connection.execute(_WORDS, (0,))
        connection.execute(_SENTENCES, (0,))
        connection.executescript(_ORDERS)


def _writing(draft: Path) -> sqlite3.Connection:
    """A draft that a crash spoils is thrown away: nothing is gained by waiting for the disk."""
    connection = sqlite3.connect(draft)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = {-_MEMORY}")
    return connection


def _carry_on(draft: Path, snapshot: Searched) -> None:
    """What changed is filed anew, and with it all claims of its sources: a claim's source may be otherwise as it was."""
    touched = sorted({*snapshot.changes.changed, *snapshot.changes.removed})
    entries = Entries(snapshot.store)
    with closing(_writing(draft)) as connection, connection:
        sources = {source for iri in touched for source in _sources_of(connection, iri)}
        for iri in touched:
            _delete(connection, iri)
        _insert(connection, map(entries.entity, touched))
        sources |= {source for iri in touched for source in _sources_of(connection, iri)}
        for claim in sorted(claim for source in sources for claim in _claims_of(connection, source)):
            _delete(connection, claim)
        _insert(connection, (claim for source in sorted(sources) for claim in entries.claims(source)))


def _sources_of(connection: sqlite3.Connection, iri: str) -> Iterator[str]:
    """What the index knows to report a fact; a source is its own."""
    yield iri
    rows = connection.execute(
        "SELECT entry.kind, value.value FROM entry JOIN value ON value.entry = entry.id AND value.property = 'reportedIn' "
        "WHERE entry.iri = ?",
        (iri,),
    )
    ontology = load_ontology()
    yield from (full(source) for kind, source in rows if ontology.is_a(kind, "Fact"))


def _claims_of(connection: sqlite3.Connection, source: str) -> Iterator[str]:
    """The claims that the index knows of a source."""
    told = connection.execute(
        "SELECT entry.iri FROM value JOIN entry ON entry.id = value.entry "
        "WHERE value.value = ? AND value.property = 'source' AND value.kind = 'Claim'",
        (short(source),),
    )
    yield from (row[0] for row in told)


def _entities(store: Store) -> Iterator[str]:
    """Every node of the view, class by class; once, though it be of two classes."""
    ontology, seen = load_ontology(), set[str]()
    for label in (name for name in ontology.node_labels() if name not in PARTS):
        for name in ontology.subclasses(label):
            for quad in store.quads_for_pattern(None, _TYPE, NamedNode(ONTOLOGY + name), DefaultGraph()):
                if isinstance(quad.subject, NamedNode) and quad.subject.value not in seen:
                    seen.add(quad.subject.value)
                    yield quad.subject.value


def _delete(connection: sqlite3.Connection, iri: str) -> None:
    row = connection.execute("SELECT kind, id, fr, en, names, code FROM entry WHERE iri = ?", (iri,)).fetchone()
    if row is not None:
        kind, number, fr, en, names, code = row
        if kind == "Claim":
            connection.execute("INSERT INTO sentences (sentences, rowid, names) VALUES ('delete', ?, ?)", (number, names))
        else:
            texts = (number, fr, en, names, code)
            connection.execute("INSERT INTO words (words, rowid, fr, en, names, code) VALUES ('delete', ?, ?, ?, ?, ?)", texts)
        connection.execute("DELETE FROM value WHERE entry = ?", (number,))
        connection.execute("DELETE FROM entry WHERE id = ?", (number,))


def _insert(connection: sqlite3.Connection, entries: Iterable[Entry | None]) -> None:
    """Add entries to an index that is whole."""
    last = _last(connection)
    _file(connection, entries, _VALUE)
    connection.execute(_WORDS, (last,))
    connection.execute(_SENTENCES, (last,))


def _file(connection: sqlite3.Connection, entries: Iterable[Entry | None], value: str) -> None:
    """Write entries, and their values where the statement `value` puts them."""
    for number, entry in enumerate(filter(None, entries), _last(connection) + 1):
        connection.execute(_INSERT, (number, *entry.row()))
        connection.executemany(value, [(told, name, entry.kind, number) for name, told in entry.values])


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])


def _prune(cache: Path, newest: Path) -> None:
    """Keep the newest few; a reader of an older one has it open already."""
    files = sorted(cache.glob("search-*.sqlite"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in [path for path in files if path != newest][_KEPT - 1 :]:
        path.unlink(missing_ok=True)
