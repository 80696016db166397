"""Two readers who tell one fact make it surer; two who do not are both kept."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model.claims import Claim, Link, Span
from loaders.second.agreeing import together
from loaders.second.proposals import Judge

NAME = "second/m@1"
WORDS = "A et B ont signé. C a visité D."


def claim(kind: str, confidence: float = 0.5, at: tuple[int, int] = (0, 17), reader: str = "rules", **fields: Any) -> Claim:
    rule = "second" if reader == NAME else f"{kind}/rule"
    return Claim(kind, fields, (Span(*at, WORDS[slice(*at)]),), confidence, rule, reader)


def second(kind: str, confidence: float = 0.5, at: tuple[int, int] = (0, 8), **fields: Any) -> Claim:
    return claim(kind, confidence, at, NAME, **fields)


FOR = {"state": "PER", "polarity": "support"}
SAME: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("agreement", {"parties": ("PER", "NPL"), "date": "2025-03"}, {"parties": ("NPL", "PER"), "date": "2025-03-12"}),
    ("agreement", {"parties": ("PER", "NPL"), "date": "2025"}, {"parties": ("PER", "NPL")}),
    ("office", {"person": "Ana Ruiz", "office": "ambassador"}, {"person": "A. Ruíz", "office": "ambassador", "of": "PER"}),
    ("meeting", {"participants": ("Ana Ruiz", "Bo Li")}, {"participants": ("Bo Li", "Ana Ruiz", "Cy Om")}),
    ("stance", {**FOR, "topic": "le plan de paix"}, {**FOR, "topic": "plan onusien"}),
    ("trade", {"parties": ("PER", "NPL"), "year": "2024"}, {"parties": ("PER", "NPL"), "year": "2024", "value": 3}),
    ("visit", {"from": "PER", "to": "NPL", "status": "made"}, {"from": "PER", "to": "NPL", "status": "planned"}),
]  # fmt: skip
OTHER: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("agreement", {"parties": ("PER", "NPL")}, {"parties": ("PER", "NPL", "BOL")}),
    ("agreement", {"parties": ("PER", "NPL"), "date": "2024"}, {"parties": ("PER", "NPL"), "date": "2025"}),
    ("office", {"person": "Ana Ruiz", "office": "ambassador"}, {"person": "Ana Ruiz", "office": "consul"}),
    ("meeting", {"participants": ("Ana Ruiz", "Bo Li")}, {"participants": ("Ana Ruiz", "Cy Om")}),
    (
        "stance",
        {"state": "PER", "polarity": "support", "topic": "paix"},
        {"state": "PER", "polarity": "oppose", "topic": "paix"},
    ),
    ("stance", {**FOR, "topic": "la paix"}, {**FOR, "topic": "la pêche"}),
    ("visit", {"from": "PER", "to": "NPL"}, {"from": "NPL", "to": "PER"}),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_one_fact_told_by_both(judge: Judge, kind: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    (joined,) = together([claim(kind, 0.6, **one)], [second(kind, 0.5, **other)], judge.kinds, judge.tuning)
    assert joined.confidence == 0.8  # 1 - 0.4 * 0.5
    assert joined.reader == f"rules+{NAME}"
    assert joined.rule == f"{kind}/rule"
    assert {name: joined.fields[name] for name in one} == one  # the first reader's values stand
    added = [reason.role for reason in joined.reasons if reason.why == f"told by {NAME} alone"]
    assert sorted(added) == sorted(set(other) - set(one)) == sorted(set(joined.fields) - set(one))
    assert judge.kinds.validate(joined, text=WORDS) == []


@pytest.mark.parametrize(("kind", "one", "other"), OTHER)
def test_two_facts_are_both_kept_unchanged(judge: Judge, kind: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    first, asked = claim(kind, 0.6, **one), second(kind, 0.5, **other)
    assert together([first], [asked], judge.kinds, judge.tuning) == (first, asked)


def test_evidence_is_joined_and_said_once(judge: Judge) -> None:
    told = {"from": "PER", "to": "NPL"}
    outside = second("visit", at=(18, 31), **told)
    inside = second("visit", at=(2, 8), **told)
    joined = [together([claim("visit", **told)], [one], judge.kinds, judge.tuning)[0] for one in (outside, inside)]
    assert [[(span.start, span.end) for span in one.evidence] for one in joined] == [[(0, 17), (18, 31)], [(0, 17)]]


def test_confidence_is_capped_and_never_falls(judge: Judge) -> None:
    told = {"from": "PER", "to": "NPL"}
    for sure in (0.05, 0.5, 0.96, 0.985, 0.99):
        (joined,) = together([claim("visit", sure, **told)], [second("visit", 0.9, **told)], judge.kinds, judge.tuning)
        assert joined.confidence == max(
            sure, round(min(judge.tuning.ceiling_both, 1 - (1 - sure) * (1 - judge.tuning.ceiling)), 3)
        )
        assert joined.confidence >= sure


def test_each_claim_is_paired_once_the_most_alike_first(judge: Judge) -> None:
    parties = {"parties": ("PER", "NPL")}
    first = [claim("agreement", type="memorandum", **parties), claim("agreement", type="treaty", **parties)]
    asked = [
        second("agreement", type="treaty", **parties),
        second("agreement", type="protocol", **parties),
        second("agreement", **parties),
    ]
    merged = together(first, asked, judge.kinds, judge.tuning)
    assert [one.fields.get("type") for one in merged] == ["memorandum", "treaty", "protocol"]
    assert [one.reader for one in merged] == [f"rules+{NAME}", f"rules+{NAME}", NAME]


def test_the_first_reader_s_order_and_links_hold(judge: Judge) -> None:
    body = Claim("body", {"parties": ("PER", "NPL")}, (Span(0, 1, "A"),), 0.5, "r", links=(Link("foundingAccord", 1, "why"),))
    first = [body, claim("agreement", parties=("PER", "NPL"))]
    merged = together(
        first,
        [second("visit", **{"from": "PER", "to": "NPL"}), second("agreement", parties=("PER", "NPL"))],
        judge.kinds,
        judge.tuning,
    )
    assert [one.kind for one in merged] == ["body", "agreement", "visit"]
    assert merged[0] == body


def test_without_the_second_nothing_changes(judge: Judge) -> None:
    first = [claim("visit", **{"from": "PER", "to": "NPL"}), claim("visit", **{"from": "NPL", "to": "PER"})]
    assert together(first, [], judge.kinds, judge.tuning) == tuple(first)
