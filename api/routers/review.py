"""Deciding, withdrawing and the log, for programs; each needs a key of its scope."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from api.access.keys import Scope
from api.access.visitors import needs
from api.correcting import EditorDep
from api.deps import DataDep, LangParameter, LanguageDep, ServicesDep
from api.models import Model
from api.openapi import problems
from api.reading import ReadingRoute
from api.strict import only_declared
from graph.model import iri
from graph.record import log
from graph.review.corrections import Corrected
from graph.review.deciding import Wish
from graph.review.queue import Entry
from graph.workspace import Workspace

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1", tags=["review"])

_REVIEW, _LOAD, _ADMIN = ([Depends(needs(scope)), only_declared] for scope in (Scope.REVIEW, Scope.LOAD, Scope.ADMIN))
Id = Annotated[str, Path(pattern="^[0-9a-f]{4,64}$", description="hex digits of the id, or the first of them")]
Named = Annotated[str, Field(pattern=r"^(https://w3id\.org/diplograph/id/)?([a-z]+/)?[A-Za-z0-9_\-]+(#person-[0-9]+)?$")]
Limit = Annotated[int, Query(ge=1, le=500, description="how many are given at most")]
Sort = Literal["pair", "dispute", "claim", "violation", "edition"]


class ReviewEntry(Model):
    """Something that a person may want to decide."""

    sort: Sort = Field(examples=["pair"])
    about: list[str] = Field(description="short ids of what it speaks of", examples=[["accord/5f0c3a9be1d2c4f7"]])
    names: list[str] = Field(examples=[["Agreement between Morocco and Rwanda (2025-06-18)"]])
    said: list[str] = Field(description="what to know first", examples=[["2.4 / 3", "same day"]])
    weight: float = Field(description="how much deciding it may change", examples=[1.58])
    property: str | None = Field(None, description="of a dispute", examples=["signedOn"])


class ReviewQueue(Model):
    """What is worth deciding, the weightiest first."""

    snapshot: str
    entries: list[ReviewEntry]
    count: int = Field(description="how many there are in all", examples=[12])
    truncated: bool


class DecisionWish(Model):
    """A verdict to record."""

    verdict: Literal["same", "different", "right", "wrong", "corrected", "newer"]
    about: list[Named] = Field(min_length=1, max_length=2, description="ids of things or claims; two for a pair")
    reason: str = Field("", max_length=2000)
    field: str | None = Field(None, max_length=100, description="of a corrected claim: the field", examples=["date"])
    value: str | None = Field(None, max_length=2000, description="its right value, as text", examples=["2025-06-18"])


class Why(Model):
    """Why a source is withdrawn."""

    reason: str = Field(min_length=1, max_length=2000, pattern=r"\S", examples=["printed by mistake"])


class DecisionMade(Model):
    """A decision that is in force."""

    id: str
    verdict: str
    about: list[dict[str, Any]] = Field(description="what it is anchored to: source, kind, fields, evidence")
    by: str
    at: str
    reason: str
    field: str | None = None
    value: Any = None
    applies: bool = Field(True, description="what it speaks of is told by a source in force")


class Done(Model):
    """What a correction did."""

    decisions: list[str] = Field(description="ids of the decisions recorded or taken back")
    changed: int = Field(description="entities that differ now")
    removed: int = Field(description="entities that are gone")
    notes: list[str]


class LogEntry(Model):
    """A change of the record."""

    at: str
    by: str
    action: str
    about: dict[str, Any]


@router.get("/review", operation_id="review_queue", summary="What is worth deciding", dependencies=_REVIEW,
            responses=problems(403))  # fmt: skip
def review_queue(
    services: ServicesDep,
    snapshot: DataDep,
    language: LanguageDep,
    sort: Sort | None = None,
    limit: Limit = 50,
    lang: LangParameter = None,
) -> ReviewQueue:
    """Uncertain pairs, disputed values, unsure claims, violated shapes, texts of which none is known to be the newer."""
    found = [entry for entry in services.desk.entries(snapshot, language) if sort in (None, entry.sort)]
    shown = [_entry(entry) for entry in found[:limit]]
    return ReviewQueue(snapshot=snapshot.id, entries=shown, count=len(found), truncated=len(found) > limit)


@router.get("/decisions", operation_id="decisions", summary="Decisions in force", dependencies=_REVIEW, responses=problems(403))
def decisions(services: ServicesDep) -> list[DecisionMade]:
    """Earliest first, each with what it is anchored to."""
    found = Workspace(services.settings).corrections.decisions()
    return [
        DecisionMade(
            id=one.judgement.id,
            verdict=one.judgement.verdict,
            about=[anchor.as_json() for anchor in one.judgement.anchors],
            by=one.judgement.by,
            at=one.judgement.at,
            reason=one.judgement.reason,
            field=one.judgement.field,
            value=one.judgement.value,
            applies=one.applies,
        )
        for one in found
    ]


@router.post("/decisions", operation_id="decide", summary="Decide", status_code=201, dependencies=_REVIEW,
             responses=problems(403, 404, 413, 422))  # fmt: skip
def decide(editor: EditorDep, wish: DecisionWish) -> Done:
    """Recorded in the name of the key; the view follows at once, and the log keeps it."""
    return _done(
        editor.correct(
            lambda corrections, by: corrections.decide(
                Wish(wish.verdict, tuple(wish.about), by, wish.reason, wish.field, wish.value)
            )
        )
    )


@router.delete("/decisions/{decision}", operation_id="undo", summary="Take a decision back", dependencies=_REVIEW,
               responses=problems(403, 404))  # fmt: skip
def undo(editor: EditorDep, decision: Id) -> Done:
    """The view is as if it had never been; the log keeps both."""
    return _done(editor.correct(lambda corrections, by: corrections.undo(decision, by)))


@router.post("/sources/{source}/withdrawal", operation_id="withdraw", summary="Withdraw a source", dependencies=_LOAD,
             responses=problems(403, 404, 413))  # fmt: skip
def withdraw(editor: EditorDep, source: Id, why: Why) -> Done:
    """Nothing of it is shown any more; the record keeps it, with the reason."""
    return _done(editor.correct(lambda corrections, by: corrections.withdraw([source], why.reason, by)))


@router.delete("/sources/{source}/withdrawal", operation_id="restore", summary="Restore a source", dependencies=_LOAD,
               responses=problems(403, 404))  # fmt: skip
def restore(editor: EditorDep, source: Id) -> Done:
    """What it says is shown again."""
    return _done(editor.correct(lambda corrections, by: corrections.restore([source], by)))


@router.get("/log", operation_id="log", summary="Who changed what, and when", dependencies=_ADMIN, responses=problems(403))
def audit_log(services: ServicesDep, limit: Limit = 100) -> list[LogEntry]:
    """The latest changes first."""
    entries = log.entries(services.settings.data)[:limit]
    return [LogEntry(at=one.at, by=one.by, action=one.action, about=dict(one.about)) for one in entries]


def _entry(entry: Entry) -> ReviewEntry:
    return ReviewEntry(
        sort=entry.sort,  # type: ignore[arg-type]  # one of SORTS
        about=[iri.short(one) for one in entry.about],
        names=list(entry.names),
        said=list(entry.said),
        weight=round(entry.weight, 4),
        property=entry.property_name,
    )


def _done(corrected: Corrected) -> Done:
    return Done(
        decisions=[one.id for one in corrected.judgements],
        changed=len(corrected.commit.changed),
        removed=len(corrected.commit.removed),
        notes=list(corrected.notes),
    )
