"""In which state a place lies, as the reference data says."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from graph.model.folding import fold
from graph.model.reference import load_reference


@functools.cache
def _states() -> Mapping[str, str]:
    """Folded names of cities to the code of their state; a name that several share is a capital's or nobody's."""
    cities = load_reference().cities
    found: dict[str, str | None] = {}
    for capital in (True, False):
        here: dict[str, str | None] = {}
        for city in (one for one in cities if one.capital is capital):
            for name in {fold(name) for names in city.names.values() for name in names}:
                here[name] = city.state if here.get(name, city.state) == city.state else None
        found = {**here, **found}
    return {name: state for name, state in found.items() if state is not None}


def state_of(place: str | None) -> str | None:
    """The code of the state in which a city lies; None for a place that is no known city."""
    return None if place is None else _states().get(fold(place))
