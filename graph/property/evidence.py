"""What a claim's passages put on `REPORTED_IN`: read from the named graph of the claim's source."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from graph.model.iri import CONCEPT, ID, ONTOLOGY

_CLAIM = ("rule", "reader", "confidence")
_PASSAGE = ("start", "end", "quote", "sentence")
_MENTION, _NAME = f"{ID}claim/", NamedNode(ONTOLOGY + "name")
_KEPT = 20_000  # claims remembered: several entities report the same one

Passage = tuple[str, dict[str, Any]]


class EvidenceReader:
    """Reads claims, each once while it is remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[str, list[Passage]] = OrderedDict()

    def passages(self, claim: str) -> list[Passage]:
        """The source and the properties of each passage of a claim; one without offsets for a claim that has no passage."""
        if claim not in self._known:
            self._known[claim] = self._read(claim)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return self._known[claim]

    def _read(self, claim: str) -> list[Passage]:
        said = self._values(claim)
        told = self._told(said.get("tells", ()))
        common = {"claim": claim, **_chosen(_CLAIM, said), **({"tells": told} if told else {})}
        passages = [_chosen(_PASSAGE, self._values(iri)) for iri in sorted(said.get("evidence", ()))] or [{}]
        return [(source, {**common, **passage}) for source in sorted(said.get("source", ())) for passage in passages]

    def _told(self, things: Iterable[str]) -> list[str]:
        """What the claim says of its fact, `property=value` each, sorted; a person by the name that the source gives."""
        quads = (quad for thing in things for quad in self._about(thing))
        told = ((quad.predicate.value, quad.object.value) for quad in quads if not isinstance(quad.object, BlankNode | Triple))
        return sorted(
            f"{name.removeprefix(ONTOLOGY)}={said}"
            for name, value in told
            if name.startswith(ONTOLOGY)
            for said in self._said(value)
        )

    def _said(self, value: str) -> Iterator[str]:
        """A value as it is told; the names of a mention, nothing for another thing that the claim tells of."""
        if value.startswith(_MENTION):
            yield from (quad.object.value for quad in self._about(value, _NAME) if isinstance(quad.object, Literal))
        else:
            yield value.rsplit("/", 1)[-1] if value.startswith((CONCEPT, ID)) else value

    def _values(self, iri: str) -> Mapping[str, list[Any]]:
        values: dict[str, list[Any]] = {}
        for quad in self._about(iri):
            if quad.predicate.value.startswith(ONTOLOGY):
                values.setdefault(quad.predicate.value.removeprefix(ONTOLOGY), []).append(_plain(quad.object))
        return values

    def _about(self, iri: str, predicate: NamedNode | None = None) -> Iterable[Quad]:
        """What the record says of a claim, or of a part of it."""
        return self._store.quads_for_pattern(NamedNode(iri), predicate, None, None)


def _chosen(names: tuple[str, ...], values: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {name: values[name][0] for name in names if name in values}


def _plain(term: Any) -> Any:
    if not isinstance(term, Literal):
        return term.value
    kind = term.datatype.value.rsplit("#", 1)[-1]
    return int(term.value) if kind == "integer" else float(term.value) if kind == "decimal" else term.value
