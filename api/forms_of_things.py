"""Things in every form that is offered: JSON, JSON-LD, Turtle, N-Triples, CSV; by suffix or by Accept."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from http import HTTPStatus

from starlette.exceptions import HTTPException

from api.links import page_of
from api.models import Label, Resource
from api.rdf import FORMATS
from api.things import OF_CLAIMS, Thing, Value
from graph.asking.formats import csv_of
from graph.asking.media import accepted
from graph.errors import NotFound
from graph.model import iri
from graph.model.terms import Ontology

MEDIA = {"json": "application/json", **{suffix: media for suffix, (media, _) in FORMATS.items()}, "csv": "text/csv"}
"""Media types by suffix."""

_FORMS = {media: suffix for suffix, media in MEDIA.items()}
_APART = ("tells", "evidence", "explanation", "when", "replacedBy")
_ANYTHING = "http://www.w3.org/2002/07/owl#Thing"
_FIRST = ("id", "type", "label_fr", "label_en", "date")


@functools.lru_cache(maxsize=64)
def form_of(header: str | None) -> str:
    """The form that an Accept header prefers; 406 where it takes none of ours."""
    media = accepted(header, tuple(_FORMS))
    if media is None:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"there are {', '.join(_FORMS)}")
    return _FORMS[media]


def known_form(suffix: str) -> str:
    """A suffix that names a form; NotFound for any other."""
    if suffix not in MEDIA:
        raise NotFound(f"there is no form .{suffix}; there are .{', .'.join(MEDIA)}")
    return suffix


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


def as_csv(things: Sequence[Thing], class_name: str, ontology: Ontology) -> str:
    """Things as a table, a line each; its columns are those of the class, whatever these things have.

    What several properties have at once is joined by `; `; no cell is run by a spreadsheet as a formula.
    """
    names = columns(class_name, ontology)
    return csv_of(
        (*_FIRST, *names), ([*_head(thing), *(_cell(thing.properties.get(name)) for name in names)] for thing in things)
    )


def columns(class_name: str, ontology: Ontology) -> tuple[str, ...]:
    """The properties that members of a class may have, in the order of the ontology."""
    if class_name == "Claim":
        return OF_CLAIMS
    lines = {ancestor for name in ontology.subclasses(class_name) for ancestor in ontology.lineage(name)}
    wide = "Entity" in lines
    domains = {ontology.class_(name).iri for name in lines} | ({_ANYTHING} if wide else set())
    fitting = (name for name, term in ontology.properties.items() if term.kind != "annotation" and term.domain in domains)
    return (*(name for name in fitting if name not in (*_APART, *_FIRST)), *(("disputes",) if wide else ()))


def _head(thing: Thing) -> list[str | None]:
    return [iri.full(thing.id), thing.class_name, thing.labels.get("fr"), thing.labels.get("en"), thing.date]


def _cell(values: Sequence[Value] | None) -> object:
    if not values:
        return None
    return values[0] if len(values) == 1 else tuple(values)
