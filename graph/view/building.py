"""What persons, facts and their ends are made with: the same for one change as for the whole view."""

from __future__ import annotations

from abc import ABC, abstractmethod

from graph.record.schema import Schema
from graph.record.shapes import Shapes
from graph.resolution.resolver import Resolver
from graph.view.facts import Facts
from graph.view.naming import Naming
from graph.view.persons import Persons
from graph.view.showing import Showing
from graph.view.succession import Succession
from graph.view.validity_rules import load_validity
from graph.view.world import World


class Building(ABC):
    """The makers over one world; a subclass says which thing of a claim is shown."""

    def __init__(self, world: World, schema: Schema, resolver: Resolver, naming: Naming, shapes: Shapes) -> None:
        self._resolver, self._shapes = resolver, shapes
        self._showing = Showing(world, resolver.rules)
        self._persons = Persons(world, schema, resolver, naming, self._showing)
        self._facts = Facts(schema, resolver, naming, self._persons.of_mention, self._persons.cards, self._shown_thing)
        kinds = {kind.name: kind.class_name for kind in schema.kinds}
        self._succession = Succession(resolver.rules, load_validity(schema.folder), kinds)

    @abstractmethod
    def _shown_thing(self, key: str) -> str | None:
        """The thing of a claim, where the view shows it or is about to."""
