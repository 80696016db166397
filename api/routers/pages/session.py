"""Signing in with a key in the browser, for those who review; the key stays in a cookie that no script can read."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.access.refusals import NotIdentified
from api.access.visitors import COOKIE, Doorkeeper, VisitorDep
from api.deps import LanguageDep
from api.forms import read_form
from api.templating import render

router = APIRouter(include_in_schema=False)

_HOURS = 12


@router.get("/session")
def session(request: Request, language: LanguageDep, visitor: VisitorDep, back: str = "/") -> HTMLResponse:
    """Who is signed in, and the form to do so."""
    return render(request, "session.html", language, headers={"Cache-Control": "no-store"}, key=visitor.key, back=_local(back))


@router.post("/session")
async def sign_in(request: Request) -> Response:
    """Keep the key that was typed in, and go back; NotIdentified where it opens nothing."""
    form = await read_form(request)
    token = form.get("key", "").strip()
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    if doorkeeper.holder(token) is None:
        raise NotIdentified("this key is not known here, or has expired; `diplograph keys list` shows those there are")
    answer = RedirectResponse(_local(form.get("back", "/")), HTTPStatus.SEE_OTHER)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, max_age=3600 * _HOURS, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/session/end")
async def sign_out() -> Response:
    """Forget the key."""
    answer = RedirectResponse("/session", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _local(address: str) -> str:
    """An address of ours, so that nobody is sent elsewhere by a link to us."""
    parts = urlsplit(address)
    is_ours = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours else "/"
