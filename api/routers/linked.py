"""Every entity under its own address: a person is led to its page, a program to its RDF."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from api.browse import Browser
from api.caching import fresh
from api.deps import ServicesDep
from api.links import page_of
from api.moving import missing
from api.openapi import MOVED, problems
from api.rdf import FORMATS, document
from api.reading import ReadingRoute
from api.strict import only_declared
from graph.asking.media import accepted
from graph.errors import NotFound

router = APIRouter(route_class=ReadingRoute, tags=["linked data"], dependencies=[only_declared])

_MEDIA = {media: suffix for suffix, (media, _) in FORMATS.items()}
_RDF = {media: {"schema": {} if "json" in media else {"type": "string"}} for media in _MEDIA}
Kind = Annotated[str, Path(description="first part of the short id", examples=["state"])]
Key = Annotated[str, Path(description="rest of it; with .ttl, .jsonld or .nt: the data itself", examples=["MAR"])]


@router.get(
    "/id/{kind}/{key}",
    operation_id="dereference",
    summary="A thing by its address",
    response_class=Response,
    responses={
        **problems(404, 406, 410),
        **MOVED,
        200: {"description": "With a suffix: the RDF, claims and quotes included.", "content": _RDF},
        303: {"description": "Without one: see the page, or the RDF that Accept asks for."},
    },
)
def dereference(request: Request, response: Response, services: ServicesDep, kind: Kind, key: Key) -> Response:
    """303 to the page or to the data by Accept; with a suffix the data as Turtle, JSON-LD or N-Triples."""
    name, _, suffix = key.partition(".")
    if suffix:
        return _data(request, response, services, f"{kind}/{name}", suffix)
    media = accepted(request.headers.get("accept"), ("text/html", *_MEDIA))
    if media is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"there are text/html, {', '.join(_MEDIA)}")
    if Browser(services.shelf.current.store, services.ontology).thing(f"{kind}/{name}") is None and kind != "claim":
        raise missing(services.shelf.current.store, f"{kind}/{name}")
    has_page = media == "text/html" and kind != "claim"
    target = page_of(f"{kind}/{name}") if has_page else f"/id/{kind}/{name}.{_MEDIA.get(media, 'ttl')}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER, {"Vary": "Accept"})


def _data(request: Request, response: Response, services: ServicesDep, short_id: str, suffix: str) -> Response:
    if suffix not in FORMATS:
        raise NotFound(f"there is no form .{suffix}; there are .{', .'.join(FORMATS)}")
    snapshot = services.shelf.current
    fresh(request, response, snapshot.id, suffix)
    body = document(snapshot.store, short_id, suffix)
    if body is None:
        raise missing(snapshot.store, short_id)
    return Response(body, media_type=FORMATS[suffix][0], headers=dict(response.headers))
