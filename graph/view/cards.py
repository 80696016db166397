"""What facts show of persons: as the view gives it, and as it will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Sequence

from pyoxigraph import NamedNode, Store

from graph.model.iri import entity
from graph.record import rdf
from graph.view.people import TENURE, Card, People, Reporting, Values
from graph.view.thing import Thing

_HOLDER = rdf.dip("holder")


class Cards:
    """The cards of persons by IRI: those noted, and those of the view."""

    def __init__(self, store: Store, people: People) -> None:
        self._store, self._people = store, people
        self._noted: dict[str, Card] = {}

    def __getitem__(self, person: str) -> Card:
        """What others show of a person, as it will be."""
        if person not in self._noted:
            found = self.stored(person)
            if found is None:
                raise LookupError(f"{person} is neither built nor in the view")
            self._noted[person] = found
        return self._noted[person]

    def note(self, card: Card) -> None:
        """Show a person so."""
        self._noted[card.iri] = card

    def stored(self, person: str) -> Card | None:
        """The card that the view gives now."""
        names = self._shown(person, "name")
        if not names:
            return None
        held = self._store.quads_for_pattern(None, _HOLDER, NamedNode(person), rdf.VIEW)
        about = {tenure: self._about(tenure) for tenure in (rdf.value(quad.subject) for quad in held)}
        return self._people.card(names[0], person, about, lambda tenure: Reporting(self._store, tenure))

    def built(self, person: Thing, tenures: Sequence[Thing]) -> Card:
        """The card of a person with these tenures."""
        about = {tenure.iri: _own_values(tenure) for tenure in tenures}
        told = {tenure.iri: _reported(tenure) for tenure in tenures}
        return self._people.card(shown_name(person), person.iri, about, told.__getitem__)

    def turned(self, before: Card, touched: Collection[str], tenures: Sequence[Thing]) -> Card:
        """A card with these tenures in place of those that are touched."""
        built = {tenure.iri: tenure for tenure in tenures}
        about = {tenure.iri: self._about(tenure.iri) for tenure in before.tenures if tenure.iri not in touched}
        about |= {iri: _own_values(tenure) for iri, tenure in built.items()}

        def sources(tenure: str) -> Container[str]:
            thing = built.get(tenure)
            if thing is None:
                return Reporting(self._store, tenure)
            return _reported(thing) if thing.turned is None else Reporting(self._store, tenure, thing.turned)

        return self._people.card(before.name, before.iri, about, sources)

    def _about(self, tenure: str) -> Values:
        return {name: self._shown(tenure, name) for name in TENURE}

    def _shown(self, entity: str, name: str) -> list[str]:
        found = self._store.quads_for_pattern(NamedNode(entity), rdf.dip(name), None, rdf.VIEW)
        return [rdf.value(quad.object) for quad in found]


def shown_name(person: Thing) -> str:
    """The name that a person shows."""
    return next(value.value for given, value in person.values if given == "name")


def _reported(thing: Thing) -> set[str]:
    return {entity("source", support.source) for support in thing.supports}


def _own_values(thing: Thing) -> Values:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in thing.values:
        found[name].append(value.value)
    return found
