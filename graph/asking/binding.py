"""What a user gives a question, as the values that it is asked with: checked, typed, bound."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from graph.asking.agents import agent_iri
from graph.asking.header import Parameter
from graph.asking.questions import Question, text_for
from graph.errors import BadData, BadQuery, UnknownTerm
from graph.model.dates import PartialDate
from graph.model.iri import ID, entity, full
from graph.model.regions import load_regions
from graph.model.terms import load_ontology

LANGUAGES = ("fr", "en")

_KEY = re.compile(r"[a-z]+/[A-Za-z0-9_\-]+\Z")
_SOURCE = re.compile(r"source/[0-9a-f]{64}\Z")
_REGION = f"{ID}region/"
_IRIS = {"state", "source", "fact"}

Value = str | int


@dataclass(frozen=True, slots=True)
class Bound:
    """A question with a value for each of its parameters; one that was left out is the empty string."""

    question: Question
    values: Mapping[str, Value]
    region: tuple[str, tuple[str, ...]] | None = None
    """The parameter that was given a region instead of a state, and the addresses of its states."""

    def members(self) -> list[tuple[Bound, list[Bound]]]:
        """What the texts are asked with, and what is answered from it: for a region, each of its states.

        They are asked state by state, or once where the step alone picks the state.
        """
        if self.region is None:
            return [(self, [self])]
        name, states = self.region
        each = [replace(self, values=MappingProxyType({**self.values, name: state}), region=None) for state in states]
        return [(each[0], each)] if self.question.parameters[name].by_step else [(one, [one]) for one in each]

    @property
    def cypher(self) -> str:
        """The text to ask the property graph with these values."""
        return text_for(self.question.cypher, self._given())

    def cypher_values(self, most: int) -> dict[str, Value]:
        """What the property graph is asked with: these values, and as `$most` how many rows are read at most."""
        return {**self.values, "most": most}

    @property
    def sparql(self) -> str:
        """The text to ask the record with these values."""
        return text_for(self.question.sparql, self._given())

    def _given(self) -> frozenset[str]:
        return frozenset(name for name, value in self.values.items() if value != "")

    def is_iri(self, name: str) -> bool:
        """Whether the value is the IRI of something rather than a text or a number."""
        return self.question.parameters[name].type in _IRIS and self.values[name] != ""


def bind(question: Question, raw: Mapping[str, str]) -> Bound:
    """Check and type what a user gave; an empty text counts as left out.

    BadQuery: unknown or missing parameter, malformed value. UnknownTerm: no such state or domain, with near ones.
    """
    unknown = sorted(raw.keys() - question.parameters.keys())
    if unknown:
        near = difflib.get_close_matches(unknown[0], list(question.parameters), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it takes {', '.join(question.parameters)}"
        raise BadQuery(f"{question.name} has no parameter {unknown[0]!r}; {hint}")
    values = {name: _value(question, name, parameter, raw.get(name, "")) for name, parameter in question.parameters.items()}
    regions = {name: region for name, value in values.items() if (region := _region(question.parameters[name], value))}
    if len(regions) > 1:
        raise BadQuery(f"only one of {' and '.join(regions)} can be a region; ask state by state for the other")
    return Bound(question, MappingProxyType(values), next(iter(regions.items()), None))


def _region(parameter: Parameter, value: Value) -> tuple[str, ...] | None:
    key = str(value).removeprefix(_REGION)
    if parameter.type != "state" or key == value:
        return None
    return tuple(entity("state", code) for code in load_regions()[key].states)


def _agent(name: str, text: str) -> str:
    """A state or organisation by its code, or a region by its key."""
    key = text.rpartition("/")[2].lower()
    return _REGION + key if key in load_regions() else agent_iri(name, text)


def _value(question: Question, name: str, parameter: Parameter, given: str) -> Value:
    text = given.strip()
    if text:
        if parameter.choices is not None and text not in parameter.choices:
            raise BadQuery(f"{name}: {text!r} is none of {', '.join(parameter.choices)}")
        return _bounded(name, parameter, _READERS[parameter.type](name, text))
    if parameter.required:
        raise BadQuery(f"{question.name} needs {name}: {parameter.en}")
    return "" if parameter.default is None else parameter.default


def _bounded(name: str, parameter: Parameter, value: Value) -> Value:
    least, most = parameter.minimum, parameter.maximum
    if isinstance(value, int) and ((least is not None and value < least) or (most is not None and value > most)):
        raise BadQuery(f"{name}: {value} is not between {least} and {most}")
    return value


def _date(name: str, text: str) -> str:
    try:
        date = PartialDate.parse(text)
    except BadData as error:
        raise BadQuery(f"{name}: {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from error
    if date.year is None:
        raise BadQuery(f"{name}: {text!r} has no year; write YYYY, YYYY-MM or YYYY-MM-DD")
    return str(date)


def _domain(name: str, text: str) -> str:
    return load_ontology().concept("Domain", text).notation


def _integer(name: str, text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        raise BadQuery(f"{name}: {text!r} is no whole number")
    return int(text)


def _language(name: str, text: str) -> str:
    if text not in LANGUAGES:
        raise UnknownTerm(f"{name}: {text!r} is not spoken here; choose {' or '.join(LANGUAGES)}")
    return text


def _source(name: str, text: str) -> str:
    iri = full(text if "/" in text else f"source/{text}")
    if not _SOURCE.match(iri.removeprefix(ID)):
        raise BadQuery(f"{name}: {text!r} is no source; write source/ and its 64 digits, or the digits alone")
    return iri


def _fact(name: str, text: str) -> str:
    iri = full(text)
    if not iri.startswith(ID) or not _KEY.match(iri.removeprefix(ID)):
        raise BadQuery(f"{name}: {text!r} is no id of this graph; write accord/0123456789abcdef or its full address under {ID}")
    return iri


def _text(name: str, text: str) -> str:
    return text


_READERS: Mapping[str, Callable[[str, str], Value]] = {
    "state": _agent,
    "date": _date,
    "domain": _domain,
    "source": _source,
    "fact": _fact,
    "integer": _integer,
    "language": _language,
    "text": _text,
}
