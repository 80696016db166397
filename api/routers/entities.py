"""Everything the graph holds of one thing, the sentences that say so, and why they were read so."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.deps import LangParameter, LanguageDep
from api.models import Evidence, EvidencePassage, EvidenceSource
from api.moments import AsOf, KnownDep
from api.moving import require
from api.openapi import MOVED, problems
from api.reading import ReadingRoute
from api.strict import only_declared
from graph.asking.claims import ClaimInfo
from graph.asking.entities import EntityPage, Explanation, describe, explain
from graph.model.terms import load_ontology
from graph.view.entities import entity, holds_on

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1", dependencies=[only_declared])

Kind = Annotated[str, Path(pattern="^[a-z]+$", description="first part of the short id", examples=["state"])]
Key = Annotated[str, Path(pattern=r"^[A-Za-z0-9_\-]+$", description="rest of the short id", examples=["MAR"])]


def _shown(example: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {**problems(404, 410), **MOVED, 200: {"content": {"application/json": {"example": example}}}}


_ACCORD = {
    "iri": "https://w3id.org/diplograph/id/accord/5f0c3a9be1d2c4f7",
    "label": "Agreement between Morocco and Rwanda: defence (2025-06-18)",
    "class_label": "accord",
}
_SENTENCE = "Rabat et Kigali ont signé un accord de défense."
_CLAIM = {
    "iri": "https://w3id.org/diplograph/id/claim/0f3a9c5d7b1e2f4a6c8d0e1f2a3b4c5d",
    "source": {
        "iri": "https://w3id.org/diplograph/id/source/…",
        "title": "Rabat et Kigali signent",
        "publisher": "Le Courrier",
        "published": "2025-06-18",
        "url": "https://news.example/rabat-kigali",
        "language": "fr",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    },
    "kind": "agreement",
    "rule": "agreement.sign.fr",
    "reader": "rules",
    "confidence": 0.95,
    "passages": [{"start": 0, "end": 47, "quote": _SENTENCE, "sentence": _SENTENCE, "at": 0, "marks": []}],
    "reasons": [],
}
_MORE = {"properties": [], "related": [], "left_out": 0, "disputes": [], "evidence": {_ACCORD["iri"]: [_CLAIM]}}


@router.get(
    "/entities/{kind}/{key}",
    operation_id="get_entity",
    summary="All of one thing",
    tags=["resources"],
    responses=_shown({**_ACCORD, "class_name": "Accord", "confidence": 0.99, "source_count": 1, **_MORE}),
)
def get_entity(
    snapshot: KnownDep, language: LanguageDep, kind: Kind, key: Key, as_of: AsOf = None, lang: LangParameter = None
) -> EntityPage:
    """Values, linked things, what sources disagree on, and the claims behind each; `holds`: whether a fact does on `as_of`."""
    require(snapshot.store, f"{kind}/{key}")
    page = describe(snapshot, f"{kind}/{key}", language)
    if as_of is None or not load_ontology().is_a(page.class_name, "Fact"):
        return page
    return replace(page, holds=holds_on(entity(snapshot, page.iri), as_of))


@router.get("/evidence/{kind}/{key}", operation_id="get_evidence", summary="The sentences that say so", tags=["evidence"],
            responses=problems(404, 410))  # fmt: skip
def get_evidence(snapshot: KnownDep, language: LanguageDep, kind: Kind, key: Key, lang: LangParameter = None) -> Evidence:
    """Every passage that supports a fact, a person, an office or a claim, with its source, earliest publication first."""
    require(snapshot.store, f"{kind}/{key}")
    found = explain(snapshot, f"{kind}/{key}", language)
    return Evidence(id=found.iri, label=found.label, passages=[one for claim in found.claims for one in _passages(claim)])


@router.get(
    "/explain/{kind}/{key}",
    operation_id="explain",
    summary="Why it was read this way",
    tags=["evidence"],
    responses=_shown({**_ACCORD, "claims": [_CLAIM]}),
)
def get_explanation(snapshot: KnownDep, language: LanguageDep, kind: Kind, key: Key, lang: LangParameter = None) -> Explanation:
    """The claims with the words that carry each role marked, rules and reasons; `why` has the rest of the chain.

    That is what each claim says of each property, what joined them into one thing, and what people decided.
    """
    require(snapshot.store, f"{kind}/{key}")
    return explain(snapshot, f"{kind}/{key}", language, whole=True)


def _passages(claim: ClaimInfo) -> list[EvidencePassage]:
    told = claim.source
    source = EvidenceSource(
        id=told.iri, title=told.title, publisher=told.publisher, published=told.published, url=told.url, language=told.language
    )
    return [
        EvidencePassage(
            claim=claim.iri,
            source=source,
            quote=passage.quote,
            sentence=passage.sentence,
            start=passage.start,
            end=passage.end,
            rule=claim.rule,
            reader=claim.reader,
            confidence=claim.confidence,
        )
        for passage in claim.passages
    ]
