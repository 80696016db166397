"""What people decide on claims, things and sources: a verdict, on what, by whom, when and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import BadData
from graph.model.claims import Claim, Span, Value, digest

PAIRS, CLAIMS, SOURCES = ("same", "different"), ("right", "wrong", "corrected"), ("withdrawn", "newer")
EXACT = ("right", "wrong")
"""Verdicts on all that a claim says; the others speak of the thing it tells of, or of one field."""
VERDICTS = (*PAIRS, *CLAIMS, *SOURCES)
_SIZES = {"same": 2, "different": 2, "newer": 2}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is judged, by its content: a source, or a claim of it, or a person whom that claim names.

    A claim that is read again in other words is found by these (`graph.record.anchoring`), so no verdict hangs on an id.
    """

    source: str  # 64 hex digits
    kind: str | None = None  # None: the source itself
    fields: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[tuple[int, int], ...] = ()
    person: str | None = None  # a name as the claim spells it

    @property
    def key(self) -> str | None:
        """The id of the claim as it was when it was judged; None for a source."""
        if self.kind is None:
            return None
        spans = tuple(Span(start, end, "") for start, end in self.evidence)
        return Claim(self.kind, self.fields, spans, 1.0, "").key(self.source)

    def as_json(self) -> dict[str, Any]:
        """The anchor as a JSON object, what is not there left out."""
        if self.kind is None:
            return {"source": self.source}
        found: dict[str, Any] = {"source": self.source, "kind": self.kind, "fields": dict(self.fields)}
        found["evidence"] = [list(span) for span in self.evidence]
        return found if self.person is None else {**found, "person": self.person}


def anchor_of(source: str, claim: Claim, person: str | None = None) -> Anchor:
    """The anchor of a claim, or of a person whom it names."""
    return Anchor(source, claim.kind, claim.fields, tuple((span.start, span.end) for span in claim.evidence), person)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `anchors`: two for same and different (sorted) and for newer (the newer first), else one."""

    verdict: str
    anchors: tuple[Anchor, ...]
    by: str
    at: str  # xsd:dateTime in UTC, to the second
    reason: str = ""
    field: str | None = None  # of a corrected claim
    value: Value | None = None  # the corrected one
    origin: str = ""  # of one carried to another text of an article: the id of the judgement that people made

    @property
    def id(self) -> str:
        """32 hex digits made from all that it says: imported twice, it is one."""
        return self.origin or digest(self.as_json())[:32]

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that it speaks of."""
        return tuple(dict.fromkeys(anchor.source for anchor in self.anchors))

    def as_json(self) -> dict[str, Any]:
        """The judgement as a JSON object: one line of an export."""
        found: dict[str, Any] = {"verdict": self.verdict, "on": [anchor.as_json() for anchor in self.anchors]}
        found |= {"by": self.by, "at": self.at, "reason": self.reason}
        return found if self.field is None else {**found, "field": self.field, "value": self.value}


def check_verdict(verdict: str) -> None:
    """BadData where it is none of `VERDICTS`."""
    if verdict not in VERDICTS:
        raise BadData(f"there is no verdict {verdict!r}; write one of {', '.join(VERDICTS)}")


def judgement(
    verdict: str,
    anchors: tuple[Anchor, ...],
    by: str,
    at: str,
    reason: str = "",
    field: str | None = None,
    value: Value | None = None,
) -> Judgement:
    """A sound judgement; BadData says what is wrong with it. The ends of a pair come in one order."""
    check_verdict(verdict)
    if len(anchors) != _SIZES.get(verdict, 1) or len(set(map(_content, anchors))) < len(anchors):
        raise BadData(f"{verdict} needs {_SIZES.get(verdict, 1)} different things to speak of")
    if any((anchor.kind is None) != (verdict in SOURCES) for anchor in anchors):
        raise BadData(f"{verdict} speaks of {'sources' if verdict in SOURCES else 'claims or things'}")
    if verdict in PAIRS and len({(anchor.kind if anchor.person is None else "person") for anchor in anchors}) > 1:
        raise BadData(f"{verdict} needs two things of one kind")
    if (verdict == "corrected") != (field is not None and value is not None):
        raise BadData("a corrected claim, and no other, has a field and its value")
    ordered = tuple(sorted(anchors, key=_content)) if verdict in PAIRS else anchors
    return Judgement(verdict, ordered, by, at, reason, field, value)


def from_json(about: Any) -> Judgement:
    """The judgement of a line of an export; BadData says what is wrong with it."""
    try:
        anchors = tuple(_anchor(each) for each in about["on"])
        value = _value(about["value"]) if "field" in about else None
        found = (about["verdict"], anchors, about["by"], about["at"], about.get("reason", ""), about.get("field"))
    except (TypeError, KeyError, ValueError) as error:
        raise BadData(f"a decision is malformed: {error!r}") from error
    return judgement(*found, value)


def _anchor(about: Mapping[str, Any]) -> Anchor:
    fields = {name: _value(value) for name, value in about.get("fields", {}).items()}
    evidence = tuple((int(start), int(end)) for start, end in about.get("evidence", ()))
    return Anchor(about["source"], about.get("kind"), fields, evidence, about.get("person"))


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    if isinstance(value, str | int | float):
        return value
    raise ValueError(f"{value!r} is no value of a field")


def _content(anchor: Anchor) -> str:
    return json.dumps(anchor.as_json(), sort_keys=True, ensure_ascii=False)
