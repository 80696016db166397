"""Visas waived by an accord: what is signed on their waiver waives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.model.claims import Value
from graph.model.folding import fold
from loaders.reading.frames.memory import Memory
from loaders.reading.model import Candidate

_WAIVES = re.compile(
    r"(?:exempt|suppress|dispens|abol|levee|waiv|remov|free)[a-z-]*(?: [a-z'-]+){0,5} (?:de |d'|of |from |for )?visas?(?![a-z])"
    r"|visas?(?:-| )(?:free|waiver|exemption|abolition)"
)


def waived(found: Sequence[Candidate], memory: Memory) -> Iterator[Candidate]:
    """A change of relations for each accord of two states signed on the waiver of visas."""
    for fact in found:
        parties, name = fact.fields.get("parties"), fact.fields.get("name")
        if fact.kind != "agreement" or fact.fields.get("status") != "signed" or not isinstance(name, str):
            continue
        two = isinstance(parties, tuple) and len(parties) == 2 and not set(parties) & memory.organisations
        if two and isinstance(parties, tuple) and _WAIVES.search(fold(name)) is not None:
            fields: dict[str, Value] = {"parties": parties, "change": "visa_waived"}
            if "date" in fact.fields:
                fields["date"] = fact.fields["date"]
            yield replace(fact, kind="relation", fields=fields, rule="relation/visa-accord")
