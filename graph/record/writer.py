"""The one writer of a data folder: sources in, snapshots out; a crash at any moment is caught up by the next writer."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pyoxigraph import NamedNode, Quad, Store

from graph.errors import BadSource
from graph.model.claims import SourceClaims
from graph.record import ledger, rdf, snapshots, texts
from graph.record.checking import checked, name
from graph.record.encode import quads
from graph.record.failures import explained
from graph.record.lock import WriterLock
from graph.record.schema import Schema

_AT_ONCE = 100_000  # quads of one transaction when the whole view is rebuilt
_MANY = 200  # pending sources from which on a rebuild may be cheaper than an update

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of day, for the bookkeeping alone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Refused:
    """A source that was not recorded, and why."""

    source: str  # its id, 64 hex digits; empty where it has none
    name: str
    error: BadSource


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch: ids of sources recorded now, of sources that were there already, and the refused ones."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    claims: int = 0  # of the sources recorded now


@dataclass(frozen=True, slots=True)
class Commit:
    """A snapshot, and the IRIs of the entities that differ from the snapshot before."""

    snapshot: str
    changed: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """What must change in the default graph to show some sources; `entities` are those that any quad of it speaks of."""

    remove: set[Quad]
    add: set[Quad]
    entities: set[str]


class View(Protocol):
    """How claims become entities; a function of the record and of `version` alone."""

    @property
    def version(self) -> str:
        """Changes whenever the same record would give another view."""

    def index(self, told: SourceClaims) -> list[Quad]:
        """Quads of the graph `rdf.INDEX`, by which the claims of a source are found again when the view is updated."""

    def update(self, store: Store, sources: Sequence[str]) -> Delta:
        """What these recorded sources, not shown yet, change."""

    def rebuild(self, store: Store) -> Iterable[Quad]:
        """The whole default graph, and the whole index."""


class Writer:
    """Holds the writer's lock and the store from entering the `with` block to leaving it."""

    def __init__(self, data: Path, schema: Schema, view: View, *, clock: Clock = utc_now, timeout: float = 10.0) -> None:
        self.data, self._schema, self._view, self._clock, self._timeout = data, schema, view, clock, timeout
        self._lock = WriterLock(data)
        self._open: Store | None = None

    def __enter__(self) -> Writer:
        self._lock.acquire(self._now(), self._timeout)
        try:
            with explained(self.data, "opening the record"):
                (self.data / "record").mkdir(parents=True, exist_ok=True)
                self._open = Store(str(self.data / "record"))
                snapshots.prune(self.data)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open = None
        gc.collect()  # the store closes, and gives RocksDB's own lock back, when its last reference goes
        self._lock.release()

    @property
    def store(self) -> Store:
        """The store, open for writing."""
        if self._open is None:
            raise RuntimeError("a Writer is used in a `with` block")
        return self._open

    def add(self, batch: Sequence[SourceClaims]) -> Added:
        """Record the sound sources of a batch in one transaction; a known one changes nothing, an unsound one is refused."""
        fresh: dict[str, list[Quad]] = {}
        known: list[str] = []
        refused: list[Refused] = []
        claims = 0
        with explained(self.data, "recording sources"):
            for told in batch:
                try:
                    sound = checked(told, self._schema)
                except BadSource as error:
                    refused.append(Refused(_id(told), name(told.source), error))
                    continue
                if sound.source.id in fresh or ledger.known(self.store, sound.source.id):
                    known.append(sound.source.id)
                    continue
                texts.keep(self.data, sound.source.id, sound.source.text)
                fresh[sound.source.id] = self._recorded(sound)
                claims += len(sound.claims)
            if fresh:
                self.store.extend([quad for found in fresh.values() for quad in found])
                self.store.flush()
        return Added(tuple(fresh), tuple(known), tuple(refused), claims)

    def commit(self) -> Commit:
        """Bring the view up to the record, and publish both as the current snapshot; does nothing where nothing changed."""
        with explained(self.data, "updating the view"):
            stamp = ledger.stamp(self.store)
            pending = ledger.pending(self.store)
            if stamp.version != self._view.version or ledger.rebuilding(self.store) or self._mostly(pending):
                self._rebuild(pending)
            elif pending:
                self._update(stamp, pending)
        with explained(self.data, "publishing a snapshot"):
            return self._publish(ledger.stamp(self.store).snapshot)

    def catch_up(self) -> Commit:
        """Finish whatever a killed writer left undone; the same as `commit`, which always starts from what is recorded."""
        return self.commit()

    def _recorded(self, told: SourceClaims) -> list[Quad]:
        found = quads(told, self._schema)
        notes = ledger.received(told.source.id, ledger.content_digest(found), self._now())
        return [*found, *notes, *self._view.index(told)]

    def _mostly(self, pending: Sequence[str]) -> bool:
        """Whether more than half of a large record is not shown yet."""
        return len(pending) > _MANY and sum(1 for _ in ledger.sources(self.store)) < 2 * len(pending)

    def _update(self, stamp: ledger.Stamp, pending: Sequence[str]) -> None:
        delta = self._view.update(self.store, pending)
        after = ledger.Stamp(stamp.version, ledger.total(self.store, pending, stamp.fingerprint))
        remove = delta.remove | stamp.quads() | ledger.shown(pending)
        ledger.apply(self.store, remove, delta.add | after.quads() | ledger.changed(delta.entities))

    def _rebuild(self, pending: Sequence[str]) -> None:
        """Derive everything anew. The mark makes the next writer start over if this one does not finish."""
        self.store.add(ledger.REBUILDING)
        before = ledger.stamp(self.store)
        after = ledger.Stamp(self._view.version, ledger.total(self.store, ledger.sources(self.store)))
        self.store.clear_graph(rdf.VIEW)
        self.store.clear_graph(rdf.INDEX)
        for part in _portions(self._view.rebuild(self.store)):
            self.store.extend(part)
        remove = before.quads() | ledger.shown(pending) | {ledger.REBUILDING}
        ledger.apply(self.store, remove - after.quads(), after.quads() | ledger.changed([ledger.EVERYTHING]))

    def _publish(self, name: str) -> Commit:
        before = snapshots.current_id(self.data)
        entities = ledger.unpublished(self.store)
        if before == name:  # the marks of a publication that was finished but for clearing them
            ledger.apply(self.store, ledger.changed(entities), ())
            return Commit(name, (), ())
        everything = ledger.EVERYTHING in entities
        gone = [entity for entity in entities if entity != ledger.EVERYTHING and not self._shown(entity)]
        changed = tuple(sorted({*entities} - {*gone, ledger.EVERYTHING}))
        changes = snapshots.Changes(None if everything else before, changed, tuple(gone))
        snapshots.publish(self.data, self.store, name, changes)
        ledger.apply(self.store, ledger.changed(entities), ())
        snapshots.prune(self.data)
        return Commit(name, changes.changed, changes.removed)

    def _shown(self, entity: str) -> bool:
        return next(self.store.quads_for_pattern(NamedNode(entity), None, None, rdf.VIEW), None) is not None

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _portions(found: Iterable[Quad]) -> Iterator[list[Quad]]:
    remaining = iter(found)
    while part := list(itertools.islice(remaining, _AT_ONCE)):
        yield part


def _id(told: SourceClaims) -> str:
    try:
        return told.source.id
    except UnicodeEncodeError:
        return ""
