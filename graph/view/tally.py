"""What a crowd of sources says of a person or an office, counted: one source more or less changes the counts and nothing else.

The counts are sums over witnesses: sources that print one text are one. What is earliest or latest is kept beside them;
where that goes itself the counts are made anew.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.resolution.items import UNDATED, Person
from graph.resolution.rules import Rules
from graph.resolution.tenures import TenureKey, settled
from graph.view.supports import Support, many

Key = tuple[Any, ...]


@dataclass(slots=True)
class Saying:
    """What one source says of a person or an office: the persons it names so, and the light claims."""

    people: list[Person] = field(default_factory=list)
    claims: dict[str, Support] = field(default_factory=dict)

    @property
    def wording(self) -> str:
        """Equal for sources that print one text; empty where that is not known."""
        return next((claim.wording for claim in self.claims.values()), "")


@dataclass(slots=True)
class Tally:
    """The counts, what comes first and what comes last."""

    counts: Counter[Key] = field(default_factory=Counter)
    firsts: dict[Key, tuple[str, str]] = field(default_factory=dict)
    lasts: dict[Key, str] = field(default_factory=dict)

    @property
    def sources(self) -> int:
        """How many sources there are."""
        return self.counts["sources",]

    @property
    def founder(self) -> tuple[str, str]:
        """When the founding mention was published, and its id."""
        return self.firsts["founder",]

    def of(self, *key: object) -> dict[Any, int]:
        """The counts under a key, by what follows it."""
        return {found[-1]: number for found, number in self.counts.items() if found[:-1] == key}

    def confidence(self, rules: Rules, *key: object) -> float:
        """How sure the witnesses under a key make it together."""
        doubt = 1.0
        for sureness, number in sorted(self.of(*(key or ("witness",))).items(), reverse=True):
            for _ in range(number):
                doubt *= 1.0 - sureness
                if 1.0 - doubt >= rules.confidence_cap:
                    return round(rules.confidence_cap, 4)
        return round(min(1.0 - doubt, rules.confidence_cap), 4)

    def witnesses(self, *key: object) -> int:
        """How many independent sources there are under a key."""
        return sum(self.of(*(key or ("witness",))).values())

    def sure(self, rules: Rules, *key: object) -> bool:
        """Whether a claim under a key is sure enough for the view by itself."""
        return any(sureness >= rules.view_threshold for sureness in self.of(*(key or ("claim",))))

    def spellings(self, rules: Rules) -> list[str]:
        """The spellings of a person's name, the best supported one that is more than a family name first."""
        found = {key[1] for key in self.counts if key[0] == "spelling"}
        full = {spelling for spelling in found if " " in spelling} or found

        def rank(spelling: str) -> Key:
            under = ("spelling", spelling)
            return (-self.witnesses(*under), -self.confidence(rules, *under))

        ranking = sorted(full)
        ranking.sort(key=lambda spelling: self.lasts.get(("latest", spelling), ""), reverse=True)
        return [*sorted(ranking, key=rank), *sorted(found - full)]

    def written(self) -> str:
        """As it stands in the index."""
        content = {
            "counts": sorted(([*key, number] for key, number in self.counts.items()), key=str),
            "firsts": sorted(([*key, *value] for key, value in self.firsts.items()), key=str),
            "lasts": sorted(([*key, value] for key, value in self.lasts.items()), key=str),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True)


def read_tally(text: str) -> Tally:
    """A tally as the index has it."""
    content = json.loads(text)
    return Tally(
        Counter({tuple(key): number for *key, number in content["counts"]}),
        {tuple(key): (published, name) for *key, published, name in content["firsts"]},
        {tuple(key): value for *key, value in content["lasts"]},
    )


class Counting:
    """Makes tallies, and changes them."""

    def __init__(self, rules: Rules, states: frozenset[str]) -> None:
        self._rules, self._states = rules, states

    def kept(self, counts: Counter[Key]) -> Mapping[TenureKey, TenureKey]:
        """The tenure that each office told of a person tells of."""
        sources: dict[TenureKey, int] = {(kind, of): number for (what, kind, of, *_), number in _under(counts, "said")}
        sure: dict[TenureKey, float] = defaultdict(float)
        for (_, kind, of, sureness), _number in _under(counts, "said-so"):
            sure[kind, of] = max(sure[kind, of], sureness)
        return settled(sources, sure, self._rules.names.single_offices, self._states)

    def made(self, told: Iterable[Saying]) -> Tally:
        """The tally of these sources."""
        groups = _by_wording(told)
        said = sum((_said(group) for group in groups), Counter[Key]())
        kept = self.kept(said)
        tally = Tally(said)
        for group in groups:
            part = _part(group, kept)
            tally.counts.update(part.counts)
            for key, first in part.firsts.items():
                tally.firsts[key] = min(first, tally.firsts.get(key, first))
            for key, last in part.lasts.items():
                tally.lasts[key] = max(last, tally.lasts.get(key, last))
        return tally

    def changed(self, tally: Tally, before: Iterable[Saying], after: Iterable[Saying]) -> Tally | None:
        """The tally with what some sources say now in place of what they said; None where that is not enough to know it.

        All sources that print one text change together.
        """
        old, new = _by_wording(before), _by_wording(after)
        counts = Counter(tally.counts)
        kept = self.kept(counts)
        for group in old:
            counts.subtract(_said(group))
        for group in new:
            counts.update(_said(group))
        counts = +counts
        now = self.kept(counts)
        if any(now[key] != kept[key] for key in now.keys() & kept.keys()) or not many(counts["sources",]):
            return None
        less, more = [_part(group, kept) for group in old], [_part(group, now) for group in new]
        firsts = _extremes(tally.firsts, [part.firsts for part in less], [part.firsts for part in more], min)
        lasts = _extremes(tally.lasts, [part.lasts for part in less], [part.lasts for part in more], max)
        if firsts is None or lasts is None:
            return None
        for part in less:
            counts.subtract(part.counts)
        for part in more:
            counts.update(part.counts)
        return Tally(+counts, firsts, lasts)


def _under(counts: Counter[Key], what: str) -> list[tuple[Key, int]]:
    return [(key, number) for key, number in counts.items() if key[0] == what]


def _by_wording(told: Iterable[Saying]) -> list[list[Saying]]:
    """Sources that are one witness together."""
    found: dict[str, list[Saying]] = defaultdict(list)
    alone = []
    for each in told:
        if each.wording:
            found[each.wording].append(each)
        else:
            alone.append([each])
    return [*found.values(), *alone]


def _said(group: Sequence[Saying]) -> Counter[Key]:
    """What is counted of sources whatever tenures there are."""
    counts: Counter[Key] = Counter({("sources",): len(group)})
    for told in group:
        counts.update(("claim", claim.claim.confidence) for claim in told.claims.values())
        counts.update(("agent", code) for item in told.people for code in item.agents)
        if told.people:
            held = [claim for claim in told.claims.values() if claim.claim.kind == "office"]
            counts.update({("said", *office_of(claim)) for claim in held})
            counts.update(("said-so", *office_of(claim), claim.claim.confidence) for claim in held)
    return counts


def _part(group: Sequence[Saying], kept: Mapping[TenureKey, TenureKey]) -> Tally:
    """What one witness adds to the counts, given which tenure each office tells of."""
    claims = [claim for told in group for claim in told.claims.values()]
    part = Tally(Counter({("witness", max(claim.claim.confidence for claim in claims)): 1}))
    spelt: dict[str, float] = defaultdict(float)
    for told in group:
        for item in told.people:
            last = max(told.claims.values(), key=lambda claim: claim.order)
            spelt[item.spelling] = max(spelt[item.spelling], last.claim.confidence)
            latest = ("latest", item.spelling)
            part.lasts[latest] = max(last.recency, part.lasts.get(latest, ""))
            part.firsts["founder",] = min(item.order, part.firsts.get(("founder",), item.order))
    part.counts.update(("spelling", spelling, sureness) for spelling, sureness in spelt.items())
    if any(told.people for told in group):
        _add_tenures(part, claims, kept)
    return part


def _add_tenures(part: Tally, claims: Iterable[Support], kept: Mapping[TenureKey, TenureKey]) -> None:
    by_tenure: dict[TenureKey, list[Support]] = defaultdict(list)
    for claim in claims:
        if claim.claim.kind == "office":
            by_tenure[kept[office_of(claim)]].append(claim)
    for key, held in by_tenure.items():
        part.counts["tenure", *key, max(claim.claim.confidence for claim in held)] += 1
        part.counts["attests", *key] += len({claim.source for claim in held})
        part.counts.update(("attests-so", *key, claim.claim.confidence) for claim in held)
        part.counts["otherwise", *key] += sum(office_of(claim)[1] not in (key[1], None) for claim in held)
        part.firsts["first", *key] = min(claim.order for claim in held)
        dated = [claim.published for claim in held if claim.published != UNDATED]
        if dated:
            part.lasts["until", *key] = max(dated)
    part.counts = +part.counts


def _extremes(there: Mapping[Key, Any], less: Sequence[Mapping[Key, Any]], more: Sequence[Mapping[Key, Any]], best: Any) -> Any:
    """What is first or last after a change; None where it goes and is not told again."""
    found = dict(there)
    for part in more:
        for key, value in part.items():
            found[key] = best(value, found.get(key, value))
    told = {(key, value) for part in more for key, value in part.items()}
    for part in less:
        if any(found.get(key) == value and (key, value) not in told for key, value in part.items()):
            return None
    return found


def office_of(support: Support) -> TenureKey:
    """The kind of office and the agent that a claim tells of."""
    of = support.claim.fields.get("of")
    return str(support.claim.fields["office"]), None if of is None else str(of)
