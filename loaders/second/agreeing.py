"""Where both readers tell one fact: which of their claims are the same, and the claim that comes of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model.claims import Claim, Reason, Span, Value
from graph.model.fields import Field
from graph.model.kinds import Kind, Kinds
from loaders.reading.alike import dates_agree, family, words
from loaders.second.tuning import Tuning


def together(first: Sequence[Claim], second: Sequence[Claim], kinds: Kinds, tuning: Tuning) -> tuple[Claim, ...]:
    """The first reader's claims in their order, those that the second tells too made one with its own, then its others.

    Claims are the same where kind and key fields agree; each is paired at most once, the most alike first.
    """
    pairs = _pairs(first, second, kinds)
    kept = [
        _joined(claim, second[pairs[index]], kinds, tuning) if index in pairs else claim for index, claim in enumerate(first)
    ]
    return (*kept, *(claim for index, claim in enumerate(second) if index not in set(pairs.values())))


def _pairs(first: Sequence[Claim], second: Sequence[Claim], kinds: Kinds) -> dict[int, int]:
    """Index of the first reader's claim -> index of the second's."""
    alike = [
        (-_likeness(one, other, kinds[one.kind]), i, j)
        for i, one in enumerate(first)
        for j, other in enumerate(second)
        if one.kind == other.kind and _same(one, other, kinds[one.kind])
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(alike):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _same(one: Claim, other: Claim, kind: Kind) -> bool:
    return all(_agree(field, one.fields.get(field.name), other.fields.get(field.name)) for field in kind.key_fields)


def _agree(field: Field, one: Value | None, other: Value | None) -> bool:
    """True when two values of a field may be of one fact; one that is not told agrees with any."""
    if one is None or other is None:
        return True
    if field.singular_type in ("date", "year"):
        return dates_agree(one, other)
    if field.type == "text":
        return bool(words(one) & words(other))
    a, b = _members(field, one), _members(field, other)
    return a <= b or b <= a if field.singular_type == "person" else a == b


def _members(field: Field, value: Value) -> frozenset[Value]:
    """The values of a field; persons by family name."""
    values = value if isinstance(value, tuple) else (value,)
    return frozenset(family(str(each)) if field.singular_type == "person" else each for each in values)


def _likeness(one: Claim, other: Claim, kind: Kind) -> int:
    """How much two tellings of one fact have in common: fields that agree less those that contradict, then shared words."""
    both = [field for field in kind.fields.values() if field.name in one.fields and field.name in other.fields]
    agreeing = sum(1 if _agree(field, one.fields[field.name], other.fields[field.name]) else -1 for field in both)
    near = any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)
    return 2 * agreeing + near


def _joined(one: Claim, other: Claim, kinds: Kinds, tuning: Tuning) -> Claim:
    """The first reader's claim with the second's evidence, what only the second says besides, and the joint confidence."""
    added = {name: value for name, value in other.fields.items() if name not in one.fields}
    ordered = {name: {**one.fields, **added}[name] for name in kinds[one.kind].fields if name in one.fields or name in added}
    first_quote = other.evidence[0]
    reasons = [
        Reason(name, first_quote.quote, first_quote.start, first_quote.end, f"told by {other.reader} alone") for name in added
    ]
    return replace(
        one,
        fields=ordered,
        evidence=_evidence(one.evidence, other.evidence),
        confidence=tuning.joint(one.confidence, other.confidence),
        reader=f"{one.reader}+{other.reader}",
        reasons=(*one.reasons, *other.reasons, *reasons),
    )


def _evidence(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of both, without quotes that lie within a span of the first."""
    new = [span for span in other if not any(own.start <= span.start and span.end <= own.end for own in one)]
    return tuple(sorted((*one, *new), key=lambda span: (span.start, span.end)))
