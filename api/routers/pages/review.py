"""The review queue, the decisions and the chain behind a value, for people who decide."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.access.keys import Scope
from api.access.visitors import VisitorDep, needs
from api.correcting import EditorDep
from api.forms import read_form
from api.moving import require
from api.pagedeps import VisitDep
from api.reading import ReadingRoute
from graph.asking.entities import explain
from graph.errors import BadData, BadQuery, NotFound
from graph.model import iri
from graph.model.kinds import load_kinds
from graph.review.deciding import Wish
from graph.review.queue import SORTS
from graph.workspace import Workspace

router = APIRouter(route_class=ReadingRoute, include_in_schema=False)

SHOWN = 40
_REVIEW = Depends(needs(Scope.REVIEW))


@router.get("/review", dependencies=[_REVIEW])
def review(visit: VisitDep, sort: Annotated[str, Query(max_length=20)] = "", done: str = "", wrong: str = "") -> HTMLResponse:
    """What most changes the graph first, with what to know and what can be said of it."""
    entries = visit.services.desk.entries(visit.snapshot, visit.words.language)
    counts = {name: sum(entry.sort == name for entry in entries) for name in SORTS}
    chosen = [entry for entry in entries if sort in ("", entry.sort)]
    return visit.unkept_page(
        "review.html", entries=chosen[:SHOWN], more=max(0, len(chosen) - SHOWN), counts=counts, sort=sort,
        total=len(entries), done=done, wrong=wrong, short=iri.short,
    )  # fmt: skip


@router.get("/review/decisions", dependencies=[_REVIEW])
def decisions(visit: VisitDep) -> HTMLResponse:
    """Every decision in force, the latest first, to be taken back."""
    found = Workspace(visit.services.settings).corrections.decisions()
    return visit.unkept_page("decisions.html", decisions=list(reversed(found)))


@router.post("/review/decide", dependencies=[_REVIEW])
async def decide(request: Request, editor: EditorDep) -> Response:
    """Record what a form says, and go back to where it was sent from."""
    form = await read_form(request)
    wish = Wish(
        form.get("verdict", ""), tuple(form.get("about", "").split()), editor.name, form.get("reason", ""),
        form.get("field") or None, form.get("value") or None,
    )  # fmt: skip
    try:
        done = await run_in_threadpool(editor.correct, lambda corrections, _: corrections.decide(wish))
    except (BadQuery, BadData, NotFound) as error:
        return _back(form, wrong=str(error))
    return _back(form, done=f"{len(done.commit.changed)}")


@router.post("/review/undo", dependencies=[_REVIEW])
async def undo(request: Request, editor: EditorDep) -> Response:
    """Take a decision back."""
    form = await read_form(request)
    await run_in_threadpool(editor.correct, lambda corrections, by: corrections.undo(form.get("decision", ""), by))
    return RedirectResponse("/review/decisions", HTTPStatus.SEE_OTHER)


@router.get("/entities/{kind}/{key}/why")
def why(visit: VisitDep, visitor: VisitorDep, kind: str, key: str, done: str = "", wrong: str = "") -> HTMLResponse:
    """From the shown value to claims, sentences, rules, comparisons and decisions."""
    name = f"{kind}/{key}"
    require(visit.snapshot.store, name)
    found = explain(visit.snapshot, name, visit.words.language, whole=True)
    kinds = load_kinds()
    fields = {
        kind: [(field, visit.words.term(about.property_name)) for field, about in kinds[kind].fields.items()]
        for kind in {claim.kind for claim in found.claims}
    }
    return visit.unkept_page(
        "why.html", found=found, name=name, short=iri.short, done=done, wrong=wrong, fields=fields,
        may_decide=Scope.REVIEW in visitor.scopes,
    )  # fmt: skip


def _back(form: dict[str, str], **said: str) -> Response:
    """To the page that the form stood on: the queue, or a thing's."""
    about = form.get("page", "")
    query = urlencode(
        {name: value[:500] for name, value in said.items()} | ({"sort": form["sort"]} if form.get("sort") else {})
    )
    is_thing = about.count("/") == 1 and about.replace("/", "").replace("-", "").replace("_", "").isalnum()
    return RedirectResponse((f"/entities/{about}/why" if is_thing else "/review") + f"?{query}", HTTPStatus.SEE_OTHER)
