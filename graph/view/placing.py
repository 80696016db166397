"""Where things stand in their series: the ends that other things give them, also to things that nothing else touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from graph.record import rdf
from graph.view.index import SERIES, SPAN
from graph.view.succession import Span, Succession
from graph.view.thing import Thing
from graph.view.validity import UNTIL
from graph.view.world import World

_UNTIL = rdf.dip(UNTIL)


class Placing:
    """Used once a derivation. `before` and `after` are quads to remove and to add besides those of the things themselves."""

    def __init__(self, world: World, succession: Succession) -> None:
        self._world, self._succession = world, succession
        self.before: set[Quad] = set()
        self.after: set[Quad] = set()

    def settle(self, things: Sequence[Thing], touched: Iterable[str]) -> None:
        """Give every thing of the series that some things enter or leave its end; `touched` are built anew or gone."""
        gone = set(touched)
        built = {thing.iri: thing for thing in things}
        spans = [span for thing in things if (span := self._succession.span(thing)) is not None]
        left = [span for entity in gone if (span := self._world.span(entity)) is not None]
        for span in spans:
            self.after |= placed(span)
        for key in sorted({span.key for span in (*spans, *left)}):
            there = self._world.spans(key)
            ends = self._succession.until(there)
            staying = [span for span in there if span.entity not in gone]
            members = [*staying, *(span for span in spans if span.key == key)]
            for entity, until in self._succession.until(members).items():
                if entity in built:
                    built[entity].put(UNTIL, None if until is None else rdf.date(until))
                elif until != ends[entity] and self._world.shown(entity):
                    self._mend(entity, until)

    def _mend(self, entity: str, until: str | None) -> None:
        """The new end of an entity that is not built anew."""
        found = set(self._world.store.quads_for_pattern(NamedNode(entity), _UNTIL, None, rdf.VIEW))
        wanted = set() if until is None else {Quad(NamedNode(entity), _UNTIL, rdf.date(until), rdf.VIEW)}
        self.before |= found - wanted
        self.after |= wanted - found


def placed(span: Span) -> set[Quad]:
    """The place of a thing in its series as the index keeps it."""
    node = NamedNode(span.entity)
    return {Quad(node, SERIES, Literal(span.key), rdf.INDEX), Quad(node, SPAN, Literal(span.written()), rdf.INDEX)}
