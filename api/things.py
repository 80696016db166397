"""An entity or source as the view has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.asking.claims import ClaimInfo
from graph.model import iri

OF_CLAIMS = ("factKind", "source", "publishedOn", "language", "confidence", "rule", "reader", "quote", "sentence")
"""What a claim shows: its own properties with those of its source and of its evidence."""
_DATES = ("signedOn", "date", "year", "attestedFrom", "publishedOn")

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity or source as the view has it; values are notations, short ids (`state/MAR`), strings or numbers, sorted."""

    id: str
    class_name: str
    labels: Mapping[str, str]
    properties: Mapping[str, tuple[Value, ...]]

    @property
    def kind(self) -> str:
        """The first part of its short id: `state`, `accord`, …"""
        return self.id.partition("/")[0]

    @property
    def key(self) -> str:
        """The rest of its short id."""
        return self.id.partition("/")[2]

    @property
    def date(self) -> str | None:
        """When it happened or began, as precise as it is known."""
        return next((str(self.properties[name][0]) for name in _DATES if name in self.properties), None)

    def label(self, language: str) -> str:
        """Its name in a language, else in the other one, else its id."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.id)

    def one(self, name: str) -> Value | None:
        """The first value of a property, or None."""
        return next(iter(self.properties.get(name, ())), None)


def claim_as_thing(claim: ClaimInfo | None) -> Thing | None:
    """A claim with where it stands, what it quotes and how it was read."""
    if claim is None:
        return None
    found: dict[str, tuple[Value | None, ...]] = {
        "factKind": (claim.kind,),
        "source": (iri.short(claim.source.iri),),
        "publishedOn": (claim.source.published,),
        "language": (claim.source.language,),
        "confidence": (claim.confidence,),
        "rule": (claim.rule,),
        "reader": (claim.reader,),
        "quote": tuple(passage.quote for passage in claim.passages),
        "sentence": tuple(dict.fromkeys(passage.sentence for passage in claim.passages)),
    }
    told = {name: tuple(value for value in values if value is not None) for name, values in found.items()}
    return Thing(iri.short(claim.iri), "Claim", {}, {name: values for name, values in told.items() if values})
