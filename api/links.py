"""Where things have their pages."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request


def page_of(short_id: str) -> str:
    """The address of the page of an entity or source: a state's or organisation's is its partner page."""
    kind, _, key = short_id.partition("/")
    if kind in ("state", "organisation"):
        return f"/states/{quote(key)}"
    return f"/sources/{quote(key)}" if kind == "source" else f"/entities/{quote(kind)}/{quote(key)}"


def sentences_of(short_id: str, day: tuple[str, str] | None = None) -> str:
    """The address of the fragment that shows an entity's sentences; of the sources of a day, and by which date they count."""
    kind, _, key = short_id.partition("/")
    then = "" if day is None else "?" + urlencode({"known_at": day[0], "known_by": day[1]})
    return f"/entities/{quote(kind)}/{quote(key)}/sentences{then}"


def base_of(request: Request) -> str:
    """The address of this server as the client wrote it, without a slash at the end."""
    return str(request.base_url).rstrip("/")
