"""Which claim of a source a judgement speaks of, also after the source was read again in other words."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.claims import Claim
from graph.model.judgements import Anchor
from graph.model.kinds import Kinds

Keyed = Sequence[tuple[str, Claim]]


def anchored(anchor: Anchor, claims: Keyed, kinds: Kinds, *, exact: bool) -> str | None:
    """The key of the claim that an anchor means among those of its source; None where it is no longer told.

    The very claim, or else one of the same kind whose evidence overlaps. `exact`: it says all that the judged one said,
    as a verdict on what it says needs; otherwise the same fields that tell one fact from another are enough.
    """
    if any(key == anchor.key for key, _ in claims):
        return anchor.key
    fitting = [(key, claim) for key, claim in claims if claim.kind == anchor.kind and _overlaps(anchor, claim)]
    names = list(anchor.fields) if exact else [field.name for field in kinds[anchor.kind or ""].key_fields]
    fitting = [(key, claim) for key, claim in fitting if _agree(anchor, claim, names)]
    if not fitting:
        return None
    return max(fitting, key=lambda each: (_likeness(anchor, each[1]), each[0]))[0]


def restated(claim: Claim, claims: Keyed, kinds: Kinds) -> str | None:
    """The key of the claim that says in another text of the same article what a claim says; None where none does."""
    anchor = Anchor("", claim.kind, claim.fields)
    names = [field.name for field in kinds[claim.kind].key_fields]
    fitting = [(key, each) for key, each in claims if each.kind == claim.kind and _agree(anchor, each, names)]
    return max(fitting, key=lambda each: (_likeness(anchor, each[1]), each[0]))[0] if fitting else None


def retold(anchor: Anchor, claim: Claim, claims: Keyed, kinds: Kinds, *, exact: bool) -> Claim | None:
    """The claim that says in another text of the same article, in the same words, what a judged one says, or None."""
    names = list(anchor.fields) if exact else [field.name for field in kinds[claim.kind].key_fields]
    fitting = [(key, each) for key, each in claims if each.kind == claim.kind and _quotes(each) == _quotes(claim)]
    fitting = [(key, each) for key, each in fitting if _agree(anchor, each, names)]
    return max(fitting, key=lambda each: (_likeness(anchor, each[1]), each[0]))[1] if fitting else None


def _quotes(claim: Claim) -> list[str]:
    return [" ".join(span.quote.split()) for span in claim.evidence]


def _overlaps(anchor: Anchor, claim: Claim) -> bool:
    return any(start < span.end and span.start < end for start, end in anchor.evidence for span in claim.evidence)


def _agree(anchor: Anchor, claim: Claim, names: Sequence[str]) -> bool:
    return all(_plain(anchor.fields.get(name)) == _plain(claim.fields.get(name)) for name in names)


def _plain(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple | list) else value


def _likeness(anchor: Anchor, claim: Claim) -> int:
    return sum(_plain(anchor.fields.get(name)) == _plain(value) for name, value in claim.fields.items())
