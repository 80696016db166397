"""The form of the answer: a JSON Schema and its description in words, both derived from kinds and ontology alone."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Any

from graph.model.fields import Field
from graph.model.kinds import Kind, Kinds

_JSON = {"integer": "integer", "number": "number"}  # every other type of field is written as a string


def answer_schema(kinds: Kinds) -> dict[str, Any]:
    """The JSON Schema of an answer: `facts`, each of one kind, with all its fields; null stands for what is not said.

    It keeps to what strict structured output allows: every property required, none besides, enums in `$defs`.
    """
    schemes = sorted({field.scheme for kind in kinds for field in kind.fields.values() if field.scheme is not None})
    enums = {scheme: {"type": "string", "enum": list(kinds.ontology.concepts(scheme))} for scheme in schemes}
    facts = {"type": "array", "items": {"anyOf": [_fact(kind) for kind in kinds]}}
    return {**_object({"facts": facts}), "$defs": enums}


def _fact(kind: Kind) -> dict[str, Any]:
    fields = {name: _field(field) for name, field in kind.fields.items()}
    quotes = {"type": "array", "items": {"type": "string"}}
    name = {"type": "string", "enum": [kind.name]}
    return _object({"kind": name, **fields, "evidence": quotes, "confidence": {"type": "number"}})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _field(field: Field) -> dict[str, Any]:
    one: dict[str, Any] = {"type": _JSON.get(field.singular_type, "string")}
    if field.scheme is not None:
        one = {"$ref": f"#/$defs/{field.scheme}"}
    value = {"type": "array", "items": one} if field.plural else one
    return value if field.minimum else {"anyOf": [value, {"type": "null"}]}


def described(kinds: Kinds, language: str, words: Mapping[str, str], types: Mapping[str, str]) -> str:
    """Every kind and field in words, with definitions from the ontology: not every endpoint shows the schema to its model.

    `words` are the phrases `needed`, `at_least` and `one_of`; `types` says what a value of each singular type looks like.
    """
    fields = [field for kind in kinds for field in kind.fields.values()]
    plain = sorted({field.singular_type for field in fields if field.scheme is None})
    schemes = sorted({field.scheme for field in fields if field.scheme is not None})
    legend = [f"{name}: {types[name]}" for name in plain]
    legend += [f"{name}: {words['one_of']} {', '.join(kinds.ontology.concepts(name))}" for name in schemes]
    return "\n".join((*(_kind_in_words(kind, kinds, language, words) for kind in kinds), "", *legend))


def _kind_in_words(kind: Kind, kinds: Kinds, language: str, words: Mapping[str, str]) -> str:
    lines = [f"\n{kind.name}: {kinds.ontology.class_(kind.class_name).definitions[language]}"]
    for field in kind.fields.values():
        meaning = kinds.ontology.property_(field.property_name).definitions[language]
        lines.append(f"- {field.name} ({_form(field, words)}): {meaning}")
    return "\n".join(lines)


def _form(field: Field, words: Mapping[str, str]) -> str:
    form = (field.scheme or field.singular_type) + ("[]" if field.plural else "")
    if field.minimum > 1:
        return f"{form}, {Template(words['at_least']).substitute(count=field.minimum)}"
    return f"{form}, {words['needed']}" if field.minimum else form
