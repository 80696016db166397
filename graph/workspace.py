"""One data folder with everything that can be done to it: what the command line and the server call."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from graph.asking.ask import SHOWN_NOW, Answer, Limits, ask_cypher, ask_sparql
from graph.asking.binding import bind
from graph.asking.entities import Explanation, explain
from graph.asking.overview import Line, overview
from graph.asking.questions import question
from graph.bulk.loading import load_at_once
from graph.condition import Finding, condition
from graph.errors import BadQuery, BadSource, NotFound, StorageFull, StoreUnavailable
from graph.model import iri
from graph.model.claims import SourceClaims
from graph.property.bolt import open_graph
from graph.property.projection import Projected, project, shown
from graph.record import snapshots
from graph.record.redirects import Gone, New, moved
from graph.record.snapshots import Snapshot
from graph.review.corrections import Corrections, settled
from graph.review.queue import SORTS, Entry, queue
from graph.settings import Settings
from graph.view import export
from graph.view.knowledge import Bounds, known_at
from graph.view.writing import open_writer

Advance = Callable[[int], None]

_SCANT = 10_000_000  # bytes: with less, the embedded engine's next file may not fit

_FORMATS = {"nquads": export.nquads, "turtle": export.turtle, "jsonld": export.jsonld}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: sources recorded now, known before, refused by the record, and the projection that followed."""

    new: int
    known: int
    claims: int
    refused: tuple[BadSource, ...]
    projected: Projected
    undecided: tuple[tuple[str, str], ...] = ()
    """Pairs of texts of one address of which no date says which is newer: the one shown, the other."""
    left_out: tuple[str, ...] = ()
    """Unsound claims of sources that were recorded without them: source, claim, what is wrong."""

    def summary(self) -> str:
        """One line for people, and one for each claim that was left out."""
        done = f"{self.new} new sources with {self.claims} claims, {self.known} known before"
        return "\n".join([f"{done}; {_written(self.projected)}", *(f"left out: {each}" for each in self.left_out)])


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: entities of the view that changed, and the projection that followed."""

    changed: int
    removed: int
    projected: Projected

    def summary(self) -> str:
        """One line for people."""
        return f"view: {self.changed} entities changed, {self.removed} removed; {_written(self.projected)}"


def _written(done: Projected) -> str:
    return f"graph: {done.nodes} nodes and {done.relationships} relationships written, {done.removed} nodes removed"


class Workspace:
    """A data folder and the property graph that belongs to it, by the settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def load(
        self, items: Iterable[SourceClaims], advance: Advance | None = None, by: str = "", *, replacing: bool = False
    ) -> Loaded:
        """Record sources in batches, derive the view, and show it in the property graph.

        A source that the record refuses is reported in the result, and the others are loaded.
        `advance` is called with the number of sources after each batch. `replacing` records, in the name of `by`, the decision
        that texts of this load replace earlier ones of their address where no date says which is newer.
        """
        fresh: list[str] = []
        new = known = claims = 0
        refused: list[BadSource] = []
        left_out: list[str] = []
        remaining = iter(items)
        with open_writer(self.settings) as writer:
            while batch := list(itertools.islice(remaining, self.settings.batch)):
                added = writer.add(batch, by)
                fresh += added.new
                new, known, claims = new + len(added.new), known + len(added.known), claims + added.claims
                refused += [one.error for one in added.refused]
                left_out += added.left_out
                if advance is not None:
                    advance(len(batch))
            undecided = settled(writer, fresh, by if replacing else None)
            writer.commit()
            projected = self._project(None)
        return Loaded(new, known, claims, tuple(refused), projected, undecided, tuple(left_out))

    def sync(self, advance: Advance | None = None, *, bulk: bool = False) -> Synced:
        """Bring the view up to the record, and the property graph up to the view; does nothing where both are.

        `bulk` makes the property graph anew by its engine's importer: `graph.bulk.loading.load_at_once`.
        """
        with open_writer(self.settings) as writer:
            commit = writer.catch_up()
            return Synced(len(commit.changed), len(commit.removed), self._project(advance, bulk=bulk))

    def is_current(self) -> bool:
        """True when a snapshot exists and the property graph shows it; a load that is still under way makes it False."""
        name = snapshots.current_id(self.settings.data)
        if name is None:
            return False
        with open_graph(self.settings) as graph:
            return shown(graph) == name

    def _project(self, advance: Advance | None, *, bulk: bool = False) -> Projected:
        """Only called while the writer's lock is held: one process at a time may project."""
        counted = 0

        def progress(done: int, _: int) -> None:
            nonlocal counted
            if advance is not None:
                advance(done - counted)
            counted = done

        try:
            with self.snapshot() as snapshot:
                if bulk:
                    return load_at_once(snapshot, self.settings, advance)
                with open_graph(self.settings) as graph:
                    return project(snapshot, graph, progress)
        except StoreUnavailable as error:
            raise self._full_disk() or error from error.__cause__

    def _full_disk(self) -> StorageFull | None:
        """The reason behind a failure of the embedded engine, which does not tell it itself; None where there is room."""
        free = shutil.disk_usage(self.settings.data).free
        if self.settings.neo4j_uri is not None or free > _SCANT:
            return None
        return StorageFull(
            f"the disk of {self.settings.data} is full ({free:,} bytes are free) and the property graph could not be written; "
            "the record is safe: free some space and run `diplograph sync`"
        )

    def snapshot(self) -> Snapshot:
        """The newest snapshot, open; StoreUnavailable where nothing was ever loaded."""
        found = snapshots.current(self.settings.data)
        if found is None:
            folder = self.settings.data
            raise StoreUnavailable(f"{folder} holds no graph yet; run `diplograph load FOLDER`, or name another with --data")
        return found

    @property
    def corrections(self) -> Corrections:
        """What people do to the graph after it was loaded: withdraw, decide, read again."""
        return Corrections(self.settings, self.snapshot, lambda: self._project(None))

    def known_at(self, day: str, by: str = "published") -> Snapshot:
        """The graph as it could be known on a day, open: from the sources published (or `by` "recorded": recorded) by then."""
        allowed = self.settings
        bounds = Bounds(allowed.known_at_sources, allowed.known_at_views, allowed.known_at_seconds)
        with self.snapshot() as snapshot:
            return known_at(allowed.data, snapshot, day, by=by, bounds=bounds)

    def ask(
        self,
        name: str,
        values: Mapping[str, str],
        via: str = "cypher",
        known_at: str | None = None,
        known_by: str = "published",
    ) -> Answer:
        """Answer a named question; `via` is cypher or sparql. Raises UnknownTerm or BadQuery, naming the remedy.

        With `known_at`, as it could be answered on that day, `known_by` as for `Workspace.known_at`. The property graph
        shows the newest snapshot alone, so an earlier day is asked via sparql, whose rows are the same.
        """
        if via not in ("cypher", "sparql"):
            raise BadQuery(f"there is no way to ask via {via!r}; choose cypher or sparql")
        bound = bind(question(name), values)
        limits = Limits.of(self.settings)
        if known_at is not None:
            if via != "sparql":
                raise BadQuery(SHOWN_NOW)
            with self.known_at(known_at, known_by) as then:
                return ask_sparql(bound, then, limits)
        with self.snapshot() as snapshot:
            if via == "sparql":
                return ask_sparql(bound, snapshot, limits)
            with open_graph(self.settings) as graph:
                return ask_cypher(bound, graph, limits, snapshot.id)

    def explain(self, fact: str) -> Explanation:
        """Why a fact or claim is held: sentences, trigger words, rule, source. NotFound where there is none of that id."""
        with self.snapshot() as snapshot:
            return explain(snapshot, iri.full(fact))

    def why(self, fact: str, language: str = "fr") -> Explanation:
        """The same with the whole chain: values, comparisons, decisions (`Explanation.why`).

        An earlier id gives what carries it on; NotFound says why there is nothing any more.
        """
        with self.snapshot() as snapshot:
            found = moved(snapshot.store, fact)
            if isinstance(found, Gone):
                raise NotFound(f"{fact} is shown no more: {found.reason}")
            return explain(snapshot, iri.full(fact) if found is None else found.iri, language, whole=True)

    def review(self, language: str = "fr", sorts: Iterable[str] | None = None) -> list[Entry]:
        """What is worth a person's decision, what most changes the graph first."""
        with self.snapshot() as snapshot:
            return queue(snapshot, language, sorts or SORTS)

    def moved(self, name: str) -> New | Gone | None:
        """What became of an id that the view does not show; None where it shows it, or where nobody ever knew it."""
        with self.snapshot() as snapshot:
            return moved(snapshot.store, name)

    def export(self, format: str, target: BinaryIO, known_at: str | None = None, known_by: str = "published") -> None:
        """Write the graph: `nquads` (record and view, canonical), `turtle` or `jsonld` (the view)."""
        write = _FORMATS.get(format)
        if write is None:
            raise BadQuery(f"there is no format {format!r}; choose {', '.join(_FORMATS)}")
        with self.snapshot() if known_at is None else self.known_at(known_at, known_by) as snapshot:
            write(snapshot, target)

    def overview(self) -> list[Line]:
        """Every fact of the view, for a first look at a small graph."""
        with self.snapshot() as snapshot:
            return list(overview(snapshot))

    def check(self) -> list[Finding]:
        """The condition of record, view and property graph; never raises for what it finds."""
        return list(condition(self.settings, self.snapshot))
