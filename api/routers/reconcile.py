"""Reconciliation for OpenRefine and its kin: names in a table become states, organisations, people, accords."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from api import reconciliation as service
from api.caching import fresh
from api.deps import DataDep, LangParameter, LanguageDep, OntologyDep, SnapshotDep
from api.forms import FORM, read_form
from api.links import base_of
from api.openapi import problems
from api.pagedeps import VisitDep
from api.reading import ReadingRoute
from api.routers.pages.entities import HIDDEN
from graph.errors import BadQuery, NotFound

# Parameters that are not declared are let through: clients of the protocol add some of their own (`type_strict`, `callback`).
router = APIRouter(route_class=ReadingRoute, prefix="/reconcile", tags=["reconciliation"])

# OpenRefine shows the preview in a frame of its own page; it holds no script and no form.
_FRAMED = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_NOT_PREVIEWED = frozenset(HIDDEN) - {"validFrom", "validUntil"} | {"demonym", "compoundPrefix", "article", "mayBeParty"}
"""What says little in a few lines: where things are told, and the words by which the reader knows a state."""
_BATCH = '{"q0": {"query": "Maroc", "type": "State"}}'
_FORM_SCHEMA = {
    "type": "object",
    "properties": {
        "queries": {"type": "string", "format": "reconciliation-queries"},
        "extend": {"type": "string", "format": "reconciliation-extension"},
    },
    "minProperties": 1,
    "maxProperties": 1,
}
_BODY = {"required": True, "content": {FORM: {"schema": _FORM_SCHEMA, "example": {"queries": _BATCH}}}}

Queries = Annotated[
    str | None,
    Query(
        description="a batch of queries as JSON; none: the manifest",
        json_schema_extra={"format": "reconciliation-queries"},
        examples=[_BATCH],
    ),
]
Prefix = Annotated[str, Query(max_length=200, description="what is being typed")]
TypeName = Annotated[
    str, Query(alias="type", description="a class", json_schema_extra={"enum": list(service.TYPES)}, examples=["Accord"])
]
SuggestedTypes = Annotated[
    Sequence[str], Query(alias="type", max_length=20, description="classes that are wanted; none: all", examples=[["State"]])
]
First = Annotated[int, Query(ge=0, le=1000, description="how many suggestions are known already")]
Limit = Annotated[int, Query(ge=1, le=200, description="how many are given at most")]


@router.get("", operation_id="reconcile", summary="What this service is, or candidates", responses=problems(422))
def reconcile(
    request: Request,
    snapshot: DataDep,
    ontology: OntologyDep,
    language: LanguageDep,
    queries: Queries = None,
    lang: LangParameter = None,
) -> dict[str, Any]:
    """The manifest of the Reconciliation Service API 0.2; with `queries`, the candidates of each."""
    if queries is None:
        return service.manifest(base_of(request), ontology, language)
    return _candidates(service.Reconciler(snapshot, ontology, language), queries)


async def _fields(request: Request) -> dict[str, str]:
    form = await read_form(request)
    if len(form) != 1 or not form.keys() <= {"queries", "extend"}:
        raise BadQuery("post one field: queries, a batch of queries, or extend, the columns that are wanted")
    return form


@router.post(
    "",
    operation_id="reconcile_batch",
    summary="Candidates for a batch of names, or columns for entities",
    responses=problems(413, 415, 422),
    openapi_extra={"requestBody": _BODY},
)
def reconcile_batch(
    snapshot: SnapshotDep,
    ontology: OntologyDep,
    language: LanguageDep,
    form: Annotated[dict[str, str], Depends(_fields)],
    lang: LangParameter = None,
) -> dict[str, Any]:
    """`queries` answers with candidates by query, `extend` with rows by entity."""
    reconciler = service.Reconciler(snapshot, ontology, language)
    if "queries" in form:
        return _candidates(reconciler, form["queries"])
    return reconciler.extended(service.read_extension(form["extend"]))


@router.get("/suggest/entity", operation_id="suggest_entity", summary="Entities while a name is typed", responses=problems())
def suggest_entity(
    snapshot: DataDep,
    ontology: OntologyDep,
    language: LanguageDep,
    prefix: Prefix,
    types: SuggestedTypes = (),
    cursor: First = 0,
    limit: Limit = 10,
    lang: LangParameter = None,
) -> dict[str, Any]:
    """States, organisations, people and accords whose names resemble it; of other types there are none."""
    kinds = [name for name in service.TYPES if not types or name in types]
    found = service.Reconciler(snapshot, ontology, language).suggested(prefix, kinds, cursor, limit) if kinds else []
    return {"result": found}


@router.get("/flyout/entity", operation_id="flyout_entity", summary="A suggested entity", responses=problems(404))
def flyout_entity(
    snapshot: DataDep,
    ontology: OntologyDep,
    language: LanguageDep,
    identity: Annotated[str, Query(alias="id", max_length=200, description="a short id", examples=["state/MAR"])],
    lang: LangParameter = None,
) -> dict[str, str]:
    """Its name, its type and its date, for a box beside the suggestion."""
    told = service.Reconciler(snapshot, ontology, language).flyout(identity)
    if told is None:
        raise NotFound(f"there is no {identity}")
    return told


@router.get("/suggest/type", operation_id="suggest_type", summary="Types while one is typed", responses=problems())
def suggest_type(ontology: OntologyDep, language: LanguageDep, prefix: Prefix, lang: LangParameter = None) -> dict[str, Any]:
    """The types that are reconciled."""
    types = [service.type_of(name, ontology, language) for name in service.TYPES]
    return {"result": [one for one in types if prefix.casefold() in (one["id"] + " " + one["name"]).casefold()]}


@router.get("/suggest/property", operation_id="suggest_property", summary="Properties while one is typed", responses=problems())
def suggest_property(
    ontology: OntologyDep, language: LanguageDep, prefix: Prefix, limit: Limit = 20, lang: LangParameter = None
) -> dict[str, Any]:
    """Properties of any type that is reconciled."""
    found: dict[str, dict[str, str]] = {}
    for name in service.TYPES:
        for one in service.proposed(name, ontology, language, 200)["properties"]:
            if prefix.casefold() in (one["id"] + " " + one["name"]).casefold():
                found[one["id"]] = one
    return {"result": list(found.values())[:limit]}


@router.get("/properties", operation_id="propose_properties", summary="Columns to add", responses=problems(422))
def properties(
    ontology: OntologyDep, language: LanguageDep, type_name: TypeName, limit: Limit = 50, lang: LangParameter = None
) -> dict[str, Any]:
    """What is known of entities of a type."""
    return service.proposed(type_name, ontology, language, limit)


@router.get("/preview", include_in_schema=False)
def preview(request: Request, visit: VisitDep, id: Annotated[str, Query(max_length=200)]) -> HTMLResponse:
    """An entity in a few lines, for a frame in another program's page."""
    thing = visit.browser.thing(id)
    if thing is None:
        raise NotFound(f"there is no {id}")
    properties = [name for name in thing.properties if name not in _NOT_PREVIEWED]
    shown = visit.page("preview.html", thing=thing, properties=properties, passages=visit.browser.passages(id)[:1])
    shown.headers["Content-Security-Policy"] = _FRAMED
    fresh(request, shown, visit.snapshot.id, visit.words.language)
    return shown


def _candidates(reconciler: service.Reconciler, text: str) -> dict[str, Any]:
    queries = service.read_queries(text)
    return {name: {"result": reconciler.results(query)} for name, query in queries.items()}
