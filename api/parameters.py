"""Parameters of questions as JSON Schema, for the API's description and for tools."""

from __future__ import annotations

from typing import Any

from api.asked import DATE
from graph.asking.header import Parameter

_SCHEMAS: dict[str, dict[str, Any]] = {
    "state": {"type": "string"},  # the description's AgentCode takes its place
    "domain": {"type": "string"},
    "date": {"type": "string", "pattern": f"^({DATE})$"},
    "source": {"type": "string", "pattern": "^(source/)?[0-9a-f]{64}$"},
    "fact": {"type": "string", "pattern": "^[a-z]+/[A-Za-z0-9_-]+$"},
    "integer": {"type": "integer", "minimum": -999_999_999, "maximum": 999_999_999},
    "language": {"type": "string", "enum": ["fr", "en"]},
    "text": {"type": "string", "minLength": 1},
}
_EXAMPLES = {"state": "MAR", "date": "2025-06", "domain": "defence"}


def schema_of(parameter: Parameter) -> dict[str, Any]:
    """What values a parameter takes."""
    schema = dict(_SCHEMAS[parameter.type])
    bounds = {"minimum": parameter.minimum, "maximum": parameter.maximum}
    schema |= {name: value for name, value in bounds.items() if value is not None}
    if parameter.choices is not None:
        schema["enum"] = list(parameter.choices)
    if parameter.default is not None:
        schema["default"] = parameter.default
    return schema


def query_parameter(name: str, parameter: Parameter) -> dict[str, Any]:
    """A parameter of a query string, as OpenAPI describes it; an empty text counts as left out."""
    schema = schema_of(parameter)
    found = {
        "name": name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.en,
        "schema": schema if parameter.required else {"anyOf": [schema, {"const": ""}]},
    }
    if parameter.type in _EXAMPLES:
        found["example"] = _EXAMPLES[parameter.type]
    return found
