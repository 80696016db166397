"""A page of a listing, and one thing, in the form that was asked for."""

from __future__ import annotations

from starlette.datastructures import URL
from starlette.responses import Response

from api.asked import Asked
from api.browse import Browser
from api.forms_of_things import MEDIA, as_csv, as_resource
from api.models import Listing
from api.rdf import FORMATS, descriptions
from graph.asking.catalogue import leaf, total
from graph.asking.resources import Resource
from graph.model import iri
from graph.model.terms import Ontology
from graph.record.snapshots import Snapshot


def page_in_form(
    address: URL, headers: dict[str, str], snapshot: Snapshot, ontology: Ontology, asked: Asked, form: str
) -> Response:
    """A page of a listing; where another follows, the header Link leads to it, whatever the form."""
    page = leaf(snapshot, asked.wanted, asked.limit)
    cursor = asked.next(snapshot.id, page.after)
    headers["X-Truncated"] = "false" if cursor is None else "true"
    if cursor is not None:
        following = address.include_query_params(cursor=cursor)
        headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    names = [iri.short(name) for name in page.iris]
    if form in FORMATS:
        return Response(descriptions(snapshot.store, names, form), media_type=MEDIA[form], headers=headers)
    browser = Browser(snapshot.store, ontology)
    things = [thing for thing in map(browser.thing, names) if thing is not None]
    if form == "csv":
        return Response(as_csv(things, asked.wanted.resource.class_name, ontology), media_type=MEDIA[form], headers=headers)
    listing = Listing(
        snapshot=snapshot.id,
        items=[as_resource(thing) for thing in things],
        count=len(things),
        total=total(snapshot, asked.wanted) if asked.counted else None,
        truncated=cursor is not None,
        next=cursor,
    )
    return Response(listing.model_dump_json(), media_type=MEDIA[form], headers=headers)


def thing_in_form(browser: Browser, ontology: Ontology, item: Resource, short_id: str, form: str) -> str | None:
    """One thing as JSON or CSV; None where the view has none of that id."""
    thing = browser.thing(short_id)
    if thing is None:
        return None
    return as_csv([thing], item.class_name, ontology) if form == "csv" else as_resource(thing).model_dump_json()
