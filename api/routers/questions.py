"""The named questions: each a file in `queries/`, asked in Cypher or in SPARQL with the same answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from api.answers import as_body, as_file, described
from api.asked import DAYS
from api.caching import fresh
from api.deps import ServicesDep
from api.models import QuestionAnswer, QuestionInfo, QuestionList
from api.moments import KnownAt, KnownBy, read_at
from api.openapi import problems
from api.parameters import query_parameter
from api.reading import ReadingRoute
from api.services import Services
from api.strict import given_once, only_declared
from graph.asking.ask import SHOWN_NOW, Answer, Limits, ask_cypher_async, ask_sparql
from graph.asking.binding import Bound, bind
from graph.asking.media import accepted
from graph.asking.questions import Question, question
from graph.asking.rendering import FORMATS, offered
from graph.errors import NotFound, UnknownTerm

PREFIX = "/api/v1/questions"
Via = Literal["cypher", "sparql"]
ViaQuery = Annotated[Via, Query(description="which of its two texts is asked; both give the same rows")]
_FORM = "form of the answer; default: as Accept asks, else JSON"

_OWN = ("via", "format", *DAYS)


def make_router(questions: Mapping[str, Question]) -> APIRouter:
    """One documented route a question, so that the API's description names every parameter."""
    router = APIRouter(route_class=ReadingRoute, tags=["questions"])
    router.add_api_route(
        PREFIX,
        _list,
        operation_id="list_questions",
        summary="Every named question",
        responses=problems(),
        dependencies=[only_declared],
        response_model=QuestionList,
    )
    for item in questions.values():
        router.add_api_route(
            f"{PREFIX}/{item.name}",
            _asking(item),
            operation_id=f"ask_{item.name}",
            summary=item.title.en,
            description=item.description.en,
            responses={**problems(404, 409, 422, 504), 200: {"content": _contents(item)}},
            response_model=QuestionAnswer,
            openapi_extra={"parameters": [query_parameter(name, p) for name, p in item.parameters.items()]},
        )
    router.add_api_route(f"{PREFIX}/{{name}}", _unknown, include_in_schema=False)
    return router


async def ask(services: Services, item: Question, given: Mapping[str, str], via: Via) -> Answer:
    """A question's answer: SPARQL of the newest snapshot in a thread, Cypher of the property graph."""
    return await _ask(services, bind(item, given), via, None if via == "sparql" else await services.graph_snapshot())


async def _ask(services: Services, bound: Bound, via: Via, shown: str | None) -> Answer:
    """`shown`: the snapshot that the property graph was just seen to show."""
    limits = Limits.of(services.settings)
    if via == "sparql":
        return await asyncio.to_thread(ask_sparql, bound, services.shelf.current, limits)
    return await ask_cypher_async(bound, services.graph, limits, shown)


def _list(services: ServicesDep) -> QuestionList:
    """Names, titles, parameters and columns, read from the questions' own files."""
    return QuestionList(questions=[described(item) for item in services.questions.values()])


def _asking(item: Question) -> Callable[..., Awaitable[Any]]:
    forms = offered(item)

    async def answer(
        request: Request,
        response: Response,
        services: ServicesDep,
        via: ViaQuery = "cypher",
        format: str | None = None,
        known_at: KnownAt = None,
        known_by: KnownBy = "published",
    ) -> Any:
        given = {name: value for name, value in given_once(request).items() if name not in _OWN}
        form = format or _wanted(request, forms)
        if known_at is not None:
            if via == "cypher":
                raise HTTPException(HTTPStatus.CONFLICT, SHOWN_NOW)
            found = await asyncio.to_thread(_ask_then, request, response, services, bind(item, given), form, known_at, known_by)
            return _sent(found, form, via, response)
        stamp = services.shelf.current.id if via == "sparql" else await services.graph_snapshot()
        if stamp is not None:
            fresh(request, response, stamp, via, form, vary="Accept")
        return _sent(await _ask(services, bind(item, given), via, stamp), form, via, response)

    # Each question offers its own forms, and the description says which.
    answer.__annotations__["format"] = Annotated[Literal[forms] | None, Query(description=_FORM)]
    return answer


def _sent(found: Answer, form: str, via: str, response: Response) -> Response:
    """The answer in its form, with the headers that were set on the way."""
    if form != "json":
        return as_file(found, form, dict(response.headers))
    return Response(as_body(found, via), media_type="application/json", headers=dict(response.headers))


def _ask_then(request: Request, response: Response, services: Services, bound: Bound, form: str, day: str, by: str) -> Answer:
    with read_at(services, day, by) as then:
        fresh(request, response, then.id, "sparql", form, vary="Accept")
        return ask_sparql(bound, then, Limits.of(services.settings))


async def _unknown(name: str) -> QuestionInfo:
    try:
        return described(question(name))
    except UnknownTerm as error:
        raise NotFound(str(error)) from error


def _wanted(request: Request, forms: Sequence[str]) -> str:
    """The form that Accept prefers; the codebook is asked for by its name."""
    by_media = {FORMATS[name].media_type: name for name in reversed(forms) if name != "codebook"}
    media = accepted(request.headers.get("accept"), ("application/json", *by_media))
    return by_media.get(media or "", "json")


def _contents(item: Question) -> dict[str, dict[str, Any]]:
    """Media types of the forms other than JSON, for the description."""
    media = {FORMATS[name].media_type for name in offered(item)} - {"application/json"}
    return {name: {"schema": {} if "json" in name else {"type": "string"}} for name in sorted(media)}
