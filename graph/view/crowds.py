"""Persons, tenures and offices of which a crowd tells, changed by a few sources: from tallies, without reading the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Quad

from graph.record import rdf
from graph.record.encode import claim_node, source_node
from graph.resolution.tenures import TenureKey
from graph.view.sheets import Page, digits_of, page_quad, pages_of, read_page, stored_page, tally_of, tally_quad
from graph.view.supports import Support, many
from graph.view.tally import Counting, Saying, Tally, office_of
from graph.view.thing import Turned
from graph.view.world import World

FEW = 30  # changed sources up to which it is worth while
_SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Change:
    """What the changed sources say of an entity, and said; its tally, and its sheet in so far as it changes."""

    entity: str
    old: Tally
    new: Tally
    before: Page
    after: Page
    unwritten: frozenset[Quad]
    written: frozenset[Quad]

    def offices(self, again: Iterable[str]) -> set[tuple[str, str | None]]:
        """The offices of which a claim is new, gone or changed; `again` are names of what changed."""
        changed, found = set(again), set[TenureKey]()
        old, new = (
            {key: claim for told in page.values() for key, claim in told.claims.items()} for page in (self.before, self.after)
        )
        for key in old.keys() | new.keys():
            sides = [office_of(side[key]) for side in (old, new) if key in side and side[key].claim.kind == "office"]
            if key in changed or len({*sides}) > 1 or (key in old) != (key in new):
                found.update(sides)
        return found

    def turned(self, world: World, iri: str, keys: Sequence[Mapping[str, str]]) -> Turned:
        """What changes in the claims and sources of a thing; `keys` are its claims, with sources, before and after."""
        (less, more), node = (_told(iri, each) for each in keys), NamedNode(iri)
        sample = set[Quad]()
        for how in ("claim", "reportedIn"):
            found = world.store.quads_for_pattern(node, rdf.dip(how), None, rdf.VIEW)
            sample |= set([quad for quad in islice(found, _SAMPLE + len(less)) if quad not in less - more][:_SAMPLE])
        return Turned(frozenset(more - less), frozenset(less - more), frozenset(sample))


def _told(iri: str, keys: Mapping[str, str]) -> set[Quad]:
    node = NamedNode(iri)
    claims = {Quad(node, rdf.dip("claim"), claim_node(key)) for key in keys}
    return claims | {Quad(node, rdf.dip("reportedIn"), source_node(source)) for source in keys.values()}


def keys_of(page: Page) -> dict[str, str]:
    """The claims of a page with their sources."""
    return {key: source for source, told in page.items() for key in told.claims}


def claims_of(page: Page) -> list[Support]:
    """The claims of a page on offices."""
    return [claim for told in page.values() for claim in told.claims.values() if claim.claim.kind == "office"]


class Crowds:
    """Looks up sheets of a world and changes them."""

    def __init__(self, world: World, counting: Counting) -> None:
        self._world, self._counting = world, counting
        self._tallies: dict[str, Tally | None] = {}

    def tally(self, entity: str) -> Tally | None:
        """The tally that an entity has; None where no crowd tells of it."""
        if entity not in self._tallies:
            self._tallies[entity] = tally_of(self._world.store, entity)
        return self._tallies[entity]

    def mentions(self, entity: str, sources: Iterable[str]) -> set[str]:
        """The mentions of a person in the sheet that are of these sources."""
        tally = self.tally(entity)
        digits, found = 0 if tally is None else digits_of(tally), set[str]()
        for source in sources if digits else ():
            page = read_page(stored_page(self._world.store, entity, source[:digits]), self._world.names_of_persons)
            people = page[source].people if source in page else ()
            found |= {mention for person in people for mention in person.mentions}
        return found

    def change(self, entity: str, now: Mapping[str, Saying]) -> Change | None:
        """The change of an entity of which all changed sources say this now; None where all of it must be read."""
        old = self.tally(entity)
        if old is None or len(now) > FEW or not self._world.shown(entity):
            return None
        others = {other for source in now for other in self._world.printing(source)} - now.keys()
        if len(others) > FEW:
            return None
        digits = digits_of(old)
        quads = {source[:digits]: stored_page(self._world.store, entity, source[:digits]) for source in {*now, *others}}
        pages = {name: read_page(quad, self._world.names_of_persons) for name, quad in quads.items()}
        before = {source: pages[source[:digits]][source] for source in now if source in pages[source[:digits]]}
        after = {source: told for source, told in now.items() if told.claims}
        beside = [pages[source[:digits]][source] for source in sorted(others) if source in pages[source[:digits]]]
        new = self._counting.changed(old, [*before.values(), *beside], [*after.values(), *beside])
        if new is None or digits_of(new) != digits or not many(new.sources):
            return None
        for source in now:
            pages[source[:digits]].pop(source, None)
        for name, page in pages_of(after, digits).items():
            pages[name].update(page)
        written = {tally_quad(entity, new), *(page_quad(entity, name, page) for name, page in pages.items() if page)}
        return Change(
            entity, old, new, before, after, frozenset(q for q in quads.values() if q is not None), frozenset(written)
        )
