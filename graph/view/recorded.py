"""The claims of recorded sources as a derivation takes them: of those in force, and as people corrected them."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode, Store

from graph.model.kinds import Kinds
from graph.record import ledger, rdf
from graph.record.carrying import Carrying
from graph.record.decode import claims_in, described, source_in
from graph.record.encode import claim_node
from graph.record.staging import Side
from graph.record.standing import Standing
from graph.resolution.items import Item, Told, claim_items, person_items, told_of
from graph.resolution.names import Names
from graph.resolution.resolver import Resolver
from graph.view.judged import judged
from graph.view.shown import Shown


class Recorded(Shown):
    """The sources of a store, beside what its view shows of them."""

    def __init__(self, store: Store, kinds: Kinds, resolver: Resolver) -> None:
        super().__init__(store, kinds)
        self._resolver = resolver
        self._standing = Standing(store)
        self.carrying = Carrying(self._standing, lambda name: self._recorded(name).claims, kinds)
        self._told: dict[str, Told] = {}
        self.source_of = cache(self._source_of)

    @property
    def names_of_persons(self) -> Names:
        """What folds names."""
        return self._resolver.comparer.names

    def told(self, source: str) -> Told:
        """The claims of a source as people corrected it; none where it is not in force."""
        if source not in self._told:
            self._told[source] = Told(source, None, None, ())
            if ledger.known(self.store, source) and self._standing.in_force(source):
                self._told[source] = self.side(source, Side(self.carrying.judgements(source)))
        return self._told[source]

    def side(self, source: str, side: Side) -> Told:
        """A source in force before or after a change."""
        told = self._recorded(source) if side.told is None else told_of(side.told)
        return judged(told, side.judgements, self.kinds, self._resolver.rules)

    def items_in(self, told: Told) -> list[Item]:
        """Everything in a source that is resolved."""
        return [*claim_items(told), *person_items(told, self.kinds, self._resolver.comparer.names)]

    def _source_of(self, key: str) -> str | None:
        """The recorded source of a claim."""
        found = next(self.store.quads_for_pattern(claim_node(key), rdf.dip("source"), None, None), None)
        return None if found is None else rdf.notation(found.object)

    def _recorded(self, source: str) -> Told:
        graph = described(self.store, source)
        about = source_in(graph, source)
        claims = [(rdf.notation(NamedNode(node)), claim) for node, claim in claims_in(graph, self.kinds)]
        return Told(source, about.published, about.language, claims)
