"""Articles on sport, the arts, learning or firms: their words of diplomacy tell no fact; what is plain in them does."""

from __future__ import annotations

import pytest

from graph.model.claims import Source
from loaders.reading.lexicon import Lexicon
from loaders.reading.reader import read

PLAY = {
    "fr": """Derby : la paix des braves

LIMA – Le match a tourné court. Sur la pelouse, le Pérou et le Chili ont signé dimanche un pacte de non-agression, puis
le Pérou a rompu ses relations avec le but. « On a manqué de tranchant », a soufflé l'entraîneur Luis Soto.
Le capitaine Juan Rios est sorti avant la mi-temps. Le président péruvien, Carlos Vega, était au stade.""",
    "en": """A truce at the derby

LIMA - The match was soon over. On the pitch Peru and Chile signed a non-aggression pact on Sunday, and Peru then severed
relations with the goal. "We lacked an edge," said coach Luis Soto. Captain Juan Rios left the players at half-time.
Peru's president, Carlos Vega, was in the stadium.""",
}
STATES = {
    "fr": """Cinéma

LIMA – Le Pérou et le Chili ont signé dimanche un accord de coproduction de films.
Le ministre péruvien de la Culture, Carlos Vega, et la ministre chilienne de la Culture, Ana Pinto, ont promis un
festival et un jury communs aux cinéastes.""",
    "en": """Cinema

LIMA - Peru and Chile signed an agreement on co-producing films on Sunday. Peru's culture minister, Carlos Vega, and
Chile's culture minister, Ana Pinto, promised filmmakers a festival with one jury.""",
}

LEARNING = {
    "fr": """L'université de Lima chez les Chiliens

LIMA – Une délégation de l'université de Lima conduite par son président, Luis Soto, a visité mardi le Chili. Le recteur
chilien et le doyen de la faculté de droit ont signé avec elle un accord de coopération sur la mobilité des étudiants.
« Nos étudiants y gagneront », a déclaré Luis Soto.""",
    "en": """Two campuses, one degree

LIMA - A delegation of the University of Lima led by President Luis Soto visited Chile on Tuesday. The Chilean university
and its Peruvian counterpart signed a memorandum of understanding for their students and faculty.
"Our students will gain from it," said Luis Soto.""",
}
SCHOOLS = {
    "fr": """Universités

LIMA – Le Pérou et le Chili ont signé dimanche un accord sur les étudiants de leurs universités et leurs professeurs.
Le ministre péruvien de l'Éducation, Carlos Vega, a salué un texte attendu sur les campus.""",
    "en": """Universities

LIMA - Peru and Chile signed an agreement on their universities, students and professors on Sunday. Peru's education
minister, Carlos Vega, praised a text awaited on every campus.""",
}

BUSINESS = {
    "fr": """Télécoms : un accord au sommet

LIMA – Le péruvien Andia, filiale de Soltel, et le chilien Maipo ont signé mardi un accord avec l'opérateur kényan Zuri.
« Nos clients au Pérou et au Chili y gagneront », a déclaré Luis Soto, PDG d'Andia.""",
    "en": """A deal on telecoms

LIMA - Andia of Peru, a subsidiary of Soltel, and Maipo of Chile signed an agreement on Tuesday with an operator in Kenya.
"Our customers in Peru and Chile will gain from it," said Luis Soto, CEO of Andia.""",
}


def _told(text: str, language: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    claims = read(Source(text=text, published="2024-03-11", language=language), lexicon).claims
    return sorted((claim.kind, str(claim.fields.get("person") or claim.fields.get("speaker") or "")) for claim in claims)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_figures_of_speech_are_no_facts(language: str, lexicon: Lexicon) -> None:
    assert _told(PLAY[language], language, lexicon) == [("office", "Carlos Vega"), ("statement", "Luis Soto")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_two_states_do_for_the_arts_is_one(language: str, lexicon: Lexicon) -> None:
    assert ("agreement", "") in _told(STATES[language], language, lexicon)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_universities_do_is_no_states(language: str, lexicon: Lexicon) -> None:
    assert _told(LEARNING[language], language, lexicon) == [("statement", "Luis Soto")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_two_states_do_for_their_universities_is_theirs(language: str, lexicon: Lexicon) -> None:
    assert ("agreement", "") in _told(SCHOOLS[language], language, lexicon)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_firms_sign_is_no_states(language: str, lexicon: Lexicon) -> None:
    assert _told(BUSINESS[language], language, lexicon) == [("statement", "Luis Soto")]
