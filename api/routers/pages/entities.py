"""The page of one entity, and its sentences as a part for other pages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.links import page_of
from api.moments import KnownAt, KnownBy, read_at
from api.moving import missing
from api.pagedeps import Visit, VisitDep
from api.reading import ReadingRoute
from api.things import Thing
from graph.asking.mentions import mentions

router = APIRouter(route_class=ReadingRoute, prefix="/entities", include_in_schema=False)

HIDDEN = ("claim", "reportedIn", "confidence", "sourceCount", "disputes", "validFrom", "validUntil")
PART_FACTS, PART_PASSAGES, MOST_RELATED = 6, 8, 40
PARTS = ("AccordAct", "Participation")
_HAVE_OWN_PAGE = ("state", "organisation", "source")


@router.get("/{kind}/{key}")
def entity(visit: VisitDep, kind: str, key: str) -> Response:
    """What is known of a thing, who says so, and where they disagree."""
    thing = _thing(visit, kind, key)
    if kind in _HAVE_OWN_PAGE:
        return RedirectResponse(page_of(thing.id), status_code=303)
    return visit.page(
        "entity.html",
        thing=thing,
        properties={name: values for name, values in thing.properties.items() if name not in HIDDEN},
        passages=visit.browser.passages(thing.id),
        versions=visit.browser.versions(thing),
        related=_related(visit, thing),
    )


@router.get("/{kind}/{key}/sentences")
def sentences(visit: VisitDep, kind: str, key: str, known_at: KnownAt = None, known_by: KnownBy = "published") -> HTMLResponse:
    """The sentences behind a thing; for a state, those behind the latest facts that name it."""
    with read_at(visit.services, known_at, known_by) as snapshot:
        return _sentences(visit if known_at is None else visit.at(snapshot), kind, key)


def _sentences(visit: Visit, kind: str, key: str) -> HTMLResponse:
    thing = _thing(visit, kind, key)
    passages = visit.browser.passages(thing.id)
    if passages:
        shown, rest = passages[:PART_PASSAGES], len(passages) - PART_PASSAGES
        return visit.page("_sentences.html", thing=thing, passages=shown, rest=max(rest, 0))
    told = mentions(visit.snapshot, thing.id, PART_FACTS)
    things = visit.browser.things(told.facts)
    return visit.page("_about.html", thing=thing, things=things, passages=visit.passages(things))


def _related(visit: Visit, thing: Thing) -> dict[str, tuple[Thing, ...]]:
    """What points to a thing; parts of facts are left out where the facts themselves point to it too."""
    pointing = visit.browser.pointing(thing.id)
    whole = {name: tuple(other for other in things if other.class_name not in PARTS) for name, things in pointing.items()}
    return {name: things[:MOST_RELATED] for name, things in whole.items() if things}


def _thing(visit: Visit, kind: str, key: str) -> Thing:
    thing = visit.browser.thing(f"{kind}/{key}")
    if thing is None:
        raise missing(visit.snapshot.store, f"{kind}/{key}")
    return thing
