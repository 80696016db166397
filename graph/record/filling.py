"""Many quads into a store, or out of it, in portions: no transaction, so whoever asks for it marks that it has begun."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Quad, Store

from graph.record import ledger

_PORTION = 250_000  # quads held at once
BULK = 20_000
"""Quads from which on whole files are written, at a third of the cost; no transaction holds them together."""


def fill(store: Store, quads: Iterable[Quad]) -> int:
    """Add quads; returns their number. A crash leaves a part of them."""
    number = 0
    for part in portions(quads, _PORTION):
        number += len(part)
        pour(store, part)
    return number


def pour(store: Store, quads: Sequence[Quad]) -> None:
    """Add quads that are at hand; many of them without a transaction."""
    if len(quads) < BULK:
        store.extend(quads)
    else:
        store.bulk_extend(quads)


def drain(store: Store, quads: Iterable[Quad]) -> None:
    """Remove quads. A crash leaves a part of them."""
    for part in portions(quads, _PORTION // 5):
        ledger.apply(store, part, ())


def portions(quads: Iterable[Quad], size: int) -> Iterator[list[Quad]]:
    """Lists of so many quads each; the last one may be shorter."""
    remaining = iter(quads)
    while part := list(itertools.islice(remaining, size)):
        yield part
