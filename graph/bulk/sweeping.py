"""Every node of a view in one pass over its store: to look each of millions up takes several times as long."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.errors import BadData
from graph.model.terms import Ontology
from graph.model.vocabulary import RDF
from graph.property.evidence import EvidenceReader, Passage
from graph.property.nodes import Node, NodeReader

_TYPE, _CLAIM = NamedNode(RDF + "type"), "/id/claim/"


class SweptEvidence(EvidenceReader):
    """The passages of all claims of some sources, read source by source and held as short texts."""

    def __init__(self, store: Store, sources: Iterable[str]) -> None:
        super().__init__(store)
        self._here: dict[str, list[Quad]] = {}  # what the source at hand says, by what it is said of
        self._held: dict[str, str] = {}
        for source in sources:
            self._take(source)
        self._here = {}

    def passages(self, claim: str) -> list[Passage]:
        """As `EvidenceReader`, from what is held."""
        held = self._held.get(claim)
        return super().passages(claim) if held is None else [(source, told) for source, told in json.loads(held)]

    def _take(self, source: str) -> None:
        self._here = {}
        for quad in self._store.quads_for_pattern(None, None, None, NamedNode(source)):
            self._here.setdefault(_iri(quad), []).append(quad)
        for iri in self._here:
            if _CLAIM in iri and "#" not in iri:  # a claim, not one of the persons that it names
                self._held[iri] = json.dumps(self._read(iri), ensure_ascii=False)

    def _about(self, iri: str, predicate: NamedNode | None = None) -> Iterable[Quad]:
        if iri not in self._here:
            return super()._about(iri, predicate)
        return [quad for quad in self._here[iri] if predicate is None or quad.predicate == predicate]


class Sweep(NodeReader):
    """A `NodeReader` that knows all labels and all evidence beforehand; its memory grows with the number of claims."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        super().__init__(store, ontology)
        unlike = set()
        for quad in store.quads_for_pattern(None, _TYPE, None, DefaultGraph()):
            label = self._labels.get(str(getattr(quad.object, "value", "")))
            if self._label_of.setdefault(_iri(quad), label) != label:
                unlike.add(_iri(quad))
        for iri in unlike:  # looked up by itself, which says what is wrong
            del self._label_of[iri]
        self._evidence = SweptEvidence(store, [iri for iri, label in self._label_of.items() if label == "Source"])

    def nodes(self) -> Iterator[Node]:
        """Every node of the view, in the order of the store."""
        expected = sum(label is not None for label in self._label_of.values())
        for iri, quads in groupby(self._store.quads_for_pattern(None, None, None, DefaultGraph()), key=_iri):
            label = self.label(iri)
            if label is not None:
                expected -= 1
                yield self._made(label, iri, quads)
        if expected:
            raise BadData("the store does not give what it says of a thing together: run `diplograph sync` without --bulk")


def _iri(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""
