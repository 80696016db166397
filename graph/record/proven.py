"""What the shapes said of a sort of entity, kept in the bookkeeping: a process that derives a little need not ask again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.record import rdf

_SAID = rdf.book("said")


class Proven:
    """The verdicts that a store keeps, found by pattern; `added` and `gone` are quads to write with what was derived."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.added: set[Quad] = set()
        self.gone: set[Quad] = set()

    def get(self, pattern: object, by: str) -> tuple[str, ...] | None:
        """The messages (none: it conforms) that these shapes gave; None where they were not asked."""
        for quad in self._store.quads_for_pattern(_node(pattern), _SAID, None, rdf.BOOKKEEPING):
            about = json.loads(rdf.value(quad.object))
            if about["by"] == by:
                return tuple(about["messages"])
            self.gone.add(quad)
        return None

    def put(self, pattern: object, by: str, messages: Sequence[str]) -> None:
        """Keep what was said."""
        about = json.dumps({"by": by, "messages": list(messages)}, ensure_ascii=False, sort_keys=True)
        self.added.add(Quad(_node(pattern), _SAID, Literal(about), rdf.BOOKKEEPING))


def _node(pattern: object) -> NamedNode:
    return rdf.book(f"pattern-{hashlib.sha256(repr(pattern).encode()).hexdigest()[:32]}")
