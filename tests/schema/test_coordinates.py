"""Where cities are on the map: every one, and none with a sign or an axis swapped."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest

from graph.model.agents import City
from graph.model.reference import load_reference

CITIES = load_reference().cities
NEAREST = 600  # km to the next city of the state, and from one end of a state to its first city, unless said below
FURTHEST = 1500
ALONE = {
    "adelaide": 700,
    "almaty": 1000,
    "anchorage": 2400,
    "aktau": 1000,
    "antofagasta": 1100,
    "arawa": 1000,
    "astana": 900,
    "baikonur": 900,
    "beira": 750,
    "belem": 1200,
    "brasilia": 650,
    "brisbane": 750,
    "cairns": 1400,
    "cancun": 950,
    "ciudad-juarez": 950,
    "darwin": 1700,
    "garowe": 800,
    "halifax": 650,
    "hobart": 650,
    "honolulu": 3900,
    "irkutsk": 1450,
    "kaliningrad": 850,
    "khabarovsk": 700,
    "kolkata": 650,
    "kota-kinabalu": 1500,
    "kunming": 650,
    "las-palmas": 1300,
    "leticia": 1100,
    "lhasa": 1300,
    "manaus": 1300,
    "maputo": 750,
    "mashhad": 750,
    "monterrey": 650,
    "murmansk": 1050,
    "naha": 800,
    "novosibirsk": 1400,
    "nuuk": 1500,
    "nusantara": 850,
    "perth": 2200,
    "phuket": 650,
    "pituffik": 1500,
    "puerto-iguazu": 1050,
    "punta-arenas": 2250,
    "salvador-de-bahia": 700,
    "tapachula": 850,
    "tijuana": 1000,
    "tindouf": 1050,
    "urumqi": 1600,
    "ushuaia": 2100,
    "vladivostok": 700,
    "winnipeg": 1200,
}
WIDE = {
    "ARG": 2400,
    "AUS": 3200,
    "BRA": 2000,
    "CAN": 3600,
    "CHL": 2250,
    "CHN": 2600,
    "COD": 1800,
    "DZA": 2000,
    "ESP": 1800,
    "IDN": 1900,
    "IND": 2100,
    "JPN": 1600,
    "KAZ": 1750,
    "MAR": 1750,
    "MEX": 2350,
    "MOZ": 1700,
    "MYS": 1650,
    "RUS": 6500,
    "USA": 7800,
}


def kilometres(one: City, other: City) -> float:
    """Along a great circle."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def by_state() -> dict[str, list[City]]:
    found: dict[str, list[City]] = defaultdict(list)
    for city in CITIES:
        found[city.state].append(city)
    return found


def test_every_city_is_on_the_map_to_a_tenth_of_a_degree() -> None:
    assert len(CITIES) > 1100
    assert all(-55 <= city.latitude <= 77 and -180 <= city.longitude <= 180 for city in CITIES)
    assert [
        city.key for city in CITIES if (round(city.latitude, 1), round(city.longitude, 1)) != (city.latitude, city.longitude)
    ] == []
    assert [city.key for city in CITIES if city.latitude == city.longitude == 0] == []


def test_no_city_lies_far_from_the_others_of_its_state() -> None:
    far = {}
    for cities in by_state().values():
        for city in cities:
            nearest = min((kilometres(city, other) for other in cities if other is not city), default=0)
            if nearest > ALONE.get(city.key, NEAREST):
                far[city.key] = round(nearest)
    assert far == {}
    assert ALONE.keys() <= {city.key for city in CITIES}


def test_no_state_is_wider_than_it_is() -> None:
    wide = {state: max(kilometres(cities[0], city) for city in cities) for state, cities in by_state().items()}
    assert {state: round(width) for state, width in wide.items() if width > WIDE.get(state, FURTHEST)} == {}


@pytest.mark.parametrize(
    ("key", "north", "east"),
    [
        ("paris", 48.9, 2.3),
        ("london", 51.5, -0.1),
        ("rabat", 34.0, -6.8),
        ("algiers", 36.8, 3.1),
        ("accra", 5.6, -0.2),
        ("lome", 6.1, 1.2),
        ("libreville", 0.4, 9.5),
        ("kampala", 0.3, 32.6),
        ("nairobi", -1.3, 36.8),
        ("kinshasa", -4.3, 15.3),
        ("antananarivo", -18.9, 47.5),
        ("quito", -0.2, -78.5),
        ("brasilia", -15.8, -47.9),
        ("buenos-aires", -34.6, -58.4),
        ("washington", 38.9, -77.0),
        ("reykjavik", 64.1, -21.9),
        ("moscow", 55.8, 37.6),
        ("beijing", 39.9, 116.4),
        ("tokyo", 35.7, 139.7),
        ("singapore", 1.3, 103.8),
        ("canberra", -35.3, 149.1),
        ("wellington", -41.3, 174.8),
        ("suva", -18.1, 178.4),
        ("apia", -13.8, -171.8),
        ("nukualofa", -21.1, -175.2),
        ("alofi", -19.1, -169.9),
    ],
)
def test_known_cities_are_where_they_are(key: str, north: float, east: float) -> None:
    (city,) = (city for city in CITIES if city.key == key)
    assert (city.latitude, city.longitude) == pytest.approx((north, east), abs=0.11)
