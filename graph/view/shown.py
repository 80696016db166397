"""What the view, and the index beside it, say of entities: asked for by what a derivation changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.iri import short
from graph.model.kinds import Kinds
from graph.record import rdf
from graph.record.encode import claim_node
from graph.record.wording import sources_of, wording_of
from graph.view.index import FAINT, SERIES, SPAN, subject_of
from graph.view.people import shown_of
from graph.view.sheets import SHEET, stored_pages, tally_of
from graph.view.succession import Span, read_span
from graph.view.thing import Thing

PARTS = tuple(rdf.dip(name) for name in ("act", "session", "participation"))
_WHOLE = ("person/", "tenure/", "office/")  # a crowd may tell of these, so that all of it is not read


class Shown:
    """The entities of a store, which does not change while it is derived from."""

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self.store, self.kinds = store, kinds
        self._described: dict[str, frozenset[Quad]] = {}

    def described(self, entity: str) -> frozenset[Quad]:
        """What the view says of an entity."""
        if entity not in self._described:
            self._described[entity] = frozenset(self.store.quads_for_pattern(NamedNode(entity), None, None, rdf.VIEW))
        return self._described[entity]

    def parts(self, entity: str) -> Iterator[Quad]:
        """What the view says of the parts of an entity; persons, tenures and offices have none."""
        told = () if short(entity).startswith(_WHOLE) else self.described(entity)
        return (quad for quad in told if quad.predicate in PARTS)

    def spans(self, series: str) -> list[Span]:
        """The spans of a series, as the index has them."""
        found = [rdf.value(quad.subject) for quad in self.store.quads_for_pattern(None, SERIES, Literal(series), rdf.INDEX)]
        return [span for name in found if (span := self.span(name)) is not None]

    def span(self, entity: str) -> Span | None:
        """The place of an entity in its series, as the index has it."""
        found = next(self.store.quads_for_pattern(NamedNode(entity), SPAN, None, rdf.INDEX), None)
        return None if found is None else read_span(entity, rdf.value(found.object))

    def written(self, entity: str) -> set[Quad]:
        """What the view and the index say of an entity: its place in a series, its sheet, what keeps it out of the view."""
        noted = set(self.store.quads_for_pattern(NamedNode(entity), None, None, rdf.INDEX))
        pages = self._pages(entity) if any(quad.predicate == SHEET for quad in noted) else ()
        return noted.union(self.described(entity), pages)

    def changing(self, thing: Thing) -> set[Quad]:
        """The same of a thing with `known` claims, without those that stay."""
        node = NamedNode(thing.iri)
        about = (self.store.quads_for_pattern(node, how, None, rdf.VIEW) for how in shown_of(thing.class_name))
        noted = self.store.quads_for_pattern(node, None, None, rdf.INDEX)
        pages = self._pages(thing.iri) if thing.turned is None else ()
        return thing.gone().union(thing.sample(), *about, noted, pages)

    def _pages(self, entity: str) -> Iterable[Quad]:
        tally = tally_of(self.store, entity)
        return () if tally is None else stored_pages(self.store, entity, tally)

    def shown(self, entity: str) -> bool:
        """Whether the view shows an entity."""
        return next(self.store.quads_for_pattern(NamedNode(entity), rdf.RDF_TYPE, None, rdf.VIEW), None) is not None

    def supported(self, key: str) -> set[str]:
        """The entities of the view that a claim supports."""
        found = self.store.quads_for_pattern(None, rdf.dip("claim"), claim_node(key), rdf.VIEW)
        return {rdf.value(quad.subject) for quad in found}

    def faint(self, entity: str) -> bool:
        """Whether the view leaves an entity out because it is not sure enough."""
        return next(self.store.quads_for_pattern(NamedNode(entity), FAINT, None, rdf.INDEX), None) is not None

    def faint_of(self, key: str) -> set[str]:
        """The entities that a claim supports and that the view leaves out so."""
        return {rdf.value(quad.subject) for quad in self.store.quads_for_pattern(None, FAINT, claim_node(key), rdf.INDEX)}

    def linking_to(self, key: str) -> set[str]:
        """Keys of the claims whose told thing links to the told thing of a claim."""
        told = NamedNode(claim_node(key).value + "#told")
        found = self.store.quads_for_pattern(None, None, told, None)
        return {subject_of(quad).removesuffix("#told") for quad in found if quad.predicate != rdf.dip("tells")}

    def printing(self, source: str) -> set[str]:
        """The other recorded sources that print the text of a source, word by word."""
        wording = wording_of(self.store, source)
        return sources_of(self.store, wording) - {source} if wording else set()
