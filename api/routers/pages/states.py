"""States and organisations: their list, and the partner page of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.charts import bars
from api.pagedeps import Visit, VisitDep
from api.reading import ReadingRoute
from api.things import Thing
from graph.asking.mentions import mentions, shared
from graph.errors import NotFound

router = APIRouter(route_class=ReadingRoute, prefix="/states", include_in_schema=False)

PER_PAGE, BETWEEN_FACTS, PART_FACTS = 200, 400, 12
STATE_FACTS = 160  # of a state: its partners are the page's matter, and rendering more takes longer than finding them

SECTIONS = {
    "accords": ("Accord",),
    "commissions": ("Commission",),
    "missions": ("Mission",),
    "encounters": ("Meeting", "Visit"),
    "relations": ("RelationChange", "Membership"),
    "exchanges": ("TradeFlow", "Aid", "Cooperation", "Deployment"),
    "positions": ("Stance", "Statement"),
    "offices": ("Tenure",),
}
ALWAYS = ("accords", "commissions", "missions", "encounters")
COUNTS = {
    "accords": "Accord",
    "commissions": "Commission",
    "meetings": "Meeting",
    "visits": "Visit",
    "missions": "Mission",
    "relations": "RelationChange",
    "memberships": "Membership",
    "trade": "TradeFlow",
    "aid": "Aid",
    "deployments": "Deployment",
    "cooperation": "Cooperation",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the partner page with its facts, latest first."""

    name: str
    things: tuple[Thing, ...]


@router.get("")
def states(visit: VisitDep, offset: Annotated[int, Query(ge=0, le=100_000)] = 0) -> HTMLResponse:
    """States and organisations that facts speak of, those with most facts first."""
    agents, more = visit.browser.agents(offset, PER_PAGE)
    return visit.page("states.html", agents=agents, offset=offset, next=offset + PER_PAGE if more else None)


@router.get("/{code}")
def state(visit: VisitDep, code: str) -> HTMLResponse:
    """Partners, accords, commissions, missions, encounters of one state or organisation."""
    agent = _agent(visit, code)
    told, partners = mentions(visit.snapshot, agent.id, STATE_FACTS), shared(visit.snapshot, agent.id, visit.words.language)
    return visit.page(
        "state.html",
        agent=agent,
        partners=partners,
        columns={name: kind for name, kind in COUNTS.items() if any(kind in one.counts for one in partners)},
        sections=_sections(visit.browser.things(told.facts)),
        truncated=told.more,
        shown=len(told.facts),
        chart=bars(told.years),
    )


@router.get("/{code}/partners/{partner}")
def between(visit: VisitDep, code: str, partner: str) -> HTMLResponse:
    """The facts that name both, with their sentences."""
    return visit.page("between.html", **_between(visit, code, partner, BETWEEN_FACTS))


@router.get("/{code}/partners/{partner}/sentences")
def between_part(visit: VisitDep, code: str, partner: str) -> HTMLResponse:
    """The same as a part of a page, not all of them."""
    return visit.page("_between.html", **_between(visit, code, partner, PART_FACTS))


def _between(visit: Visit, code: str, partner: str, limit: int) -> dict[str, object]:
    one, other = _agent(visit, code), _agent(visit, partner)
    facts = visit.browser.between(one.id, other.id, 0, limit)
    return {"one": one, "other": other, "facts": facts, "passages": visit.passages(facts.things)}


def _agent(visit: Visit, code: str) -> Thing:
    for kind in ("state", "organisation"):
        thing = visit.browser.thing(f"{kind}/{code.upper()}")
        if thing is not None:
            return thing
    raise NotFound(f"no state or organisation has the code {code!r}; states have ISO 3166-1 alpha-3 codes, such as MAR")


def _sections(things: tuple[Thing, ...]) -> list[Section]:
    """The sections in their order; one beyond the main four is left out where it is empty."""
    made = [
        Section(name, tuple(thing for thing in things if thing.class_name in classes)) for name, classes in SECTIONS.items()
    ]
    return [section for section in made if section.things or section.name in ALWAYS]
