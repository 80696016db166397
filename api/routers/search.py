"""Finding things by name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import LangParameter, LanguageDep, OntologyDep
from api.links import page_of
from api.models import FoundThing, SearchResult
from api.moments import KnownDep
from api.openapi import problems
from api.reading import ReadingRoute
from api.strict import only_declared
from graph.asking.search import search
from graph.errors import UnknownTerm
from graph.model import iri
from graph.model.terms import Ontology

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1", tags=["resources"], dependencies=[only_declared])

Text = Annotated[
    str, Query(min_length=1, max_length=200, description="beginnings of words of a name, or a code", examples=["mar"])
]
Limit = Annotated[int, Query(ge=1, le=100, description="how many hits are given at most")]
KindFilter = Annotated[str | None, Query(description="only things with this node label", examples=["State"])]


def searched(ontology: Ontology) -> tuple[str, ...]:
    """The node labels of what people look for by name."""
    return tuple(label for label in ontology.node_labels() if label not in ("AccordAct", "Participation"))


@router.get("/search", operation_id="search", summary="Find by name or code", responses=problems(404, 422, 504))
def find(
    snapshot: KnownDep,
    ontology: OntologyDep,
    language: LanguageDep,
    q: Text,
    limit: Limit = 20,
    kind: KindFilter = None,
    lang: LangParameter = None,
) -> SearchResult:
    """Names in both languages are searched, accents and capitals ignored; codes and whole names come first.

    Without `kind` the parts of facts (acts, participations) are left out: their facts are found.
    """
    if kind is not None and kind not in ontology.node_labels():
        raise UnknownTerm(f"kind: {kind!r} labels no node; there are {', '.join(ontology.node_labels())}")
    found = search(snapshot, q, language, limit + 1, searched(ontology) if kind is None else (kind,))
    hits = [
        FoundThing(
            id=hit.iri,
            type=hit.kind,
            class_label=ontology.labels(hit.kind)[language],
            label=hit.label,
            code=hit.code,
            exact=hit.exact,
            page=page_of(iri.short(hit.iri)),
        )
        for hit in found[:limit]
    ]
    return SearchResult(snapshot=snapshot.id, hits=hits, truncated=len(found) > limit)
