"""Stage 11: how sure each fact is, from a small calibrated table, and the claims that come out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import BadData
from graph.model.claims import Claim, Link, Reason, Span
from loaders.reading.anaphora import explaining
from loaders.reading.linking import links_of
from loaders.reading.model import Candidate, Reading
from loaders.reading.tables import DATA, read_table

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_EVIDENCE = 12  # sentences kept as evidence of one fact


@dataclass(frozen=True, slots=True)
class Confidence:
    """Log-odds by kind and feature, with the bounds of the result."""

    base: Mapping[str, float]
    feature: Mapping[str, float]
    floor: float
    ceiling: float

    def of(self, fact: Candidate) -> float:
        """The share of facts like this one that are right, in [floor, ceiling], to three digits."""
        odds = self.base.get(fact.kind, 0.0) + math.fsum([self.feature.get(name, 0.0) for name in features_of(fact)])
        return round(min(self.ceiling, max(self.floor, 1 / (1 + math.exp(-odds)))), 3)


def features_of(fact: Candidate) -> frozenset[str]:
    """What is seen of a merged fact: features of its tellings, its rule, its office, whether several sentences say it.

    A role that had to be guessed counts once for all kinds and once for this one: hosts of missions are missed more often.
    """
    seen = {*fact.features, f"rule:{fact.rule}"}
    seen |= {f"{fact.kind} {name}" for name in fact.features if name.startswith("role:")}
    if fact.kind == "office":
        seen.add(f"office:{fact.fields['office']}")
    if len(set(fact.sentences)) > 1:
        seen.add("many-sentences")
    return frozenset(seen)


def load_confidence(path: Path = DATA / "confidence.toml") -> Confidence:
    """Read `confidence.toml`; BadData names a key that is missing or no number."""
    table = read_table(path, ("floor", "ceiling", "base", "feature"))
    for part in ("base", "feature"):
        for name, value in table[part].items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise BadData(f"{path.name}: {part}.{name} must be a number")
    return Confidence(table["base"], table["feature"], table["floor"], table["ceiling"])


def claimed(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with a claim for each of its merged candidates, in their order, links included."""
    links = links_of(reading.candidates)
    explained = explaining(reading)
    claims = [
        _claim(reading, fact, lexicon.confidence, links.get(index, ()), explained)
        for index, fact in enumerate(reading.candidates)
    ]
    return reading.having(claims=tuple(claims))


def _claim(
    reading: Reading, fact: Candidate, confidence: Confidence, links: Sequence[Link], explained: Callable[[Reason], Reason]
) -> Claim:
    sentences = [reading.sentences[index] for index in dict.fromkeys(fact.sentences)][:_EVIDENCE]
    evidence = tuple(Span(one.start, one.end, reading.text[one.start : one.end]) for one in sentences)
    reasons: tuple[Reason, ...] = tuple(map(explained, fact.reasons))
    fields = {name: value for name, value in fact.fields.items() if name not in fact.guessed}
    guesses = {name: fact.fields[name] for name in sorted(fact.guessed & fact.fields.keys())}
    return Claim(
        fact.kind, fields, evidence, confidence.of(fact), fact.rule, reasons=reasons, links=tuple(links), guesses=guesses
    )
