"""What users give is checked and typed before anything is asked."""

from __future__ import annotations

import pytest

from graph.asking.binding import bind
from graph.asking.questions import question
from graph.errors import BadQuery, UnknownTerm
from graph.model.iri import ID


def test_values_are_typed_and_defaults_filled_in() -> None:
    bound = bind(question("accords"), {"state": "mar", "since": " 2025-10 ", "until": ""})
    assert dict(bound.values) == {
        "state": ID + "state/MAR",
        "since": "2025-10",
        "until": "",
        "as_of": "",
        "domain": "",
        "lang": "fr",
    }
    assert bind(question("corroborated"), {}).values["min"] == 2
    assert bind(question("corroborated"), {"min": "3"}).values["min"] == 3


@pytest.mark.parametrize("given", ["MAR", "mar", "state/MAR", ID + "state/MAR"])
def test_a_state_goes_by_code_short_id_or_address(given: str) -> None:
    bound = bind(question("partners"), {"state": given})
    assert bound.values["state"] == ID + "state/MAR"
    assert bound.is_iri("state")


def test_an_organisation_is_a_party_like_a_state() -> None:
    assert bind(question("accords"), {"state": "AU"}).values["state"] == ID + "organisation/AU"


def test_a_region_stands_for_its_states() -> None:
    bound = bind(question("accords"), {"state": "Western_Africa", "since": "2020"})
    asked = bound.members()
    assert all([one] == members for one, members in asked)
    assert [one.values["state"] for one, _ in asked][:2] == [ID + "state/BEN", ID + "state/BFA"]
    assert {one.values["since"] for one, _ in asked} == {"2020"}
    assert len(bind(question("panel"), {"partner": "africa"}).members()) == 1, "the step picks the partner"
    with pytest.raises(BadQuery, match="only one of state and partner"):
        bind(question("between"), {"state": "africa", "partner": "europe"})


@pytest.mark.parametrize("given", ["a" * 64, "source/" + "a" * 64, ID + "source/" + "a" * 64])
def test_a_source_goes_by_hash_short_id_or_address(given: str) -> None:
    assert bind(question("facts_of_source"), {"source": given}).values["source"] == ID + "source/" + "a" * 64


@pytest.mark.parametrize(
    ("name", "raw", "error", "says"),
    [
        ("accords", {}, BadQuery, "accords needs state"),
        ("accords", {"state": " "}, BadQuery, "accords needs state"),
        ("accords", {"state": "MAR", "domian": "x"}, BadQuery, "no parameter 'domian'; did you mean domain"),
        ("accords", {"state": "MAR", "zzz": "x"}, BadQuery, "it takes state, since, until, as_of, domain, lang"),
        ("accords", {"state": "Maroc"}, UnknownTerm, "did you mean MAR?"),
        ("accords", {"state": "MAR' OR 1=1"}, UnknownTerm, "no state or organisation"),
        ("accords", {"state": "MAR", "since": "June 2025"}, BadQuery, "since: 'June 2025' is no date"),
        ("accords", {"state": "MAR", "since": "2025-02-30"}, BadQuery, "is no date"),
        ("accords", {"state": "MAR", "since": "XXXX-06-18"}, BadQuery, "has no year"),
        ("accords", {"state": "MAR", "domain": "defense"}, UnknownTerm, "did you mean defence"),
        ("accords", {"state": "MAR", "lang": "de"}, UnknownTerm, "choose fr or en"),
        ("corroborated", {"min": "two"}, BadQuery, "no whole number"),
        ("corroborated", {"min": "9999999999"}, BadQuery, "no whole number"),
        ("evidence", {"fact": "accord"}, BadQuery, "is no id of this graph"),
        ("evidence", {"fact": "https://example.org/accord/1"}, BadQuery, "is no id of this graph"),
        ("evidence", {"fact": "accord/1> ?x"}, BadQuery, "is no id of this graph"),
    ],
)
def test_what_is_refused_says_what_to_write(name: str, raw: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error) as caught:
        bind(question(name), raw)
    assert says in str(caught.value)
