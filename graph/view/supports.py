"""The claims that support an entity, and how sure they make it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.model.claims import Claim
from graph.model.kinds import Kinds
from graph.resolution.items import UNDATED, Told, mentions
from graph.resolution.names import plain
from graph.resolution.rules import Rules

_LETTERS = re.compile(r"[\W_]+")
_FEW = 60  # witnesses among which near-reprints are looked for; beyond it only equal wordings count as reprints


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

    @property
    def order(self) -> tuple[str, str]:
        """Earliest published first, then the smaller key: the founding claim of a set is its first."""
        return (self.published, self.key)

    @property
    def recency(self) -> str:
        """The date of publication, the unknown one sorting as the oldest."""
        return "" if self.published == UNDATED else self.published


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


class Witnesses:
    """Which supports are independent: claims of one source, and of sources that print the same sentence, are one witness."""

    def __init__(self, found: Iterable[Support], rules: Rules) -> None:
        self._rules = rules
        self._witness: dict[str, str] = {}
        by_source: dict[str, list[Support]] = defaultdict(list)
        for support in found:
            by_source[support.source].append(support)
        groups: list[tuple[list[str], list[str]]] = []
        for source in sorted(by_source):
            quotes = self._quotes(by_source[source])
            same = next((group for group in groups if self._reprints(quotes, group[1], len(groups))), None)
            if same is None:
                groups.append(([source], quotes))
            else:
                same[0].append(source)
                same[1].extend(quotes)
        for sources, _ in groups:
            self._witness.update(dict.fromkeys(sources, sources[0]))

    def count(self, among: Iterable[Support]) -> int:
        """How many independent sources there are among some of the supports."""
        return len({self._witness[support.source] for support in among})

    def confidence(self, among: Iterable[Support]) -> float:
        """1 - product over witnesses of (1 - the witness's best confidence), at most the cap, to four digits."""
        best: dict[str, float] = {}
        for support in among:
            witness = self._witness[support.source]
            best[witness] = max(best.get(witness, 0.0), support.claim.confidence)
        doubt = 1.0
        for witness in sorted(best):
            doubt *= 1.0 - best[witness]
        return round(min(1.0 - doubt, self._rules.confidence_cap), 4)

    def _quotes(self, found: Sequence[Support]) -> list[str]:
        texts = sorted({_LETTERS.sub(" ", plain(span.quote)) for support in found for span in support.claim.evidence})
        return [text for text in texts if len(text) >= self._rules.reprint_length]

    def _reprints(self, quotes: list[str], others: list[str], many: int) -> bool:
        if set(quotes) & set(others):
            return True
        floor = self._rules.reprint_likeness
        return many <= _FEW and any(fuzz.ratio(one, other, score_cutoff=floor) for one in quotes for other in others)
