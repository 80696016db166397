"""One change of the record as one transaction: what is written, what enters or leaves the index, what to look at again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import NamedNode, Quad, Store

from graph.model.claims import Claim, SourceClaims
from graph.model.judgements import SOURCES, Judgement, anchor_of
from graph.record import judgements, ledger, log, rdf, redirects
from graph.record.anchoring import Keyed, anchored, restated
from graph.record.carrying import Carrying
from graph.record.decode import claims_in, described
from graph.record.encode import claim_node, quads, source_node
from graph.record.filling import BULK, drain, pour
from graph.record.rdf import notation
from graph.record.schema import Schema
from graph.record.standing import Standing
from graph.record.wording import noted, noted_of


@dataclass(frozen=True, slots=True)
class Side:
    """A source in force before or after a change: what people decided on it, and its claims where they are not as recorded."""

    judgements: Sequence[Judgement]
    told: SourceClaims | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """Quads of the index to remove and add, and the items (keys of claims, ids of mentions) to be looked at again."""

    remove: set[Quad] = field(default_factory=set)
    add: set[Quad] = field(default_factory=set)
    stirred: set[str] = field(default_factory=set)


class Amending(Protocol):
    """What `graph.record.viewing.View` offers to a change."""

    def amend(self, store: Store, source: str, before: Side | None, after: Side | None, unsettled: Collection[str]) -> Amended:
        """What a change of a source's standing, judgements or claims (None: not in force) means for the index."""


@dataclass(slots=True)
class Change:
    """What is to change at once: sources recorded now, sources read again, judgements made and undone, and the log's entry."""

    fresh: Mapping[str, SourceClaims] = field(default_factory=dict)
    reread: Mapping[str, SourceClaims] = field(default_factory=dict)
    more: Sequence[Judgement] = ()
    less: Sequence[Judgement] = ()
    entry: log.Entry | None = None


class Staging:
    """Prepares a change against a store, then writes it in one transaction."""

    def __init__(self, store: Store, schema: Schema, view: Amending, change: Change, now: str) -> None:
        self._store, self._schema, self._view, self._change, self._now = store, schema, view, change, now
        self._before = Standing(store)
        fresh = {name: told.source for name, told in change.fresh.items()}
        self._after = Standing(store, fresh, change.more, (each.id for each in change.less))
        self._said_before = Carrying(self._before, self._claims, schema.kinds)
        self._said_after = Carrying(self._after, self._claims_after, schema.kinds)
        self._remove: set[Quad] = set()
        self._add: list[Quad] = []
        self._body: list[Quad] = []  # what nothing else in the store speaks of before the rest is written

    def write(self) -> None:
        """Write the change, or nothing of it."""
        affected = self._affected()
        unsettled = {name for name in affected if name not in self._change.fresh}
        for name in affected:
            self._amend(name, unsettled)
        for name, told in self._change.fresh.items():
            found = quads(told, self._schema)
            self._add += ledger.received(name, ledger.content_digest(found), self._now)
            self._body += [*found, *noted(name, told.source.text)]
        for name, told in self._change.reread.items():
            self._reread(name, told)
        self._judge()
        if self._change.entry is not None:
            self._add.append(log.quad(self._change.entry))
        if len(self._body) < BULK:
            self._add += self._body
        else:
            self._remove |= self._pour()
        if self._remove:
            ledger.apply(self._store, self._remove, self._add)
        elif self._add:
            self._store.extend(self._add)
        self._store.flush()

    def _pour(self) -> set[Quad]:
        """Write the many quads of new sources before the transaction that makes them known; returns the marks to remove in it.

        A process that dies between the two leaves the marks, by which the next one clears away what it finds (`mended`).
        """
        marks = ledger.begun(self._change.fresh)
        self._store.extend(marks)
        self._store.flush()
        pour(self._store, self._body)
        return marks

    def _affected(self) -> list[str]:
        """Sources whose standing, judgements or claims may change: those spoken of, and others of their addresses."""
        judged = (name for each in (*self._change.more, *self._change.less) for name in each.sources)
        named = {*self._change.fresh, *self._change.reread, *(name for name in judged if self._recorded(name))}
        editions = (each.source for name in named for side in (self._before, self._after) for each in side.editions(name))
        return sorted(named | {name for name in editions if self._recorded(name)})

    def _recorded(self, name: str) -> bool:
        return name in self._change.fresh or ledger.known(self._store, name)

    def _amend(self, name: str, unsettled: Collection[str]) -> None:
        known = name not in self._change.fresh
        before = Side(self._said_before.judgements(name)) if known and self._before.in_force(name) else None
        told = self._change.fresh.get(name) or self._change.reread.get(name)
        after = Side(self._said_after.judgements(name), told) if self._after.in_force(name) else None
        if before != after:
            amended = self._view.amend(self._store, name, before, after, unsettled)
            self._remove |= amended.remove
            (self._add if known else self._body).extend(amended.add)
            self._add += ledger.stirred(claim_node(item).value for item in amended.stirred)
        if known and before is not None and after is None:
            self._hand_over(name)
        elif known and after is not None and before is None:
            nodes = (claim_node(key).value for key, _ in claims_of(self._store, name, self._schema))
            self._remove |= redirects.said_of(self._store, nodes)
        if known and (before != after or name in self._change.reread or name in self._standing_judged()):
            self._add += ledger.amended(self._store, name)

    def _claims(self, name: str) -> Keyed:
        return claims_of(self._store, name, self._schema)

    def _claims_after(self, name: str) -> Keyed:
        told = self._change.fresh.get(name) or self._change.reread.get(name)
        return self._claims(name) if told is None else keyed(told)

    def _hand_over(self, name: str) -> None:
        """Claims of a text that is shown no more lead to those of the text of its address that is, where they say the same."""
        newest = [each.source for each in self._after.ranked(self._after.editions(name))[:1] if each.source != name]
        for shown in newest:
            claims = self._claims_after(shown)
            for key, claim in self._claims(name):
                other = restated(claim, claims, self._schema.kinds)
                if other is not None:
                    self._add.append(redirects.redirect(claim_node(key), claim_node(other)))

    def _standing_judged(self) -> set[str]:
        """Sources whose place among the texts of their address may be another now, even if they are not shown."""
        found = (each for each in (*self._change.more, *self._change.less) if each.verdict in SOURCES)
        return {name for each in found for name in each.sources}

    def _reread(self, name: str, told: SourceClaims) -> None:
        node, found = source_node(name), set(quads(told, self._schema))
        there = set(self._store.quads_for_pattern(None, None, None, node))
        self._remove |= there - found
        self._add += [*(found - there), ledger.digested(name, ledger.content_digest(found))]
        self._remove.add(ledger.digested(name, ledger.digest_of(self._store, name)))
        self._redirect(name, told)

    def _redirect(self, name: str, told: SourceClaims) -> None:
        """Claims that are told no more lead to the ones that say the same in other words."""
        after = keyed(told)
        keys = {key for key, _ in after}
        for key, claim in claims_of(self._store, name, self._schema):
            if key not in keys:
                new = anchored(anchor_of(name, claim), after, self._schema.kinds, exact=False)
                leads = {claim_node(key).value: None if new is None else claim_node(new).value}
                self._add += redirects.redirects(leads)
        self._remove |= redirects.said_of(self._store, (claim_node(key).value for key in keys))

    def _judge(self) -> None:
        for judgement in self._change.more:
            self._add += judgements.quads(judgement, self._schema.kinds)
            self._count(judgement, more=True)
        for judgement in self._change.less:
            self._remove |= judgements.quads(judgement, self._schema.kinds)
            self._count(judgement, more=False)

    def _count(self, judgement: Judgement, *, more: bool) -> None:
        node = judgements.node(judgement.id)
        opposite = ledger.counted(node, more=not more)
        if opposite in self._store:
            self._remove.add(opposite)
        else:
            self._add.append(ledger.counted(node, more=more))


def mended(store: Store) -> None:
    """Clear away what a process left that died while it wrote many new sources; the view and the index are made anew then."""
    marks = set(store.quads_for_pattern(None, ledger.BEGUN, None, rdf.BOOKKEEPING))
    if marks:
        ledger.apply(store, ledger.indexed(store), {ledger.REBUILDING})
        for mark in marks:
            node = rdf.node(mark.subject)
            drain(store, store.quads_for_pattern(None, None, None, node))
            drain(store, noted_of(store, rdf.notation(node)))
        ledger.apply(store, marks, ())


def keyed(told: SourceClaims) -> list[tuple[str, Claim]]:
    """Keys and content of the claims of a source."""
    return [(claim.key(told.source.id), claim) for claim in told.claims]


def claims_of(store: Store, name: str, schema: Schema) -> list[tuple[str, Claim]]:
    """Keys and content of a recorded source's claims, in reading order."""
    return [(notation(NamedNode(node)), claim) for node, claim in claims_in(described(store, name), schema.kinds)]
