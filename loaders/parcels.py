"""What a worker hands back: claims as plain tuples, which cross over in half the time that their classes take."""

from __future__ import annotations

from typing import Any

from graph.errors import BadSource
from graph.model.claims import Claim, Link, Reason, Source, SourceClaims, Span

Row = tuple[Any, ...]
"""One claim: kind, fields, spans without their quotes, confidence, rule, reader, reasons, links, guesses."""

Parcel = list[Row] | SourceClaims | BadSource
"""What was read from one item; the item itself stays behind, and a result that is none of its claims goes as it is."""


def packed(item: Source | BadSource, result: SourceClaims | BadSource) -> Parcel:
    """A result ready to be sent, without the source that was asked for: who asked has it."""
    if isinstance(result, BadSource) or result.source is not item:
        return result
    return [_row(claim) for claim in result.claims]


def unpacked(item: Source | BadSource, parcel: Parcel) -> SourceClaims | BadSource:
    """The result that was packed, beside the item that it was read from; equal to what the worker had."""
    if isinstance(parcel, list) and isinstance(item, Source):
        return SourceClaims(item, tuple([_claim(item.text, row) for row in parcel]))
    assert not isinstance(parcel, list)  # only a source has claims
    return parcel


def _row(claim: Claim) -> Row:
    return (
        claim.kind,
        dict(claim.fields),
        [(span.start, span.end) for span in claim.evidence],
        claim.confidence,
        claim.rule,
        claim.reader,
        [(reason.role, reason.words, reason.start, reason.end, reason.why) for reason in claim.reasons],
        [(link.property, link.target, link.why) for link in claim.links],
        dict(claim.guesses),
    )


def _claim(text: str, row: Row) -> Claim:
    kind, fields, spans, confidence, rule, reader, reasons, links, guesses = row
    return Claim(
        kind,
        fields,
        tuple([Span(start, end, text[start:end]) for start, end in spans]),
        confidence,
        rule,
        reader,
        tuple([Reason(*reason) for reason in reasons]),
        tuple([Link(*link) for link in links]),
        guesses,
    )
