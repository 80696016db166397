"""Where an address leads that the view does not show: to what carries it on (301), or nowhere any more (410)."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.errors import DiplomacyError, NotFound
from graph.model import iri
from graph.record.redirects import Gone, New, moved


class MovedTo(Exception):
    """What was asked for is carried on by another thing: answered with 301."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} is {new} now")
        self.old, self.new = old, new


class NoLongerShown(DiplomacyError):
    """What was asked for was known, and is withdrawn: answered with 410."""


def missing(store: Store, short_id: str) -> NotFound:
    """The error for an id that the view does not show, where it never did; raises MovedTo or NoLongerShown where it did."""
    found = moved(store, short_id)
    if isinstance(found, New):
        raise MovedTo(short_id, iri.short(found.iri))
    if isinstance(found, Gone):
        raise NoLongerShown(f"{short_id} is no longer shown: {found.reason}")
    return NotFound(f"the graph holds nothing under {short_id}")


def require(store: Store, short_id: str) -> None:
    """Raise what `missing` gives where neither the view nor the record has anything under an id.

    It is asked before reading: an error raised while reading would keep the reader's iterators beyond their thread.
    """
    try:
        node = NamedNode(iri.full(short_id))
    except ValueError:
        raise missing(store, short_id) from None
    where = None if short_id.startswith(("claim/", "evidence/")) else DefaultGraph()
    known = next(store.quads_for_pattern(node, None, None, where), None) is not None
    if not known:
        raise missing(store, short_id)
