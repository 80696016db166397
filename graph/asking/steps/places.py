"""Which city a place is and in which state it lies, as the reference data says."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from graph.model.agents import City
from graph.model.folding import fold
from graph.model.reference import load_reference


@functools.cache
def _cities() -> Mapping[str, City]:
    """Cities by folded name; a name that several share is a capital's or nobody's."""
    cities = load_reference().cities
    found: dict[str, City | None] = {}
    for capital in (True, False):
        here: dict[str, City | None] = {}
        for city in (one for one in cities if one.capital is capital):
            for name in {fold(name) for names in city.names.values() for name in names}:
                here[name] = city if name not in here else None
        found = {**here, **found}
    return {name: city for name, city in found.items() if city is not None}


def city_of(place: str | None) -> City | None:
    """The city of that name, whatever its case and accents; None for a place that is no known city."""
    return None if place is None else _cities().get(fold(place))


def state_of(place: str | None) -> str | None:
    """The code of the state in which a city lies; None for a place that is no known city."""
    city = city_of(place)
    return None if city is None else city.state
