"""Many quads into a store, or out of it, in portions: no transaction, so whoever asks for it marks that it has begun."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, Store

from graph.record import ledger

_PORTION = 250_000  # quads held at once
_BULK = 50_000  # quads from which on whole files are written, at a third of the cost


def fill(store: Store, quads: Iterable[Quad]) -> int:
    """Add quads; returns their number. A crash leaves a part of them."""
    number = 0
    for part in portions(quads, _PORTION):
        number += len(part)
        if len(part) < _BULK:
            store.extend(part)
        else:
            store.bulk_extend(part)
    return number


def drain(store: Store, quads: Iterable[Quad]) -> None:
    """Remove quads. A crash leaves a part of them."""
    for part in portions(quads, _PORTION // 5):
        ledger.apply(store, part, ())


def portions(quads: Iterable[Quad], size: int) -> Iterator[list[Quad]]:
    """Lists of so many quads each; the last one may be shorter."""
    remaining = iter(quads)
    while part := list(itertools.islice(remaining, size)):
        yield part
