"""Pairs of claims of different articles: rightly joined, wrongly joined, missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from benchmarks.merging.articles import Articles, Fact
from graph.record.schema import Schema
from graph.resolution.items import Person, Told, claim_items, person_items
from graph.resolution.resolver import Resolver
from graph.resolution.rules import Rules
from graph.resolution.tenures import Held, tenure_keys
from graph.view.deriving import comparer_of

Pair = tuple[Fact, Fact]


@dataclass(frozen=True, slots=True)
class Counts:
    """Pairs rightly joined, wrongly joined, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of joined pairs that are rightly joined; 1 where none is."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of pairs to be joined that are; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def joined(articles: Articles, resolver: Resolver, schema: Schema) -> dict[str, object]:
    """What each claim is said to be one with, by key: its entity, of a commission also the session, of an office the tenure."""
    found: dict[str, object] = {}
    items = [item for told in articles.told for item in claim_items(told) if item.kind not in ("office", "statement")]
    for cluster in resolver.resolve_all(items):
        sessions = resolver.sessions(cluster) if cluster[0].kind == "body" else []
        session_of = {item.id: session[0].id for session in sessions for item in session}
        found |= {item.id: (cluster[0].id, session_of.get(item.id)) for item in cluster}
    people = [person for told in articles.told for person in person_items(told, schema.kinds, resolver.comparer.names)]
    person_of: dict[str, str] = {}
    for cluster in resolver.resolve_all(people):
        members = [item for item in cluster if isinstance(item, Person)]
        person_of |= {mention: members[0].id for item in members for mention in item.mentions}
    found |= _tenures(articles.told, person_of, resolver)
    return found


def _tenures(told: Iterable[Told], person_of: Mapping[str, str], resolver: Resolver) -> dict[str, object]:
    """The tenure of each claim on an office."""
    claims = [(each.source, key, claim) for each in told for key, claim in each.claims if claim.kind == "office"]
    by_person: dict[str, list[tuple[str, Held]]] = defaultdict(list)
    for source, key, claim in claims:
        of = claim.fields.get("of")
        held = (str(claim.fields["office"]), None if of is None else str(of), source, claim.confidence)
        by_person[person_of[f"{key}#person-0"]].append((key, held))
    found: dict[str, object] = {}
    for person, each in by_person.items():
        keys = tenure_keys([held for _, held in each], resolver.rules.names.single_offices, resolver.comparer.states)
        found |= {key: (person, keys[held[0], held[1]]) for key, held in each}
    return found


def counted(articles: Articles, said: Mapping[str, object]) -> dict[Pair, Counts]:
    """Each pair of facts of different articles that is, or is said to be, one thing.

    Claims that stand for no gold fact are left out: nobody knows what they are one with.
    A pair that is one thing and of which a fact was not found counts as missed.
    """
    by_fact = {fact: said[key] for key, fact in articles.facts.items() if key in said}
    counts: dict[Pair, Counts] = {}
    for one, other in _pairs(articles, by_fact):
        right = articles.one_thing(one, other)
        merged = one in by_fact and other in by_fact and by_fact[one] == by_fact[other]
        if right or merged:
            counts[one, other] = Counts(right=right and merged, wrong=not right, missed=right and not merged)
    return counts


def _pairs(articles: Articles, by_fact: Mapping[Fact, object]) -> Iterable[Pair]:
    by_kind: dict[str, set[Fact]] = defaultdict(set)
    for fact in (*by_fact, *articles.cluster_of):
        by_kind[articles.kinds[fact]].add(fact)
    for facts in by_kind.values():
        yield from ((one, other) for one, other in combinations(sorted(facts), 2) if one[0] != other[0])


def by_kind(articles: Articles, counts: Mapping[Pair, Counts]) -> dict[str, Counts]:
    """The sums by kind of fact, and in `all`."""
    sums: dict[str, Counts] = defaultdict(Counts)
    for pair, found in counts.items():
        for name in (articles.kinds[pair[0]], "all"):
            sums[name] += found
    return dict(sums)


def resolver_of(schema: Schema, rules: Rules) -> Resolver:
    """A resolver under some rules."""
    return Resolver(comparer_of(schema, rules))


def cross_validated(articles: Articles, schema: Schema, rules: Rules, parts: int) -> dict[str, Counts]:
    """The sums by kind where each part of the clusters is judged under thresholds chosen on the other parts alone."""
    steps = [step / 2 for step in range(-4, 5)]
    tried = {step: counted(articles, joined(articles, resolver_of(schema, _shifted(rules, step)), schema)) for step in steps}
    sums: dict[str, Counts] = defaultdict(Counts)
    for kind in sorted({articles.kinds[fact] for fact in articles.cluster_of}):
        parted = {step: _parted(articles, counts, kind, parts) for step, counts in tried.items()}
        for held in range(parts):
            seen = {
                step: sum((found for part, found in enumerate(each) if part != held), Counts()) for step, each in parted.items()
            }
            step = max(steps, key=lambda step, seen=seen: (_quality(seen[step]), -abs(step)))  # type: ignore[misc]
            sums[kind] += parted[step][held]
            sums["all"] += parted[step][held]
    return dict(sums)


def _shifted(rules: Rules, step: float) -> Rules:
    kinds = {kind: replace(rule, threshold=rule.threshold + step) for kind, rule in rules.by_kind.items()}
    return replace(rules, by_kind=MappingProxyType(kinds))


def _parted(articles: Articles, counts: Mapping[Pair, Counts], kind: str, parts: int) -> list[Counts]:
    """The sums of one kind by part; pairs of one cluster are in one part."""
    sums = [Counts() for _ in range(parts)]
    for pair, found in counts.items():
        if articles.kinds[pair[0]] == kind:
            sums[articles.cluster_of.get(pair[0], articles.cluster_of.get(pair[1], 0)) % parts] += found
    return sums


def _quality(found: Counts) -> float:
    """A wrong pair weighs twice a missed one."""
    return 2 * found.right / (2 * found.right + 2 * found.wrong + found.missed) if found.right else 0.0
