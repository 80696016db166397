"""Find entities by name, label or code: accents and case folded, both languages at once, by the beginnings of words.

The index is a file of SQLite (FTS5), made once for each snapshot and kept in the data folder's `cache/`; where the one before
is still there it is carried on with what changed.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.asking.ask import Stored
from graph.errors import StorageFull
from graph.model.folding import fold
from graph.model.iri import ONTOLOGY
from graph.model.terms import load_ontology
from graph.model.vocabulary import RDF, RDFS, SKOS

_SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, fr TEXT NOT NULL, en TEXT NOT NULL,
                    names TEXT NOT NULL, code TEXT NOT NULL, sources INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (fr, en, names, code, content='entry', content_rowid='id',
                                       tokenize='unicode61 remove_diacritics 2', prefix='2 3');
"""
_FIND = """
SELECT entry.iri, entry.kind, entry.fr, entry.en, entry.names, entry.code, entry.sources
FROM words JOIN entry ON entry.id = words.rowid
WHERE words MATCH ? {of_kinds} ORDER BY bm25(words, 4, 4, 2, 8), entry.iri LIMIT ?
"""
_CONSIDERED = 500
_KEPT = 3
_VERSION = "1"
_PARTS = ("AccordAct", "Participation")  # of an accord, of a meeting: found by what they are parts of
_RANKS = {"State": 0, "Organisation": 1, "Person": 2, "Office": 3}

_NAMES = ("name", "alternateName", "officialName", "acronym", "governmentName", "title")
_TYPE, _LABEL, _PREFERRED = NamedNode(RDF + "type"), NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel")
_OTHER = NamedNode(SKOS + "altLabel")

Row = tuple[str, str, str, str, str, str, int]


class Changed(Protocol):
    """What a snapshot changed, as `graph.record.snapshots.Changes` has it."""

    @property
    def previous(self) -> str | None:
        """The snapshot it is counted from."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Entities that are new or differ."""

    @property
    def removed(self) -> tuple[str, ...]:
        """Entities that are gone."""


class Searched(Stored, Protocol):
    """A snapshot in a data folder: `graph.record.snapshots.Snapshot` is one."""

    @property
    def folder(self) -> Path:
        """`DATA/snapshots/ID`."""

    @property
    def changes(self) -> Changed:
        """What differs from the snapshot before."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `kind` is its node label (`State`, `Accord`); `exact`: the text is its code or a whole name."""

    iri: str
    kind: str
    label: str
    code: str | None
    exact: bool


def search(snapshot: Searched, text: str, language: str = "fr", limit: int = 20, kinds: Sequence[str] = ()) -> list[Hit]:
    """The best hits for a text, each of whose words begins a word of the name: codes and whole names first, facts last.

    `kinds` are node labels; none: all. A text without letters or digits finds nothing.
    """
    words = re.findall(r"\w+", fold(text))
    words = [word for word in words if len(word) > 1] or words
    if not words:
        return []
    match = " ".join(f'"{word}"*' for word in words)  # words hold letters, digits and underscores only
    with closing(opened(snapshot)) as connection:
        rows = list(connection.execute(_FIND.format(of_kinds=_in(kinds)), (match, *kinds, _CONSIDERED)))
    wanted = fold(text.strip())
    ranked = sorted((_rank(row, wanted, language), place, row) for place, row in enumerate(rows))
    return [_hit(row, wanted, language) for _, _, row in ranked[:limit]]


def opened(snapshot: Searched) -> sqlite3.Connection:
    """The index of a snapshot, to read; whoever opens it closes it."""
    return sqlite3.connect(f"{index(snapshot).resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def index(snapshot: Searched) -> Path:
    """The index file of a snapshot, made where it is not there yet."""
    cache = snapshot.folder.parents[1] / "cache"
    path = _path(cache, snapshot.id)
    if path.exists():
        return path
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "search.lock"):
        if not path.exists():
            _make(snapshot, cache, path)
            _prune(cache, path)
    return path


def _in(kinds: Sequence[str]) -> str:
    return f"AND entry.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""


def _rank(row: Row, wanted: str, language: str) -> tuple[int, int, int, str]:
    _, kind, fr, en, names, code, sources = row
    label = (en if language == "en" else fr) or fr or en
    return _closeness(wanted, fold(fr), fold(en), fold(names).split("\n"), fold(code)), _RANKS.get(kind, 4), -sources, label


def _closeness(wanted: str, fr: str, en: str, names: list[str], code: str) -> int:
    """0: its code or a whole name; 1: a label begins so; 2: the words are in a label; 3: in other names only."""
    if wanted in (code, fr, en, *names):
        return 0
    if fr.startswith(wanted) or en.startswith(wanted):
        return 1
    return 2 if any(_holds(label, wanted) for label in (fr, en)) else 3


def _holds(label: str, wanted: str) -> bool:
    return all(re.search(rf"\b{re.escape(word)}", label) for word in re.findall(r"\w+", wanted))


def _hit(row: Row, wanted: str, language: str) -> Hit:
    iri, kind, fr, en, names, code, _ = row
    label = (en or fr if language == "en" else fr or en) or names.split("\n")[0] or code
    return Hit(iri, kind, label, code or None, _rank(row, wanted, language)[0] == 0)


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
    with closing(sqlite3.connect(draft)) as connection, connection:
        connection.executescript(_SCHEMA)
        _insert(connection, store, _all(store))


def _carry_on(draft: Path, snapshot: Searched) -> None:
    touched = sorted({*snapshot.changes.changed, *snapshot.changes.removed})
    with closing(sqlite3.connect(draft)) as connection, connection:
        for iri in touched:
            row = connection.execute("SELECT id, fr, en, names, code FROM entry WHERE iri = ?", (iri,)).fetchone()
            if row is not None:
                connection.execute(
                    "INSERT INTO words (words, rowid, fr, en, names, code) VALUES ('delete', ?, ?, ?, ?, ?)", row
                )
                connection.execute("DELETE FROM entry WHERE id = ?", (row[0],))
        _insert(connection, snapshot.store, touched)


def _all(store: Store) -> Iterator[str]:
    """Every node of the view, class by class."""
    ontology = load_ontology()
    for label in (name for name in ontology.node_labels() if name not in _PARTS):
        for name in ontology.subclasses(label):
            for quad in store.quads_for_pattern(None, _TYPE, NamedNode(ONTOLOGY + name), DefaultGraph()):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value


def _insert(connection: sqlite3.Connection, store: Store, iris: Iterable[str]) -> None:
    last = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0]
    for iri in dict.fromkeys(iris):
        row = _row(store, iri)
        if row is not None:
            last += 1
            connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (last, *row))
            connection.execute("INSERT INTO words (rowid, fr, en, names, code) VALUES (?, ?, ?, ?, ?)", (last, *row[2:6]))


def _row(store: Store, iri: str) -> Row | None:
    """What is known of an entity by name; None for what is no node of the view or has no name."""
    kind, fr, en, names, code, sources = None, "", "", [], "", 0
    ontology = load_ontology()
    for quad in sorted(store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()), key=str):
        value, local = quad.object, quad.predicate.value.removeprefix(ONTOLOGY)
        if quad.predicate == _TYPE and isinstance(value, NamedNode):
            name = value.value.removeprefix(ONTOLOGY)
            kind = ontology.node_label(name) if name in ontology.classes else kind
        elif not isinstance(value, Literal):
            continue
        elif quad.predicate in (_LABEL, _PREFERRED):
            fr, en = (fr, value.value) if value.language == "en" else (value.value, en)
        elif local in _NAMES or quad.predicate == _OTHER:
            names.append(value.value)
        elif local == "code":
            code = value.value
        elif local == "sourceCount":
            sources = int(value.value)
    if kind is None or kind in _PARTS or not (fr or en or names or code):
        return None
    return iri, kind, fr, en, "\n".join(names), code, sources


def _prune(cache: Path, newest: Path) -> None:
    """Keep the newest few; a reader of an older one has it open already."""
    files = sorted(cache.glob("search-*.sqlite"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in [path for path in files if path != newest][_KEPT - 1 :]:
        path.unlink(missing_ok=True)
