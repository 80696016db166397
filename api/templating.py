"""Pages from templates: escaped always, an unknown name is an error, links to our own assets only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.languages import COOKIE, LANGUAGES, Language, load_texts
from api.negotiation import READERS

HERE = Path(__file__).parent
STATIC = HERE / "static"
_YEAR_SECONDS = 365 * 86_400


def render(
    request: Request,
    template: str,
    language: Language,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page in the reader's language; a language chosen by `?lang=` is remembered in a cookie."""
    common = {"t": load_words(language), "lang": language, "switches": _switches(request, language), "path": request.url.path}
    html = environment().get_template(template).render(**common, **context)
    response = HTMLResponse(html, int(status), dict(headers or {}))
    response.headers["Content-Language"] = language
    response.headers["Vary"] = READERS
    if request.query_params.get("lang") == language:
        response.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, samesite="lax", httponly=True)
    return response


@cache
def environment() -> Environment:
    """The templates with the few filters they need."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(web=web_address, key=path_part)
    made.globals.update(static=static_address)
    return made


@cache
def _words() -> Mapping[Language, Any]:
    return load_texts()


def load_words(language: Language) -> Any:
    """The texts of one language, read once."""
    return _words()[language]


def web_address(address: object) -> str | None:
    """An address that may stand in a link: http or https with a host, else None (`javascript:` and its kin)."""
    text = str(address or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.netloc else None


def path_part(text: object) -> str:
    """Text as one segment or several of a path: everything but letters, digits, `/` and `-._~` percent-encoded."""
    return quote(str(text), safe="/")


@cache
def static_address(name: str) -> str:
    """The address of one of our own assets, changed whenever the file changes so that it can be cached for long."""
    fingerprint = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={fingerprint}"


def _switches(request: Request, language: Language) -> list[tuple[Language, str]]:
    """Each other language with the address of this page in it."""
    others = [other for other in LANGUAGES if other != language]
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return [(other, f"{quote(request.url.path)}?{urlencode([*kept, ('lang', other)])}") for other in others]
