"""Which entities are sure enough for the view, and the notes in the index on those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from graph.record import rdf
from graph.record.encode import claim_node
from graph.resolution.rules import Rules
from graph.view.index import FAINT, THING
from graph.view.supports import Support, Witnesses
from graph.view.world import World


class Showing:
    """Used once a derivation: `decide` on the facts and tenures that it touches; all others are as the index says."""

    def __init__(self, world: World, rules: Rules) -> None:
        self._world, self._rules = world, rules
        self._decided: dict[str, bool] = {}
        self._thing: dict[str, str] = {}  # claim -> fact or tenure, where decided anew
        self.notes: set[Quad] = set()

    def sure(self, supports: Sequence[Support]) -> bool:
        """Whether some claims bear each other out: their joint confidence reaches the threshold of the view."""
        floor = self._rules.view_threshold
        if any(support.claim.confidence >= floor for support in supports):
            return True
        return len(supports) > 1 and Witnesses(supports, self._rules).confidence(supports) >= floor

    def decide(self, iri: str, supports: Sequence[Support]) -> bool:
        """Whether a fact or a tenure is shown, from its claims alone; noted where it is not."""
        self._decided[iri] = self.sure(supports)
        self._thing.update(dict.fromkeys((support.key for support in supports), iri))
        return self._decided[iri] or self._leave_out(iri, supports)

    def accept(self, iri: str, keys: Iterable[str]) -> None:
        """Show a fact of these claims: one of them is sure by itself."""
        self._decided[iri] = True
        self._thing.update(dict.fromkeys(keys, iri))

    def needed(self, iri: str, supports: Sequence[Support]) -> bool:
        """Whether a person or an office is shown: sure by itself, or in a claim whose fact is; noted where it is not."""
        return self.wanted(supports) or self._leave_out(iri, supports)

    def wanted(self, supports: Sequence[Support]) -> bool:
        """The same of persons and offices, without a note."""
        return any(self._told(support.key) for support in supports) or self.sure(supports)

    def turned(self, key: str) -> bool:
        """Whether the fact or tenure that a claim tells of is shown now and was not before, or the reverse."""
        before = self._world.held(key, THING)
        return (before is not None and not self._world.faint(before)) != self._told(key)

    def shown(self, iri: str) -> bool:
        """Whether a fact that is assigned to some claims is shown, as far as this decides."""
        return self._decided[iri] if iri in self._decided else not self._world.faint(iri)

    def _told(self, key: str) -> bool:
        thing = self._thing.get(key) or self._world.assigned(key, THING)
        return thing is not None and self.shown(thing)

    def _leave_out(self, iri: str, supports: Iterable[Support]) -> bool:
        self.notes |= {Quad(NamedNode(iri), FAINT, claim_node(support.key), rdf.INDEX) for support in supports}
        return False
