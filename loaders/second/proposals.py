"""From an answer to claims: what quotes the text, is valid, and speaks of known agents and of people the text names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import BadData, UnknownTerm
from graph.model.claims import Claim, Reason, Span, Value
from graph.model.fields import Field
from graph.model.kinds import Kind, Kinds
from graph.model.reference import Reference
from loaders.second.quotes import Searchable, searchable
from loaders.second.tuning import Tuning

RULE = "second"
_BESIDE = ("kind", "evidence", "confidence")  # of a fact's keys, those that are no fields
_LARGEST = 10**15  # no sum or number of people is larger, and every store holds it exactly


@dataclass(frozen=True, slots=True)
class Proposed:
    """The claims that stood the tests, in the order of their evidence, and why each other fact was thrown away."""

    claims: tuple[Claim, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds each proposed fact against the text, the kinds and the reference data."""

    kinds: Kinds
    reference: Reference
    tuning: Tuning

    def judge(self, content: str, text: str, reader: str) -> Proposed:
        """The claims in an answer's JSON; BadData when it is no JSON of the form asked for.

        Evidence lies in `text`, which is what the model was shown; `reader` names model and version.
        """
        facts, within = _facts(content), searchable(text)
        claims, refused = [], []
        for fact in facts[: self.tuning.most_facts]:
            try:
                claims.append(self._claim(fact, within, reader))
            except (BadData, UnknownTerm) as error:
                refused.append(str(error))
        if len(facts) > self.tuning.most_facts:
            refused.append(f"{len(facts) - self.tuning.most_facts} facts beyond the first {self.tuning.most_facts}")
        return Proposed(tuple(_once(claims)), tuple(refused))

    def _claim(self, fact: Any, within: Searchable, reader: str) -> Claim:
        if not isinstance(fact, dict) or not isinstance(fact.get("kind"), str):
            raise BadData("a fact is no object with a kind")
        kind = self.kinds[fact["kind"]]
        evidence = tuple(self._quoted(fact.get("evidence"), within, kind))
        told = {name: value for name, value in fact.items() if name not in _BESIDE and value is not None and value != []}
        fields = {name: self._value(kind.field(name), value, within) for name, value in told.items()}
        reasons = tuple(Reason("trigger", span.quote, span.start, span.end, f"quoted by {reader}") for span in evidence)
        claim = Claim(kind.name, fields, evidence, self._confidence(fact.get("confidence")), RULE, reader, reasons)
        self.kinds.check(claim, text=within.text, is_agent=self._is_agent)
        return claim

    def _quoted(self, quotes: Any, within: Searchable, kind: Kind) -> Iterator[Span]:
        if not isinstance(quotes, list) or not quotes:
            raise BadData(f"{kind.name}: it quotes nothing")
        found: set[Span] = set()
        for quote in quotes:
            span = within.find(quote) if isinstance(quote, str) and len(quote) <= self.tuning.longest_quote else None
            if span is None:
                raise BadData(f"{kind.name}: the text does not hold the quote {str(quote)[:80]!r}")
            if sum(character.isalnum() for character in span.quote) < self.tuning.shortest_quote:
                raise BadData(f"{kind.name}: the quote {span.quote!r} is too short to prove anything")
            found.add(span)
        yield from sorted(found, key=lambda span: (span.start, span.end))

    def _confidence(self, told: Any) -> float:
        if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1:
            raise BadData(f"its confidence {str(told)[:20]} is no number from 0 to 1")
        return round(min(float(told), self.tuning.ceiling), 3)

    def _value(self, field: Field, value: Any, within: Searchable) -> Value:
        if not field.plural:
            return self._single(field, value, within)
        if not isinstance(value, list):
            raise BadData(f"{field.name} is no list")
        return tuple(dict.fromkeys(str(self._single(field, each, within)) for each in value))

    def _single(self, field: Field, value: Any, within: Searchable) -> str | int | float:
        if field.singular_type in ("integer", "number"):
            if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
                raise BadData(f"{field.name} is no number up to {_LARGEST:.0e}")
            return value
        if not isinstance(value, str) or not value.isprintable() or len(value) > self.tuning.longest_value:
            raise BadData(f"{field.name} is no text of at most {self.tuning.longest_value} characters on one line")
        words = " ".join(value.split())
        if field.singular_type == "agent":
            return words if self._is_agent(words) else self.reference.find(words) or words
        if field.singular_type == "dated_agent" and not self._is_agent(words.partition(" ")[0]):
            return self.reference.find(words) or words
        if field.singular_type == "person" and not within.names(words):
            raise BadData(f"{field.name}: the text does not name {words!r}")
        return words

    def _is_agent(self, code: str) -> bool:
        return code in self.reference.states or code in self.reference.organisations


def _facts(content: str) -> list[Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadData(f"it is no JSON ({error})") from error
    facts = answer.get("facts") if isinstance(answer, Mapping) else None
    if not isinstance(facts, list):
        raise BadData("it is no object with a list of facts")
    return facts


def _once(claims: list[Claim]) -> Iterator[Claim]:
    """Each fact once, with all its evidence and the best confidence, in the order of the first evidence."""
    told: list[Claim] = []
    for claim in claims:
        fact = (claim.kind, claim.fields)
        same = next((index for index, other in enumerate(told) if (other.kind, other.fields) == fact), None)
        if same is None:
            told.append(claim)
        else:
            told[same] = _together(told[same], claim)
    yield from sorted(told, key=lambda claim: (claim.evidence[0].start, claim.evidence[-1].end, claim.kind))


def _together(one: Claim, other: Claim) -> Claim:
    evidence = tuple(sorted({*one.evidence, *other.evidence}, key=lambda span: (span.start, span.end)))
    reasons = tuple(dict.fromkeys((*one.reasons, *other.reasons)))
    return replace(one, evidence=evidence, reasons=reasons, confidence=max(one.confidence, other.confidence))
