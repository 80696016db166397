"""Listings of the members of a class, page by page within one snapshot, and each member by itself, in several forms."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from api.asked import Asked, read_asked
from api.browse import Browser
from api.caching import fresh_headers
from api.deps import LanguageDep, ServicesDep
from api.forms_of_things import MEDIA, form_of, known_form
from api.listing_answers import page_in_form, thing_in_form
from api.listing_parameters import common, day_parameters, parameters
from api.models import Listing
from api.models import Resource as Shown
from api.moments import KnownAt, KnownBy, day_of, read_at
from api.moving import MovedTo, missing
from api.negotiation import READERS
from api.openapi import MOVED, problems
from api.problems import CursorExpired
from api.rdf import FORMATS as RDF
from api.rdf import document
from api.reading import LookUpRoute, ReadingRoute
from api.services import Services
from api.strict import given_once, only_declared
from graph.asking.resources import Resource, load_resources
from graph.errors import NotFound
from graph.model.terms import load_ontology
from graph.record.snapshots import Snapshot

PREFIX = "/api/v1"

_EXAMPLES = {"state": "MAR", "organisation": "AU", "office": "MAR-minister_defence", "source": "2c26b46b68ff" + 52 * "0"}
_KEY = r"^[A-Za-z0-9_\-]+$"
_CODED = ("state", "organisation")
_ALL_FORMS = {media: {"schema": {} if "json" in media else {"type": "string"}} for media in MEDIA.values()}
_LISTED = {
    "Link": {"description": 'the page that follows: <…>; rel="next"', "schema": {"type": "string"}},
    "X-Truncated": {"description": "whether items follow that are not on this page", "schema": {"type": "string"}},
}

Collection = Annotated[
    str, Path(description="a listing", json_schema_extra={"enum": list(load_resources())}, examples=["accords"])
]
Suffix = Annotated[str, Path(description="the form", json_schema_extra={"enum": list(MEDIA)}, examples=["csv"])]
Key = Annotated[str, Path(description="rest of the short id", json_schema_extra={"pattern": _KEY}, examples=["MAR"])]


def make_router() -> APIRouter:
    """A documented route for each listing, and one for its members."""
    router = APIRouter(route_class=ReadingRoute, prefix=PREFIX, tags=["resources"])
    for item in load_resources().values():
        _add(router, item)
    return router


def make_suffixed_router() -> APIRouter:
    """The same by suffix: `/api/v1/accords.csv`, `/api/v1/states/MAR.ttl`. To be included last, so that it hides nothing."""
    router = APIRouter(route_class=ReadingRoute, prefix=PREFIX, tags=["resources"])
    router.add_api_route(
        "/{collection}.{suffix}",
        list_as,
        operation_id="list_as",
        summary="A listing in a form",
        response_class=Response,
        responses={**problems(404, 410, 422, 504), 200: {"content": _ALL_FORMS, "headers": _LISTED}},
        openapi_extra={"parameters": common()},
    )
    router.add_api_route(
        "/{collection}/{key}.{suffix}",
        get_as,
        operation_id="get_as",
        summary="One member in a form",
        response_class=Response,
        responses={**problems(404, 410), **MOVED, 200: {"content": _ALL_FORMS}},
        dependencies=[only_declared],
    )
    return router


def _add(router: APIRouter, item: Resource) -> None:
    router.add_api_route(
        f"/{item.name}",
        _listing(item),
        operation_id=f"list_{item.name}",
        summary=f"List {item.name}",
        description=f"The {item.name} of the graph that fit, a page at a time; `next` is the cursor of the page that follows. "
        "In other forms than JSON the header Link leads to it.",
        responses={**problems(404, 406, 410, 422, 504), 200: {"content": _ALL_FORMS, "headers": _LISTED}},
        response_model=Listing,
        openapi_extra={"parameters": parameters(item, load_ontology())},
    )
    example = _EXAMPLES.get(item.kind, 16 * "0")
    key = Path(description=_meant(item), json_schema_extra={"pattern": _KEY}, examples=[example])
    router.add_api_route(
        f"/{item.name}/{{key}}",
        _member(item, Annotated[str, key]),
        operation_id=f"get_{item.kind}",
        summary=f"One of the {item.name}",
        description=f"What the graph knows of one of the {item.name}, as it stands or as it was known on a day; "
        "its evidence is under `/api/v1/evidence`.",
        responses={**problems(404, 406, 410), **MOVED, 200: {"content": _ALL_FORMS}},
        response_model=Shown,
        openapi_extra={"parameters": day_parameters()},
        route_class_override=LookUpRoute,
    )


def _meant(item: Resource) -> str:
    return "its code" if item.kind in _CODED else f"rest of its short id: {item.kind}/…"


def _listing(item: Resource) -> Callable[..., Response]:
    def answer(request: Request, services: ServicesDep, language: LanguageDep) -> Response:
        return _page(request, services, language, item, form_of(request.headers.get("accept")))

    return answer


def _member(item: Resource, key_type: Any) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request, key: str) -> Response:
        name, _, suffix = key.partition(".")
        form = known_form(suffix) if suffix else form_of(request.headers.get("accept"))
        services = request.app.state.services
        return await _one(request, services, item, name, form, *day_of(given_once(request)))

    answer.__annotations__["key"] = key_type
    return answer


def list_as(request: Request, services: ServicesDep, language: LanguageDep, collection: Collection, suffix: Suffix) -> Response:
    """As the listing without suffix, in the form that the suffix names; its filters and orders are taken too."""
    return _page(request, services, language, _known(collection), known_form(suffix))


async def get_as(
    request: Request,
    services: ServicesDep,
    collection: Collection,
    key: Key,
    suffix: Suffix,
    known_at: KnownAt = None,
    known_by: KnownBy = "published",
) -> Response:
    """As the address without suffix, in the form that the suffix names."""
    return await _one(request, services, _known(collection), key, known_form(suffix), known_at, known_by)


def _known(name: str) -> Resource:
    if name not in load_resources():
        raise NotFound(f"there is no listing {name[:50]!r}; there are {', '.join(load_resources())}")
    return load_resources()[name]


def _page(request: Request, services: ServicesDep, language: LanguageDep, item: Resource, form: str) -> Response:
    given = given_once(request)
    asked = read_asked(item, language, given)
    day, by = day_of(given)
    with contextlib.nullcontext(_kept(services, asked)) if day is None else read_at(services, day, by) as snapshot:
        if asked.cursor is not None and asked.cursor.snapshot != snapshot.id:
            raise CursorExpired("sources of that day were loaded since this listing began; start it again without a cursor")
        return _page_of(snapshot, request, services, language, asked, form)


def _kept(services: Services, asked: Asked) -> Snapshot:
    return services.shelf.current if asked.cursor is None else services.shelf.named(asked.cursor.snapshot)


def _page_of(
    snapshot: Snapshot, request: Request, services: Services, language: LanguageDep, asked: Asked, form: str
) -> Response:
    headers = fresh_headers(request, snapshot.id, form, language, vary=READERS)
    return page_in_form(request.url, headers, snapshot, services.ontology, asked, form)


async def _one(request: Request, services: Services, item: Resource, key: str, form: str, day: str | None, by: str) -> Response:
    """JSON and CSV take a look-up; RDF has the claims and their evidence too, and is made in a thread, as an earlier day is."""
    short_id = f"{item.kind}/{key.upper() if item.kind in _CODED else key}"
    if day is not None or form in RDF:
        return await run_in_threadpool(_one_then, request, services, item, short_id, form, day, by)
    return _member_of(services.shelf.current, request, services, item, short_id, form)


def _one_then(
    request: Request, services: Services, item: Resource, short_id: str, form: str, day: str | None, by: str
) -> Response:
    with read_at(services, day, by) as snapshot:
        return _member_of(snapshot, request, services, item, short_id, form)


def _member_of(snapshot: Snapshot, request: Request, services: Services, item: Resource, short_id: str, form: str) -> Response:
    headers = fresh_headers(request, snapshot.id, form, vary="Accept")
    body: str | bytes | None
    if form in RDF:
        body = document(snapshot.store, short_id, form)
    else:
        body = thing_in_form(Browser(snapshot.store, services.ontology), services.ontology, item, short_id, form)
    if body is None:
        raise _missing(snapshot, item, short_id)
    return Response(body, media_type=MEDIA[form], headers=headers)


def _missing(snapshot: Snapshot, item: Resource, short_id: str) -> NotFound:
    """The error for a member that the view does not show; raises MovedTo or NoLongerShown where it did once."""
    try:
        missing(snapshot.store, short_id)
    except MovedTo as elsewhere:
        kind, _, key = elsewhere.new.partition("/")
        listing = next((one.name for one in load_resources().values() if one.kind == kind), None)
        if listing is None:
            raise
        raise MovedTo(f"/{item.name}/{short_id.partition('/')[2]}", f"/{listing}/{key}") from None
    return NotFound(f"the graph holds no {short_id}; {_hint(item)}")


def _hint(item: Resource) -> str:
    if item.kind == "state":
        return "codes are ISO 3166-1 alpha-3, such as MAR"
    return f"{PREFIX}/{item.name} lists what there is"
