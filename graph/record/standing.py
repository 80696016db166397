"""Which recorded sources are in force: not withdrawn, and of several texts of one address the newest.

All of it follows from what is recorded, so the order of loading cannot matter: a person's word on which of two texts is newer,
then the date of the last change or of publication, then the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, Store

from graph.errors import BadData
from graph.model.claims import Source
from graph.model.dates import PartialDate
from graph.model.judgements import Judgement
from graph.record import judgements, ledger, rdf
from graph.record.encode import CLASSES, source_node

_ARTICLE = rdf.dip(CLASSES["article"])
_URL = rdf.dip("url")


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the texts that an address had; `dated` is when it was changed last or published, empty where nobody says."""

    source: str
    dated: str

    @property
    def order(self) -> tuple[str, str]:
        """The greatest is the newest."""
        return (self.dated, self.source)


class Standing:
    """The state of sources in a store, or as it will be with some sources and judgements more and some judgements less."""

    def __init__(
        self,
        store: Store,
        fresh: Mapping[str, Source] | None = None,
        more: Iterable[Judgement] = (),
        less: Iterable[str] = (),
    ) -> None:
        self._store, self._fresh = store, dict(fresh or {})
        self._more, self._less = list(more), frozenset(less)
        self._judgements: dict[str, list[Judgement]] = {}

    @cached_property
    def decided(self) -> bool:
        """Whether anybody decided anything."""
        return bool(self._more) or next(self._store.quads_for_pattern(None, None, None, rdf.JUDGEMENTS), None) is not None

    def judgements(self, source: str) -> list[Judgement]:
        """What people decided on a source and its claims, the earliest first."""
        if source not in self._judgements:
            there = [found for found in judgements.of_source(self._store, source) if found.id not in self._less]
            added = [found for found in self._more if source in found.sources and found not in there]
            self._judgements[source] = judgements.in_order([*there, *added])
        return self._judgements[source]

    def withdrawal(self, source: str) -> Judgement | None:
        """The judgement that withdraws a source."""
        return next((found for found in self.judgements(source) if found.verdict == "withdrawn"), None)

    def in_force(self, source: str) -> bool:
        """Whether the view shows what a source says."""
        return self.withdrawal(source) is None and self.newest(source) == source

    def newest(self, source: str) -> str:
        """The source that is shown of those with the same address: itself where there is no other."""
        editions = self.editions(source)
        return source if len(editions) < 2 else self.ranked(editions)[0].source

    def editions(self, source: str) -> list[Edition]:
        """The texts of a source's address that are not withdrawn, in no order; for what is no article, itself alone."""
        address = self._address(source)
        if address is None:
            return [Edition(source, "")]
        names = {name for name, about in self._fresh.items() if about.kind == "article" and about.url == address}
        for quad in self._store.quads_for_pattern(None, _URL, Literal(address), None):
            if quad.subject == quad.graph_name and self._is_article(rdf.notation(quad.subject)):
                names.add(rdf.notation(quad.subject))
        return [Edition(name, self._dated(name)) for name in names if self.withdrawal(name) is None]

    def ranked(self, editions: Iterable[Edition]) -> list[Edition]:
        """Editions of one address, the one to show first."""
        by_date = sorted(editions, key=lambda edition: edition.order, reverse=True)
        if len(by_date) < 2:
            return by_date
        older = self._older_by_word({edition.source for edition in by_date})
        free = [edition for edition in by_date if edition.source not in older]
        first = (free or by_date)[0]
        return [first, *(edition for edition in by_date if edition is not first)]

    def undecided(self, source: str) -> list[str]:
        """Sources of the same address of which neither a date nor a person says whether they are older or newer than this."""
        mine, *others = sorted(self.editions(source), key=lambda edition: edition.source != source) or [Edition(source, "")]
        if mine.source != source:
            return []
        words = {frozenset(found.sources) for found in self.judgements(source) if found.verdict == "newer"}
        open_ones = (other for other in others if frozenset((source, other.source)) not in words)
        return sorted(other.source for other in open_ones if _untold(mine.dated, other.dated))

    def _older_by_word(self, sources: set[str]) -> set[str]:
        """The sources that the latest word on each pair calls the older one."""
        words: dict[frozenset[str], str] = {}
        every = {each.id: each for name in sources for each in self.judgements(name)}
        for found in judgements.in_order(every.values()):
            if found.verdict == "newer" and set(found.sources) <= sources:
                words[frozenset(found.sources)] = found.sources[1]
        return set(words.values())

    def _address(self, source: str) -> str | None:
        if source in self._fresh:
            about = self._fresh[source]
            return about.url if about.kind == "article" else None
        node = source_node(source)
        found = next(self._store.quads_for_pattern(node, _URL, None, node), None)
        return None if found is None or not self._is_article(source) else rdf.value(found.object)

    def _is_article(self, source: str) -> bool:
        node = source_node(source)
        return next(self._store.quads_for_pattern(node, rdf.RDF_TYPE, _ARTICLE, node), None) is not None

    def _dated(self, source: str) -> str:
        if source in self._fresh:
            return self._fresh[source].modified or self._fresh[source].published or ""
        node = source_node(source)
        for name in ("modifiedOn", "publishedOn"):
            found = next(self._store.quads_for_pattern(node, rdf.dip(name), None, node), None)
            if found is not None:
                return rdf.value(found.object)
        return ""


def recorded_in_force(store: Store) -> list[str]:
    """Ids of all sources that the view shows, sorted."""
    standing = Standing(store)
    return [source for source in sorted(ledger.sources(store)) if standing.in_force(source)]


def _untold(one: str, other: str) -> bool:
    """Whether two dates leave open which is the later."""
    try:
        return not one or not other or PartialDate.parse(one).compatible(PartialDate.parse(other))
    except BadData:
        return True
