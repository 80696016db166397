"""A request of the SPARQL 1.1 Protocol: GET, a posted form, or a posted query, as one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.forms import FORM, form_pairs
from api.strict import no_parameter
from graph.errors import BadQuery
from graph.model.iri import ID

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

GRAPH = {"type": "string", "pattern": rf"^{re.escape(ID)}[a-z]+(/[0-9a-f]{{64}})?$"}
"""The address of a graph of ours: a source's, `judgements`, `editions`."""
_NAMES = ("query", "default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query with the dataset that the request, rather than the query, names."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def read_request(request: Request) -> SparqlRequest:
    """The query of a request; BadQuery where it has none, several or an update, 415 where its form is no SPARQL request."""
    pairs = request.query_params.multi_items()
    if request.method != "POST":
        return _made(pairs)
    media, parameters = _content_type(request)
    body = await request.body()
    if parameters.get("charset", "utf-8").lower() != "utf-8":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "post queries in UTF-8")
    if media == FORM or not (media or body):
        return _made([*pairs, *form_pairs(body)])
    if media == QUERY:
        return _made([*pairs, ("query", _text(body))])
    if media == UPDATE:
        raise BadQuery("updates are refused: this endpoint only answers queries; load articles with `diplograph load`")
    raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"post a query as {QUERY} or {FORM}, not as {media or 'nothing'}")


def _content_type(request: Request) -> tuple[str, dict[str, str]]:
    """The media type of the body, and its parameters."""
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    [(media, _), *parameters] = header.get_params([("", "")])
    return media.strip().lower(), {name.lower(): str(value) for name, value in parameters}


def _made(pairs: Sequence[tuple[str, str]]) -> SparqlRequest:
    for name, _ in pairs:
        if name in ("update", "using-graph-uri", "using-named-graph-uri"):
            raise BadQuery("updates are refused: this endpoint only answers queries; load articles with `diplograph load`")
        if name not in _NAMES:
            raise no_parameter(name, _NAMES)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise BadQuery("query: exactly one is needed, for example ?query=SELECT * { ?s ?p ?o } LIMIT 5")
    graphs = {wanted: tuple(value for name, value in pairs if name == wanted) for wanted in _NAMES[1:]}
    return SparqlRequest(queries[0], graphs["default-graph-uri"], graphs["named-graph-uri"])


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery(f"the posted query is not UTF-8: {error}") from error
