"""What supports a fact: its claims with their passages and reasons, read from a snapshot by pattern, without a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.model.iri import ONTOLOGY


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source as its metadata tells it; `published` is a date of any precision."""

    iri: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a sentence that carry a role; offsets count in the sentence. `role` is a field, `trigger` or `evidence`."""

    start: int
    end: int
    role: str
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One span of evidence: offsets in the source's text, its exact words, the sentence around it, and marks in that.

    `at` is where the words begin in the sentence, None where they do not stand in it.
    """

    start: int
    end: int
    quote: str
    sentence: str
    at: int | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ClaimInfo:
    """A claim: who says it, where, by which rule it was read, how sure that is, and why each role was filled."""

    iri: str
    source: SourceInfo
    kind: str
    rule: str
    reader: str
    confidence: float
    passages: tuple[Passage, ...]
    reasons: tuple[Mapping[str, Any], ...]


class ClaimReader:
    """Reads claims from one store; remembers the sources it met."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sources: dict[str, SourceInfo] = {}

    def supporting(self, entity: str) -> tuple[ClaimInfo, ...]:
        """The claims that support an entity, by publication date, source and place in the text."""
        quads = self._store.quads_for_pattern(NamedNode(entity), _dip("claim"), None, DefaultGraph())
        found = (self.claim(quad.object.value) for quad in quads if isinstance(quad.object, NamedNode))
        return tuple(sorted((claim for claim in found if claim is not None), key=_order))

    def claim(self, iri: str) -> ClaimInfo | None:
        """One claim; None where the record has none of that IRI."""
        values = {local: terms for local, terms in _described(self._store, iri) if local}
        if "source" not in values:
            return None
        explanation = json.loads(_one(values, "explanation") or "{}")
        reasons = tuple(explanation.get("reasons", ()))
        passages = (self._passage(term.value, reasons) for term in values.get("evidence", ()))
        return ClaimInfo(
            iri=iri,
            source=self.source(_one(values, "source") or ""),
            kind=_one(values, "factKind") or "",
            rule=_one(values, "rule") or "",
            reader=_one(values, "reader") or "",
            confidence=float(_one(values, "confidence") or 0),
            passages=tuple(sorted(passages, key=lambda passage: (passage.start, passage.end))),
            reasons=reasons,
        )

    def source(self, iri: str) -> SourceInfo:
        """The metadata of a source; what it does not tell is None."""
        if iri not in self._sources:
            values = dict(_described(self._store, iri, DefaultGraph()))
            names = ("title", "publisher", "publishedOn", "url", "language", "licence")
            self._sources[iri] = SourceInfo(iri, *(_one(values, name) for name in names))
        return self._sources[iri]

    def _passage(self, iri: str, reasons: Iterable[Mapping[str, Any]]) -> Passage:
        values = dict(_described(self._store, iri))
        start, end = int(_one(values, "start") or 0), int(_one(values, "end") or 0)
        quote, sentence = _one(values, "quote") or "", _one(values, "sentence") or ""
        return Passage(start, end, quote, sentence, *_placed(start, quote, sentence, tuple(reasons)))


def _placed(
    start: int, quote: str, sentence: str, reasons: tuple[Mapping[str, Any], ...]
) -> tuple[int | None, tuple[Mark, ...]]:
    """Where the quote stands in the sentence, and the reasons that lie in it, else the quote itself.

    The record keeps no offset of the sentence, so it is found by the quote in it; where the quote stands there twice,
    the place at which most reasons' words agree is taken.
    """
    places = [at for at in range(len(sentence)) if sentence.startswith(quote, at)] if quote else []
    if not places:
        return None, ()
    at, found = max(((at, _inside(sentence, start - at, reasons)) for at in places), key=lambda placed: len(placed[1]))
    return at, found or (Mark(at, at + len(quote), "evidence", ""),)


def _inside(sentence: str, begin: int, reasons: tuple[Mapping[str, Any], ...]) -> tuple[Mark, ...]:
    placed = (Mark(one["start"] - begin, one["end"] - begin, one["role"], one["why"]) for one in reasons)
    words = {(one["start"] - begin, one["end"] - begin): one["words"] for one in reasons}
    fitting = {mark for mark in placed if mark.start >= 0 and sentence[mark.start : mark.end] == words[mark.start, mark.end]}
    return tuple(sorted(fitting, key=lambda mark: (mark.start, mark.end, mark.role)))


def _described(store: Store, iri: str, graph: DefaultGraph | None = None) -> Iterator[tuple[str, list[NamedNode | Literal]]]:
    """Local names of the ontology's properties with their values, in any graph or one."""
    values: dict[str, list[NamedNode | Literal]] = {}
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, graph):
        if quad.predicate.value.startswith(ONTOLOGY) and isinstance(quad.object, NamedNode | Literal):
            values.setdefault(quad.predicate.value.removeprefix(ONTOLOGY), []).append(quad.object)
    yield from values.items()


def _one(values: Mapping[str, list[NamedNode | Literal]], name: str) -> str | None:
    return min(term.value for term in values[name]) if values.get(name) else None


def _order(claim: ClaimInfo) -> tuple[str, str, int, str]:
    return (claim.source.published or "9", claim.source.iri, claim.passages[0].start if claim.passages else 0, claim.iri)


def _dip(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)
