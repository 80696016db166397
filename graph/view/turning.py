"""One person or office of a crowd after a few of its sources changed: built from the tally and from what these sources say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Quad

from graph.model.iri import entity
from graph.resolution.rules import Rules
from graph.resolution.tenures import TenureKey
from graph.view.crowds import Change, Crowds, claims_of, keys_of
from graph.view.index import THING
from graph.view.people import People, office_iri
from graph.view.rows import rows_of
from graph.view.sheets import Page
from graph.view.showing import Showing
from graph.view.supports import Support, many
from graph.view.tally import Saying, office_of
from graph.view.thing import Thing, part_key
from graph.view.world import World


@dataclass(slots=True)
class Built:
    """A person or an office, and of a person the tenures that changed: which are shown, and which there were (`touched`)."""

    change: Change
    thing: Thing
    shown: list[Thing] = field(default_factory=list)
    tenures: dict[str, str] = field(default_factory=dict)  # claim -> tenure
    touched: set[str] = field(default_factory=set)
    claims: list[Support] = field(default_factory=list)  # of the tenures that are built of all their claims
    rows: set[Quad] = field(default_factory=set)  # of these tenures


class Turner:
    """Builds what changed in place of all of it; None where the rest must be read as well."""

    def __init__(self, world: World, people: People, showing: Showing, rules: Rules) -> None:
        self._world, self._people, self._showing, self._rules = world, people, showing, rules
        self.crowds = Crowds(world, people.counting)

    def person(self, iri: str, now: Mapping[str, Saying]) -> Built | None:
        """A person of whom all changed sources say this now."""
        change = self.crowds.change(iri, now)
        if change is None or entity("person", part_key(change.new.founder[1])) != iri or not change.new.sure(self._rules):
            return None
        built = Built(change, self._people.crowded_person(iri, change.new))
        built.thing.turned = change.turned(self._world, iri, (keys_of(change.before), keys_of(change.after)))
        counting = self._people.counting
        kept = {**counting.kept(change.old.counts), **counting.kept(change.new.counts)}
        sides = [_by_tenure(page, kept) for page in (change.before, change.after)]
        for key in sorted({*sides[0], *sides[1]}, key=str):
            if not self._tenure(built, key, [side.get(key, []) for side in sides]):
                return None
        return built

    def office(self, kind: str, of: str, now: Mapping[str, Saying]) -> Built | None:
        """An office on which all changed sources say this now."""
        iri = office_iri(kind, of)
        change = self.crowds.change(iri, now)
        if change is None or not change.new.sure(self._rules):
            return None
        built = Built(change, self._people.office(kind, of, (), change.new))
        built.thing.turned = change.turned(self._world, iri, (keys_of(change.before), keys_of(change.after)))
        return built

    def _tenure(self, built: Built, key: TenureKey, sides: Sequence[Sequence[Support]]) -> bool:
        old, new = built.change.old, built.change.new
        number, founded = new.counts["attests", *key], old.firsts.get(("first", *key))
        there = None if founded is None else entity("tenure", founded[1][:16])
        if there is not None:
            built.touched.add(there)
        if many(number):
            return there is not None and self._crowded(built, key, there, sides)
        if number:
            self._small(built, key, there, sides)
        return True

    def _crowded(self, built: Built, key: TenureKey, there: str, sides: Sequence[Sequence[Support]]) -> bool:
        """A tenure that a crowd attests: from the tally, where the view shows it as one of a crowd."""
        thing = self._people.crowded_tenure(built.thing, key, built.change.new)
        if thing.iri != there or not built.change.new.sure(self._rules, "attests-so", *key) or not self._world.shown(there):
            return False
        before, after = ({claim.key: claim.source for claim in side} for side in sides)
        thing.turned = built.change.turned(self._world, there, (before, after))
        self._showing.accept(there, after)
        built.tenures.update(dict.fromkeys(after, there))
        built.shown.append(thing)
        return True

    def _small(self, built: Built, key: TenureKey, there: str | None, sides: Sequence[Sequence[Support]]) -> None:
        """One that few attest: from all their claims."""
        before, after = ({claim.key for claim in side} for side in sides)
        stay = set() if there is None else self._world.members(there, THING) - before
        supports = [self._world.light(name, there) for name in sorted(stay | after)]
        thing = self._people.tenure(built.thing, key, supports)
        built.tenures.update({support.key: thing.iri for support in supports})
        built.claims += supports
        built.rows |= rows_of(thing.iri, (), thing.supports)
        if self._showing.decide(thing.iri, thing.supports):
            built.shown.append(thing)


def _by_tenure(page: Page, kept: Mapping[TenureKey, TenureKey]) -> dict[TenureKey, list[Support]]:
    found: dict[TenureKey, list[Support]] = {}
    for claim in claims_of(page):
        found.setdefault(kept[office_of(claim)], []).append(claim)
    return found


def mentions_of(page: Page, sources: Collection[str] | None = None) -> Iterator[str]:
    """The mentions on a page, of some sources or of all."""
    for source, told in page.items():
        if sources is None or source in sources:
            yield from (mention for person in told.people for mention in person.mentions)
