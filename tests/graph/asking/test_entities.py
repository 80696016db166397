"""Pages of entities with their evidence, and explanations with marked sentences."""

from __future__ import annotations

import pytest

from graph.asking.claims import Mark, _placed
from graph.asking.entities import describe, explain
from graph.errors import NotFound
from graph.model.iri import ID

ACCORD, MEMORANDUM = "accord/0000000000000001", "accord/0000000000000002"


def test_a_fact_with_properties_ties_and_evidence(snapshot) -> None:
    page = describe(snapshot, ACCORD)
    assert (page.iri, page.label, page.class_name, page.class_label) == (
        ID + ACCORD,
        "Accord Maroc – Rwanda (18 juin 2025)",
        "Accord",
        "accord",
    )
    assert (page.confidence, page.source_count) == (0.95, 2)
    shown = {one.name: [value.label for value in one.values] for one in page.properties}
    assert shown["signedOn"] == ["2025-06-18"]
    assert shown["accordStatus"] == ["signed"]
    outgoing = {(one.property, one.other.label) for one in page.related if one.outgoing}
    assert {("party", "Maroc"), ("party", "Rwanda"), ("signatory", "Abdellatif Loudiyi")} <= outgoing
    incoming = [one for one in page.related if not one.outgoing]
    assert [(one.property, one.other_class) for one in incoming] == [("foundingAccord", "Commission")]
    assert incoming[0].fact == incoming[0].other.iri
    assert len(page.evidence[page.iri]) == 2
    assert page.evidence[incoming[0].fact][0].passages[0].sentence == "une commission militaire mixte est créée"
    assert page.left_out == 0


def test_every_tie_has_its_evidence(snapshot) -> None:
    page = describe(snapshot, "state/MAR", "en")
    assert page.label == "Morocco"
    assert len(page.related) > 20
    for one in page.related:
        assert one.fact in page.evidence
        assert page.evidence[one.fact], one


def test_a_long_page_says_how_much_it_left_out(snapshot) -> None:
    whole = describe(snapshot, "state/MAR")
    part = describe(snapshot, "state/MAR", related=5)
    assert part.related == whole.related[:5]
    assert part.left_out == len(whole.related) - 5


def test_a_dispute_shows_every_version(snapshot) -> None:
    page = describe(snapshot, MEMORANDUM)
    place, signed = page.disputes
    assert {one.name for one in page.properties if one.disputed} == {"place", "signedOn"}
    assert (place.property, place.label) == ("place", "lieu")
    assert {(version.values[0].label, version.claim.source.publisher) for version in place.versions} == {
        ("Rabat", "Gazette du Détroit"),
        ("Bruxelles", "The Channel Register"),
    }
    assert {version.values[0].label for version in signed.versions} == {"2025-10", "2025-10-23"}


def test_an_explanation_by_fact_and_by_claim(snapshot) -> None:
    explained = explain(snapshot, ACCORD, "en")
    assert (explained.label, explained.class_label) == ("Morocco – Rwanda agreement (18 June 2025)", "accord")
    assert [claim.source.publisher for claim in explained.claims] == ["Le Courrier des Lacs", "Gazette du Détroit"]
    claim, passage = explained.claims[0], explained.claims[0].passages[0]
    assert (claim.rule, claim.confidence, claim.kind) == ("accord.conclude.fr", 0.95, "agreement")
    assert [(passage.sentence[mark.start : mark.end], mark.role) for mark in passage.marks] == [
        ("ont conclu un accord", "trigger")
    ]
    alone = explain(snapshot, claim.iri)
    assert alone.claims == (claim,)


def test_where_no_reason_is_recorded_the_quote_is_marked(snapshot) -> None:
    passage = explain(snapshot, "visit/000000000000000b").claims[0].passages[0]
    assert [(mark.role, passage.sentence[mark.start : mark.end]) for mark in passage.marks] == [("evidence", passage.quote)]


def test_a_quote_that_stands_twice_is_placed_by_the_words_of_its_reasons() -> None:
    sentence = "Il a signé, puis il a signé encore."
    second = sentence.rindex("signé")
    reason = {"role": "trigger", "words": "encore", "start": 100 + len("signé "), "end": 100 + len("signé encore"), "why": "x"}
    assert _placed(100, "signé", sentence, (reason,)) == (second, (Mark(second + 6, second + 12, "trigger", "x"),))


@pytest.mark.parametrize("missing", ["accord/ffffffffffffffff", "claim/" + "f" * 32, "nonsense"])
def test_what_is_not_there_is_said_so(snapshot, missing: str) -> None:
    with pytest.raises(NotFound, match="in this snapshot"):
        explain(snapshot, missing)


def test_a_source_has_a_page(snapshot) -> None:
    page = describe(snapshot, "source/" + "a" * 64)
    assert (page.label, page.class_name) == ("La commission militaire de Kigali", "Article")
    assert ("reportedIn", False) in {(one.property, one.outgoing) for one in page.related}
