"""A posted form of a page, as a mapping."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from graph.errors import BadQuery

FORM = "application/x-www-form-urlencoded"


def form_pairs(body: bytes) -> list[tuple[str, str]]:
    """Names and values of an urlencoded form, in order; BadQuery where it cannot be read."""
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise BadQuery(f"the posted form cannot be read: {error}") from error


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form; 415 where something else was posted, BadQuery where a field is given twice."""
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media != FORM:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"post a form as {FORM}, not as {media or 'nothing'}")
    found: dict[str, str] = {}
    for name, value in form_pairs(await request.body()):
        if name in found:
            raise BadQuery(f"{name}: given more than once")
        found[name] = value
    return found
