"""Titles of every present state, in both languages: the grammar must know the whole world, not the states of some sample."""

import pytest

from graph.model.agents import State
from graph.model.claims import Source
from graph.model.reference import load_reference
from loaders.reading.lexicon import Lexicon
from loaders.reading.mentions import find_mentions
from loaders.reading.offices import find_offices
from loaders.reading.pairs import find_pair
from loaders.reading.persons import find_persons
from loaders.reading.reader import understand
from loaders.reading.sentences import split
from loaders.reading.text import begin
from loaders.reading.titles import find_titles

STAGES = (begin, split, find_mentions, find_titles, find_pair, find_persons, find_offices)
STATES = [state for state in load_reference().states.values() if state.party and not state.historic]
OF = {"le": "du ", "la": "de la ", "les": "des ", "l'": "de l'", "l’": "de l'"}


def holders(text: str, language: str, lexicon: Lexicon) -> set[tuple[str, str, str]]:
    reading = understand(Source(text=text, language=language), lexicon, STAGES)
    return {tuple(c.fields.get(f, "-") for f in ("person", "office", "of")) for c in reading.candidates if c.kind == "office"}


def of(state: State) -> str:
    name = state.names["fr"][0]
    if state.article in OF:
        return OF[state.article] + name
    return ("d'" if name[0] in "AEIOUÉÎ" else "de ") + name


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_french_name_in_a_title(state: State, lexicon: Lexicon) -> None:
    text = f"Le ministre des Affaires étrangères {of(state)}, Testou Belmar, est arrivé."
    assert holders(text, "fr", lexicon) == {("Testou Belmar", "minister_foreign_affairs", state.code)}


@pytest.mark.parametrize("state", [s for s in STATES if s.demonyms["fr"]], ids=lambda state: state.code)
def test_french_demonym_in_a_title(state: State, lexicon: Lexicon) -> None:
    people = state.demonyms["fr"][0]
    found = holders(f"Le ministre {people} de la Défense, Testou Belmar, est arrivé. {of(state)} se tait.", "fr", lexicon)
    assert found == {("Testou Belmar", "minister_defence", state.code)}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_english_name_in_a_title(state: State, lexicon: Lexicon) -> None:
    text = f"The president of {state.names['en'][0]}, Testou Belmar, has arrived."
    assert holders(text, "en", lexicon) == {("Testou Belmar", "head_of_state", state.code)}


@pytest.mark.parametrize("state", [s for s in STATES if s.demonyms["en"]], ids=lambda state: state.code)
def test_english_demonym_in_a_title(state: State, lexicon: Lexicon) -> None:
    people = state.demonyms["en"][0]
    found = holders(
        f"The {people} foreign minister, Testou Belmar, has arrived. {state.names['en'][0]} is silent.", "en", lexicon
    )
    assert found == {("Testou Belmar", "minister_foreign_affairs", state.code)}
