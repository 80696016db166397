"""From what people write to what they mean: sources, claims, things and persons of a store."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Store

from graph.errors import NotFound, UnknownTerm
from graph.model import iri
from graph.model.claims import Claim
from graph.model.judgements import Anchor, anchor_of
from graph.model.kinds import Kinds
from graph.record import ledger, rdf
from graph.record.decode import claim_in, one_claim
from graph.record.encode import claim_node
from graph.resolution.items import mentions
from graph.view.index import PERSON, THING, name_of, subject_of
from graph.view.thing import part_key

_HEX = re.compile(r"[0-9a-f]+\Z")
_SHORTEST = 6


def sources_named(store: Store, name: str) -> list[str]:
    """Ids of the recorded sources that an id, its beginning, or an address means; NotFound, or UnknownTerm where it is vague.

    An address means every text that was ever recorded under it.
    """
    key = name.removeprefix(iri.ID).removeprefix("source/")
    if _HEX.match(key) and len(key) >= _SHORTEST:
        found = sorted(source for source in ledger.sources(store) if source.startswith(key))
        if len(found) > 1:
            raise UnknownTerm(
                f"{len(found)} sources begin with {key}; write more of the id: {', '.join(each[:16] for each in found[:5])}"
            )
    else:
        quads = store.quads_for_pattern(None, rdf.dip("url"), Literal(name), None)
        found = sorted({rdf.notation(quad.subject) for quad in quads if quad.subject == quad.graph_name})
    if not found:
        raise NotFound(f"the record has no source {name!r}; name it by its id, the beginning of that, its address or its file")
    return found


def claim_of(store: Store, key: str, kinds: Kinds) -> tuple[str, Claim]:
    """Source and content, as read, of a claim by its 32 hex digits; NotFound where the record has none."""
    graph = one_claim(store, claim_node(key))
    about = graph.node(claim_node(key).value)
    if "source" not in about:
        raise NotFound(f"the record has no claim {key}")
    return rdf.notation(about["source"][0]), claim_in(graph, claim_node(key).value, kinds)[1]


def anchor(store: Store, name: str, kinds: Kinds) -> Anchor:
    """What the id of a claim, mention, thing or person stands for: its content; a thing is meant by its founding claim."""
    node = iri.full(name)
    try:
        NamedNode(node)
    except ValueError as error:
        raise NotFound(f"{name!r} is no id of a claim, person or fact") from error
    if node.startswith(iri.ID + "claim/"):
        key, _, mention = name_of(node).partition("#")
        source, claim = claim_of(store, key, kinds)
        return anchor_of(source, claim, _spelling(key, claim, f"{key}#{mention}", kinds) if mention else None)
    if node.startswith(iri.ID + "person/"):
        return _of_person(store, node, kinds)
    found = sorted(subject_of(quad) for quad in store.quads_for_pattern(None, THING, NamedNode(node), rdf.INDEX))
    if not found:
        raise NotFound(f"{iri.short(node)} is no claim, person or fact of the graph that could be decided on")
    key = next((each for each in found if each.startswith(node.rsplit("/", 1)[-1])), found[0])
    source, claim = claim_of(store, key, kinds)
    return anchor_of(source, claim)


def _of_person(store: Store, node: str, kinds: Kinds) -> Anchor:
    quads = store.quads_for_pattern(None, PERSON, NamedNode(node), rdf.INDEX)
    found = sorted(subject_of(quad) for quad in quads)
    if not found:
        raise NotFound(f"{iri.short(node)} is nobody in the graph")
    founding = next((each for each in found if node == iri.entity("person", part_key(each))), found[0])
    key = founding.split("#")[0]
    source, claim = claim_of(store, key, kinds)
    return anchor_of(source, claim, _spelling(key, claim, founding, kinds))


def _spelling(key: str, claim: Claim, mention: str, kinds: Kinds) -> str:
    found = next((spelling for spelling, name in mentions(key, claim, kinds[claim.kind]) if name == mention), None)
    if found is None:
        raise NotFound(f"claim/{key} names nobody as {mention.partition('#')[2]}")
    return found
