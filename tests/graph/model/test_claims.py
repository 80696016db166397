"""Ids of sources and claims depend on what they say, and on nothing else."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graph.model.claims import Claim, Reason, Source, Span, digest

SOURCE = Source(text="Deux ministres signent.", url="https://example.org/a", published="2025-10-16")
CLAIM = Claim("visit", {"from": "MLI", "to": "VEN"}, (Span(0, 4, "Deux"),), 0.9, "visit.1")


def test_a_source_is_known_by_its_text_and_address() -> None:
    assert len(SOURCE.id) == 64
    assert SOURCE.id == replace(SOURCE, title="Autre titre", published="2025", language="en", location="/elsewhere.txt").id
    assert len({SOURCE.id, *(replace(SOURCE, **{name: "x"}).id for name in ("text", "url"))}) == 3


def test_a_claim_is_known_by_source_kind_fields_and_evidence() -> None:
    key = CLAIM.key(SOURCE.id)
    assert len(key) == 32
    assert int(key, 16)
    read_otherwise = replace(
        CLAIM, confidence=0.1, rule="visit.2", reader="person", reasons=(Reason("to", "Deux", 0, 4, "why"),)
    )
    assert read_otherwise.key(SOURCE.id) == key
    others = [
        CLAIM.key("another source"),
        replace(CLAIM, kind="mission").key(SOURCE.id),
        replace(CLAIM, fields={"from": "VEN", "to": "MLI"}).key(SOURCE.id),
        replace(CLAIM, evidence=(Span(0, 5, "Deux "),)).key(SOURCE.id),
    ]
    assert len({key, *others}) == 5


def test_the_order_of_fields_makes_no_other_claim() -> None:
    assert replace(CLAIM, fields={"to": "VEN", "from": "MLI"}).key("s") == CLAIM.key("s")


def test_the_order_of_values_makes_another_claim() -> None:
    one, other = ({"parties": order} for order in (("MLI", "VEN"), ("VEN", "MLI")))
    assert replace(CLAIM, fields=one).key("s") != replace(CLAIM, fields=other).key("s")


@given(some.dictionaries(some.text(max_size=5), some.integers() | some.text(max_size=5) | some.none(), max_size=5))
def test_a_digest_depends_on_content_alone(content: dict[str, object]) -> None:
    assert digest(content) == digest(dict(reversed(content.items())))
    assert digest(content) != digest({**content, "one more": 1})


def test_a_digest_stays_the_same_between_releases() -> None:
    assert digest({"b": "é", "a": [1, 2]}) == "d902c5ef87c42c33059e8d7b7aa30485809a5c0ff84b8d0d285616d5b03f23ea"


def test_claims_and_sources_are_frozen() -> None:
    for thing, name in ((CLAIM, "kind"), (SOURCE, "text"), (CLAIM.evidence[0], "start")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, "other")
