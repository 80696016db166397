"""The claims that support an entity, and how sure they make it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from graph.model.claims import Claim, Span, Value
from graph.model.kinds import Kinds
from graph.record.wording import copies
from graph.resolution.items import UNDATED, Item, Told, mentions
from graph.resolution.names import plain
from graph.resolution.rules import Rules

_LETTERS = re.compile(r"[\W_]+")
_MANY = 300  # sources among which texts that are only alike are looked for; beyond it only equal ones count as copies
CROWD = 30
"""Sources of a person, a tenure or an office beyond which only equal texts count as copies."""
_FEW = 30  # sources among which sentences that are nearly alike are looked for; beyond it only equal ones count


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """One claim: its key, its source with date and language, ids of the persons it mentions by field, and linked claims."""

    key: str
    claim: Claim
    source: str
    published: str
    language: str | None
    mentions: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    decided: frozenset[str] = frozenset()  # fields whose value a person gave
    wording: str = ""  # of the source's text: see `graph.record.wording`

    @property
    def order(self) -> tuple[str, str]:
        """Earliest published first, then the smaller key: the founding claim of a set is its first."""
        return (self.published, self.key)

    @property
    def recency(self) -> str:
        """The date of publication, the unknown one sorting as the oldest."""
        return "" if self.published == UNDATED else self.published

    def worded(self, wording: str) -> Support:
        """The same with the wording of its source's text."""
        return replace(self, wording=wording)


def supports(told: Told, kinds: Kinds) -> list[Support]:
    """Every claim of a source as a support."""
    keys = [key for key, _ in told.claims]
    return [
        support_of(told, key, claim, tuple((link.property, keys[link.target]) for link in claim.links), kinds)
        for key, claim in told.claims
    ]


def support_of(told: Told, key: str, claim: Claim, targets: tuple[tuple[str, str], ...], kinds: Kinds) -> Support:
    """One claim of a source as a support; `targets` are the properties of its links with the keys of the linked claims."""
    mentioned = tuple(mention for _, mention in mentions(key, claim, kinds[claim.kind]))
    decided = told.decided.get(key, frozenset())
    return Support(key, claim, told.source, told.published or UNDATED, told.language, mentioned, targets, decided)


def written(support: Support) -> str:
    """A support as the index keeps it: enough to build an entity from, without reading its claim's triples again."""
    return json.dumps(told_as(support), ensure_ascii=False, sort_keys=True)


def told_as(support: Support) -> dict[str, Any]:
    """The same as JSON."""
    claim = support.claim
    return {
        "kind": claim.kind,
        "fields": dict(claim.fields),
        "evidence": [[span.start, span.end, span.quote] for span in claim.evidence],
        "confidence": claim.confidence,
        "source": support.source,
        "published": support.published,
        "language": support.language,
        "targets": support.targets,
        "decided": sorted(support.decided),
    }


def read_support(key: str, text: str, kinds: Kinds, one: Callable[[str], str] = str) -> Support:
    """A support from the index; its claim is without rule, reasons and links, which no value depends on.

    `one` gives what is held of a text that many claims repeat.
    """
    return support_from(key, json.loads(text), kinds, one)


def support_from(key: str, about: Mapping[str, Any], kinds: Kinds, one: Callable[[str], str] = str) -> Support:
    """The same from JSON."""
    fields = {one(name): _held(value, one) for name, value in about["fields"].items()}
    evidence = tuple(Span(start, end, quote) for start, end, quote in about["evidence"])
    claim = Claim(one(about["kind"]), fields, evidence, about["confidence"], "")
    mentioned = tuple(mention for _, mention in mentions(key, claim, kinds[claim.kind]))
    targets, decided = tuple((name, target) for name, target in about["targets"]), frozenset(about["decided"])
    source, published, language = one(about["source"]), one(about["published"]), about["language"]
    return Support(key, claim, source, published, language and one(language), mentioned, targets, decided)


def _held(value: Any, one: Callable[[str], str]) -> Value:
    if isinstance(value, list):
        return tuple(map(one, value))
    return one(value) if isinstance(value, str) else value


def many(sources: int) -> bool:
    """Whether so many sources of a person, a tenure or an office are a crowd."""
    return sources > CROWD


def crowded(found: Iterable[Item | Support]) -> bool:
    """Whether so many sources tell of a person, a tenure or an office that only equal texts count as copies."""
    return many(len({each.source for each in found}))


class Witnesses:
    """Which supports are independent.

    Claims of one source are one witness; so are those of sources that print one text, or the same sentence,
    and of all that are tied so. Where a crowd tells of a person, a tenure or an office, `graph.view.tally` counts instead.
    """

    def __init__(self, found: Iterable[Support], rules: Rules) -> None:
        self._rules = rules
        by_source: dict[str, list[Support]] = defaultdict(list)
        for support in found:
            by_source[support.source].append(support)
        self._witness = {source: source for source in by_source}
        for one, other in self._copies(by_source) if len(by_source) > 1 else ():
            self._join(one, other)

    def _copies(self, by_source: Mapping[str, Sequence[Support]]) -> Iterator[tuple[str, str]]:
        wordings = {source: supports[0].wording for source, supports in by_source.items()}
        yield from copies(wordings, self._rules.copy_likeness if len(wordings) <= _MANY else 1.0)
        quotes = {source: self._quotes(supports) for source, supports in by_source.items()}
        first: dict[str, str] = {}
        for source in sorted(quotes):
            yield from ((source, first[quote]) for quote in quotes[source] if quote in first)
            first.update((quote, source) for quote in quotes[source])
        if len(quotes) <= _FEW:
            yield from (pair for pair in combinations(sorted(quotes), 2) if self._reprints(quotes[pair[0]], quotes[pair[1]]))

    def _join(self, one: str, other: str) -> None:
        mine, theirs = sorted((self._of(one), self._of(other)))
        self._witness[theirs] = mine

    def _of(self, source: str) -> str:
        """The first of the sources that are one witness with a source."""
        while (up := self._witness[source]) != source:
            self._witness[source] = self._witness[up]
            source = up
        return source

    def of(self, support: Support) -> str:
        """The witness that a support is, by the first of its sources."""
        return self._of(support.source)

    def count(self, among: Iterable[Support]) -> int:
        """How many independent sources there are among some of the supports."""
        return len({self._of(support.source) for support in among})

    def confidence(self, among: Iterable[Support]) -> float:
        """1 - product over witnesses of (1 - the witness's best confidence), at most the cap, to four digits."""
        best: dict[str, float] = {}
        for support in among:
            witness = self._of(support.source)
            best[witness] = max(best.get(witness, 0.0), support.claim.confidence)
        doubt = 1.0
        for witness in sorted(best):
            doubt *= 1.0 - best[witness]
        return round(min(1.0 - doubt, self._rules.confidence_cap), 4)

    def _quotes(self, found: Sequence[Support]) -> list[str]:
        texts = sorted({_LETTERS.sub(" ", plain(span.quote)) for support in found for span in support.claim.evidence})
        return [text for text in texts if len(text) >= self._rules.reprint_length]

    def _reprints(self, quotes: list[str], others: list[str]) -> bool:
        floor = self._rules.reprint_likeness
        return any(fuzz.ratio(one, other, score_cutoff=floor) for one in quotes for other in others)
