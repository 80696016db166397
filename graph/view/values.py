"""Which of several values a property shows: the best supported one; and whether the others contradict it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.model.dates import PartialDate
from graph.resolution.items import parsed
from graph.view.supports import Support, Witnesses

Offer = tuple[str, Support]
"""A value as text, and a claim that gives it."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """The value shown, whether others contradict it, and all values with their supports, the best first."""

    value: str
    disputed: bool
    ranking: tuple[tuple[str, tuple[Support, ...]], ...]


def best(offers: Sequence[Offer], witnesses: Witnesses) -> Preferred:
    """The best supported of values that exclude each other."""
    by_value: dict[str, list[Support]] = defaultdict(list)
    for value, support in offers:
        by_value[value].append(support)
    ranking = _ranked(by_value, witnesses)
    return Preferred(ranking[0][0], len(ranking) > 1, ranking)


def specific(offers: Sequence[Offer], generic: frozenset[str], witnesses: Witnesses) -> Preferred:
    """The best value, where a general term gives way to any other one and contradicts none."""
    proper = [offer for offer in offers if offer[0] not in generic]
    return best(proper or offers, witnesses)


def latest(offers: Sequence[Offer], steps: tuple[str, ...], witnesses: Witnesses) -> Preferred:
    """The furthest step of a life; earlier ones contradict nothing."""
    found = best(offers, witnesses)
    furthest = max((value for value, _ in offers), key=lambda value: steps.index(value) if value in steps else -1)
    return Preferred(furthest, False, found.ranking)


def newest(offers: Sequence[Offer], steps: tuple[str, ...], witnesses: Witnesses) -> Preferred:
    """Where an event stands: that it took place is final; else the last report counts, of one day's the furthest step."""
    found = best(offers, witnesses)
    place = {step: number for number, step in enumerate(steps)}
    last = max(offers, key=lambda offer: (offer[0] == steps[-1], offer[1].recency, place.get(offer[0], -1)))
    return Preferred(last[0], False, found.ranking)


def number(offers: Sequence[Offer], witnesses: Witnesses) -> Preferred:
    """The best supported number; a rounded one (`6.1e9` beside `6.13e9`) supports the exact one, and contradicts none."""
    exact: dict[str, list[Support]] = defaultdict(list)
    for value, support in sorted(offers, key=lambda offer: (-_digits(offer[0]), offer[0], offer[1].key)):
        fitting = [known for known in exact if _rounds_to(float(known), value)]
        exact[fitting[0] if len(fitting) == 1 else value].append(support)
    ranking = _ranked(exact, witnesses)
    return Preferred(ranking[0][0], len(ranking) > 1, ranking)


def _digits(value: str) -> int:
    """How many leading digits of a number are said: 2 of 6100000000."""
    return len(f"{float(value):.15g}".replace(".", "").replace("-", "").split("e")[0].strip("0")) or 1


def _rounds_to(exact: float, value: str) -> bool:
    return float(f"{exact:.{_digits(value)}g}") == float(value)


def at_odds(people: Mapping[str, Sequence[Support]], witnesses: Witnesses) -> bool:
    """Whether two witnesses each name somebody whom the other leaves out."""
    named: dict[str, set[str]] = defaultdict(set)
    for person, supports in people.items():
        for support in supports:
            named[witnesses.of(support)].add(person)
    return any(one - other and other - one for one, other in combinations(named.values(), 2))


def date(offers: Sequence[Offer], witnesses: Witnesses) -> Preferred | None:
    """The best supported date, as precise as its compatible wordings make it together; None where no year is known."""
    groups: list[tuple[PartialDate, list[Support]]] = []
    for value, support in sorted(offers, key=lambda offer: (-parsed(offer[0]).precision, offer[0], offer[1].key)):
        _place(parsed(value), support, groups)
    known: dict[str, list[Support]] = defaultdict(list)
    for merged, found in groups:
        if merged.year is not None:
            known[str(merged)] += found
    if not known:
        return None
    ranking = _ranked(known, witnesses)
    return Preferred(ranking[0][0], len(ranking) > 1, ranking)


def _place(value: PartialDate, support: Support, groups: list[tuple[PartialDate, list[Support]]]) -> None:
    """Add a date to the one group it fits; a vague date that fits several supports all of them alike, so none."""
    fitting = [number for number, (merged, _) in enumerate(groups) if _compatible(merged, value)]
    if not fitting:
        groups.append((value, [support]))
    elif len(fitting) == 1:
        merged, found = groups[fitting[0]]
        groups[fitting[0]] = (merged.merged(value), [*found, support])


def _compatible(one: PartialDate, other: PartialDate) -> bool:
    if not one.compatible(other):
        return False
    try:
        one.merged(other)
    except ValueError:
        return False
    return True


def _ranked(by_value: Mapping[str, Sequence[Support]], witnesses: Witnesses) -> tuple[tuple[str, tuple[Support, ...]], ...]:
    """Independent sources first, then confidence, then recency, then the value itself."""
    ranking = sorted(by_value.items(), key=lambda entry: entry[0])
    ranking.sort(key=lambda entry: max(support.recency for support in entry[1]), reverse=True)
    ranking.sort(key=lambda entry: (-witnesses.count(entry[1]), -witnesses.confidence(entry[1])))
    return tuple((value, tuple(sorted(found, key=lambda support: support.order))) for value, found in ranking)
