"""What the frame tests share: reading a sentence, and comparing a fact with what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from graph.model.claims import Claim
from loaders.reading.lexicon import Lexicon, load_lexicon
from loaders.reading.reader import read_text


@cache
def lexicon() -> Lexicon:
    """The lexicon, loaded once for all tests."""
    return load_lexicon()


def facts(text: str, language: str, published: str | None = None) -> tuple[Claim, ...]:
    """The claims of a text, those about offices and statements left out."""
    return tuple(
        claim for claim in read_text(text, lexicon(), published, language) if claim.kind not in ("office", "statement")
    )


def matches(wanted: Mapping[str, Any], claim: Claim) -> bool:
    """True when the claim has every wanted field; lists are compared as sets, an empty one with a field left out."""
    if wanted.get("kind", claim.kind) != claim.kind:
        return False
    return all(_same(value, claim.fields.get(name)) for name, value in wanted.items() if name != "kind")


def _same(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, list):
        return set(wanted) == set(got if isinstance(got, tuple) else ())
    return bool(wanted == got)
