"""What many sources say of one person or office, put together: read at once, where each claim by itself would be asked for.

A sheet holds nothing that the index does not say elsewhere. It lies in pages, by source, so that one more source writes one of
them. What changed since the sheet was written is noted as stirred, and is read from its own entry instead.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.claims import Claim
from graph.record import rdf
from graph.resolution.items import Person, person_from, profile
from graph.resolution.names import Names
from graph.view.supports import Support

SHEET = rdf.book("sheet")
_LARGE = 1_000  # claims from which on a sheet has 256 pages, not 16


@dataclass(slots=True)
class Sheet:
    """Persons as sources name them, and claims as far as persons, tenures and offices are made of them (`light`)."""

    people: dict[str, Person] = field(default_factory=dict)
    claims: dict[str, Support] = field(default_factory=dict)

    def quads(self, entity: str) -> Iterator[Quad]:
        """The sheet of an entity in the index."""
        digits = 1 if len(self.claims) < _LARGE else 2
        people, claims = defaultdict[str, dict[str, Any]](dict), defaultdict[str, dict[str, Any]](dict)
        for person in self.people.values():
            people[person.source[:digits]][person.id] = profile(person)
        for support in self.claims.values():
            claims[support.source[:digits]][support.key] = _row(support)
        for page in sorted({*people, *claims}):
            content = {"people": people[page], "claims": claims[page]}
            yield Quad(NamedNode(entity), SHEET, Literal(json.dumps(content, ensure_ascii=False, sort_keys=True)), rdf.INDEX)


def read_sheet(store: Store, entity: str, names: Names) -> Sheet:
    """The sheet of an entity; empty where it has none."""
    sheet = Sheet()
    for quad in store.quads_for_pattern(NamedNode(entity), SHEET, None, rdf.INDEX):
        content = json.loads(rdf.value(quad.object))
        sheet.people.update((name, person_from(about, names)) for name, about in content["people"].items())
        sheet.claims.update((key, _support(key, *row)) for key, row in content["claims"].items())
    return sheet


def light(support: Support) -> Support:
    """A claim without what only facts are made of; its text's wording stands for equal ones alone."""
    claim = support.claim
    fields = {name: claim.fields[name] for name in ("office", "of") if name in claim.fields}
    worded = hashlib.sha256(support.wording.encode()).hexdigest()[:16] if support.wording else ""
    return _support(support.key, claim.kind, fields, claim.confidence, support.source, support.published, worded)


def _row(support: Support) -> Sequence[Any]:
    claim = support.claim
    return [claim.kind, dict(claim.fields), claim.confidence, support.source, support.published, support.wording]


def _support(
    key: str, kind: str, fields: Mapping[str, Any], confidence: float, source: str, published: str, worded: str
) -> Support:
    return Support(key, Claim(kind, fields, (), confidence, ""), source, published, None, (), (), wording=worded)


def sheet_of(people: Iterable[Person], claims: Iterable[Support]) -> Sheet:
    """The sheet of these persons and light claims."""
    return Sheet({person.id: person for person in people}, {support.key: support for support in claims})
