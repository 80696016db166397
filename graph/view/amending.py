"""What a change of one source means: for the index, and for the items that must be looked at again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from pyoxigraph import Quad

from graph.model.judgements import PAIRS, Judgement
from graph.record.staging import Amended, Side
from graph.resolution.items import Item, Person, Told, profile
from graph.view.judged import meant
from graph.view.supports import supports
from graph.view.world import World


@dataclass(slots=True)
class _Read:
    """A source in force: its claims, its items by id, and all of each that the view depends on."""

    told: Told
    items: dict[str, Item] = field(default_factory=dict)
    contents: dict[str, object] = field(default_factory=dict)


def amend(world: World, source: str, before: Side | None, after: Side | None, unsettled: Collection[str]) -> Amended:
    """The difference that a change of standing, claims or judgements makes; None: not in force.

    `unsettled` are all sources that change in the same transaction.

    A source that was not in force before stirs nothing: all its items are new to the view, and it is pending anyway.
    """
    if before is None:
        return Amended() if after is None else Amended(add=indexed(world, world.side(source, after)))
    old, new = _read(world, source, before), _read(world, source, after)
    changed = {name for name in (*old.contents, *new.contents) if old.contents.get(name) != new.contents.get(name)}
    amended = Amended(_index(world, old, changed), _index(world, new, changed))
    amended.stirred.update(changed, _along(old, changed), _along(new, changed))
    gone = [old.items[name] for name in sorted(changed & set(old.items))]
    amended.stirred.update(item.id for item in world.alike(gone, unsettled))
    if after is not None:
        judgements = _differing(before.judgements, after.judgements)
        amended.stirred.update(_paired(judgements, source, old, world) | _paired(judgements, source, new, world))
    return amended


def _read(world: World, source: str, side: Side | None) -> _Read:
    if side is None:
        return _Read(Told(source, None, None, ()))
    told = world.side(source, side)
    read = _Read(told)
    for item in world.items_in(told):
        read.items[item.id] = item
        if isinstance(item, Person):
            read.contents[item.id] = json.dumps(profile(item), sort_keys=True)
    keys = [key for key, _ in told.claims]
    for key, claim in told.claims:
        links = tuple((link.property, keys[link.target]) for link in claim.links)
        decided = told.decided.get(key, frozenset())
        read.contents[key] = (claim.kind, dict(claim.fields), claim.evidence, claim.confidence, links, decided)
        read.contents[key] = (read.contents[key], told.published, told.language)
    return read


def indexed(world: World, told: Told) -> set[Quad]:
    """All that the index says of a source in force."""
    found = {support.key: support for support in supports(told, world.kinds)}
    return {quad for item in world.items_in(told) for quad in world.index_of(item, found.get(item.id))}


def _index(world: World, read: _Read, changed: set[str]) -> set[Quad]:
    found = {support.key: support for support in supports(read.told, world.kinds)}
    return {quad for name in changed & set(read.items) for quad in world.index_of(read.items[name], found.get(name))}


def _along(read: _Read, changed: set[str]) -> set[str]:
    """Mentions of changed persons, and claims that link to changed ones."""
    people = (item for item in read.items.values() if isinstance(item, Person) and item.id in changed)
    found = {mention for item in people for mention in item.mentions}
    keys = [key for key, _ in read.told.claims]
    found |= {key for key, claim in read.told.claims if any(keys[link.target] in changed for link in claim.links)}
    return found


def _differing(before: Iterable[Judgement], after: Iterable[Judgement]) -> list[Judgement]:
    old, new = list(before), list(after)
    return [found for found in (*old, *new) if (found in old) != (found in new)]


def _paired(judgements: Iterable[Judgement], source: str, read: _Read, world: World) -> set[str]:
    """The items of a source that verdicts same and different speak of; claims on offices follow their persons."""
    anchors = (anchor for each in judgements if each.verdict in PAIRS for anchor in each.anchors if anchor.source == source)
    found = (meant(anchor, read.told, list(read.items.values()), world.kinds) for anchor in anchors)
    return {item.id for item in found if item is not None and item.kind != "office"}
