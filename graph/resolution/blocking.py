"""Which items are compared at all: those that share a key."""

from __future__ import annotations

from itertools import combinations

from graph.resolution.items import Item, Person
from graph.resolution.names import Names
from graph.resolution.rules import Rule


def keys(item: Item, rule: Rule, names: Names, single_offices: frozenset[str]) -> tuple[str, ...]:
    """The blocks of an item, sorted; two items of no common block are never one thing."""
    if isinstance(item, Person):
        held = {f"person|{kind}|{agent}" for kind, agent in item.offices if kind in single_offices}
        return tuple(sorted({f"person|{names.key(item.name)}"} | held))
    if item.kind == "meeting":
        families = sorted({names.key(names.fold(name)) for name in item.texts("participants")})
        return tuple(f"meeting|{one}|{other}" for one, other in combinations(families, 2)) or (f"meeting|{'|'.join(families)}",)
    parts = ["+".join(sorted(item.texts(field))) for field in rule.block]
    return ("|".join([item.kind, *parts]),)
