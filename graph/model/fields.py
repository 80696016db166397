"""A field of a kind of fact: its type, its property, and what is wrong with a value of it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.errors import BadData
from graph.model.claims import Value
from graph.model.dates import PartialDate
from graph.model.iri import ONTOLOGY
from graph.model.terms import Ontology
from graph.model.vocabulary import RDFS, XSD

PLURALS = {"agents": "agent", "dated_agents": "dated_agent", "people": "person", "concepts": "concept", "texts": "text"}
"""The types of several values, each with the type of one of them."""

_CODE, _YEAR, _CURRENCY = re.compile(r"[A-Z][A-Z0-9_]+\Z"), re.compile(r"\d{4}\Z"), re.compile(r"[A-Z]{3}\Z")
_KEYS = {"property", "type", "scheme", "key", "min", "among"}
_AGENTS = {ONTOLOGY + name for name in ("Agent", "State", "Organisation")}
_RANGES = {
    "agent": _AGENTS,
    "dated_agent": _AGENTS,
    "person": {ONTOLOGY + "Person"},
    "text": {XSD + "string"},
    "currency": {XSD + "string"},
    "date": {RDFS + "Literal"},
    "year": {RDFS + "Literal"},
    "integer": {XSD + "integer", XSD + "nonNegativeInteger"},
    "number": {XSD + "decimal"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `property_name` is a local name of the ontology, `minimum` the least number of values in a valid claim.

    `among` is the field whose agents those of this one must be.
    """

    name: str
    property_name: str
    type: str
    scheme: str | None = None
    key: bool = False
    minimum: int = 0
    among: str | None = None

    @property
    def singular_type(self) -> str:
        """The type of one value: `agent` for `agents`."""
        return PLURALS.get(self.type, self.type)

    @property
    def plural(self) -> bool:
        """True where a claim's value is a tuple."""
        return self.type in PLURALS

    def agents(self, value: Value | None) -> tuple[str, ...]:
        """The codes of the states and organisations that a value names; none for a field of another type."""
        if value is None or self.singular_type not in ("agent", "dated_agent"):
            return ()
        return tuple(code_and_date(str(each))[0] for each in (value if isinstance(value, tuple) else (value,)))

    def problems(self, value: Value | None, ontology: Ontology) -> list[str]:
        """What is wrong with a claim's value of this field (None: left out), one sentence each."""
        if value is None:
            return [f"{self.name} is left out, {self.minimum} needed"] if self.minimum else []
        if self.plural != isinstance(value, tuple):
            return [f"{self.name} must be {'a tuple of values' if self.plural else 'one value'}, not {value!r}"]
        values = value if isinstance(value, tuple) else (value,)
        wrong = [f"{self.name}: {each!r} {problem}" for each in values if (problem := self._problem(each, ontology))]
        if len(set(self.agents(value) or values)) < len(values):
            wrong.append(f"{self.name} says a value twice")
        if len(values) < max(self.minimum, 1):
            wrong.append(f"{self.name} has {len(values)} values, {max(self.minimum, 1)} needed")
        return wrong

    def _problem(self, value: object, ontology: Ontology) -> str | None:
        if self.scheme is not None:
            known = ontology.concepts(self.scheme)
            return None if value in known else f"is none of {', '.join(known)}"
        return _CHECKS[self.type if self.type in _CHECKS else self.singular_type](value)


def code_and_date(value: str) -> tuple[str, str | None]:
    """The two halves of a dated agent, `MAR 2024-03`; None where no date is told."""
    code, _, date = value.partition(" ")
    return code, date or None


def read_field(name: str, entry: Any, class_name: str, ontology: Ontology) -> Field:
    """The field that an entry of kinds.toml describes; BadData or UnknownTerm where it contradicts the ontology."""
    if not isinstance(entry, dict) or not {"property", "type"} <= set(entry) <= _KEYS:
        raise BadData(f"field {name!r} must have property and type, may have scheme, key, min and among, and nothing else")
    key, minimum = entry.get("key", False), entry.get("min", 0)
    field = Field(name, entry["property"], entry["type"], entry.get("scheme"), key, minimum, entry.get("among"))
    if type(field.key) is not bool or type(field.minimum) is not int or field.minimum < 0:
        raise BadData(f"field {name!r}: key must be true or false, min a number from 0")
    _check_property(field, class_name, ontology)
    return field


def _check_property(field: Field, class_name: str, ontology: Ontology) -> None:
    term = ontology.property_(field.property_name)
    if not ontology.is_a(class_name, term.domain):
        raise BadData(f"field {field.name!r}: {class_name} is not in the domain of {term.name}")
    if field.plural and not term.multiple:
        raise BadData(f"field {field.name!r} has several values, but {term.name} is not dip:multiple")
    if field.minimum > 1 and not field.plural:
        raise BadData(f"field {field.name!r} has one value and min {field.minimum}")
    if field.singular_type == "concept":
        if field.scheme is None or ontology.scheme_of(term.name) != field.scheme:
            raise BadData(f"field {field.name!r}: its scheme must be the range of {term.name}")
    elif field.singular_type not in _RANGES or field.scheme is not None:
        raise BadData(f"field {field.name!r}: unknown type {field.type!r}, or a scheme that it cannot have")
    elif term.range not in _RANGES[field.singular_type]:
        raise BadData(f"field {field.name!r}: type {field.type} does not fit the range of {term.name}")


def _matching(form: re.Pattern[str], what: str) -> Callable[[object], str | None]:
    return lambda value: None if isinstance(value, str) and form.match(value) else what


def _text(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() == value != "" else "is no text, or has blanks at its ends"


def _date(value: object) -> str | None:
    try:
        PartialDate.parse(value if isinstance(value, str) else "")
    except BadData:
        return "is no date; write YYYY, YYYY-MM, YYYY-MM-DD or XXXX-MM-DD"
    return None


def _integer(value: object) -> str | None:
    return None if type(value) is int and value >= 0 else "is no whole number from 0"


def _number(value: object) -> str | None:
    fine = type(value) is int or (type(value) is float and math.isfinite(value))
    return None if fine else "is no number"


def _dated_agent(value: object) -> str | None:
    code, date = code_and_date(value) if isinstance(value, str) else ("", None)
    return _CHECKS["agent"](code) or (None if date is None else _date(date))


_CHECKS: dict[str, Callable[[object], str | None]] = {
    "agent": _matching(_CODE, "is no code (capitals, digits, _)"),
    "dated_agent": _dated_agent,
    "person": _text,
    "text": _text,
    "date": _date,
    "year": _matching(_YEAR, "is no year; write YYYY"),
    "currency": _matching(_CURRENCY, "is no ISO 4217 code"),
    "integer": _integer,
    "number": _number,
}
