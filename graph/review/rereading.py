"""What today's rules read in a stored text, beside what the record holds of it: gained, lost and changed claims, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from graph.errors import BadSource
from graph.model.claims import Claim, Source, SourceClaims
from graph.model.judgements import anchor_of
from graph.record import decode, ledger, texts
from graph.record.anchoring import anchored
from graph.record.checking import trimmed
from graph.record.schema import Schema
from graph.record.staging import claims_of
from graph.record.standing import Standing

Read = Callable[[Iterable[Source]], Iterator[SourceClaims | BadSource]]
"""Reads sources in order, in one process or several; what fails comes as a BadSource in its place."""

_RULES = "rules"


@dataclass(frozen=True, slots=True)
class Altered:
    """A claim that is read otherwise now: what stands in the record, what is read, and the names of what differs."""

    before: Claim
    after: Claim
    differs: tuple[str, ...]  # fields, and: evidence, confidence, rule, reasons, links


@dataclass(frozen=True, slots=True)
class Difference:
    """What reading a source again gives: claims it did not have, claims it has no more, claims that differ."""

    source: str
    title: str
    gained: tuple[Claim, ...] = ()
    lost: tuple[Claim, ...] = ()
    altered: tuple[Altered, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.gained or self.lost or self.altered)


def readable(store: Store, data: Path, names: Sequence[str], *, others: bool = False) -> Iterator[Source]:
    """The recorded articles of these ids (none: all) that are not withdrawn, with their texts.

    Those of which another reader than the rules said something are left out unless `others`: the rules alone would lose it.
    """
    standing = Standing(store)
    for name in names or sorted(ledger.sources(store)):
        source = decode.source(store, name)
        if source.kind == "article" and standing.withdrawal(name) is None and (others or _by_rules(store, name)):
            yield decode.source(store, name, texts.text_of(data, name))


def difference(store: Store, told: SourceClaims, schema: Schema) -> Difference:
    """What a source that was read again says otherwise than the record."""
    name, told = told.source.id, trimmed(told)
    before, after = dict(claims_of(store, name, schema)), {claim.key(name): claim for claim in told.claims}
    altered = [
        Altered(before[key], after[key], found)
        for key in before
        if key in after and (found := differing(before[key], after[key]))
    ]
    fresh = [(key, claim) for key, claim in after.items() if key not in before]
    lost = []
    for key, claim in before.items():
        if key not in after:
            match = anchored(anchor_of(name, claim), fresh, schema.kinds, exact=False)
            if match is None:
                lost.append(claim)
            else:
                altered.append(Altered(claim, after[match], differing(claim, after[match])))
                fresh = [(other, each) for other, each in fresh if other != match]
    title = told.source.title or told.source.url or name[:12]
    return Difference(name, title, tuple(claim for _, claim in fresh), tuple(lost), tuple(altered))


def differing(before: Claim, after: Claim) -> tuple[str, ...]:
    """The names of the fields and parts in which two readings of one claim differ."""
    names = sorted({*before.fields, *after.fields})
    found = [name for name in names if before.fields.get(name) != after.fields.get(name)]
    parts = ("evidence", "confidence", "rule", "reader", "reasons")
    return (*found, *(part for part in parts if getattr(before, part) != getattr(after, part)))


def _by_rules(store: Store, name: str) -> bool:
    graph = decode.described(store, name)
    readers = {decode.first(graph.node(node), "reader") for node in graph.of_class("Claim")}
    return readers <= {_RULES}
