"""Every entity, term and concept under its own address: a person is led to its page, a program to its RDF."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from api.caching import fresh
from api.deps import ServicesDep
from api.links import page_of
from api.moving import missing, require
from api.openapi import MOVED, problems
from api.rdf import FORMATS, document
from api.reading import ReadingRoute
from api.release import version
from api.strict import only_declared
from api.vocabulary import ONTOLOGY, vocabulary
from graph.asking.media import GRAPH_ALIASES, accepted
from graph.errors import NotFound
from graph.model.iri import CONCEPT

router = APIRouter(route_class=ReadingRoute, tags=["linked data"], dependencies=[only_declared])

_MEDIA = {media: suffix for suffix, (media, _) in FORMATS.items()}
_RDF = {media: {"schema": {} if "json" in media else {"type": "string"}} for media in _MEDIA}
Kind = Annotated[str, Path(description="first part of the short id", examples=["state"])]
Key = Annotated[str, Path(description="rest of it; with .ttl, .jsonld, .nt or .rdf: the data itself", examples=["MAR"])]


Suffix = Annotated[str, Path(description="ttl, jsonld, nt or rdf", examples=["ttl"])]
Scheme = Annotated[str, Path(description="name of a scheme, of its class too", examples=["AccordType"])]
Notation = Annotated[str, Path(description="token of a concept", examples=["memorandum"])]

_NO_PAGE = ("claim", "evidence")
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "With a suffix: the RDF.", "content": _RDF},
    303: {"description": "Without one: see the page, or the RDF that Accept asks for."},
}


@router.get(
    "/id/{kind}/{key}",
    operation_id="dereference",
    summary="A thing by its address",
    response_class=Response,
    responses={**problems(404, 406, 410), **MOVED, **_RESPONSES},
)
def dereference(request: Request, response: Response, services: ServicesDep, kind: Kind, key: Key) -> Response:
    """303 to the page or to the data by Accept; with a suffix the data, claims and quotes included."""
    name, _, suffix = key.partition(".")
    if suffix:
        return _data(request, response, services, f"{kind}/{name}", suffix)
    form = _wanted(request)
    require(services.shelf.current.store, f"{kind}/{name}")
    page = page_of(f"{kind}/{name}") if kind not in _NO_PAGE else None
    return _see(page, f"/id/{quote(kind)}/{quote(name)}", form)


@router.get(
    "/ontology",
    operation_id="ontology",
    summary="The ontology",
    response_class=Response,
    status_code=HTTPStatus.SEE_OTHER,
    responses={**problems(406), 303: _RESPONSES[303]},
)
def ontology(request: Request, response: Response) -> Response:
    """Where the addresses of all classes and properties lead: to a page of them, or to the RDF that Accept asks for."""
    return _term(request, response, "ontology", ONTOLOGY)


@router.get(
    "/ontology.{suffix}",
    operation_id="ontology_data",
    summary="The ontology as RDF",
    response_class=Response,
    responses={**problems(404), 200: _RESPONSES[200]},
)
def ontology_data(request: Request, response: Response, suffix: Suffix) -> Response:
    """All classes and properties with their labels in both languages."""
    return _term(request, response, f"ontology.{suffix}", ONTOLOGY)


@router.get(
    "/concept/{scheme}",
    operation_id="concept_scheme",
    summary="A scheme of concepts",
    response_class=Response,
    responses={**problems(404, 406), **_RESPONSES},
)
def concept_scheme(request: Request, response: Response, scheme: Scheme) -> Response:
    """The concepts of a property, such as the types of accords, with their labels in both languages."""
    return _term(request, response, f"concept/{scheme}", CONCEPT + scheme)


@router.get(
    "/concept/{scheme}/{notation}",
    operation_id="concept",
    summary="A concept",
    response_class=Response,
    responses={**problems(404, 406), **_RESPONSES},
)
def concept(request: Request, response: Response, scheme: Scheme, notation: Notation) -> Response:
    """One value of a property, such as a type of accords, with its labels in both languages."""
    return _term(request, response, f"concept/{scheme}/{notation}", f"{CONCEPT}{scheme}/{notation}")


def _term(request: Request, response: Response, path: str, address: str) -> Response:
    """What is the same in every snapshot: it changes with the program alone."""
    path, _, suffix = path.partition(".")
    form = _known(suffix) if suffix else _wanted(request)
    body = vocabulary(address.removesuffix(f".{suffix}"), form or "ttl")
    if body is None:
        raise NotFound(f"the ontology has nothing under {path}")
    if not suffix:
        return _see(f"/vocabulary#{quote(path.partition('/')[2])}", f"/{quote(path)}", form)
    fresh(request, response, version(), suffix)
    return Response(body, media_type=FORMATS[suffix][0], headers=dict(response.headers))


def _wanted(request: Request) -> str | None:
    """The suffix of the RDF that Accept prefers; None for a page."""
    media = accepted(request.headers.get("accept"), ("text/html", *_MEDIA), GRAPH_ALIASES)
    if media is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"there are text/html, {', '.join(_MEDIA)}")
    return _MEDIA.get(media)


def _see(page: str | None, path: str, form: str | None) -> Response:
    """303 to the page where there is one and a person asks, else to the data."""
    target = page if page is not None and form is None else f"{path}.{form or 'ttl'}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER, {"Vary": "Accept"})


def _known(suffix: str) -> str:
    if suffix not in FORMATS:
        raise NotFound(f"there is no form .{suffix}; there are .{', .'.join(FORMATS)}")
    return suffix


def _data(request: Request, response: Response, services: ServicesDep, short_id: str, suffix: str) -> Response:
    _known(suffix)
    snapshot = services.shelf.current
    fresh(request, response, snapshot.id, suffix)
    body = document(snapshot.store, short_id, suffix)
    if body is None:
        raise missing(snapshot.store, short_id)
    return Response(body, media_type=FORMATS[suffix][0], headers=dict(response.headers))
