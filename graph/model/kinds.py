"""The kinds of fact of `schema/kinds.toml`: what a valid claim is, and its way from and to the exchange format."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.errors import BadData, UnknownTerm
from graph.model.claims import Claim, Span, Value
from graph.model.fields import Field, read_field
from graph.model.files import SCHEMA
from graph.model.terms import Ontology, load_ontology

FILE = "kinds.toml"
_RESERVED = ("kind", "evidence", "confidence")

IsAgent = Callable[[str], bool]
"""Says whether a code is that of a known state or organisation."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: the class of the thing told of, and its fields in their order."""

    name: str
    class_name: str
    fields: Mapping[str, Field]

    @property
    def key_fields(self) -> tuple[Field, ...]:
        """The fields that tell one fact from another within a source."""
        return tuple(field for field in self.fields.values() if field.key)

    def field(self, name: str) -> Field:
        """The field of that name; UnknownTerm when the kind has none such."""
        if name not in self.fields:
            raise UnknownTerm(f"{self.name} has no field {name!r}; it has {', '.join(self.fields)}")
        return self.fields[name]


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds by name, in the order of the file."""

    by_name: Mapping[str, Kind]
    ontology: Ontology

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.by_name.values())

    def __getitem__(self, name: str) -> Kind:
        """The kind of that name; UnknownTerm when there is none."""
        if name not in self.by_name:
            raise UnknownTerm(f"there is no kind of fact {name!r}; there are {', '.join(self.by_name)}")
        return self.by_name[name]

    def validate(self, claim: Claim, *, text: str | None = None, is_agent: IsAgent | None = None) -> list[str]:
        """What is wrong with a claim, one sentence each; empty for a valid one.

        Evidence is compared with `text` and agents' codes are looked up by `is_agent` where those are given.
        """
        if claim.kind not in self.by_name:
            return [f"there is no kind of fact {claim.kind!r}"]
        kind = self.by_name[claim.kind]
        wrong = [f"{kind.name} has no field {name!r}" for name in claim.fields if name not in kind.fields]
        for field in kind.fields.values():
            wrong += field.problems(claim.fields.get(field.name), self.ontology)
            wrong += _strangers(field, claim.fields.get(field.name), is_agent)
            wrong += _outsiders(field, kind, claim)
        return wrong + _evidence_problems(claim, text)

    def check(self, claim: Claim, *, text: str | None = None, is_agent: IsAgent | None = None) -> None:
        """Raise BadData that names everything that `validate` finds."""
        wrong = self.validate(claim, text=text, is_agent=is_agent)
        if wrong:
            raise BadData(f"{claim.kind} read by {claim.rule}: " + "; ".join(wrong))

    def to_fact(self, claim: Claim) -> dict[str, Any]:
        """The exchange format's JSON object: kind, fields and guesses in their order, evidence offsets, confidence.

        A date whose year is not said is left out, since the format has no form for it.
        """
        fact: dict[str, Any] = {"kind": claim.kind}
        for name, field in self[claim.kind].fields.items():
            value = claim.fields.get(name, claim.guesses.get(name))
            if value is not None and not (field.type == "date" and str(value).startswith("XXXX")):
                fact[name] = [_with_year(field, each) for each in value] if isinstance(value, tuple) else value
        fact["evidence"] = [{"start": span.start, "end": span.end} for span in claim.evidence]
        fact["confidence"] = claim.confidence
        return fact

    def from_fact(self, fact: Mapping[str, Any], text: str, *, rule: str = "exchange", reader: str = "exchange") -> Claim:
        """The claim that an exchange object makes of a source's text; BadData when it is malformed.

        Quotes are cut from the text; a fact without evidence or confidence (a gold file's) gives a sure claim without any.
        """
        kind = self[str(fact.get("kind"))]
        fields = {name: _value(value) for name, value in fact.items() if name not in _RESERVED}
        spans = tuple(_span(item, text, kind) for item in fact.get("evidence", ()))
        claim = Claim(kind.name, fields, spans, float(fact.get("confidence", 1.0)), rule, reader)
        wrong = [problem for problem in self.validate(claim, text=text) if spans or problem != _NO_EVIDENCE]
        if wrong:
            raise BadData(f"{kind.name} from the exchange format: " + "; ".join(wrong))
        return claim


_NO_EVIDENCE = "it has no evidence"


def _strangers(field: Field, value: Value | None, is_agent: IsAgent | None) -> list[str]:
    codes = () if is_agent is None else field.agents(value)
    return [
        f"{field.name}: no state or organisation has the code {code!r}" for code in codes if is_agent and not is_agent(code)
    ]


def _outsiders(field: Field, kind: Kind, claim: Claim) -> list[str]:
    """The agents of a field that are not among those of the field they must be among."""
    if field.among is None or field.name not in claim.fields:
        return []
    known = kind.fields[field.among].agents(claim.fields.get(field.among))
    strangers = [code for code in field.agents(claim.fields[field.name]) if code not in known]
    return [f"{field.name}: {code} is none of the {field.among}" for code in strangers]


def _evidence_problems(claim: Claim, text: str | None) -> list[str]:
    wrong = [] if claim.evidence else [_NO_EVIDENCE]
    if not 0 <= claim.confidence <= 1:
        wrong.append(f"its confidence {claim.confidence} is not between 0 and 1")
    for span in claim.evidence:
        if not 0 <= span.start < span.end or len(span.quote) != span.end - span.start:
            wrong.append(f"its evidence {span.start}-{span.end} does not fit its quote of {len(span.quote)} characters")
        elif text is not None and text[span.start : span.end] != span.quote:
            wrong.append(f"its evidence {span.start}-{span.end} is not what the text says there")
    return wrong


def _with_year(field: Field, value: str) -> str:
    """One of several values, an agent without a date whose year is not said."""
    return value.split(" XXXX")[0] if field.type == "dated_agents" else value


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _span(item: Any, text: str, kind: Kind) -> Span:
    try:
        start, end = int(item["start"]), int(item["end"])
    except (TypeError, KeyError, ValueError) as error:
        raise BadData(f"{kind.name}: evidence {item!r} is no object with start and end") from error
    return Span(start, end, text[max(start, 0) : max(end, 0)])


@functools.cache
def load_kinds(folder: Path = SCHEMA) -> Kinds:
    """The kinds in a folder, checked against its ontology and read once a process; BadData names file and field."""
    file = folder / FILE
    ontology = load_ontology(folder)
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadData(f"{file}: {error}") from error
    return Kinds(MappingProxyType({name: _kind(name, entry, ontology) for name, entry in content.items()}), ontology)


def _kind(name: str, entry: Any, ontology: Ontology) -> Kind:
    if not isinstance(entry, dict) or set(entry) != {"class", "fields"} or not entry["fields"]:
        raise BadData(f"{FILE}: [{name}] must have `class` and a table `fields`, and nothing else")
    try:
        class_name = ontology.class_(entry["class"]).name
        fields = {key: read_field(key, value, class_name, ontology) for key, value in entry["fields"].items()}
    except (BadData, UnknownTerm) as error:
        raise BadData(f"{FILE}: [{name}] {error}") from error
    if reserved := [key for key in fields if key in _RESERVED]:
        raise BadData(f"{FILE}: [{name}] field {reserved[0]!r} is a name that the exchange format keeps for itself")
    if lost := [field for field in fields.values() if field.among is not None and field.among not in fields]:
        raise BadData(f"{FILE}: [{name}] field {lost[0].name!r} is to be among {lost[0].among!r}, which is no field")
    if not any(field.key for field in fields.values()):
        raise BadData(f"{FILE}: [{name}] has no key field; say key = true")
    return Kind(name, class_name, MappingProxyType(fields))
