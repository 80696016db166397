"""Kinds of fact agree with the ontology and the guide, wrong claims are refused, exchange objects make the round trip."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadData, UnknownTerm
from graph.model.claims import Claim, Span, Value
from graph.model.files import SCHEMA
from graph.model.kinds import Kinds, load_kinds

TEXT = "Le 16 octobre 2025, Caracas et Bamako ont signé un mémorandum de défense."
SPAN = Span(0, len(TEXT), TEXT)
ACCORD: dict[str, Value] = {
    "parties": ("MLI", "VEN"),
    "date": "2025-10-16",
    "type": "memorandum",
    "status": "signed",
    "place": "Caracas",
    "domains": ("defence",),
}
TRADE: dict[str, Value] = {"parties": ("MLI", "VEN"), "year": "2024", "value": 12.5, "currency": "USD", "products": ("cacao",)}


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return load_kinds()


def claim(kind: str, fields: dict[str, Value]) -> Claim:
    return Claim(kind, fields, (SPAN,), 0.9, "test.1")


def test_a_valid_claim_has_no_problem(kinds: Kinds) -> None:
    assert kinds.validate(claim("agreement", ACCORD), text=TEXT) == []
    assert kinds.validate(claim("trade", TRADE)) == []
    kinds.check(claim("agreement", ACCORD))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"partys": ("MLI", "VEN")}, "no field 'partys'"),
        ({"parties": ("MLI",)}, "1 values, 2 needed"),
        ({"parties": None}, "parties is left out"),
        ({"parties": "MLI"}, "a tuple"),
        ({"parties": ("MLI", "MLI")}, "a value twice"),
        ({"parties": ("MLI", "Venezuela")}, "'Venezuela' is no code"),
        ({"date": "16 octobre"}, "is no date"),
        ({"date": "2025-02-30"}, "is no date"),
        ({"date": ("2025-10-16",)}, "one value"),
        ({"type": "accord"}, "is none of agreement, memorandum"),
        ({"domains": ()}, "0 values, 1 needed"),
        ({"domains": ("defence", "war")}, "'war' is none of"),
        ({"place": ""}, "is no text"),
        ({"place": " Caracas"}, "blanks at its ends"),
        ({"place": 7}, "is no text"),
        ({"count": "11"}, "no whole number"),
        ({"count": True}, "no whole number"),
        ({"count": -1}, "no whole number"),
    ],
)
def test_a_wrong_field_is_named(kinds: Kinds, change: dict[str, Any], says: str) -> None:
    fields = {name: value for name, value in {**ACCORD, **change}.items() if value is not None}
    problems = kinds.validate(claim("agreement", fields))
    assert len(problems) == 1
    assert says in problems[0]
    with pytest.raises(BadData, match="agreement read by test"):
        kinds.check(claim("agreement", fields))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"year": "24"}, "is no year"),
        ({"year": 2024}, "is no year"),
        ({"value": float("inf")}, "is no number"),
        ({"value": "12"}, "is no number"),
        ({"currency": "dollars"}, "ISO 4217"),
    ],
)
def test_a_wrong_number_is_named(kinds: Kinds, change: dict[str, Any], says: str) -> None:
    assert [says in problem for problem in kinds.validate(claim("trade", {**TRADE, **change}))] == [True]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"evidence": ()}, "no evidence"),
        ({"evidence": (Span(3, 3, ""),)}, "does not fit its quote"),
        ({"evidence": (Span(-1, 3, "Le 1"),)}, "does not fit its quote"),
        ({"evidence": (Span(0, 2, "Le 1"),)}, "does not fit its quote"),
        ({"evidence": (Span(0, 4, "abcd"),)}, "not what the text says"),
        ({"confidence": 1.01}, "not between 0 and 1"),
        ({"confidence": float("nan")}, "not between 0 and 1"),
        ({"kind": "war"}, "no kind of fact 'war'"),
    ],
)
def test_wrong_evidence_confidence_or_kind_is_named(kinds: Kinds, change: dict[str, Any], says: str) -> None:
    problems = kinds.validate(replace(claim("agreement", ACCORD), **change), text=TEXT)
    assert len(problems) == 1
    assert says in problems[0]


def test_codes_are_looked_up_where_asked(kinds: Kinds) -> None:
    problems = kinds.validate(claim("agreement", {**ACCORD, "parties": ("MLI", "ZZZ")}), is_agent={"MLI", "VEN"}.__contains__)
    assert problems == ["parties: no state or organisation has the code 'ZZZ'"]


def test_a_claim_becomes_an_exchange_object(kinds: Kinds) -> None:
    shuffled = {name: ACCORD[name] for name in reversed(ACCORD)}
    fact = kinds.to_fact(claim("agreement", shuffled))
    assert list(fact) == ["kind", "parties", "date", "type", "status", "place", "domains", "evidence", "confidence"]
    assert fact["parties"] == ["MLI", "VEN"]
    assert fact["evidence"] == [{"start": 0, "end": len(TEXT)}]
    assert fact["confidence"] == 0.9
    assert json.loads(json.dumps(fact)) == fact


def test_a_date_without_a_year_stays_out_of_the_exchange_format(kinds: Kinds) -> None:
    fact = kinds.to_fact(claim("agreement", {**ACCORD, "date": "XXXX-10-16", "status_date": "2025"}))
    assert "date" not in fact
    assert fact["status_date"] == "2025"


@pytest.mark.parametrize(("kind", "fields"), [("agreement", ACCORD), ("trade", TRADE)])
def test_there_and_back_again(kinds: Kinds, kind: str, fields: dict[str, Value]) -> None:
    told = claim(kind, fields)
    assert kinds.from_fact(kinds.to_fact(told), TEXT, rule="test.1", reader="rules") == told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "war"}, "no kind of fact 'war'"),
        ({"kind": None}, "no kind of fact"),
        ({"evidence": [{"start": 0}]}, "no object with start and end"),
        ({"evidence": [{"start": 0, "end": 500}]}, "does not fit its quote"),
        ({"parties": ["MLI"]}, "2 needed"),
        ({"extra": 1}, "no field 'extra'"),
    ],
)
def test_a_malformed_exchange_object_is_refused(kinds: Kinds, change: dict[str, Any], says: str) -> None:
    fact = {**kinds.to_fact(claim("agreement", ACCORD)), **change}
    with pytest.raises((BadData, UnknownTerm), match=says):
        kinds.from_fact(fact, TEXT)


def test_an_unknown_kind_or_field_raises(kinds: Kinds) -> None:
    with pytest.raises(UnknownTerm, match="agreement"):
        kinds["accord"]
    with pytest.raises(UnknownTerm, match="parties"):
        kinds["agreement"].field("partners")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('class = "Accord"', 'class = "Acord"', "did you mean Accord"),
        ('class = "Accord"', 'class = "Accord"\ncolour = "red"', r"\[agreement\] must have"),
        ('property = "signedOn"', 'property = "signOn"', "did you mean signedOn"),
        ('property = "signedOn"', 'property = "attestedFrom"', "Accord is not in the domain of attestedFrom"),
        ('property = "signedOn", type = "date"', 'property = "signedOn", type = "dates"', "unknown type 'dates'"),
        ('property = "signedOn", type = "date"', 'property = "signedOn", type = "text"', "does not fit the range"),
        ('property = "place", type = "text"', 'property = "place", type = "texts"', "place is not dip:multiple"),
        ('scheme = "AccordType"', 'scheme = "ActType"', "must be the range of accordType"),
        (', scheme = "AccordType"', "", "must be the range of accordType"),
        ('type = "agents", key = true, min = 2', 'type = "agents", key = "yes", min = 2', "key must be true or false"),
        ('type = "agents", key = true, min = 2', 'type = "agents", key = true, min = 2, max = 3', "and nothing else"),
        ('type = "person", key = true, min = 1', 'type = "person", key = true, min = 2', "one value and min 2"),
        ("parties = {", "evidence = {", "keeps for itself"),
        ('among = "parties"', 'among = "party"', "'ratifiers' is to be among 'party', which is no field"),
        ('property = "ratifiedBy", type = "dated_agents"', 'property = "place", type = "dated_agents"', "not dip:multiple"),
        ("[agreement]", "[agreement", r"kinds\.toml"),
    ],
)
def test_a_wrong_file_is_refused_by_kind_and_field(tmp_path: Path, old: str, new: str, says: str) -> None:
    for name in ("ontology.ttl", "concepts.ttl"):
        shutil.copy(SCHEMA / name, tmp_path)
    text = (SCHEMA / "kinds.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "kinds.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData, match=says) as caught:
        load_kinds(tmp_path)
    assert "kinds.toml" in str(caught.value)


def guide(shared: Path) -> dict[str, str]:
    """The guide's row for each kind of fact."""
    text = (shared / "extraction" / "GUIDE.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.M))


def tokens(text: str) -> list[str]:
    return re.findall(r"`([a-z_]+)`", text)


BEYOND = {("agreement", "ratifiers")}
"""Fields that no gold file has: what is read beyond the guide."""


@pytest.mark.shared
def test_the_guide_and_the_kinds_name_the_same(kinds: Kinds, shared: Path) -> None:
    rows = guide(shared)
    assert set(rows) == set(kinds.by_name)
    assert all(name in kinds[kind].fields for kind, name in BEYOND)
    for kind in kinds:
        scored = [name for name in kind.fields if (kind.name, name) not in BEYOND]
        for name in (*scored, *(field.name for field in kind.key_fields)):
            assert re.search(rf"\b{name}\b", rows[kind.name]), (kind.name, name)
        assert set(re.findall(r"\*\*(\w+)\*\*", rows[kind.name])) == {field.name for field in kind.key_fields}


@pytest.mark.shared
def test_every_token_of_the_guide_is_a_concept(kinds: Kinds, shared: Path) -> None:
    for kind in kinds:
        schemes = [field.scheme for field in kind.fields.values() if field.scheme is not None and field.scheme != "Domain"]
        allowed = {notation for scheme in schemes for notation in kinds.ontology.concepts(scheme)}
        told = set(tokens(guide(shared)[kind.name])) - {"count"}
        assert told <= allowed, kind.name
        assert len(told) >= len(schemes)


@pytest.mark.shared
def test_the_guide_s_lists_are_complete(kinds: Kinds, shared: Path) -> None:
    """Each scheme holds the guide's tokens and no other, but the few that only the view needs."""
    text = (shared / "extraction" / "GUIDE.md").read_text(encoding="utf-8")
    domains = text[text.index("**domains**") : text.index("| kind |")]
    assert set(tokens(domains)) == set(kinds.ontology.concepts("Domain"))
    everything = {token for row in guide(shared).values() for token in tokens(row)}
    fields = [field for kind in kinds for field in kind.fields.values() if field.scheme not in (None, "Domain")]
    assert {notation for field in fields for notation in kinds.ontology.concepts(str(field.scheme))} <= everything


@pytest.mark.shared
def test_every_fact_of_the_gold_files_makes_the_round_trip(kinds: Kinds, shared: Path) -> None:
    read = 0
    for file in sorted((shared / "extraction" / "dev").glob("*.gold.json")):
        text = file.with_name(file.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        for fact in json.loads(file.read_text(encoding="utf-8"))["facts"]:
            again = kinds.to_fact(kinds.from_fact(fact, text))
            assert again == {**fact, "evidence": [], "confidence": 1.0}
            read += 1
    assert read > 1000
