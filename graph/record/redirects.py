"""Where an earlier id leads: to what carries it on today, or nowhere any more, and why.

Redirects tell of history, so they lie in a graph of their own, `id/redirects`, which is no part of the canonical export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from graph.model import iri
from graph.record import ledger, rdf
from graph.record.encode import source_node
from graph.record.standing import Standing

_TO, _GONE = rdf.dip("replacedBy"), rdf.book("gone")


@dataclass(frozen=True, slots=True)
class New:
    """The IRI that carries on what was asked for: HTTP 301."""

    iri: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What was asked for is no longer shown, and nothing carries it on: HTTP 410. `reason` is a sentence."""

    reason: str


def moved(store: Store, name: str) -> New | Gone | None:
    """What became of an id, short or full: None where the view shows it, or where nobody ever knew it."""
    try:
        node = NamedNode(iri.full(name))
    except ValueError:  # no address can be made of it, so nobody ever knew it
        return None
    if _shown(store, node):
        return None
    if node.value.startswith(iri.ID + "source/"):
        return _source(store, rdf.notation(node))
    if node.value.startswith(iri.ID + "claim/"):
        return _claim(store, node)
    return _followed(store, node)


def redirects(removed: Mapping[str, str | None]) -> set[Quad]:
    """The quads that say where entities lead that are shown no more; None: nowhere."""
    found = set()
    for old, new in removed.items():
        node = NamedNode(old)
        found.add(Quad(node, _GONE, rdf.text("true"), rdf.REDIRECTS) if new is None else redirect(node, NamedNode(new)))
    return found


def redirect(old: NamedNode, new: NamedNode) -> Quad:
    """One id leads to another."""
    return Quad(old, _TO, new, rdf.REDIRECTS)


def said_of(store: Store, names: Iterable[str]) -> set[Quad]:
    """What is said of where these ids lead: to be removed when they are shown again or lead elsewhere."""
    return {quad for name in names for quad in store.quads_for_pattern(NamedNode(name), None, None, rdf.REDIRECTS)}


def successor(store: Store, node: NamedNode) -> NamedNode | None:
    """What an id leads to in one step."""
    found = next(store.quads_for_pattern(node, _TO, None, rdf.REDIRECTS), None)
    return None if found is None else rdf.node(found.object)


def _followed(store: Store, node: NamedNode) -> New | Gone | None:
    known = next(store.quads_for_pattern(node, None, None, rdf.REDIRECTS), None) is not None
    seen: set[NamedNode] = set()
    at: NamedNode | None = node
    while at is not None and at not in seen:
        seen.add(at)
        at = successor(store, at)
        if at is not None and _shown(store, at):
            return New(at.value)
    return Gone("no source that is in force tells of it any more") if known else None


def _source(store: Store, source: str) -> New | Gone | None:
    if not ledger.known(store, source):
        return None
    standing = Standing(store)
    withdrawal = standing.withdrawal(source)
    if withdrawal is not None:
        return Gone(
            f"the source was withdrawn on {withdrawal.at[:10]}" + (f": {withdrawal.reason}" if withdrawal.reason else "")
        )
    newest = standing.newest(source)
    return None if newest == source else New(source_node(newest).value)


def _claim(store: Store, node: NamedNode) -> New | Gone | None:
    told_by = next(store.quads_for_pattern(node, rdf.dip("source"), None, None), None)
    if told_by is not None:
        found = _source(store, rdf.notation(told_by.object))
        return found if isinstance(found, Gone) else None  # a claim of a superseded text can still be read
    at = successor(store, node)
    seen = {node}
    while at is not None and at not in seen:
        if next(store.quads_for_pattern(at, rdf.dip("source"), None, None), None) is not None:
            return New(at.value)
        seen.add(at)
        at = successor(store, at)
    known = next(store.quads_for_pattern(node, None, None, rdf.REDIRECTS), None) is not None
    return Gone("its source was read again and says this no more") if known else None


def _shown(store: Store, node: NamedNode) -> bool:
    return next(store.quads_for_pattern(node, None, None, rdf.VIEW), None) is not None
