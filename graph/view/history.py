"""How an event came about: planned, postponed, cancelled, made, each with its date and who reported it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.record.schema import Schema, load_schema
from graph.record.snapshots import Snapshot
from graph.view.entities import ClaimView, claims_of

_STATUSES = ("status", "change")


@dataclass(frozen=True, slots=True)
class Step:
    """One report of where a thing stood: the status, the date given with it, when and by which claim it was told."""

    status: str
    date: str | None
    published: str | None
    claim: ClaimView


def history(snapshot: Snapshot, iri: str, schema: Schema | None = None) -> list[Step]:
    """Every report on the status of a thing, the earliest published first; NotFound where the view has no such entity."""
    schema = schema or load_schema()
    steps = [step for claim in claims_of(snapshot, iri, schema) if (step := _step(claim)) is not None]
    return sorted(steps, key=lambda step: (step.published or "9999", step.date or "9999", step.claim.iri))


def _step(claim: ClaimView) -> Step | None:
    status = next((claim.fields[name] for name in _STATUSES if name in claim.fields), None)
    if status is None:
        return None
    date = claim.fields.get("status_date") or claim.fields.get("date")
    return Step(str(status), None if date is None else str(date), claim.source.published_on, claim)
