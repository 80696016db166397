"""The Reconciliation Service API 0.2 (W3C community group): what OpenRefine asks, answered from a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from rapidfuzz import fuzz

from api.browse import Browser
from api.things import Thing
from graph.asking.reconciling import Candidate, candidates
from graph.asking.search import Searched, search
from graph.errors import BadQuery, UnknownTerm
from graph.model import iri
from graph.model.folding import fold
from graph.model.terms import Ontology

TYPES = ("State", "Organisation", "Person", "Accord")
MOST_QUERIES, MOST_IDS = 100, 500
_SURE, _AHEAD = 95.0, 10.0
_NAME_WEIGHT = 0.7


class PropertyValue(BaseModel):
    """A column beside the name, for telling namesakes apart."""

    pid: str
    v: Any


class ReconciliationQuery(BaseModel):
    """One cell of a table; fields of later versions of the protocol are ignored, as it asks."""

    model_config = ConfigDict(extra="ignore")

    query: str = Field(min_length=1, max_length=500)
    type: str | list[str] | None = None
    limit: int = Field(5, ge=1, le=50)
    properties: list[PropertyValue] = Field(default_factory=list, max_length=20)


class Extension(BaseModel):
    """Which properties of which entities are wanted as columns."""

    model_config = ConfigDict(extra="ignore")

    ids: list[str] = Field(max_length=MOST_IDS)
    properties: list[dict[str, Any]] = Field(max_length=50)


_QUERIES = TypeAdapter(dict[str, ReconciliationQuery])


def read_queries(text: str) -> dict[str, ReconciliationQuery]:
    """The batch of a request; BadQuery where it is none, or too long."""
    try:
        found = _QUERIES.validate_json(text)
    except ValidationError as error:
        raise _wrong("queries", error) from error
    if len(found) > MOST_QUERIES:
        raise BadQuery(f"queries: at most {MOST_QUERIES} at a time")
    return found


def read_extension(text: str) -> Extension:
    """The columns asked for; BadQuery where the request is none."""
    try:
        return Extension.model_validate_json(text)
    except ValidationError as error:
        raise _wrong("extend", error) from error


def _wrong(name: str, error: ValidationError) -> BadQuery:
    first = error.errors(include_url=False)[0]
    return BadQuery(f"{'.'.join(map(str, (name, *first['loc'])))}: {first['msg']}")


def manifest(base: str, ontology: Ontology, language: str) -> dict[str, Any]:
    """What the service is and can do; `base` is the address of this server, without a slash at the end."""
    suggest = {"service_url": base}
    flyout = {"flyout_service_url": base, "flyout_service_path": "/reconcile/flyout/entity?id=${id}"}
    return {
        "versions": ["0.2"],
        "name": "Diplograph",
        "identifierSpace": iri.ID,
        "schemaSpace": iri.ONTOLOGY,
        "defaultTypes": [type_of(name, ontology, language) for name in TYPES],
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "preview": {"url": f"{base}/reconcile/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "batchSize": MOST_QUERIES,
        "suggest": {
            "entity": {**suggest, "service_path": "/reconcile/suggest/entity", **flyout},
            **{name: {**suggest, "service_path": f"/reconcile/suggest/{name}"} for name in ("property", "type")},
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
    }


def type_of(name: str, ontology: Ontology, language: str) -> dict[str, str]:
    """A class as the protocol names it."""
    return {"id": name, "name": ontology.labels(name)[language]}


class Reconciler:
    """Answers from one snapshot, in one language."""

    def __init__(self, snapshot: Searched, ontology: Ontology, language: str) -> None:
        self._snapshot, self._ontology, self._language = snapshot, ontology, language
        self._browser = Browser(snapshot.store, ontology)

    def results(self, query: ReconciliationQuery) -> list[dict[str, Any]]:
        """The candidates of one query, best first; `match` where one is sure and well ahead of the next."""
        found = [self._result(candidate, query) for candidate in self._candidates(query)]
        found.sort(key=lambda result: -result["score"])
        if found and found[0]["score"] >= _SURE and (len(found) == 1 or found[0]["score"] - found[1]["score"] >= _AHEAD):
            found[0]["match"] = True
        return found[: query.limit]

    def suggested(self, prefix: str, kinds: Sequence[str], first: int, limit: int) -> list[dict[str, Any]]:
        """Entities whose names begin as what is being typed, else those whose names resemble it; from the `first` on."""
        asked = (self._snapshot, prefix)
        found = search(*asked, self._language, first + limit, kinds) or candidates(*asked, kinds, self._language, first + limit)
        return [
            {
                "id": iri.short(one.iri),
                "name": one.label,
                "description": self._ontology.labels(one.kind)[self._language],
                "notable": [type_of(one.kind, self._ontology, self._language)],
            }
            for one in found[first:]
        ]

    def flyout(self, identity: str) -> dict[str, str] | None:
        """A few words on a suggested entity, as HTML; None where there is none of that id."""
        thing = self._browser.thing(identity)
        if thing is None:
            return None
        kind = self._ontology.labels(thing.class_name)[self._language]
        told = (thing.label(self._language), kind, *((thing.date,) if thing.date else ()))
        return {"id": identity, "html": "".join(f"<p>{escape(text)}</p>" for text in told)}

    def extended(self, asked: Extension) -> dict[str, Any]:
        """The columns asked for, an empty cell where nothing is known."""
        names = [str(entry.get("id", "")) for entry in asked.properties]
        for name in names:
            if name not in self._ontology.properties:
                raise UnknownTerm(f"extend: {name!r} is no property; /reconcile/properties?type=Accord proposes some")
        meta = [{"id": name, "name": self._ontology.property_(name).labels[self._language]} for name in names]
        return {"meta": meta, "rows": {identity: self._cells(identity, names) for identity in asked.ids}}

    def _candidates(self, query: ReconciliationQuery) -> list[Candidate]:
        asked = [query.type] if isinstance(query.type, str) else query.type
        unknown = [name for name in asked or () if name not in TYPES]
        if unknown:
            raise BadQuery(f"type: {unknown[0]!r} is not reconciled here; there are {', '.join(TYPES)}")
        return candidates(self._snapshot, query.query, asked or TYPES, self._language, 2 * query.limit + 5)

    def _result(self, candidate: Candidate, query: ReconciliationQuery) -> dict[str, Any]:
        score, features = candidate.score, [{"id": "name", "value": candidate.score}]
        if query.properties:
            thing = self._browser.thing(iri.short(candidate.iri))
            likeness = [self._agreement(thing, one) for one in query.properties]
            features += [{"id": one.pid, "value": value} for one, value in zip(query.properties, likeness, strict=True)]
            score = _NAME_WEIGHT * score + (1 - _NAME_WEIGHT) * sum(likeness) / len(likeness)
        return {
            "id": iri.short(candidate.iri),
            "name": candidate.label,
            "type": [type_of(candidate.kind, self._ontology, self._language)],
            "score": round(score, 1),
            "match": False,
            "features": features,
        }

    def _agreement(self, thing: Thing | None, asked: PropertyValue) -> float:
        """0 to 100: how well a column beside the name agrees with what is known; a linked entity by its names and code."""
        values = asked.v if isinstance(asked.v, list) else [asked.v]
        wanted = [fold(str(value.get("name", "")) if isinstance(value, Mapping) else str(value)) for value in values]
        known = [fold(text) for value in (thing.properties.get(asked.pid, ()) if thing else ()) for text in self._names(value)]
        return max((round(fuzz.token_sort_ratio(one, other), 1) for one in wanted for other in known), default=0.0)

    def _names(self, value: object) -> Sequence[str]:
        other = self._browser.thing(str(value)) if "/" in str(value) else None
        if other is None:
            return [str(value)]
        return [*other.labels.values(), *(str(code) for code in other.properties.get("code", ()))]

    def _cells(self, identity: str, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        thing = self._browser.thing(identity)
        return {name: [self._cell(value) for value in (thing.properties.get(name, ()) if thing else ())] for name in names}

    def _cell(self, value: object) -> dict[str, Any]:
        if isinstance(value, bool | int | float):
            return {"float": value}
        other = self._browser.thing(str(value)) if "/" in str(value) else None
        return {"id": str(value), "name": other.label(self._language)} if other else {"str": str(value)}


def proposed(type_name: str, ontology: Ontology, language: str, limit: int) -> dict[str, Any]:
    """Properties that entities of a class have, in the ontology's order; UnknownTerm where it is no class."""
    if type_name not in ontology.classes:
        raise UnknownTerm(f"type: {type_name!r} is no class; there are {', '.join(TYPES)}")
    above = {iri.ONTOLOGY + name for name in ontology.lineage(type_name)}
    found = [name for name, term in ontology.properties.items() if term.kind != "annotation" and term.domain in above]
    named = [{"id": name, "name": ontology.property_(name).labels[language]} for name in found[:limit]]
    return {"type": type_name, "properties": named}
