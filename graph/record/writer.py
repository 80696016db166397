"""The one writer of a data folder: sources in, snapshots out; a crash at any moment is caught up by the next writer."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from graph.errors import BadSource
from graph.model.claims import SourceClaims
from graph.model.judgements import Judgement
from graph.record import judgements, ledger, log, rdf, redirects, snapshots, texts
from graph.record.checking import checked, name
from graph.record.encode import quads
from graph.record.failures import explained
from graph.record.filling import drain, fill
from graph.record.lock import WriterLock
from graph.record.schema import Schema
from graph.record.staging import Change, Staging, mended
from graph.record.viewing import View

_LARGE = 1_000_000  # quads of a whole view from which on the store is tidied up after it
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
    left_out: tuple[str, ...] = ()  # unsound claims of sources that are recorded otherwise: source, claim, what is wrong


@dataclass(frozen=True, slots=True)
class Commit:
    """A snapshot, and the IRIs of the entities that differ from the snapshot before."""

    snapshot: str
    changed: tuple[str, ...]
    removed: tuple[str, ...]


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
                mended(self._open)
                log.carry(self._open, self.data)
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

    @property
    def now(self) -> str:
        """The time of the writer's clock, as decisions and the log give it."""
        return self._now()

    def add(self, batch: Sequence[SourceClaims], by: str = "") -> Added:
        """Record the sound sources of a batch in one transaction; a known one changes nothing, an unsound one is refused.

        An unsound claim is left out, and named; its source is refused only where no claim of it is sound.
        """
        fresh: dict[str, SourceClaims] = {}
        known: list[str] = []
        refused: list[Refused] = []
        left_out: list[str] = []
        with explained(self.data, "recording sources"):
            for sound, wrong in self._sound(batch, refused):
                if sound.source.id in fresh or ledger.known(self.store, sound.source.id):
                    known.append(sound.source.id)
                    continue
                texts.keep(self.data, sound.source.id, sound.source.text)
                fresh[sound.source.id] = sound
                left_out += wrong
        if fresh:
            self._write(Change(fresh=fresh), by, "load", {"sources": list(fresh)})
        return _added(fresh, known, refused, left_out)

    def judge(self, judgement: Judgement, by: str = "", action: str = "decide") -> bool:
        """Record what a person decided; False where it is recorded already."""
        if next(judgements.starting_with(self.store, judgement.id), None) is not None:
            return False
        about = {"decision": judgement.id, **judgement.as_json()}
        self._write(Change(more=[judgement]), by or judgement.by, action, about)
        return True

    def undo(self, judgement_id: str, by: str, reason: str = "", action: str = "undo") -> Judgement:
        """Take a judgement back; the log keeps it. NotFound where there is none of that id."""
        judgement = judgements.get(self.store, judgement_id)
        about = {"decision": judgement_id, "why": reason, **judgement.as_json()}
        self._write(Change(less=[judgement]), by, action, about)
        return judgement

    def reread(self, batch: Sequence[SourceClaims], by: str = "") -> Added:
        """Put new claims in the place of those of recorded sources; what is read as before changes nothing."""
        changed: dict[str, SourceClaims] = {}
        known: list[str] = []
        refused: list[Refused] = []
        left_out: list[str] = []
        with explained(self.data, "recording sources"):
            for sound, wrong in self._sound(batch, refused):
                found = ledger.content_digest(quads(sound, self._schema))
                if found == ledger.digest_of(self.store, sound.source.id):
                    known.append(sound.source.id)
                else:
                    changed[sound.source.id] = sound
                    left_out += wrong
        if changed:
            self._write(Change(reread=changed), by, "reread", {"sources": list(changed)})
        return _added(changed, known, refused, left_out)

    def _sound(self, batch: Sequence[SourceClaims], refused: list[Refused]) -> Iterator[tuple[SourceClaims, Sequence[str]]]:
        """Each source's sound claims, and what was left out of it; the unsound sources go to `refused`."""
        for told in batch:
            try:
                yield checked(told, self._schema)
            except BadSource as error:
                refused.append(Refused(_id(told), name(told.source), error))

    def _write(self, change: Change, by: str, action: str, about: Mapping[str, Any]) -> None:
        """Write a change with its entry in the log, in one transaction."""
        change.entry = log.Entry(self._now(), by, action, about)
        with explained(self.data, "recording a change"):
            if not ledger.indexed(self.store) and next(ledger.sources(self.store), None) is None:
                self.store.add(ledger.indexed_by(self._view.index_version))
            Staging(self.store, self._schema, self._view, change, self._now()).write()
            log.carry(self.store, self.data)

    def commit(self) -> Commit:
        """Bring the view up to the record, and publish both as the current snapshot; does nothing where nothing changed."""
        with explained(self.data, "updating the view"):
            stamp = ledger.stamp(self.store)
            waiting = ledger.notes(self.store)
            pending = ledger.pending(self.store)
            if stamp.version != self._view.version or ledger.rebuilding(self.store) or self._mostly(pending):
                self._rebuild(waiting)
            elif waiting:
                self._update(stamp, waiting, pending)
        with explained(self.data, "publishing a snapshot"):
            return self._publish(ledger.stamp(self.store).snapshot)

    def catch_up(self) -> Commit:
        """Finish whatever a killed writer left undone; the same as `commit`, which always starts from what is recorded."""
        return self.commit()

    def _mostly(self, pending: Sequence[str]) -> bool:
        """Whether more than half of a large record is not shown yet."""
        return len(pending) > _MANY and sum(1 for _ in ledger.sources(self.store)) < 2 * len(pending)

    def _update(self, stamp: ledger.Stamp, waiting: set[Quad], pending: Sequence[str]) -> None:
        delta = self._view.update(self.store, pending, ledger.stirred_items(self.store))
        after = ledger.Stamp(stamp.version, ledger.advanced(self.store, waiting, stamp.fingerprint))
        led = redirects.said_of(self.store, {*delta.entities, *delta.moved})
        add = delta.add | after.quads() | ledger.changed(delta.entities) | redirects.redirects(delta.moved)
        ledger.apply(self.store, delta.remove | stamp.quads() | waiting | led, add)

    def _rebuild(self, waiting: set[Quad]) -> None:
        """Derive everything anew. The mark makes the next writer start over if this one does not finish."""
        self.store.add(ledger.REBUILDING)
        before = ledger.stamp(self.store)
        content = ledger.judged(found.id for found in judgements.all_of(self.store))
        after = ledger.Stamp(self._view.version, ledger.total_of_all(self.store, content))
        self._clear()
        many = fill(self.store, self._view.rebuild(self.store))
        moved = self._moved()
        remove = before.quads() | waiting | {ledger.REBUILDING}
        add = after.quads() | ledger.changed([ledger.EVERYTHING]) | redirects.redirects(moved)
        ledger.apply(self.store, (remove - after.quads()) | self._led(moved), add)
        if many > _LARGE:
            self.store.optimize()

    def _clear(self) -> None:
        """Take out what was derived; what `amend` put into the index stays where it would do so again."""
        self.store.clear_graph(rdf.VIEW)  # at once, however large
        drain(self.store, self.store.quads_for_pattern(None, None, None, rdf.EDITIONS))
        mark = ledger.indexed_by(self._view.index_version)
        if mark in self.store:
            for how in self._view.derived:
                drain(self.store, self.store.quads_for_pattern(None, how, None, rdf.INDEX))
        else:
            ledger.apply(self.store, ledger.indexed(self.store), ())
            drain(self.store, self.store.quads_for_pattern(None, None, None, rdf.INDEX))
            fill(self.store, self._view.index(self.store))
            self.store.add(mark)

    def _moved(self) -> Mapping[str, str | None]:
        """What the newest snapshot shows and the view shows no more."""
        found = snapshots.current(self.data)
        if found is None:
            return {}
        with found as snapshot:
            return self._view.moved(snapshot.store, self.store)

    def _led(self, moved: Iterable[str]) -> set[Quad]:
        """Redirects that are over: of ids that lead elsewhere now, or are shown again."""
        there = self.store.quads_for_pattern(None, None, None, rdf.REDIRECTS)
        return redirects.said_of(self.store, moved) | {quad for quad in there if self._shown(rdf.value(quad.subject))}

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


def _added(
    done: Mapping[str, SourceClaims], known: Iterable[str], refused: Iterable[Refused], left_out: Iterable[str]
) -> Added:
    claims = sum(len(told.claims) for told in done.values())
    return Added(tuple(done), tuple(known), tuple(refused), claims, tuple(left_out))


def _id(told: SourceClaims) -> str:
    try:
        return told.source.id
    except UnicodeEncodeError:
        return ""
