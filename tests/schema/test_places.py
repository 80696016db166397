from collections import defaultdict

import pytest

from graph.model.agents import City
from graph.model.folding import fold
from graph.model.reference import Reference, load_reference
from graph.model.turtle import LANGUAGES

WITHOUT_CAPITAL = {"ISR", "ESH"}
SHARED_NAMES = {"tripoli": {"LBY", "LBN"}}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def cities(reference: Reference, name: str) -> list[City]:
    return [city for city in reference.cities if name in (*city.names["fr"], *city.names["en"])]


def test_every_state_of_today_has_a_capital(reference: Reference) -> None:
    current = [state.code for state in reference.states.values() if state.party and not state.historic]
    assert {code for code in current if not reference.capitals(code)} == WITHOUT_CAPITAL


@pytest.mark.parametrize(
    ("state", "capital"),
    [
        ("TZA", "Dodoma"),
        ("CIV", "Yamoussoukro"),
        ("BDI", "Gitega"),
        ("ZAF", "Pretoria"),
        ("SWZ", "Mbabane"),
        ("NLD", "Amsterdam"),
    ],
)
def test_the_principal_capital_comes_first(reference: Reference, state: str, capital: str) -> None:
    assert reference.capitals(state)[0].names["fr"][0] == capital


def test_there_are_many_cities_beside_the_capitals(reference: Reference) -> None:
    others = [city for city in reference.cities if not city.capital]
    assert len(others) > 800
    assert len({city.state for city in others}) > 140


@pytest.mark.parametrize(
    ("name", "state", "capital", "stands_for"),
    [
        ("Rabat", "MAR", True, "MAR"),
        ("Alger", "DZA", True, "DZA"),
        ("Pékin", "CHN", True, "CHN"),
        ("Beijing", "CHN", True, "CHN"),
        ("Kiev", "UKR", True, "UKR"),
        ("Kyiv", "UKR", True, "UKR"),
        ("N'Djamena", "TCD", True, "TCD"),
        ("Addis-Abeba", "ETH", True, "ETH"),
        ("La Haye", "NLD", True, None),
        ("Abuja", "NGA", True, "NGA"),
        ("Dodoma", "TZA", True, "TZA"),
        ("Sucre", "BOL", True, None),
        ("La Paz", "BOL", True, "BOL"),
        ("Pretoria", "ZAF", True, "ZAF"),
        ("Cape Town", "ZAF", True, None),
        ("Abidjan", "CIV", True, "CIV"),
        ("Bujumbura", "BDI", True, "BDI"),
        ("Gitega", "BDI", True, "BDI"),
        ("Tel-Aviv", "ISR", False, "ISR"),
        ("Jérusalem", "ISR", False, None),
        ("Ramallah", "PSE", True, "PSE"),
        ("Genève", "CHE", False, None),
        ("New York", "USA", False, None),
        ("Dakhla", "MAR", False, None),
        ("Saint-Pétersbourg", "RUS", False, None),
        ("Goma", "COD", False, None),
        ("Port Sudan", "SDN", False, "SDN"),
        ("Davos", "CHE", False, None),
    ],
)
def test_places_and_metonyms(reference: Reference, name: str, state: str, capital: bool, stands_for: str | None) -> None:
    assert [(city.state, city.capital, city.stands_for) for city in cities(reference, name)] == [(state, capital, stands_for)]


def test_a_city_stands_for_its_own_state_only(reference: Reference) -> None:
    assert all(city.stands_for in (None, city.state) for city in reference.cities)
    metonyms = {city.stands_for for city in reference.cities if city.stands_for}
    assert len(metonyms) > 170


def test_names_that_two_cities_share_are_few(reference: Reference) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in reference.cities:
        for language in LANGUAGES:
            for name in city.names[language]:
                owners[language, fold(name)].add(city.state)
                keys[language, fold(name)].add(city.key)
    assert {name: owners[language, name] for (language, name), found in keys.items() if len(found) > 1} == SHARED_NAMES


def test_a_city_named_like_an_agent_is_marked(reference: Reference) -> None:
    agents = (*reference.states.values(), *reference.organisations.values())
    names = {(language, fold(name)) for agent in agents for language in LANGUAGES for name in agent.names[language]}
    unmarked = {
        (city.key, name)
        for city in reference.cities
        for language in LANGUAGES
        for name in city.names[language]
        if (language, fold(name)) in names and name not in city.ambiguous
    }
    assert unmarked == set()


@pytest.mark.parametrize(
    "name", ["Florence", "Split", "Victoria", "Sucre", "Georgetown", "Nice", "Cork", "Kingston", "Wellington", "Colombo"]
)
def test_cities_that_are_also_something_else_are_marked(reference: Reference, name: str) -> None:
    assert all(name in city.ambiguous for city in cities(reference, name))


def test_a_homonym_is_no_name_of_an_agent_or_city(reference: Reference) -> None:
    things = (*reference.states.values(), *reference.organisations.values(), *reference.cities)
    names = {(language, fold(name)) for thing in things for language in LANGUAGES for name in thing.names[language]}
    names |= {
        (language, fold(form))
        for state in reference.states.values()
        for language in LANGUAGES
        for form in state.demonyms[language]
    }
    homonyms = {
        (language, fold(name)) for homonym in reference.homonyms for language in LANGUAGES for name in homonym.names[language]
    }
    assert homonyms & names == set()
    assert len(reference.homonyms) > 250


@pytest.mark.parametrize(
    "name",
    ["golfe de Guinée", "océan Indien", "New Mexico", "Air France", "Paris Match", "latino-américaines", "Gulf of Mexico"],
)
def test_homonyms_hide_what_they_hold(reference: Reference, name: str) -> None:
    assert any(name in (*homonym.names["fr"], *homonym.names["en"]) for homonym in reference.homonyms)
