"""The SPARQL 1.1 Graph Store HTTP Protocol, as far as it reads: a whole graph by its address."""

from __future__ import annotations

import io
import re
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, serialize
from starlette.exceptions import HTTPException

from api.access.keys import Scope
from api.access.visitors import needs
from api.caching import fresh
from api.deps import ServicesDep
from api.openapi import problems
from api.reading import ReadingRoute
from api.sparql_protocol import GRAPH
from api.strict import given_once
from graph.asking.media import GRAPHS, accepted
from graph.asking.sparql_guard import check_graphs
from graph.errors import BadQuery, NotFound, QueryTimeout

router = APIRouter(route_class=ReadingRoute, tags=["query"], dependencies=[Depends(needs(Scope.QUERY))])

_TRIPLES = tuple(media for media in GRAPHS if media not in ("application/n-quads", "application/trig"))
_PARAMETERS = [
    {
        "name": "default",
        "in": "query",
        "description": "the view",
        "schema": {"type": "string", "enum": [""]},
        "allowEmptyValue": True,
    },
    {"name": "graph", "in": "query", "description": "a graph of ours, such as a source's", "schema": GRAPH},
]


class _Bounded(io.BytesIO):
    """Bytes up to a limit; beyond it the graph is refused rather than cut."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, part: object) -> int:
        """Keep a part; QueryTimeout where there is no more room."""
        written = super().write(part)  # type: ignore[arg-type]
        if self.tell() > self._limit:
            raise QueryTimeout(f"this graph has more than {self._limit:,} bytes; take it from /downloads instead")
        return written


@router.get(
    "/sparql/graphs",
    operation_id="read_graph",
    summary="A whole graph",
    response_class=Response,
    responses={**problems(404, 406, 409, 504), 200: {"content": {media: {"schema": {"type": "string"}} for media in _TRIPLES}}},
    openapi_extra={"parameters": _PARAMETERS},
)
def read_graph(request: Request, response: Response, services: ServicesDep) -> Response:
    """`?default` for the view, `?graph=ADDRESS` for what one source says; exactly one of the two."""
    given = given_once(request)
    if not given:
        raise NotFound("name a graph: ?default, or ?graph= with the address of a source's graph")
    if given.keys() == {"default", "graph"}:
        raise HTTPException(HTTPStatus.CONFLICT, "?default and ?graph= name two graphs; give one of them")
    if len(given) != 1 or not given.keys() <= {"default", "graph"} or given.get("default", ""):
        raise BadQuery("give ?default, or ?graph= with the address of a source's graph, and nothing else")
    media = accepted(request.headers.get("accept"), _TRIPLES)
    if media is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"graphs are given as {', '.join(_TRIPLES)}")
    graph = _named(given["graph"]) if "graph" in given else DefaultGraph()
    snapshot = services.shelf.current
    fresh(request, response, snapshot.id, media, vary="Accept")
    body = _written(snapshot.store, graph, media, services.settings.answer_bytes)
    return Response(body, media_type=media, headers=dict(response.headers))


def _written(store: Store, graph: NamedNode | DefaultGraph, media: str, limit: int) -> bytes:
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    target = _Bounded(limit)
    form = RdfFormat.from_media_type(media)
    assert form is not None
    serialize(triples, target, format=form)
    if isinstance(graph, NamedNode) and not store.contains_named_graph(graph):
        raise NotFound(f"there is no graph {graph.value}")
    return target.getvalue()


def _named(graph: str) -> NamedNode:
    check_graphs([graph])
    if re.search(GRAPH["pattern"], graph, re.ASCII) is None:
        raise BadQuery(f"graph: {graph[:100]!r} is no address of a graph of ours")
    return NamedNode(graph)
