"""What carries on an entity that is shown no more: the one of its class that most of its claims support now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.record import rdf, redirects

_CLAIM = rdf.dip("claim")
_NAMES = (rdf.dip("name"), rdf.dip("alternateName"))
_PERSON, _HAS_PERSON = rdf.dip("Person"), rdf.dip("person")

About = Mapping[NamedNode, set[NamedNode | Literal]]
"""The values of an entity by property."""
Holders = Callable[[NamedNode], Iterable[NamedNode]]
"""The entities that a claim supports."""


def successors(
    gone: Mapping[NamedNode, About], holders: Holders, about: Callable[[NamedNode], About], store: Store
) -> dict[str, str | None]:
    """By IRI what carries on each entity of `gone`; None where no claim of it is told any more."""
    found: dict[str, str | None] = {}
    for node in sorted(gone, key=lambda each: (_PERSON not in gone[each].get(rdf.RDF_TYPE, ()), each.value)):
        people = {found.get(rdf.value(person)) or rdf.value(person) for person in gone[node].get(_HAS_PERSON, ())}
        claims = {rdf.node(claim) for claim in gone[node].get(_CLAIM, ())}
        claims |= {new for claim in claims if (new := redirects.successor(store, claim)) is not None}
        found[node.value] = _successor(gone[node], claims, people, holders, about)
    return found


def in_quads(quads: Iterable[Quad]) -> tuple[Holders, Callable[[NamedNode], About], dict[NamedNode, About]]:
    """Who holds a claim, and what is said of an entity, among the quads of some entities of the view."""
    described = by_subject(quads)
    held: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for node, values in described.items():
        for claim in values.get(_CLAIM, ()):
            held[rdf.node(claim)].append(node)
    return (lambda claim: held.get(claim, ())), (lambda node: described[node]), described


def in_store(store: Store) -> tuple[Holders, Callable[[NamedNode], About]]:
    """The same of a whole view."""

    def holders(claim: NamedNode) -> list[NamedNode]:
        return [rdf.node(quad.subject) for quad in store.quads_for_pattern(None, _CLAIM, claim, rdf.VIEW)]

    return holders, lambda node: by_subject(store.quads_for_pattern(node, None, None, rdf.VIEW))[node]


def by_subject(quads: Iterable[Quad]) -> dict[NamedNode, About]:
    """Values by property of each entity that the default graph speaks of."""
    found: dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if quad.graph_name == rdf.VIEW and isinstance(quad.object, NamedNode | Literal):
            found[rdf.node(quad.subject)][quad.predicate].add(quad.object)
    return {node: dict(values) for node, values in found.items()}


def _successor(
    values: About, claims: set[NamedNode], people: set[str], holders: Holders, about: Callable[[NamedNode], About]
) -> str | None:
    shared: dict[NamedNode, int] = defaultdict(int)
    for claim in claims:
        for node in holders(claim):
            shared[node] += 1
    there = {node: about(node) for node in shared}
    ranked = [
        (-count, -_alike(values, there[node]), node.value)
        for node, count in shared.items()
        if _may_carry(values, there[node], people)
    ]
    return min(ranked)[2] if ranked else None


def _may_carry(old: About, new: About, people: set[str]) -> bool:
    """One of the same class; a person only under a name that both have, and a part in something only of the same person."""
    classes = old.get(rdf.RDF_TYPE, set()) & new.get(rdf.RDF_TYPE, set())
    if _PERSON in classes:
        return bool(_spellings(old) & _spellings(new))
    return bool(classes) and (not people or bool(people & {rdf.value(person) for person in new.get(_HAS_PERSON, ())}))


def _spellings(values: About) -> set[str]:
    return {rdf.value(name) for how in _NAMES for name in values.get(how, ())}


def _alike(old: About, new: About) -> int:
    return sum(len(terms & new.get(how, set())) for how, terms in old.items() if how != _CLAIM)
