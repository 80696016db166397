"""Listings of the things of a class, page by page within one snapshot, and each thing by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path

from api.browse import Browser, Page
from api.deps import BrowserDep, LangParameter, LanguageDep, OntologyDep, Place, PlaceDep
from api.links import page_of
from api.models import Label, Listing, Resource
from api.openapi import problems
from api.reading import ReadingRoute
from api.strict import only_declared
from api.things import Thing
from graph.errors import NotFound
from graph.model import iri

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1", tags=["resources"], dependencies=[only_declared])

CLASSES = {
    "states": "State",
    "organisations": "Organisation",
    "people": "Person",
    "offices": "Office",
    "accords": "Accord",
    "commissions": "Commission",
    "sessions": "Session",
    "meetings": "Meeting",
    "visits": "Visit",
    "missions": "Mission",
}


def as_resource(thing: Thing) -> Resource:
    """A thing as the API shows it."""
    return Resource(
        id=iri.full(thing.id),
        kind=thing.kind,
        key=thing.key,
        type=thing.class_name,
        label=Label(fr=thing.labels.get("fr"), en=thing.labels.get("en")),
        date=thing.date,
        properties={name: list(values) for name, values in thing.properties.items()},
        page=page_of(thing.id),
    )


def _listing(page: Page, place: Place) -> Listing:
    items = [as_resource(thing) for thing in page.things]
    return Listing(snapshot=place.snapshot.id, items=items, truncated=page.more, next=place.after(page.more))


def _members(class_name: str) -> Callable[..., Listing]:
    def members(place: PlaceDep, ontology: OntologyDep, language: LanguageDep, lang: LangParameter = None) -> Listing:
        browser = Browser(place.snapshot.store, ontology)
        return _listing(browser.members(class_name, language, place.offset, place.limit), place)

    return members


for _name, _class in CLASSES.items():
    router.add_api_route(
        f"/{_name}",
        _members(_class),
        operation_id=f"list_{_name}",
        summary=f"List {_name}",
        description=f"All {_name} of the graph by name, a page at a time; `next` is the cursor of the page that follows.",
        responses=problems(404, 410),
        response_model=Listing,
    )


@router.get("/sources", operation_id="list_sources", summary="List sources", responses=problems(404, 410))
def list_sources(place: PlaceDep, ontology: OntologyDep) -> Listing:
    """The articles and documents that were read, those published last first."""
    return _listing(Browser(place.snapshot.store, ontology).sources(place.offset, place.limit), place)


@router.get("/states/{code}", operation_id="get_state", summary="A state by its code", responses=problems(404))
def get_state(browser: BrowserDep, code: Annotated[str, Path(description="ISO 3166-1 alpha-3", examples=["MAR"])]) -> Resource:
    """What the graph knows of a state itself; its partners are the question `partners`."""
    thing = browser.thing(f"state/{code.upper()}")
    if thing is None:
        raise NotFound(f"no state has the code {code!r}; codes are ISO 3166-1 alpha-3, such as MAR")
    return as_resource(thing)
