"""Ties between facts of one article: the accord that founds a commission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model.claims import Link
from loaders.reading.model import Candidate

_NEAR = 12  # sentences between an accord and the passage on the body it founds


def links_of(facts: Sequence[Candidate]) -> Mapping[int, tuple[Link, ...]]:
    """For each body founded or planned: a `foundingAccord` link to the accord of the same parties, where one stands near."""
    links: dict[int, tuple[Link, ...]] = {}
    accords = [(index, fact) for index, fact in enumerate(facts) if fact.kind == "agreement"]
    for index, fact in enumerate(facts):
        if fact.kind == "body" and fact.fields.get("status") in ("established", "planned") and "session" not in fact.fields:
            found = _founder(fact, accords)
            if found is not None:
                links[index] = (found,)
    return links


def _founder(body: Candidate, accords: Sequence[tuple[int, Candidate]]) -> Link | None:
    same = [
        (i, a)
        for i, a in accords
        if _parties(a) == _parties(body) and a.fields.get("status") not in ("terminated", "suspended")
    ]
    beside = [(i, a) for i, a in same if set(a.sentences) & set(body.sentences)]
    if beside:
        nearest = min(beside, key=lambda found: (abs(found[1].sentences[0] - body.sentences[0]), found[0]))
        return Link("foundingAccord", nearest[0], "told in the same sentence as the accord")
    near = [(_distance(a, body), i) for i, a in same if abs(_distance(a, body)) <= _NEAR]
    before = sorted((distance, i) for distance, i in near if distance >= 0)
    if before:
        return Link("foundingAccord", before[0][1], "the passage follows the accord of the same parties")
    after = sorted((-distance, i) for distance, i in near)
    return Link("foundingAccord", after[0][1], "the accord of the same parties is told close by") if after else None


def _distance(accord: Candidate, body: Candidate) -> int:
    """Sentences from the accord to the body: positive when the body is told after."""
    gaps = [b - a for a in accord.sentences for b in body.sentences]
    return min(gaps, key=lambda gap: (gap < 0, abs(gap)))


def _parties(fact: Candidate) -> frozenset[str]:
    parties = fact.fields.get("parties", ())
    return frozenset(parties) if isinstance(parties, tuple) else frozenset()
