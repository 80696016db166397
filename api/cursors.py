"""Cursors: where a page of a listing begins, in which snapshot, of which listing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import BadQuery, NotFound
from graph.model import iri

PATTERN = "^[A-Za-z0-9_-]{24,1200}$"

After = tuple[str | int, str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The page after a place in the order, in a snapshot. `listing` tells what was asked: a cursor fits no other question."""

    snapshot: str
    listing: str
    after: After

    def text(self) -> str:
        """The cursor as clients send it back."""
        place, address = self.after
        told = [self.snapshot, place, iri.short(address)]
        content = json.dumps([*told, _seal(self.listing, told)], ensure_ascii=False)
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def listing_key(name: str, language: str, given: Mapping[str, str]) -> str:
    """What tells listings apart: all that was asked but for the page."""
    asked = {key: value for key, value in given.items() if key not in ("cursor", "limit", "total", "lang")}
    return hashlib.sha256(json.dumps([name, language, sorted(asked.items())]).encode()).hexdigest()[:12]


def read_cursor(text: str, listing: str) -> Cursor:
    """The cursor of a listing that a client sent; NotFound where it leads to no page of ours, BadQuery to none of these."""
    try:
        *told, seal = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        snapshot, place, name = told
    except (binascii.Error, UnicodeError, ValueError, TypeError) as error:
        raise _foreign() from error
    if not all(isinstance(part, str) for part in (snapshot, name)) or not isinstance(place, str | int):
        raise _foreign()
    if seal != _seal(listing, told):
        raise BadQuery("cursor: it was changed or is of another listing; keep filters, sort and language from page to page")
    return Cursor(snapshot, listing, (place, iri.full(name)))


def _seal(listing: str, told: list[str | int]) -> str:
    """What shows that a cursor is whole and of this listing; a guard against mistakes, for it opens nothing."""
    return hashlib.sha256(json.dumps([listing, *told]).encode()).hexdigest()[:16]


def _foreign() -> NotFound:
    return NotFound("cursor: it leads to no page; take `next` of the page before, unchanged")
