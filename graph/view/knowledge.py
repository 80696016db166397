"""What could have been said on a day: the view that the sources of then give, derived from them alone, and kept for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, Store

from graph.errors import BadQuery, NotFound
from graph.model.dates import PartialDate
from graph.model.files import SCHEMA
from graph.model.judgements import Judgement
from graph.record import judgements, ledger, rdf, snapshots
from graph.record.encode import source_node
from graph.record.schema import load_schema
from graph.record.snapshots import Snapshot
from graph.view.shelf import Shelf
from graph.view.writing import entity_view

BASES = ("published", "recorded")
_PASSING = frozenset(rdf.book(name) for name in ("pending", "changed", "stirred", "counted"))  # notes for the next update
_PUBLISHED, _RECORDED = rdf.dip("publishedOn"), rdf.dip("recordedAt")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Most sources that a view is derived from on demand, most views kept, and seconds to wait for another one's derivation."""

    sources: int = 20_000
    kept: int = 4
    seconds: float = 60.0


def known_at(
    data: Path, snapshot: Snapshot, day: str, *, by: str = "published", bounds: Bounds | None = None, schema: Path = SCHEMA
) -> Snapshot:
    """The view as of a day (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`), open and held: what the sources published by then give.

    `by` "recorded" takes the day on which a source was recorded instead, and only what people had decided by then.
    A source without date of publication counts from its recording on. BadData for what is no date; NotFound where no source
    was known yet; BadQuery names the setting where the record is too large; QueryTimeout where another derivation takes
    too long.
    """
    bounds, last = bounds or Bounds(), _last(day)
    if by not in BASES:
        raise BadQuery(f"a graph is known by {' or '.join(BASES)}, not by {by!r}")
    dates = _dates(snapshot.store, by)
    sources = sorted(name for name, date in dates.items() if date <= last)
    if not sources:
        first = f"the first is of {min(dates.values())}" if dates else "there is none at all"
        raise NotFound(f"no source was {by} by {day}; {first}")
    decided = _decided(snapshot.store, set(sources), last if by == "recorded" else "9999")
    view = entity_view(schema)
    weight = ledger.judged(found.id for found in decided)
    stamp = ledger.Stamp(view.version, ledger.total(snapshot.store, sources, weight))
    if stamp.snapshot == snapshot.id:
        return snapshots.open_snapshot(data, snapshot.id)
    if len(sources) > bounds.sources:
        raise BadQuery(
            f"on {day} {len(sources):,} sources were known, and a view is derived from at most {bounds.sources:,}; "
            "ask for an earlier day, or raise DIPLOGRAPH_KNOWN_AT_SOURCES"
        )
    shelf = Shelf(data / "known", bounds.kept, bounds.seconds)
    return shelf.get(stamp, lambda: _quads(snapshot.store, sources, decided, schema), view)


def _last(day: str) -> str:
    date = PartialDate.parse(day)
    if date.year is None:
        raise BadQuery(f"known_at needs a year: {day!r} has none")
    return f"{date}-99"


def _dates(store: Store, by: str) -> dict[str, str]:
    """Since when each source is known, by its id."""
    quads = list(store.quads_for_pattern(None, _RECORDED, None, rdf.BOOKKEEPING))
    if by == "published":
        quads += [quad for quad in store.quads_for_pattern(None, _PUBLISHED, None, None) if quad.subject == quad.graph_name]
    dates = {rdf.notation(quad.subject): rdf.value(quad.object)[:10] for quad in quads}
    return {name: dates.get(name, "9999") for name in ledger.sources(store)}


def _decided(store: Store, sources: set[str], last: str) -> list[Judgement]:
    return [found for found in judgements.all_of(store) if found.at[:10] <= last and sources.issuperset(found.sources)]


def _quads(store: Store, sources: Sequence[str], decided: Iterable[Judgement], schema: Path) -> Iterator[Quad]:
    """The record of some sources alone: their graphs, what the bookkeeping notes of them, and what people decided."""
    kinds = load_schema(schema).kinds
    judged = {quad for found in decided for quad in judgements.quads(found, kinds)}
    yield from judged
    for name in sources:
        node = source_node(name)
        yield from store.quads_for_pattern(None, None, None, node)
        for quad in store.quads_for_pattern(node, None, None, rdf.BOOKKEEPING):
            if quad.predicate not in _PASSING and (quad in judged or not _names_judgement(quad)):
                yield quad


def _names_judgement(quad: Quad) -> bool:
    return "/judgement/" in rdf.value(quad.object)
