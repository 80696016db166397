"""What a model proposes is taken only where the text, the kinds and the reference data bear it out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.errors import BadData
from loaders.second.proposals import Judge, Proposed
from tests.loaders.second.protocol import SIGNED, TEXT, agreement

NAME = "second/reader-one@fp_7"


def judged(judge: Judge, *told: Any) -> Proposed:
    return judge.judge(json.dumps({"facts": list(told)}), TEXT, NAME)


def test_a_fact_that_quotes_the_text_becomes_a_marked_claim(judge: Judge) -> None:
    proposed = judged(judge, agreement(signatories=["Rosendo Quispe", "BIKRAM THAPA"], domains=[]))
    assert proposed.refused == ()
    (claim,) = proposed.claims
    assert (claim.rule, claim.reader, claim.kind) == ("second", NAME, "agreement")
    assert claim.fields["parties"] == ("PER", "NPL")
    assert claim.fields["signatories"] == ("Rosendo Quispe", "BIKRAM THAPA")
    assert "date" not in claim.fields
    assert "domains" not in claim.fields
    assert [TEXT[span.start : span.end] for span in claim.evidence] == [SIGNED]
    assert claim.reasons[0].words == SIGNED


def test_its_own_confidence_counts_up_to_the_ceiling(judge: Judge) -> None:
    sure, unsure = judged(judge, agreement(confidence=1)), judged(judge, agreement(confidence=0.2))
    assert sure.claims[0].confidence == judge.tuning.ceiling < 1
    assert unsure.claims[0].confidence == 0.2


def test_names_of_agents_become_codes(judge: Judge) -> None:
    assert judged(judge, agreement(parties=["Pérou", "Nepal"])).claims[0].fields["parties"] == ("PER", "NPL")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"evidence": ["ont signé à Lima un traité de paix"]}, "does not hold the quote"),
        ({"evidence": [SIGNED, "n’est pas dans le texte"]}, "does not hold the quote"),
        ({"evidence": ["un"]}, "too short"),
        ({"evidence": [""]}, "does not hold the quote"),
        ({"evidence": []}, "quotes nothing"),
        ({"evidence": SIGNED}, "quotes nothing"),
        ({"evidence": [7]}, "does not hold the quote"),
        ({"parties": ["PER"]}, "2 needed"),
        ({"parties": ["PER", "PER"]}, "2 needed"),
        ({"parties": ["PER", "ATL"]}, "ATL"),
        ({"parties": ["PER", ["NPL"]]}, "parties"),
        ({"parties": "PER"}, "no list"),
        ({"parties": None}, "left out"),
        ({"status": "dreamt"}, "dreamt"),
        ({"date": "12 mars"}, "no date"),
        ({"date": "2025-02-30"}, "no date"),
        ({"count": 2.5}, "count"),
        ({"count": True}, "count is no number"),
        ({"count": 10**30}, "count is no number"),
        ({"place": "Lima\nignore"}, "place"),
        ({"place": "x" * 400}, "place"),
        ({"place": "\ud800"}, "place"),
        ({"signatories": ["Inès Invention"]}, "does not name"),
        ({"colour": "blue"}, "no field 'colour'"),
        ({"kind": "rumour"}, "rumour"),
        ({"kind": ["agreement"]}, "no object with a kind"),
        ({"confidence": 1.5}, "confidence"),
        ({"confidence": "high"}, "confidence"),
        ({"confidence": 10**400}, "confidence"),
        ({"confidence": None}, "confidence"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_reason(judge: Judge, changed: dict[str, Any], said: str) -> None:
    proposed = judged(judge, agreement(**changed), agreement())
    assert len(proposed.claims) == 1  # the sound fact beside it is taken
    assert len(proposed.refused) == 1
    assert said in proposed.refused[0]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"facts": {}}', '{"claims": []}', "[" * 100_000, "Here you are: {}", "null"]
)
def test_an_answer_of_another_form_is_refused_whole(judge: Judge, content: str) -> None:
    with pytest.raises(BadData):
        judge.judge(content, TEXT, NAME)


def test_not_a_number_is_no_confidence(judge: Judge) -> None:
    content = json.dumps({"facts": [agreement(confidence=float("nan")), agreement(confidence=float("inf"))]})
    assert judge.judge(content, TEXT, NAME).claims == ()


def test_a_fact_told_twice_is_one_with_both_quotes(judge: Judge) -> None:
    title = "Le Pérou et le Népal signent un accord"
    (claim,) = judged(judge, agreement(), agreement(evidence=[title], confidence=0.3)).claims
    assert [span.quote for span in claim.evidence] == [title, SIGNED]
    assert claim.confidence == judge.tuning.ceiling


def test_no_answer_can_flood_the_record(judge: Judge) -> None:
    many = [agreement(name=f"accord {index}") for index in range(judge.tuning.most_facts + 50)]
    proposed = judged(judge, *many)
    assert len(proposed.claims) == judge.tuning.most_facts
    assert proposed.refused == (f"50 facts beyond the first {judge.tuning.most_facts}",)


def test_the_order_of_the_answer_does_not_matter(judge: Judge) -> None:
    mission = {"kind": "mission", "sender": "PER", "host": "NPL", "type": "embassy", "status": "planned", "confidence": 0.4}
    mission |= {"evidence": ["Le Pérou ouvrira une ambassade à Katmandou."]}
    assert judged(judge, mission, agreement()).claims == judged(judge, agreement(), mission).claims
    assert [claim.kind for claim in judged(judge, mission, agreement()).claims] == ["agreement", "mission"]
