"""A state that no title says is guessed for exchange, told as a guess, and kept out of the graph."""

from dataclasses import replace

import pytest

from graph.model.kinds import load_kinds
from loaders.reading.lexicon import Lexicon
from loaders.reading.reader import read_text

TEXT = (
    "Le Ghana et la Zambie renforcent leurs liens\n\n"
    "Le ministre de la Défense, Kojo Mensah, a salué jeudi les relations entre le Ghana et la Zambie. "
    "La ministre zambienne de la Santé, Anna Phiri, était présente."
)


def test_a_guess_is_no_field(lexicon: Lexicon) -> None:
    claims = {claim.fields["person"]: claim for claim in read_text(TEXT, lexicon, language="fr") if claim.kind == "office"}
    guessed, said = claims["Kojo Mensah"], claims["Anna Phiri"]
    assert "of" not in guessed.fields and guessed.guesses.keys() == {"of"}
    assert said.fields["of"] == "ZMB" and not said.guesses
    (why,) = [reason.why for reason in guessed.reasons if reason.role == "of"]
    assert why.startswith("not said: guessed")
    (why,) = [reason.why for reason in said.reasons if reason.role == "of"]
    assert why.startswith("said")


def test_exchange_has_the_guess_and_the_record_s_id_does_not(lexicon: Lexicon) -> None:
    (claim,) = [one for one in read_text(TEXT, lexicon, language="fr") if one.fields.get("person") == "Kojo Mensah"]
    assert load_kinds().to_fact(claim)["of"] == claim.guesses["of"]
    assert replace(claim, guesses={}).key("x") == claim.key("x")


def test_days_without_a_year_are_compared_by_no_month(lexicon: Lexicon) -> None:
    text = (
        "Le ministre ghanéen de la Défense, Kojo Mensah, et son homologue zambienne, Anna Phiri, se sont entretenus "
        "le 18 juin à Lusaka. Le Ghana et la Zambie ont signé le 18 juin un accord de défense."
    )
    (accord,) = [claim for claim in read_text(text, lexicon, language="fr") if claim.kind == "agreement"]
    assert (accord.fields["date"], accord.fields["place"]) == ("XXXX-06-18", "Lusaka")


@pytest.mark.parametrize(
    ("text", "person", "of"),
    [
        pytest.param(
            "New Zealand and Sri Lanka\n\nAnn Price became New Zealand's first resident High Commissioner to Sri Lanka "
            "by presenting her credentials to President Ravi Perera.",
            "Ravi Perera",
            "LKA",
            id="who receives credentials is of where the envoy is sent",
        ),
        pytest.param(
            "Japan and Poland in talks\n\nKenya may gain from talks between the country's president, John Otieno, "
            "and Japan and Poland.",
            "John Otieno",
            "KEN",
            id="the country's president is of whom the sentence speaks",
        ),
        pytest.param(
            "Kenya's foreign minister to visit Ghana\n\nKenya's Foreign Minister Ann Price will travel to Accra on 2 May 2016. "
            "The Kenyan official will meet with Minister of Industry and Trade Kofi Badu.",
            "Kofi Badu",
            "GHA",
            id="whom an official of the other state meets, though nobody names the official",
        ),
        pytest.param(
            "Kenya's foreign minister in Ghana\n\nKenya's Foreign Minister Ann Price arrived in Accra on 2 May 2016 with a "
            "delegation that includes Minister of Trade John Otieno.",
            "John Otieno",
            "KEN",
            id="who comes with a minister is of that side",
        ),
    ],
)
def test_a_guess_follows_what_the_sentence_says(text: str, person: str, of: str, lexicon: Lexicon) -> None:
    (claim,) = [one for one in read_text(text, lexicon, language="en") if one.fields.get("person") == person]
    assert claim.guesses["of"] == of


def test_a_former_president_still_called_so_holds_no_office(lexicon: Lexicon) -> None:
    text = 'Former President John Otieno opened the fair in Nairobi. "President Otieno spoke well," said a farmer, Mary Wanja.'
    assert not [one for one in read_text(text, lexicon, language="en") if one.kind == "office"]


def test_an_ambassador_for_a_bid_holds_no_office(lexicon: Lexicon) -> None:
    text = (
        "Peter Lund is an ambassador for Norway's bid to stage the tournament. "
        "The ambassador for Norway's bid, Peter Lund, sang."
    )
    assert not [one for one in read_text(text, lexicon, language="en") if one.kind == "office"]
