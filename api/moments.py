"""Answers of an earlier day: the parameters that name it, and the snapshot of then, held while a request reads it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from api.asked import DATE
from api.caching import fresh
from api.deps import LanguageDep, ServicesDep
from api.listing_parameters import BASES, BASIS, DAY
from api.negotiation import READERS
from api.services import Services
from graph.errors import BadQuery, DiplomacyError
from graph.record.snapshots import Snapshot

KnownAt = Annotated[str | None, Query(pattern=f"^({DATE})$", description=DAY, examples=["2025-06"])]
KnownBy = Annotated[Literal["published", "recorded"], Query(description=BASIS)]
AsOf = Annotated[str | None, Query(pattern=f"^({DATE})$", description="the day that is asked about", examples=["2025-06"])]


@contextlib.contextmanager
def read_at(services: Services, day: str | None, by: str = "published") -> Iterator[Snapshot]:
    """The snapshot of a day, held until the block ends; the newest without a day. To be called in a thread of the pool.

    NotFound where no source was known yet, BadQuery where the record is too large, QueryTimeout where another's view is
    being derived for too long.
    """
    if day is None:
        yield services.shelf.current
        return
    with _opened(services, day, by) as snapshot:
        yield snapshot


def _opened(services: Services, day: str, by: str) -> Snapshot:
    from graph.workspace import Workspace  # it brings the validator, which only this case needs: a start must be quick

    try:
        return Workspace(services.settings).known_at(day, by)
    except DiplomacyError as error:  # its frames keep iterators over a store, which must not outlive this thread
        error.__context__ = None
        raise error.with_traceback(None) from None


def _known(
    request: Request,
    response: Response,
    services: ServicesDep,
    language: LanguageDep,
    known_at: KnownAt = None,
    known_by: KnownBy = "published",
) -> Iterator[Snapshot]:
    with read_at(services, known_at, known_by) as snapshot:
        fresh(request, response, snapshot.id, language, vary=READERS)
        yield snapshot


KnownDep = Annotated[Snapshot, Depends(_known)]
"""The snapshot of the day that `known_at` names, else the newest; the answer gets its ETag, and 304 where that is known."""


def day_of(given: Mapping[str, str]) -> tuple[str | None, str]:
    """`known_at` and `known_by` of a query that FastAPI does not read; BadQuery where they are malformed."""
    day, by = given.get("known_at"), given.get("known_by", "published")
    if day is not None and not re.fullmatch(DATE, day, re.ASCII):
        raise BadQuery(f"known_at: a date is YYYY, YYYY-MM or YYYY-MM-DD, not {day[:20]!r}")
    if by not in BASES:
        raise BadQuery(f"known_by: {by[:20]!r} is none of {', '.join(BASES)}")
    return day, by
