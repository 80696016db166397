"""The construction bench: invented sentences, and exactly what must be read from each."""

import tomllib
from pathlib import Path

import pytest

from graph.model.claims import Source
from loaders.reading.lexicon import Lexicon
from loaders.reading.mentions import find_mentions
from loaders.reading.model import Amount, Reading, When
from loaders.reading.offices import find_offices
from loaders.reading.pairs import find_pair
from loaders.reading.persons import find_persons
from loaders.reading.reader import understand
from loaders.reading.sentences import split
from loaders.reading.speech import find_statements
from loaders.reading.text import begin
from loaders.reading.titles import find_titles

BENCH = Path(__file__).parent / "bench"
MENTIONS = (begin, split, find_mentions)
PEOPLE = (*MENTIONS, find_titles, find_pair, find_persons, find_offices, find_statements)


def cases(name: str) -> list:
    table = tomllib.loads((BENCH / f"{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["text"][:60]) for case in table["case"]]


def read(case: dict, lexicon: Lexicon, language: str, stages: tuple) -> Reading:
    source = Source(text=case["text"], language=language, published=case.get("published") or None)
    return understand(source, lexicon, stages)


def offices(reading: Reading) -> set[str]:
    fields = [candidate.fields for candidate in reading.candidates if candidate.kind == "office"]
    return {f"{one['person']} | {one['office']} | {one.get('of', '-')}" for one in fields}


def same(said: set[str], wanted: list[str]) -> bool:
    """Equal but for agents that the sentence does not say ("-"): there a guess is allowed."""
    left = {line.rsplit(" | ", 1)[0] for line in wanted if line.endswith("| -")}
    return said - {line for line in said if line.rsplit(" | ", 1)[0] in left} == {
        w for w in wanted if not w.endswith("| -")
    } and left <= {line.rsplit(" | ", 1)[0] for line in said}


@pytest.mark.parametrize("case", cases("offices_fr"))
def test_french_offices(case: dict, lexicon: Lexicon) -> None:
    assert same(offices(read(case, lexicon, "fr", PEOPLE)), case["offices"]), offices(read(case, lexicon, "fr", PEOPLE))


@pytest.mark.parametrize("case", cases("offices_en"))
def test_english_offices(case: dict, lexicon: Lexicon) -> None:
    assert same(offices(read(case, lexicon, "en", PEOPLE)), case["offices"]), offices(read(case, lexicon, "en", PEOPLE))


@pytest.mark.parametrize(("language", "case"), [(code, p.values[0]) for code in ("fr", "en") for p in cases(f"speech_{code}")])
def test_speakers(language: str, case: dict, lexicon: Lexicon) -> None:
    reading = read(case, lexicon, language, PEOPLE)
    speakers = [candidate.fields["speaker"] for candidate in reading.candidates if candidate.kind == "statement"]
    assert sorted(speakers) == sorted(case["speakers"])


STANDS = ("pronoun: ", "description: ", "the two people ", "the other of ", "the visitor: ")


@pytest.mark.parametrize(
    ("language", "case"), [(code, p.values[0]) for code in ("fr", "en") for p in cases(f"anaphora_{code}")]
)
def test_who_is_meant(language: str, case: dict, lexicon: Lexicon) -> None:
    reading = read(case, lexicon, language, PEOPLE)
    meant = [m for m in reading.mentions if m.mark == "P" and m.why.startswith(STANDS)]
    names = [" + ".join(reading.persons[index].name for index in m.value) for m in meant]
    assert [f"{reading.words(m)} | {name}" for m, name in zip(meant, names, strict=True)] == case["meant"]


def test_an_antecedent_is_told_with_the_reason(lexicon: Lexicon) -> None:
    text = "Le président ghanéen Kwame Boateng est arrivé à Lomé. Il a rencontré le président togolais Yao Mensah."
    (meeting,) = [claim for claim in understand(Source(text=text, language="fr"), lexicon).claims if claim.kind == "meeting"]
    (reason,) = [one for one in meeting.reasons if one.words == "Il"]
    assert reason.why.endswith("Il = Kwame Boateng (pronoun: the subject of the sentence before)")


@pytest.mark.parametrize("case", cases("dates"))
def test_dates(case: dict, lexicon: Lexicon) -> None:
    reading = read(case, lexicon, case["language"], MENTIONS)
    assert [str(m.value.date) for m in reading.mentions if isinstance(m.value, When)] == case["dates"]


@pytest.mark.parametrize("case", cases("amounts"))
def test_amounts(case: dict, lexicon: Lexicon) -> None:
    reading = read(case, lexicon, case["language"], MENTIONS)
    found = [m.value for m in reading.mentions if isinstance(m.value, Amount)]
    assert [f"{value.value:.0f} {value.currency or value.unit}" for value in found] == case["amounts"]


@pytest.mark.parametrize("case", cases("agents"))
def test_agents(case: dict, lexicon: Lexicon) -> None:
    reading = read(case, lexicon, case["language"], MENTIONS)
    assert [" ".join((m.mark, *m.codes)) for m in reading.mentions if m.mark in "SDCG"] == case["agents"]
