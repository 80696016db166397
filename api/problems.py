"""Errors as RFC 9457 problems, or as pages where a person looks: which error gives which status is decided here alone."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from api.access.refusals import BudgetSpent, NotAllowed, NotIdentified
from api.frame import SECURITY_HEADERS, request_id
from api.languages import language_of
from api.models import Problem
from api.moving import MovedTo, NoLongerShown
from api.negotiation import wants_page
from api.templating import render
from graph.asking.media import NoSuchForm
from graph.errors import (
    BadData,
    BadQuery,
    BadSource,
    DiplomacyError,
    FolderInUse,
    NotFound,
    QueryTimeout,
    StorageFull,
    StoreUnavailable,
    UnknownTerm,
)
from graph.record.history import HistoryForgotten

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPES = "https://w3id.org/diplograph/problem/"
RETRY_SECONDS = 5


class NotModified(Exception):
    """The client's copy is of the snapshot that is served: answered with 304, the headers of caching and no body."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__(headers["ETag"])
        self.headers = headers


class CursorExpired(DiplomacyError):
    """A cursor's snapshot is no longer kept; the listing has to be started again."""


STATUS: dict[type[DiplomacyError], HTTPStatus] = {
    NotIdentified: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    BudgetSpent: HTTPStatus.TOO_MANY_REQUESTS,
    NotFound: HTTPStatus.NOT_FOUND,
    BadQuery: HTTPStatus.BAD_REQUEST,
    NoSuchForm: HTTPStatus.NOT_ACCEPTABLE,
    UnknownTerm: HTTPStatus.UNPROCESSABLE_ENTITY,
    CursorExpired: HTTPStatus.GONE,
    HistoryForgotten: HTTPStatus.NOT_FOUND,
    NoLongerShown: HTTPStatus.GONE,
    QueryTimeout: HTTPStatus.GATEWAY_TIMEOUT,
    FolderInUse: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    BadSource: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadData: HTTPStatus.INTERNAL_SERVER_ERROR,
    DiplomacyError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(error: DiplomacyError) -> HTTPStatus:
    """The HTTP status of an error: that of its nearest ancestor in the table."""
    return next(STATUS[ancestor] for ancestor in type(error).__mro__ if ancestor in STATUS)


def install(app: FastAPI) -> None:
    """Make every error of the application leave it as a problem, or as an error page."""
    app.add_exception_handler(DiplomacyError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NotModified, _not_modified)
    app.add_exception_handler(MovedTo, _moved)
    app.add_exception_handler(Exception, _unexpected)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DiplomacyError)
    return refuse(request, error)


def refuse(request: Request, error: DiplomacyError) -> Response:
    """The answer to a request that an error of ours ended."""
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request %s failed: %s", request_id(request.scope), error)
    return respond(request, status, str(error), slug=_slug(type(error)), headers=_headers(error))


def _headers(error: DiplomacyError) -> dict[str, str]:
    if isinstance(error, NotIdentified):
        return {"WWW-Authenticate": 'Bearer realm="diplograph"'}
    return error.headers if isinstance(error, BudgetSpent) else {}


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    is_json = media == "application/json" or media.endswith("+json")
    if not is_json and any(item["loc"] == ("body",) and item["type"] != "missing" for item in error.errors()):
        detail = f"post JSON as application/json, not as {media[:50] or 'nothing'}"
        return respond(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    details = (f"{'.'.join(map(str, item['loc'][1:])) or item['loc'][0]}: {item['msg']}" for item in error.errors())
    return respond(request, HTTPStatus.BAD_REQUEST, "; ".join(details), slug="bad-query")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    detail = "" if error.detail == status.phrase else error.detail
    headers = dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
        detail = detail or f"{request.method}: this address takes {headers['Allow'] or 'no method'}"
    if status is HTTPStatus.NOT_FOUND and not wants_page(request):  # a page says so in the reader's language
        detail = detail or "nothing is at this address; /docs and /openapi.json describe those that there are"
    return respond(request, status, detail, headers=headers)


def _methods(request: Request) -> list[str]:
    """What this address answers: its methods may be several routes, of which the error knows one."""
    scopes = {method: {**request.scope, "method": method} for method in ("GET", "POST", "DELETE")}
    routes = request.app.routes
    found = [name for name, scope in scopes.items() if any(route.matches(scope)[0] is Match.FULL for route in routes)]
    return sorted({*found, "HEAD"} if "GET" in found else found)


async def _not_modified(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=error.headers)


async def _moved(request: Request, error: Exception) -> Response:
    assert isinstance(error, MovedTo)
    query = f"?{request.url.query}" if request.url.query else ""
    target = request.url.path.replace(error.old, error.new, 1) + query
    return Response(status_code=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": target, "Cache-Control": "no-cache"})


async def _unexpected(request: Request, error: Exception) -> Response:
    """A defect of ours: its traceback goes to the log (the server writes it), never to the client."""
    response = respond(request, HTTPStatus.INTERNAL_SERVER_ERROR, "")
    # This handler runs outside the frame that adds these to every other answer.
    response.headers.update(SECURITY_HEADERS)
    response.headers["X-Request-ID"] = request_id(request.scope)
    return response


def respond(
    request: Request, status: HTTPStatus, detail: str, *, slug: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """One error as a page in the reader's language where a page was asked for, else as problem+json."""
    headers = dict(headers or {})
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    problem = Problem(
        type=TYPES + slug if slug else "about:blank",
        title=status.phrase,
        status=int(status),
        detail=detail or None,
        instance=request.url.path,
        request_id=request_id(request.scope),
    )
    if wants_page(request):
        return render(request, "error.html", language_of(request), status=status, headers=headers, problem=problem)
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


def _slug(error: type[DiplomacyError]) -> str:
    """`BadQuery` -> `bad-query`."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in error.__name__).lstrip("-")
