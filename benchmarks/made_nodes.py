"""The nodes of a made world, without its store: those of one copy under other names.

Reading a world of a million claims takes hours where it does not fit into memory; its copies are alike but for names.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from pyoxigraph import Store

from benchmarks.made_world import copies_of, renaming, small_world
from graph.model.iri import ID
from graph.model.terms import load_ontology
from graph.property.nodes import Node, NodeReader, Relationship, place
from graph.release.lines import all_nodes


def made_nodes(claims: int, *, seed: int = 1) -> Iterator[Node]:
    """What a `NodeReader` of `made_world(claims, …)` reads, in another order."""
    small, reference = small_world()
    store = Store()
    store.bulk_extend(chain(small, reference))
    nodes = list(all_nodes(NodeReader(store, load_ontology())))
    kept = {quad.subject.value for quad in reference if hasattr(quad.subject, "value")}
    yield from (node for node in nodes if node.id in kept)
    nodes = [node for node in nodes if node.id not in kept]
    offices: dict[str, Node] = {}  # which copies share: the first's properties stand, and reports add up
    for copy in range(copies_of(claims)):
        rename = renaming(copy, random.Random(f"{seed}/{copy}"))
        for node in nodes:
            named = _renamed(node, rename)
            if node.label != "Office":
                yield named
            else:
                first = offices.setdefault(named.id, named)
                if first is not named:
                    offices[named.id] = _together(first, named)
    yield from offices.values()


def _together(one: Node, other: Node) -> Node:
    """A node that two copies share: each relationship once."""
    known = {(each.type, each.target, str(each.properties)): each for each in (*one.relationships, *other.relationships)}
    return replace(one, relationships=tuple(sorted(known.values(), key=place)))


def _renamed(node: Node, rename: Callable[[str], str]) -> Node:
    going = [
        Relationship(each.type, rename(each.target), each.target_label, _properties(each.properties, rename))
        for each in node.relationships
    ]
    return Node(node.label, rename(node.id), node.properties, tuple(sorted(going, key=place)))


def _properties(properties: Any, rename: Callable[[str], str]) -> Any:
    if not properties:
        return properties
    renamed = dict(properties)
    if "claim" in renamed:
        renamed["claim"] = rename(renamed["claim"])
    if "tells" in renamed:
        renamed["tells"] = sorted(_told(each, rename) for each in renamed["tells"])
    return renamed


def _told(said: str, rename: Callable[[str], str]) -> str:
    """`party=MAR` under the name that the copy gives Morocco; other values are the same in all copies."""
    name, _, value = said.partition("=")
    if len(value) == 3 and value.isupper():
        return f"{name}={rename(f'{ID}state/{value}').removeprefix(f'{ID}state/')}"
    return said
