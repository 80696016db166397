"""What each source says of a person or a tenure that several tell of, a row a source: read at once where it is built anew.

A row holds nothing that the index does not say elsewhere, but there it lies in as many places as there are claims and mentions.
One source more or less writes one row. What a crowd tells of has a sheet instead (`graph.view.sheets`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.kinds import Kinds
from graph.record import rdf
from graph.resolution.items import Person, person_from, profile
from graph.resolution.names import Names
from graph.view.sheets import told_by
from graph.view.supports import Support, support_from, told_as
from graph.view.tally import Saying

ROW = rdf.book("row")
SEVERAL = 5
"""Sources from which on there are rows."""


def rows_of(entity: str, people: Iterable[Person], claims: Iterable[Support]) -> set[Quad]:
    """The rows of an entity as the index has them; none where few sources tell of it."""
    told = told_by(people, claims)
    if len(told) < SEVERAL:
        return set()
    node = NamedNode(entity)
    return {Quad(node, ROW, Literal(_written(each.people, each.claims.values())), rdf.INDEX) for each in told.values()}


def stored_rows(store: Store, entity: str, kinds: Kinds, names: Names) -> Iterator[Saying]:
    """The rows that an entity has: what each source says, with whole claims."""
    for quad in store.quads_for_pattern(NamedNode(entity), ROW, None, rdf.INDEX):
        about = json.loads(rdf.value(quad.object))
        found = (support_from(key, told, kinds) for key, told in about["claims"].items())
        claims = {claim.key: claim.worded(about["wording"]) for claim in found}
        yield Saying([person_from(person, names) for person in about["people"]], claims)


def _written(people: Iterable[Person], claims: Iterable[Support]) -> str:
    found = sorted(claims, key=lambda claim: claim.key)
    content = {
        "wording": found[0].wording,
        "people": [profile(person) for person in sorted(people, key=lambda item: item.order)],
        "claims": {claim.key: told_as(claim) for claim in found},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
