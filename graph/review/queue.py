"""What is worth deciding: uncertain pairs, disputed values, unsure claims, violated shapes; what most changes the graph first.

The weight of an entry is its doubt (0 to 1) times log2(1 + reach), the number of claims and other entities that it concerns.
It is made from a snapshot when asked for, and costs one pass over its index.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from graph.errors import BadData
from graph.model import iri
from graph.model.files import SCHEMA
from graph.model.judgements import CLAIMS
from graph.model.terms import load_ontology
from graph.record import judgements, rdf
from graph.record.encode import claim_node
from graph.record.schema import load_schema
from graph.record.snapshots import Snapshot
from graph.record.standing import Standing
from graph.resolution.items import Item, Person
from graph.review.naming import claim_of
from graph.view.index import BLOCK, PERSON, THING, name_of, subject_of
from graph.view.reasons import near, reasons
from graph.view.violations import violations
from graph.view.world import World
from graph.view.writing import entity_view

FILE = "review.toml"
SORTS = ("pair", "dispute", "claim", "violation", "edition")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to decide. `about`: IRIs of what it speaks of; `names`: their labels; `said`: what to know first."""

    sort: str  # of SORTS
    about: tuple[str, ...]
    names: tuple[str, ...]
    said: tuple[str, ...]
    doubt: float
    reach: int
    property_name: str | None = None  # of a dispute: local name in the ontology

    @property
    def weight(self) -> float:
        """How much deciding it may change."""
        return self.doubt * math.log2(1 + self.reach)


@dataclass(frozen=True, slots=True)
class Options:
    """What schema/review.toml says."""

    pair_width: float
    unsure_below: float
    block_most: int


@functools.cache
def load_options(folder: Path = SCHEMA) -> Options:
    """The options of a schema folder; BadData names the file that is malformed."""
    path = folder / FILE
    try:
        return Options(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BadData(f"{path}: {error}") from error


def queue(snapshot: Snapshot, language: str = "fr", sorts: Iterable[str] = SORTS) -> list[Entry]:
    """Everything of these sorts that a person may want to decide, the weightiest first, ties by IRI."""
    review = _Review(snapshot, language)
    found = [entry for sort in sorts for entry in review.entries(sort)]
    return sorted(found, key=lambda entry: (-entry.weight, entry.sort, entry.about))


class _Review:
    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self._snapshot, self._store, self._language = snapshot, snapshot.store, language
        self._resolver, self._options = entity_view().resolver, load_options()
        self._world = World(snapshot.store, load_schema(), self._resolver)

    def entries(self, sort: str) -> Iterator[Entry]:
        """All entries of one sort; BadData where there is none such."""
        found = {
            "pair": self._pairs,
            "dispute": self._disputes,
            "claim": self._claims,
            "violation": self._violations,
            "edition": self._editions,
        }.get(sort)
        if found is None:
            raise BadData(f"there is no sort {sort!r}; choose {', '.join(SORTS)}")
        return found()

    def _pairs(self) -> Iterator[Entry]:
        """Things nearly alike enough to be one, or alike enough and kept apart by a third; nobody said a word on them."""
        blocks: dict[str, set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(None, BLOCK, None, rdf.INDEX):
            blocks[rdf.value(quad.object)].add(subject_of(quad))
        best: dict[tuple[str, str], Entry] = {}
        for block in sorted(block for block, names in blocks.items() if len(names) > 1):
            for entry in self._pairs_in(blocks[block]):
                known = best.get((entry.about[0], entry.about[1]))
                if known is None or known.doubt < entry.doubt:
                    best[entry.about[0], entry.about[1]] = entry
        yield from best.values()

    def _pairs_in(self, names: set[str]) -> Iterator[Entry]:
        first: dict[str, Item] = {}
        for item in sorted((self._world.item(name) for name in names), key=lambda each: each.order):
            entity = self._world.assigned(item.id, PERSON if isinstance(item, Person) else THING)
            if entity is not None and not self._world.faint(entity):
                first.setdefault(entity, item)
        things = sorted(first)[: self._options.block_most]
        for number, one in enumerate(things):
            for other in things[:number]:
                yield from self._pair(other, one, first[other], first[one])

    def _pair(self, one: str, other: str, mine: Item, theirs: Item) -> Iterator[Entry]:
        rule, likeness = self._resolver.rule(mine.kind), near(self._world, self._resolver, mine, theirs)
        if rule is None or likeness is None or likeness.apart or theirs.id in self._world.verdicts.decided(mine):
            return
        doubt = 1 - max(0.0, rule.threshold - likeness.score) / self._options.pair_width
        if doubt > 0:
            said = (f"{likeness.score:g} / {rule.threshold:g}", *likeness.reasons())
            yield self._entry("pair", (one, other), said, doubt, min(self._reach(one), self._reach(other)))

    def _disputes(self) -> Iterator[Entry]:
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(None, rdf.dip("disputes"), None, rdf.VIEW):
            found[rdf.value(quad.subject)].append(rdf.local(rdf.node(quad.object)))
        for entity, names in sorted(found.items()):
            told = {each.name: each.values for each in reasons(self._store, entity).properties}
            for name in sorted(names):
                values = told.get(name, ())
                if len(values) > 1 and not values[0].decided:
                    said = tuple(f"{each.value}: {each.witnesses} ({each.confidence:.2f})" for each in values)
                    doubt = min(1.0, values[1].witnesses * values[1].confidence / (values[0].witnesses * values[0].confidence))
                    yield self._entry("dispute", (entity,), said, doubt, self._reach(entity), name)

    def _claims(self) -> Iterator[Entry]:
        anchors = (anchor for each in judgements.all_of(self._store) if each.verdict in CLAIMS for anchor in each.anchors)
        judged = {self._world.carrying.anchor(anchor, exact=True).key for anchor in anchors}
        standing = Standing(self._store)
        for quad in self._store.quads_for_pattern(None, rdf.dip("confidence"), None, None):
            if quad.graph_name == rdf.VIEW or float(rdf.value(quad.object)) >= self._options.unsure_below:
                continue
            claim = rdf.node(quad.subject)
            if rdf.notation(claim) not in judged and standing.in_force(rdf.notation(quad.graph_name)):
                things = sorted(self._world.supported(rdf.notation(claim)))
                reach = max((self._reach(each) for each in things), default=1)
                sure = float(rdf.value(quad.object))
                yield self._entry("claim", (claim.value,), (f"{sure:.2f}", *self._sentences(claim)), 1 - sure, reach)

    def _violations(self) -> Iterator[Entry]:
        for each in violations(self._snapshot):
            yield self._entry("violation", (each.entity, *each.claims), each.messages, 1.0, len(each.claims))

    def _editions(self) -> Iterator[Entry]:
        """Texts of one address of which no date says which is the newer: the one with the greater id is shown."""
        standing = Standing(self._store)
        for quad in self._store.quads_for_pattern(None, rdf.dip("supersedes"), None, rdf.EDITIONS):
            shown, older = rdf.node(quad.subject), rdf.node(quad.object)
            if rdf.notation(older) in standing.undecided(rdf.notation(shown)):
                yield self._entry("edition", (shown.value, older.value), (), 1.0, self._reach(shown.value))

    def _entry(
        self, sort: str, about: tuple[str, ...], said: tuple[str, ...], doubt: float, reach: int, name: str | None = None
    ) -> Entry:
        return Entry(sort, about, tuple(self._label(each) for each in about), said, round(doubt, 4), reach, name)

    def _sentences(self, claim: NamedNode) -> list[str]:
        evidence = self._store.quads_for_pattern(claim, rdf.dip("evidence"), None, None)
        quotes = (self._store.quads_for_pattern(rdf.node(quad.object), rdf.dip("quote"), None, None) for quad in evidence)
        return sorted(rdf.value(quad.object) for quads in quotes for quad in quads)

    def _label(self, entity: str) -> str:
        if entity.startswith(claim_node("").value):
            return self._said(name_of(entity))
        quads = self._store.quads_for_pattern(NamedNode(entity), rdf.LABEL, None, rdf.VIEW)
        labels = {quad.object.language: quad.object.value for quad in quads if isinstance(quad.object, Literal)}
        return labels.get(self._language) or iri.short(entity)

    def _said(self, key: str) -> str:
        """A claim in short: its class, and the values of its fields."""
        _, claim = claim_of(self._store, key, self._world.kinds)
        kind = self._world.kinds[claim.kind]
        values = [", ".join(value) if isinstance(value, tuple) else str(value) for value in claim.fields.values()]
        return f"{load_ontology().labels(kind.class_name)[self._language]}: {'; '.join(values)}"

    def _reach(self, entity: str) -> int:
        """Claims that support an entity, and triples of the view that name it."""
        return _count(self._store, NamedNode(entity))


def _count(store: Store, node: NamedNode) -> int:
    claims = sum(1 for _ in store.quads_for_pattern(node, rdf.dip("claim"), None, rdf.VIEW))
    return claims + sum(1 for _ in store.quads_for_pattern(None, None, node, rdf.VIEW))
