"""Sources and what they claim: the currency between loaders and graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = str | int | float | tuple[str, ...]
"""A field's value: a code, a name, a date string, a number, or several codes or names."""


@dataclass(frozen=True, slots=True)
class Source:
    """One article, dataset row or document; its id is the SHA-256 of what it says, so loading it twice changes nothing."""

    text: str
    kind: str = "article"  # article | row | document
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None  # ISO 639-1
    published: str | None = None  # EDTF, as PartialDate writes it
    modified: str | None = None  # the same; says which of two texts of one address is the newer
    licence: str | None = None  # SPDX id or a sentence; None means: quote evidence only
    location: str | None = None  # the file or feed it was read from; not part of its identity

    @property
    def id(self) -> str:
        """Hex SHA-256 of the text and, where there is one, its address; what a reader finds out about it changes nothing."""
        return digest({"text": self.text, "url": self.url})


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of a source's text; `quote` is exactly `text[start:end]`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a role was filled as it was: the words that carry it and, in a sentence, the rule of language applied."""

    role: str  # a field of the claim, or "trigger"
    words: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between two claims of one source: `foundingAccord` from a commission's claim to its accord's."""

    property: str
    target: int  # index of the other claim in the source's sequence of claims
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as one source tells it; `kind` and `fields` follow `schema/kinds.toml`."""

    kind: str
    fields: Mapping[str, Value]
    evidence: tuple[Span, ...]
    confidence: float
    rule: str
    reader: str = "rules"
    reasons: tuple[Reason, ...] = ()
    links: tuple[Link, ...] = ()
    guesses: Mapping[str, Value] = field(default_factory=dict)
    """Values of further fields that are likely and that the source does not say: for exchange, never for the graph."""

    def key(self, source: str) -> str:
        """Hex SHA-256 (first 32 digits) of source id, kind, fields and evidence offsets: the claim's id in the record."""
        spans = [[span.start, span.end] for span in self.evidence]
        return digest({"source": source, "kind": self.kind, "fields": dict(self.fields), "evidence": spans})[:32]


@dataclass(frozen=True, slots=True)
class SourceClaims:
    """A source with everything read from it, in reading order: the unit that is loaded, replaced and withdrawn."""

    source: Source
    claims: tuple[Claim, ...] = field(default=())


def digest(content: Any) -> str:
    """Hex SHA-256 of a value's canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
