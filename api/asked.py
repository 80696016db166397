"""What a request asks of a listing: its parameters, checked against what the listing offers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.cursors import PATTERN, Cursor, listing_key, read_cursor
from api.languages import LANGUAGES, Language
from api.strict import no_parameter
from graph.asking.agents import agent_iri
from graph.asking.catalogue import Wanted
from graph.asking.resources import Filter, Resource
from graph.errors import BadQuery, UnknownTerm
from graph.model import iri
from graph.model.folding import fold

LIMIT, MOST = 50, 500
LONGEST = 200

DATE = (
    r"[1-9][0-9]{3}(-((0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?"
    r"|02(-(0[1-9]|1[0-9]|2[0-8]))?))?|([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)-02-29"
)
"""A day, month or year of the calendar, leap days included."""

_NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z", re.ASCII)
DAYS = ("known_at", "known_by")
"""Whose knowledge is asked for: `api.moments` reads them."""
_COMMON = ("q", "sort", "limit", "cursor", "total", "lang")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of a listing: what of it, how many, from where. `counted`: how many there are in all is asked too."""

    wanted: Wanted
    limit: int
    cursor: Cursor | None
    counted: bool
    key: str

    def next(self, snapshot: str, after: tuple[str | int, str] | None) -> str | None:
        """The cursor of the page that follows, None at the end."""
        return None if after is None else Cursor(snapshot, self.key, after).text()


def parameters_of(resource: Resource) -> tuple[str, ...]:
    """The parameters that a listing has."""
    dates = (("from", "to") if resource.dated else ()) + (("as_of",) if resource.holds else ())
    return (*resource.filters, *dates, *_COMMON)


def read_asked(resource: Resource, language: Language, given: Mapping[str, str]) -> Asked:
    """The page that is asked for; BadQuery names the parameter that is wrong, UnknownTerm the value nobody knows."""
    offered = (*parameters_of(resource), *DAYS)
    for name in given:
        if name not in offered:
            raise no_parameter(name, offered)
    key = listing_key(resource.name, language, given)
    wanted = Wanted(
        resource,
        {name: _value(item, given[name]) for name, item in resource.filters.items() if name in given},
        words=_text("q", given["q"]) if "q" in given else "",
        since=_date("from", given),
        until=_date("to", given),
        as_of=_date("as_of", given),
        sort=one_of("sort", given.get("sort", resource.sort), resource.sorts),
        language=language,
    )
    if "lang" in given:
        one_of("lang", given["lang"], LANGUAGES)
    counted = one_of("total", given.get("total", "false"), ("true", "false")) == "true"
    cursor = _cursor(given, key)
    return Asked(wanted if cursor is None else replace(wanted, after=cursor.after), _limit(given), cursor, counted, key)


def _limit(given: Mapping[str, str]) -> int:
    text = given.get("limit", str(LIMIT))
    if not _NUMBER.match(text) or int(text) > MOST:
        raise BadQuery(f"limit: a whole number from 1 to {MOST}, not {text[:20]!r}")
    return int(text)


def _cursor(given: Mapping[str, str], key: str) -> Cursor | None:
    if "cursor" not in given:
        return None
    if not re.search(PATTERN, given["cursor"], re.ASCII):
        raise BadQuery("cursor: this is none of ours; take `next` of the page before, unchanged")
    return read_cursor(given["cursor"], key)


def _date(name: str, given: Mapping[str, str]) -> str:
    text = given.get(name)
    if text is None:
        return ""
    if not re.fullmatch(DATE, text, re.ASCII):
        raise BadQuery(f"{name}: a date is YYYY, YYYY-MM or YYYY-MM-DD, not {text[:20]!r}")
    return text


def one_of(name: str, text: str, choices: tuple[str, ...]) -> str:
    """The text, which must be one of these; UnknownTerm names them."""
    if text not in choices:
        raise UnknownTerm(f"{name}: {text[:50]!r} is none of {', '.join(choices)}")
    return text


def _text(name: str, text: str) -> str:
    if not 0 < len(text) <= LONGEST:
        raise BadQuery(f"{name}: from 1 to {LONGEST} characters")
    return text


def _value(item: Filter, text: str) -> str:
    """A filter's value as the index keeps it."""
    match item.takes:
        case "concept":
            return one_of(item.name, text, item.choices)
        case "language":
            return one_of(item.name, text, LANGUAGES)
        case "agent":
            return iri.short(agent_iri(item.name, text))
        case "text":
            return fold(_text(item.name, text))
        case "source" | "thing":
            return _short(item, text)


def _short(item: Filter, text: str) -> str:
    found = re.fullmatch(id_pattern(item), text, re.ASCII)
    if found is None:
        raise BadQuery(f"{item.name}: an id is asked for, {id_pattern(item)}")
    kind = "source" if item.takes == "source" else item.kinds[0]
    return f"{kind}/{text.rpartition('/')[2]}"


def id_pattern(item: Filter) -> str:
    """How the ids look that a filter takes: with or without their first part."""
    return "(source/)?[0-9a-f]{64}" if item.takes == "source" else f"({item.kinds[0]}/)?[0-9a-f]{{16}}"
