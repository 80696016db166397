"""The partner map: all that ties a state to each of its partners, in one answer; several states side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from api.asked import DATE, DAYS, one_of
from api.caching import fresh_headers
from api.deps import LanguageDep, ServicesDep
from api.forms_of_things import MEDIA
from api.languages import LANGUAGES
from api.listing_parameters import AGENT, REGION, date_parameter, day_parameters, in_query, language_parameter
from api.moments import day_of, read_at
from api.negotiation import READERS
from api.openapi import problems
from api.partner_models import PartnerMaps
from api.partners import flat, partner_map
from api.reading import ReadingRoute
from api.strict import given_once, no_parameter
from graph.asking.agents import agent_iri
from graph.asking.catalogue import newest_source
from graph.asking.formats import csv_of
from graph.asking.index import Searched
from graph.asking.media import accepted
from graph.errors import BadQuery, NotFound, UnknownTerm
from graph.model import iri
from graph.model.regions import load_regions
from graph.record.snapshots import Snapshot

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1/partners", tags=["partners"])

BESIDE = 4
_NAMES = ("as_of", "with", "region", "members", "years", "format", "lang", *DAYS)
_FORMS = ("json", "csv")


_PARAMETERS = [
    date_parameter("as_of", "as things stood on this date; default: the day the newest source was published"),
    in_query("with", {"type": "array", "items": {"anyOf": [AGENT, REGION]}, "minItems": 1, "maxItems": BESIDE},
             "up to four others to stand beside it, joined by commas", style="form", explode=False, example=["FRA", "ESP"]),
    in_query("region", REGION, "only the partners in this region or sub-region of the world"),
    in_query("members", {"type": "string", "enum": ["true", "false"], "default": "false"},
             "of an organisation: its members on that date, taken as one"),
    in_query("years", {"type": "integer", "minimum": 1, "maximum": 50, "default": 2},
             "a commission is overdue when it has not met for more than so many years"),
    in_query("format", {"type": "string", "enum": list(_FORMS)}, "form of the answer; default: as Accept asks, else JSON"),
    language_parameter(),
    *day_parameters(),
]  # fmt: skip

State = Annotated[
    str,
    Path(
        description="a state's or organisation's code; or a region, whose states are taken as one",
        json_schema_extra={"anyOf": [AGENT, REGION]},
        examples=["MAR"],
    ),
]


@router.get(
    "/{state}",
    operation_id="partner_map",
    summary="All partners of a state",
    response_model=PartnerMaps,
    responses={**problems(404, 406, 422, 504), 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    openapi_extra={"parameters": _PARAMETERS},
)
def partners(request: Request, services: ServicesDep, language: LanguageDep, state: State) -> Response:
    """Relations and their level, missions, accords, commissions, contacts, trends, gains, losses, trade, positions.

    The figures are those of the questions `partner_map`, `partner_changes` and `commission_calendar`; the formulas of the
    trend and of the agreement, with their margins, are in docs/api.md.
    """
    given = given_once(request)
    if odd := sorted(given.keys() - set(_NAMES)):
        raise no_parameter(odd[0], _NAMES)
    one_of("lang", given.get("lang", language), LANGUAGES)
    form = _form(request, given)
    with read_at(services, *day_of(given)) as snapshot:
        return _maps(snapshot, request, language, [_agent(state), *_beside(given)], given, form)


def _maps(
    snapshot: Snapshot, request: Request, language: LanguageDep, agents: list[str], given: Mapping[str, str], form: str
) -> Response:
    headers = fresh_headers(request, snapshot.id, form, language, vary=READERS)
    as_of, years, grouped = _date(given, snapshot), _years(given), _is_grouped(given)
    within = one_of("region", given["region"], tuple(load_regions())) if "region" in given else None
    maps = [
        partner_map(
            snapshot,
            agent,
            as_of,
            language,
            years,
            grouped=grouped and agent.startswith("organisation/"),
            within=within,
            then={name: given[name] for name in DAYS if "known_at" in given and name in given},
        )
        for agent in dict.fromkeys(agents)
    ]
    if form == "csv":
        return Response(csv_of(*flat(maps)), media_type=MEDIA[form], headers=headers)
    common = set.intersection(*({tie.partner for tie in one.partners} for one in maps))
    answer = PartnerMaps(snapshot=snapshot.id, as_of=as_of, maps=maps, common=sorted(common), truncated=False)
    return Response(answer.model_dump_json(), media_type=MEDIA[form], headers=headers)


def _form(request: Request, given: Mapping[str, str]) -> str:
    if "format" in given:
        return one_of("format", given["format"], _FORMS)
    media = accepted(request.headers.get("accept"), tuple(MEDIA[form] for form in _FORMS))
    if media is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, "there are application/json and text/csv")
    return next(form for form in _FORMS if MEDIA[form] == media)


def _agent(text: str) -> str:
    if text in load_regions():
        return f"region/{text}"
    try:
        return iri.short(agent_iri("state", text))
    except UnknownTerm as error:
        raise NotFound(str(error)) from error


def _beside(given: Mapping[str, str]) -> list[str]:
    codes = given["with"].split(",") if "with" in given else []
    if len(codes) > BESIDE:
        raise BadQuery(f"with: at most {BESIDE} others")
    return [f"region/{code}" if code in load_regions() else iri.short(agent_iri("with", code)) for code in codes]


def _date(given: Mapping[str, str], snapshot: Searched) -> str:
    text = given["as_of"] if "as_of" in given else newest_source(snapshot)
    if text is None:
        raise BadQuery("as_of: no source is dated, so a date has to be given")
    if not re.fullmatch(DATE, text, re.ASCII):
        raise BadQuery(f"as_of: a date is YYYY, YYYY-MM or YYYY-MM-DD, not {text[:20]!r}")
    return text


def _years(given: Mapping[str, str]) -> int:
    text = given.get("years", "2")
    if not re.fullmatch("[1-9][0-9]?", text, re.ASCII) or int(text) > 50:
        raise BadQuery("years: a whole number from 1 to 50")
    return int(text)


def _is_grouped(given: Mapping[str, str]) -> bool:
    return one_of("members", given.get("members", "false"), ("true", "false")) == "true"
