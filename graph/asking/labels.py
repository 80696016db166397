"""Names of things in a snapshot, in a language."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Store

from graph.model.iri import ONTOLOGY, short
from graph.model.vocabulary import RDFS, SKOS

_BY_RANK = tuple(NamedNode(name) for name in (RDFS + "label", SKOS + "prefLabel", ONTOLOGY + "title", ONTOLOGY + "name"))


class Labels:
    """Labels in one language, else in the other, else a title or name, else the short id; remembered once looked up."""

    def __init__(self, store: Store, language: str) -> None:
        self._store, self._language = store, language
        self._known: dict[str, str] = {}

    def of(self, iri: str) -> str:
        """The label of whatever has that IRI."""
        if iri not in self._known:
            self._known[iri] = self._found(iri)
        return self._known[iri]

    def _found(self, iri: str) -> str:
        for predicate in _BY_RANK:
            quads = self._store.quads_for_pattern(NamedNode(iri), predicate, None, None)
            labels = sorted({(quad.object.language != self._language, quad.object.value) for quad in quads
                             if isinstance(quad.object, Literal)})  # fmt: skip
            if labels:
                return labels[0][1]
        return short(iri)
