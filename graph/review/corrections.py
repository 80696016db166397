"""Everything that people do to a graph after it was loaded, on one data folder: the command line and the API call this."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.errors import BadData, BadQuery, BadSource, DiplomacyError
from graph.model.judgements import Anchor, Judgement, from_json, judgement
from graph.property.projection import Projected
from graph.record import judgements, log
from graph.record.log import Entry
from graph.record.schema import load_schema
from graph.record.snapshots import Snapshot
from graph.record.standing import Standing
from graph.record.writer import Commit, Writer
from graph.resolution.rules import load_rules
from graph.review.deciding import Wish, decided, one_decision, one_source
from graph.review.naming import sources_named
from graph.review.rereading import Difference, Read, difference, readable
from graph.settings import Settings
from graph.view.judged import Decisions
from graph.view.world import World
from graph.view.writing import entity_view, open_writer

Open = Callable[[], Snapshot]
Project = Callable[[], Projected]
Tell = Callable[[Difference | BadSource], None]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did: the decisions recorded or taken back, entities changed and removed, notes for people."""

    judgements: tuple[Judgement, ...]
    commit: Commit
    projected: Projected
    notes: tuple[str, ...] = ()

    def summary(self) -> str:
        """One line for people."""
        return f"view: {len(self.commit.changed)} entities changed, {len(self.commit.removed)} removed"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in force; `applies`: what it speaks of is told by a source in force, so that it has an effect."""

    judgement: Judgement
    applies: bool


class Corrections:
    """Withdraw, restore, supersede, read again, decide, undo; each is one transaction of the record and one line of the log."""

    def __init__(self, settings: Settings, snapshot: Open, project: Project) -> None:
        self._settings, self._snapshot, self._project = settings, snapshot, project
        self._schema, self._rules = load_schema(), load_rules()

    def withdraw(self, names: Sequence[str], reason: str, by: str) -> Corrected:
        """Show nothing of these sources (ids, beginnings of ids, addresses) any more; the record keeps them.

        An address means all its texts. NotFound where the record has no such source, BadQuery without reason or where
        all of them are withdrawn already.
        """
        if not reason.strip():
            raise BadQuery("a withdrawal needs a reason; write --reason")

        def work(writer: Writer) -> Corrected:
            standing = Standing(writer.store)
            sources = dict.fromkeys(source for name in names for source in sources_named(writer.store, name))
            fresh = [source for source in sources if standing.withdrawal(source) is None]
            if not fresh:
                raise BadQuery(f"{', '.join(names)}: withdrawn already; `diplograph restore` brings it back")
            found = [self._judge(writer, Wish("withdrawn", (source,), by, reason), "withdraw") for source in fresh]
            again = sorted({standing.newest(source) for source in fresh} - set(fresh))
            return self._done(writer, found, [f"an earlier text of its address is shown again: {each[:16]}" for each in again])

        return self._write(work)

    def restore(self, names: Sequence[str], by: str, reason: str = "") -> Corrected:
        """Show withdrawn sources again; BadQuery where none of them is withdrawn."""

        def work(writer: Writer) -> Corrected:
            standing = Standing(writer.store)
            sources = dict.fromkeys(source for name in names for source in sources_named(writer.store, name))
            found = [word for source in sources if (word := standing.withdrawal(source)) is not None]
            if not found:
                raise BadQuery(f"{', '.join(names)}: not withdrawn")
            for word in found:
                writer.undo(word.id, by, reason, "restore")
            return self._done(writer, found)

        return self._write(work)

    def supersede(self, newer: str, older: str, by: str, reason: str = "") -> Corrected:
        """Say which of two texts of one address is the newer, where no date does; BadQuery where they have not one address."""

        def work(writer: Writer) -> Corrected:
            one, other = one_source(writer.store, newer), one_source(writer.store, older)
            if other not in {edition.source for edition in Standing(writer.store).editions(one)}:
                raise BadQuery(
                    f"{newer} and {older} are no two texts of one address that are both in the record and not withdrawn"
                )
            return self._done(writer, [self._judge(writer, Wish("newer", (one, other), by, reason), "newer")])

        return self._write(work)

    def decide(self, wish: Wish) -> Corrected:
        """Record a decision on claims or things; BadQuery, BadData or NotFound says why it cannot be."""

        def work(writer: Writer) -> Corrected:
            found = self._judge(writer, wish, "decide")
            return self._done(writer, [found])

        return self._write(work)

    def undo(self, decision: str, by: str, reason: str = "") -> Corrected:
        """Take back a decision, by its id or the beginning of it; the log keeps it."""

        def work(writer: Writer) -> Corrected:
            return self._done(writer, [writer.undo(one_decision(writer.store, decision), by, reason)])

        return self._write(work)

    def decisions(self) -> list[Decision]:
        """All decisions in force, the earliest first."""
        with self._snapshot() as snapshot:
            world = World(snapshot.store, self._schema, entity_view().resolver)
            reader = Decisions(world)
            return [Decision(found, _applies(found, reader)) for found in judgements.all_of(snapshot.store)]

    def exported(self) -> Iterable[str]:
        """Every decision in force as a line of JSON, the earliest first."""
        with self._snapshot() as snapshot:
            found = judgements.all_of(snapshot.store)
        return (json.dumps(each.as_json(), ensure_ascii=False, sort_keys=True) + "\n" for each in found)

    def imported(self, lines: Iterable[str], by: str) -> Corrected:
        """Record decisions from such lines; known ones change nothing. BadData names a bad line."""
        found: list[Judgement] = []
        for number, line in enumerate(lines, start=1):
            try:
                found += [from_json(json.loads(line))] if line.strip() else []
            except (ValueError, BadData) as error:
                raise BadData(f"line {number}: {error}") from error

        def work(writer: Writer) -> Corrected:
            fresh = [each for each in found if writer.judge(each, by)]
            return self._done(writer, fresh)

        return self._write(work)

    def reread(
        self, read: Read, names: Sequence[str], tell: Tell, by: str, *, dry_run: bool = False, others: bool = False
    ) -> Corrected | None:
        """Read stored texts again and put what is read now in the place of what was; None for a dry run, which writes nothing.

        `tell` gets what differs of each source, in the order of their ids, and each source that could not be read.
        """
        if dry_run:
            with self._snapshot() as snapshot:
                sources = [source for name in names for source in sources_named(snapshot.store, name)]
                for told in read(readable(snapshot.store, self._settings.data, sources, others=others)):
                    tell(told if isinstance(told, BadSource) else difference(snapshot.store, told, self._schema))
            return None

        def work(writer: Writer) -> Corrected:
            sources = [source for name in names for source in sources_named(writer.store, name)]
            results = read(readable(writer.store, self._settings.data, sources, others=others))
            while batch := list(itertools.islice(results, self._settings.batch)):
                for told in batch:
                    tell(told if isinstance(told, BadSource) else difference(writer.store, told, self._schema))
                done = writer.reread([told for told in batch if not isinstance(told, BadSource)], by)
                for each in (*(one.error for one in done.refused), *(BadSource(f"left out: {one}") for one in done.left_out)):
                    tell(each)
            return self._done(writer, [])

        return self._write(work)

    def log(self) -> list[Entry]:
        """Every change of the record, the latest first."""
        return log.entries(self._settings.data)

    def _write(self, work: Callable[[Writer], Corrected]) -> Corrected:
        """Do something with the writer. What it refuses must not keep the store open: the frames of the error hold it."""
        try:
            with open_writer(self._settings) as writer:
                return work(writer)
        except DiplomacyError as error:
            raise error.with_traceback(None) from None

    def _judge(self, writer: Writer, wish: Wish, action: str) -> Judgement:
        found = decided(writer.store, wish, writer.now, self._schema, self._rules)
        writer.judge(found, wish.by, action)
        return found

    def _done(self, writer: Writer, found: Sequence[Judgement], notes: Sequence[str] = ()) -> Corrected:
        return Corrected(tuple(found), writer.commit(), self._project(), tuple(notes))


def _applies(found: Judgement, reader: Decisions) -> bool:
    """Whether every claim that a decision speaks of is there; one that calls a claim wrong has taken it away itself."""
    anchors = [anchor for anchor in found.anchors if anchor.kind is not None]
    return found.verdict == "wrong" or all(reader.meant(anchor) is not None for anchor in anchors)


def settled(writer: Writer, fresh: Sequence[str], by: str | None) -> tuple[tuple[str, str], ...]:
    """Pairs (shown, other) of texts of one address that no date puts in order, among them one of `fresh`.

    With `by`, decisions in that name say that fresh ones replace the others, and only pairs of fresh ones are left.
    """
    standing, found = Standing(writer.store), []
    for source in sorted(fresh):
        for other in standing.undecided(source):
            if by is not None and other not in fresh:
                anchors = (Anchor(source), Anchor(other))
                writer.judge(judgement("newer", anchors, by, writer.now, "loaded later"), by, "newer")
            elif other not in fresh or source < other:
                shown = standing.newest(source)
                found.append((shown, other if shown == source else source))
    return tuple(found)
