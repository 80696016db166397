"""What people decided about which items are one thing: it always wins over what comparing them gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from graph.resolution.comparing import Comparison, Likeness
from graph.resolution.items import Item

SAME = Comparison(100.0, False, (Likeness("decision", "same", 100.0, "a person says so"),))
DIFFERENT = Comparison(-100.0, True, (Likeness("decision", "different", -100.0, "a person says so"),))


class Verdicts(Protocol):
    """The decisions on items."""

    def decided(self, item: Item) -> Mapping[str, bool]:
        """Ids of the items that somebody compared with this one: True where they are the same thing, False where not."""

    def item(self, name: str) -> Item:
        """An item by id."""


class Undecided:
    """Nobody decided anything."""

    def decided(self, item: Item) -> Mapping[str, bool]:
        """No item."""
        return {}

    def item(self, name: str) -> Item:
        """Never asked for."""
        raise LookupError(name)


def verdict(one: Item, other: Item, verdicts: Verdicts) -> Comparison | None:
    """The comparison that a decision on two items stands for; None where there is none."""
    word = verdicts.decided(one).get(other.id)
    return None if word is None else SAME if word else DIFFERENT


class Bonds:
    """Items that people say are one, directly or through others, among the items of a component."""

    def __init__(self, items: Iterable[Item], verdicts: Verdicts) -> None:
        there = {item.id: item for item in items}
        self._bond: dict[str, list[Item]] = {name: [item] for name, item in there.items()}
        self._apart: dict[str, set[str]] = {}
        for item in sorted(there.values(), key=lambda each: each.order):
            for other, same in verdicts.decided(item).items():
                if not same:
                    self._apart.setdefault(item.id, set()).add(other)
                elif other in there and self._bond[item.id] is not self._bond[other]:
                    self._join(self._bond[item.id], self._bond[other])

    def of(self, item: Item) -> list[Item]:
        """The items said to be the same as this one, itself among them."""
        return self._bond.get(item.id, [item])

    def apart(self, one: Item, other: Item) -> bool:
        """Whether a person says that the two, or two that are said to be the same as they, differ."""
        names = {item.id for item in self.of(other)}
        return any(self._apart[item.id] & names for item in self.of(one) if item.id in self._apart)

    def _join(self, mine: list[Item], theirs: list[Item]) -> None:
        mine += theirs
        self._bond.update((item.id, mine) for item in theirs)
