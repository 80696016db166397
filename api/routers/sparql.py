"""The SPARQL 1.1 Protocol for queries of anybody's own: read-only, limited, run in processes that can be killed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import RdfFormat
from starlette.responses import RedirectResponse

from api.access.keys import Scope
from api.access.visitors import needs
from api.caching import fresh
from api.deps import ServicesDep, allowed
from api.forms import FORM
from api.frame import note_query
from api.leaving import while_there
from api.links import base_of
from api.openapi import problems
from api.reading import ReadingRoute
from api.sparql_protocol import GRAPH, QUERY, read_request
from api.sparql_service import describe
from graph.asking.media import GRAPHS, RESULTS, accepted
from graph.asking.sparql_guard import check_graphs

router = APIRouter(
    route_class=ReadingRoute,
    tags=["query"],
    dependencies=[
        Depends(allowed(lambda services: services.settings.raw_sparql, "SPARQL is switched off (DIPLOGRAPH_RAW_SPARQL)")),
        Depends(needs(Scope.QUERY)),
    ],
)

_EXAMPLE = (
    "PREFIX dip: <https://w3id.org/diplograph/ontology#> "
    "SELECT ?accord ?day { ?accord a dip:Accord ; dip:signedOn ?day } LIMIT 5"
)
DESCRIPTIONS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
_RESPONSES: dict[int | str, dict[str, Any]] = {
    **problems(403, 404, 406, 413, 504),
    200: {
        "description": "The answer, in the form that Accept asks for.",
        "content": {media: {"schema": {} if "json" in media else {"type": "string"}} for media in (*RESULTS, *GRAPHS)},
    },
}


def _parameter(name: str, schema: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "required": False, "schema": schema, **more}


_SEVERAL = {"type": "array", "items": GRAPH}
_GRAPHS = [
    _parameter("default-graph-uri", _SEVERAL, "a graph of ours that is the default graph instead"),
    _parameter("named-graph-uri", _SEVERAL, "a graph of ours that may be named"),
]
_DATASET = {"default-graph-uri", "named-graph-uri"}
_TEXT = {"type": "string", "format": "sparql-query"}
_QUERY = _parameter("query", _TEXT, "SELECT, ASK, CONSTRUCT or DESCRIBE; none: a description of the service", example=_EXAMPLE)
_FORM_SCHEMA = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}, "additionalProperties": False}
_BODY = {
    "required": True,
    "content": {
        FORM: {"schema": _FORM_SCHEMA, "example": {"query": _EXAMPLE}},
        QUERY: {"schema": _TEXT, "example": _EXAMPLE},
    },
}


@router.get(
    "/sparql",
    operation_id="sparql_get",
    summary="Ask in SPARQL",
    response_class=Response,
    responses=_RESPONSES,
    openapi_extra={"parameters": [_QUERY, *_GRAPHS]},
)
async def sparql_get(request: Request, services: ServicesDep) -> Response:
    """The default graph is the view; each source's claims are a named graph. SERVICE and foreign graphs are refused.

    Without a query the answer describes the service, in RDF. A browser is given a page to write queries in.
    """
    media = accepted(request.headers.get("accept"), ("application/json", *DESCRIPTIONS, "text/html"))
    if media == "text/html":
        return RedirectResponse(f"/sparql/editor?{request.url.query}".rstrip("?"), HTTPStatus.SEE_OTHER, {"Vary": "Accept"})
    if request.query_params.keys() <= _DATASET:
        check_graphs([value for _, value in request.query_params.multi_items()])
        return _description(request, media if media in DESCRIPTIONS else DESCRIPTIONS[0])
    return await _answer(request, services)


def _description(request: Request, media: str) -> Response:
    form = RdfFormat.from_media_type(media)
    assert form is not None
    return Response(describe(base_of(request), form), media_type=media, headers={"Vary": "Accept"})


@router.post(
    "/sparql",
    operation_id="sparql_post",
    summary="Ask in SPARQL, by POST",
    response_class=Response,
    responses={**_RESPONSES, **problems(403, 404, 406, 413, 415, 504)},
    openapi_extra={"parameters": _GRAPHS, "requestBody": _BODY},
)
async def sparql_post(request: Request, services: ServicesDep) -> Response:
    """As GET, with the query in a form or as the body itself."""
    return await _answer(request, services)


async def _answer(request: Request, services: ServicesDep) -> Response:
    asked = await read_request(request)
    note_query(request, asked.query)
    accept = request.headers.get("accept")
    work = services.pool.query(asked.query, accept, asked.default_graphs, asked.named_graphs)
    result = await while_there(request, work)
    answer = Response(result.body, media_type=result.media_type)
    answer.headers["X-Truncated"] = str(result.truncated).lower()
    if result.snapshot is not None:
        fresh(request, answer, result.snapshot, result.media_type, vary="Accept")
    answer.headers["Vary"] = "Accept"
    return answer
