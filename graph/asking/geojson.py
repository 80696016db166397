"""An answer on a map: GeoJSON (RFC 7946), a feature a row, at the cities or the states' capitals that the header names."""

from __future__ import annotations

import json
from typing import Any

from graph.asking.ask import Answer
from graph.asking.steps.places import city_of
from graph.model.agents import City
from graph.model.reference import load_reference


def as_geojson(answer: Answer) -> bytes:
    """A FeatureCollection: properties are the row; a point, several points for a list of cities, or null where none is known.

    Coordinates are longitude, latitude in degrees (WGS 84), of cities of the reference data, to a tenth of a degree.
    Beside the features stand `placed` and `unplaced`, which count rows with and without geometry, and `unknown_places`,
    every value of the column that is no city there, nor a state with a capital.
    """
    kind, column = next(iter(answer.question.map.items()))
    known, unknown = 0, set()
    features = []
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        found = {value: _city(kind, value) for value in _values(cells[column])}
        geometry = _geometry([city for city in found.values() if city is not None])
        known += geometry is not None
        unknown |= {value for value, city in found.items() if city is None}
        features.append({"type": "Feature", "geometry": geometry, "properties": cells})
    collection = {
        "type": "FeatureCollection",
        "question": answer.question.name,
        "snapshot": answer.snapshot,
        "truncated": answer.truncated,
        "placed": known,
        "unplaced": len(features) - known,
        "unknown_places": sorted(unknown),
        "features": features,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode()


def _values(cell: Any) -> tuple[str, ...]:
    if isinstance(cell, tuple):
        return cell
    return () if cell is None else (str(cell),)


def _city(kind: str, value: str) -> City | None:
    return city_of(value) if kind == "city" else next(iter(load_reference().capitals(value)), None)


def _geometry(cities: list[City]) -> dict[str, Any] | None:
    """A point once, however many of its names stand in the cell."""
    points = list(dict.fromkeys((city.longitude, city.latitude) for city in cities))
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": list(points[0])}
    return {"type": "MultiPoint", "coordinates": [list(point) for point in points]}
