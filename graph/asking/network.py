"""The data of a network view: facts and what they tie together.

One node an event, never a clique of pairs. Each tie names the fact whose evidence says so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.asking.ask import AsyncCypherReader, CypherReader
from graph.model.iri import full
from graph.model.kinds import load_kinds

_QUERIES = Path(__file__).with_name("network_queries")
NEIGHBOURS = ("State", "Organisation", "Person", "Office", "Accord", "Commission", "Session")
LASTING = NEIGHBOURS[:4]  # what does not begin or end


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the view: a fact, or what a fact ties. `confidence` and `disputed` are of facts."""

    iri: str
    kind: str
    labels: Mapping[str, str]
    date: str | None = None
    sources: int = 0
    confidence: float | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship that starts at a fact; its evidence is the fact's."""

    fact: str
    type: str
    other: str

    @property
    def id(self) -> str:
        """The same for the same tie in every view."""
        return f"{self.fact} {self.type} {self.other}"


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and ties in a fixed order; `truncated` facts were left out, `centre` is an IRI or None for the whole graph."""

    centre: str | None
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    truncated: int


def network(
    graph: CypherReader, centre: str | None = None, limit: int = 300, seconds: float | None = None, as_of: str = ""
) -> Network:
    """The network around an entity (short id or IRI), or of the whole graph: at most `limit` nodes, surest facts first.

    With `as_of` (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`), of the facts that may hold on that day.
    """
    name, parameters = _asked(centre, limit, as_of)
    ties = graph.look_up(query_text(f"{name}.cypher"), parameters, seconds=seconds)
    facts = graph.look_up(query_text(f"{name}_count.cypher"), parameters, seconds=seconds)
    return assembled(ties.dictionaries(), int(facts.single() or 0), centre, limit)


async def network_async(
    graph: AsyncCypherReader, centre: str | None = None, limit: int = 300, seconds: float | None = None, as_of: str = ""
) -> Network:
    """`network` without blocking."""
    name, parameters = _asked(centre, limit, as_of)
    ties = await graph.look_up(query_text(f"{name}.cypher"), parameters, seconds=seconds)
    facts = await graph.look_up(query_text(f"{name}_count.cypher"), parameters, seconds=seconds)
    return assembled(ties.dictionaries(), int(facts.single() or 0), centre, limit)


def _asked(centre: str | None, limit: int, as_of: str) -> tuple[str, dict[str, Any]]:
    parameters = {"kinds": fact_classes(), "neighbours": list(NEIGHBOURS), "lasting": list(LASTING), "most": limit}
    parameters["as_of"] = as_of
    return ("whole", parameters) if centre is None else ("around", {**parameters, "centre": full(centre)})


def fact_classes() -> list[str]:
    """The classes whose members are the facts of a network."""
    return sorted({kind.class_name for kind in load_kinds()} | {"Session"})


@functools.cache
def query_text(file: str) -> str:
    """The text of a query of networks."""
    return (_QUERIES / file).read_text(encoding="utf-8")


def assembled(rows: Iterable[dict[str, Any]], facts: int, centre: str | None, limit: int) -> Network:
    """Take whole facts, in the order of the rows, as long as they fit with all that they tie; `facts`: of how many."""
    by_fact: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_fact.setdefault(row["fact"], []).append(row)
    nodes: dict[str, Node] = {}
    ties: list[Tie] = []
    shown = 0
    for fact, rows in by_fact.items():
        new = {node.iri: node for row in rows for node in (_fact(row), _other(row))}
        if len(nodes.keys() | new.keys()) > limit:
            continue
        nodes = {**new, **nodes} | {fact: new[fact]}  # a fact met before as another's neighbour is now known in full
        ties += [Tie(fact, row["tie"], row["other"]) for row in rows]
        shown += 1
    ordered = tuple(nodes[iri] for iri in sorted(nodes))
    left_out = max(0, facts - shown)
    return Network(centre and full(centre), ordered, tuple(sorted(ties, key=lambda tie: tie.id)), left_out)


def _fact(row: Mapping[str, Any]) -> Node:
    labels = {"fr": row["fact_fr"] or row["fact"], "en": row["fact_en"] or row["fact"]}
    disputed = bool(row["disputes"])
    return Node(row["fact"], row["kind"], labels, row["date"], row["sources"], float(row["confidence"]), disputed)


def _other(row: Mapping[str, Any]) -> Node:
    return Node(row["other"], row["other_kind"], {"fr": row["other_fr"] or row["other"], "en": row["other_en"] or row["other"]})
