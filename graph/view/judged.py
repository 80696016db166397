"""A source as people corrected it, and which of its items they say are, or are not, the same thing as others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pyoxigraph import Store

from graph.model.claims import Claim, Value
from graph.model.judgements import CLAIMS, PAIRS, Anchor, Judgement
from graph.model.kinds import Kinds
from graph.record import rdf
from graph.record.anchoring import anchored
from graph.record.carrying import Carrying
from graph.resolution.items import Item, Person, Told, mentions
from graph.resolution.rules import Rules


def judged(told: Told, judgements: Iterable[Judgement], kinds: Kinds, rules: Rules) -> Told:
    """The source without claims that are wrong or too unsure for the view, with corrected values, right ones as sure as can be.

    Where two verdicts on a claim, or two values of one field, contradict each other the later counts.
    """
    words, values = _words(told, judgements, kinds)
    claims = [(key, _corrected(claim, words.get(key), values.get(key, {}), rules)) for key, claim in told.claims]
    decided = {key: frozenset(found) for key, found in values.items()}
    return sure(replace(told, claims=claims, decided=decided), rules.claim_floor)


def sure(told: Told, floor: float) -> Told:
    """A source without the claims that are below the floor of the view; links to those are dropped."""
    keep = [number for number, (_, claim) in enumerate(told.claims) if claim.confidence >= floor]
    if len(keep) == len(told.claims):
        return told
    places = {number: place for place, number in enumerate(keep)}
    return replace(told, claims=[(told.claims[n][0], _relinked(told.claims[n][1], places)) for n in keep])


def _words(told: Told, judgements: Iterable[Judgement], kinds: Kinds) -> tuple[dict[str, str], dict[str, dict[str, Value]]]:
    """By key of a claim: right or wrong, and the values given in place of those read."""
    words: dict[str, str] = {}
    values: dict[str, dict[str, Value]] = {}
    claims = dict(told.claims)
    for judgement in judgements:
        if judgement.verdict in CLAIMS:
            anchor = judgement.anchors[0]
            key = anchored(anchor, told.claims, kinds, exact=judgement.field is None)
            if key is None:
                continue
            if judgement.field is None or judgement.value is None:
                words[key] = judgement.verdict
            elif claims[key].fields.get(judgement.field) in (anchor.fields.get(judgement.field), judgement.value):
                values.setdefault(key, {})[judgement.field] = judgement.value
    return words, values


def _corrected(claim: Claim, word: str | None, values: Mapping[str, Value], rules: Rules) -> Claim:
    if word is None and not values:
        return claim
    confidence = {"right": max(claim.confidence, rules.confidence_cap), "wrong": -1.0}.get(word or "", claim.confidence)
    return replace(claim, fields={**claim.fields, **values}, confidence=confidence)


def _relinked(claim: Claim, places: Mapping[int, int]) -> Claim:
    links = tuple(replace(link, target=places[link.target]) for link in claim.links if link.target in places)
    return replace(claim, links=links)


class InForce(Protocol):
    """The sources in force, their items, and what people decided on them: `graph.view.world.World` is one."""

    kinds: Kinds
    carrying: Carrying

    def told(self, source: str) -> Told:
        """The claims of a source as people corrected it."""

    def items(self, source: str) -> list[Item]:
        """The items of a source."""

    def item(self, name: str) -> Item:
        """An item by id."""


class Decisions:
    """People's verdicts same and different, on the items of a world (`graph.resolution.verdicts.Verdicts`)."""

    def __init__(self, world: InForce) -> None:
        self._world = world
        self._of_source: dict[str, dict[str, dict[str, bool]]] = {}

    def decided(self, item: Item) -> Mapping[str, bool]:
        """Ids of the items in force that somebody compared with this one, and whether they are the same thing."""
        return self._decided(item.source).get(item.id, {})

    def item(self, name: str) -> Item:
        """An item in force by id."""
        return self._world.item(name)

    def _decided(self, source: str) -> dict[str, dict[str, bool]]:
        if source not in self._of_source:
            found: dict[str, dict[str, bool]] = {}
            for judgement in self._world.carrying.judgements(source):
                if judgement.verdict in PAIRS:
                    ends = [self.meant(anchor) for anchor in judgement.anchors]
                    for one, other in (ends, reversed(ends)):
                        if one is not None and other is not None and one.id != other.id and one.source == source:
                            found.setdefault(one.id, {})[other.id] = judgement.verdict == "same"
            self._of_source[source] = found
        return self._of_source[source]

    def meant(self, anchor: Anchor) -> Item | None:
        """The item that an anchor means; None where its source is not in force or tells of it no more.

        Of an article whose text was edited, the item of the text that is shown, where that says the same.
        """
        anchor = self._world.carrying.anchor(anchor, exact=False)
        return meant(anchor, self._world.told(anchor.source), self._world.items(anchor.source), self._world.kinds)


def meant(anchor: Anchor, told: Told, items: Sequence[Item], kinds: Kinds) -> Item | None:
    """The item of a source that an anchor means: a claim, or the person whom that claim names so."""
    key = anchored(anchor, told.claims, kinds, exact=False)
    if key is None:
        return None
    if anchor.person is None:
        return next((item for item in items if item.id == key), None)
    claim = next(claim for name, claim in told.claims if name == key)
    named = {mention for spelling, mention in mentions(key, claim, kinds[claim.kind]) if spelling == anchor.person}
    return next((item for item in items if isinstance(item, Person) and named & set(item.mentions)), None)


def compared(store: Store) -> bool:
    """Whether anybody said of two things that they are, or are not, the same: only then are items asked who did."""
    words = (rdf.concept("Verdict", verdict) for verdict in PAIRS)
    found = (store.quads_for_pattern(None, rdf.dip("verdict"), word, rdf.JUDGEMENTS) for word in words)
    return any(next(quads, None) is not None for quads in found)
