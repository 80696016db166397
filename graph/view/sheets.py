"""What many sources say of one person or office, put together: read at once, where each claim by itself would be asked for.

A sheet holds nothing that the index does not say elsewhere: a tally of all, and pages, by source, so that one more source reads
and writes one of them. What changed since the sheet was written is noted as stirred, and is read from its own entry instead.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.claims import Claim
from graph.record import rdf
from graph.resolution.items import Person, person_from, profile
from graph.resolution.names import Names
from graph.view.supports import Support
from graph.view.tally import Saying, Tally, read_tally

SHEET = rdf.book("sheet")
_SIZES = (300, 5_000)  # sources from which on a sheet has 256 pages, not 16; and 4,096
_HEX = "0123456789abcdef"

Page = dict[str, Saying]
"""What sources say, by source."""


def digits_of(tally: Tally) -> int:
    """How many digits of a source's id name its page."""
    return 1 + sum(tally.sources >= size for size in _SIZES)


def tally_quad(entity: str, tally: Tally) -> Quad:
    """The tally of an entity in the index."""
    return Quad(NamedNode(entity), SHEET, Literal(tally.written()), rdf.INDEX)


def tally_of(store: Store, entity: str) -> Tally | None:
    """The tally of an entity; None where it has no sheet."""
    found = next(store.quads_for_pattern(NamedNode(entity), SHEET, None, rdf.INDEX), None)
    return None if found is None else read_tally(rdf.value(found.object))


def pages_of(told: Mapping[str, Saying], digits: int) -> dict[str, Page]:
    """What sources say, in pages."""
    pages: dict[str, Page] = defaultdict(dict)
    for source, found in told.items():
        pages[source[:digits]][source] = found
    return pages


def page_quad(entity: str, name: str, page: Page) -> Quad:
    """A page in the index."""
    content = {
        source: {
            "people": [profile(person) for person in sorted(told.people, key=lambda item: item.order)],
            "claims": {key: _row(told.claims[key]) for key in sorted(told.claims)},
        }
        for source, told in page.items()
    }
    return Quad(_node(entity, name), SHEET, Literal(json.dumps(content, ensure_ascii=False, sort_keys=True)), rdf.INDEX)


def stored_page(store: Store, entity: str, name: str) -> Quad | None:
    """A page as the index has it."""
    return next(store.quads_for_pattern(_node(entity, name), SHEET, None, rdf.INDEX), None)


def read_page(quad: Quad | None, names: Names) -> Page:
    """What a page says; nothing where there is none."""
    content = {} if quad is None else json.loads(rdf.value(quad.object))
    return {
        source: Saying(
            [person_from(about, names) for about in told["people"]],
            {key: _support(key, source, *row) for key, row in told["claims"].items()},
        )
        for source, told in content.items()
    }


def stored_pages(store: Store, entity: str, tally: Tally) -> Iterator[Quad]:
    """All pages of an entity's sheet."""
    for name in product(_HEX, repeat=digits_of(tally)):
        found = stored_page(store, entity, "".join(name))
        if found is not None:
            yield found


def told_by(people: Iterable[Person], claims: Iterable[Support]) -> dict[str, Saying]:
    """Persons and light claims by source."""
    found: dict[str, Saying] = defaultdict(Saying)
    for claim in claims:
        found[claim.source].claims[claim.key] = claim
    for person in people:
        found[person.source].people.append(person)
    return found


def light(support: Support) -> Support:
    """A claim without what only facts are made of; its text's wording stands for equal ones alone."""
    claim = support.claim
    fields = {name: claim.fields[name] for name in ("office", "of") if name in claim.fields}
    worded = hashlib.sha256(support.wording.encode()).hexdigest()[:16] if support.wording else ""
    return _support(support.key, support.source, claim.kind, fields, claim.confidence, support.published, worded)


def _node(entity: str, page: str) -> NamedNode:
    return NamedNode(f"{entity}#sheet-{page}")


def _row(support: Support) -> Sequence[Any]:
    claim = support.claim
    return [claim.kind, dict(claim.fields), claim.confidence, support.published, support.wording]


def _support(
    key: str, source: str, kind: str, fields: Mapping[str, Any], confidence: float, published: str, worded: str
) -> Support:
    return Support(key, Claim(kind, fields, (), confidence, ""), source, published, None, (), (), wording=worded)
