"""The named questions as forms, with their answers as tables."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from api.pagedeps import Visit, VisitDep
from api.reading import ReadingRoute
from api.routers.questions import PREFIX, Via, ask
from api.table import shown_rows
from api.words import Shown
from graph.asking.ask import Answer
from graph.asking.questions import Question
from graph.errors import BadQuery, NotFound, UnknownTerm

router = APIRouter(route_class=ReadingRoute, prefix="/questions", include_in_schema=False)

_LANGUAGE, _VIA = "lang", "via"


@router.get("")
def questions(visit: VisitDep) -> HTMLResponse:
    """Every question, with what it asks."""
    return visit.page("questions.html", questions=visit.services.questions.values())


@router.get("/{name}")
async def question(request: Request, visit: VisitDep, name: str) -> HTMLResponse:
    """One question's form, and its answer where everything it needs is given."""
    if name not in visit.services.questions:
        raise NotFound(f"no question is named {name!r}")
    item = visit.services.questions[name]
    given = {key: value.strip() for key, value in request.query_params.items() if value.strip()}
    via: Via = "sparql" if given.pop(_VIA, "cypher") == "sparql" else "cypher"
    given.pop(_LANGUAGE, None)
    answer, problem = await _answered(visit, item, given, via)
    return await run_in_threadpool(_page, visit, item, given, via, answer, problem)


async def _answered(visit: Visit, item: Question, given: dict[str, str], via: Via) -> tuple[Answer | None, str | None]:
    """The answer, or why there is none yet; a wrong value is said beside the form rather than on a page of its own."""
    if any(parameter.required and name not in given for name, parameter in item.parameters.items()):
        return None, None
    if _LANGUAGE in item.parameters:
        given = {**given, _LANGUAGE: visit.words.language}
    try:
        return await ask(visit.services, item, given, via), None
    except (BadQuery, UnknownTerm) as error:
        return None, str(error)


def _page(
    visit: Visit, item: Question, given: dict[str, str], via: Via, answer: Answer | None, problem: str | None
) -> HTMLResponse:
    language = visit.words.language
    fields = [name for name in item.parameters if name != _LANGUAGE]
    rows = shown_rows(visit.words, answer) if answer else []
    kept = _kept(answer, rows) if answer else []
    query = urlencode({**given, _VIA: via, **({_LANGUAGE: language} if _LANGUAGE in item.parameters else {})})
    return visit.page(
        "question.html",
        question=item,
        fields=fields,
        given=given,
        via=via,
        problem=problem,
        agents=visit.browser.agents(0, 500)[0],
        domains=visit.services.ontology.concepts("Domain").values(),
        answer=answer,
        columns=[answer.columns[place] for place in kept] if answer else [],
        rows=[[row[place] for place in kept] for row in rows],
        data=f"{PREFIX}/{item.name}?{query}",
    )


def _kept(answer: Answer, rows: list[list[list[Shown]]]) -> list[int]:
    """The columns a page shows: not one that only repeats the names which links to things already carry."""
    links = [place for place, column in enumerate(answer.question.columns.values()) if column.type == "iri"]

    def repeats(place: int) -> bool:
        return any(all(_texts(row[place]) == _texts(row[link]) for row in rows) for link in links if link != place)

    return [place for place in range(len(answer.columns)) if place in links or not rows or not repeats(place)]


def _texts(cell: list[Shown]) -> list[str]:
    return [value.text.replace("\u00a0", " ") for value in cell]
