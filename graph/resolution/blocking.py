"""Which items are compared at all: those that share a key.

A dated item has a key for its year, so that a pair of states with thousands of visits is compared year by year;
an undated one is sought among all the dated ones.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from graph.resolution.items import Item, Person
from graph.resolution.keys import Keys
from graph.resolution.names import Names
from graph.resolution.rules import Rule, Rules

_DATED, _UNDATED = "dated", "undated"


class Blocking:
    """The keys of items under one set of rules."""

    def __init__(self, rules: Rules, names: Names) -> None:
        self._rules, self._names, self._shared = rules, names, Keys(names)

    def homes(self, item: Item, rule: Rule) -> tuple[str, ...]:
        """The keys that an item is found under, sorted."""
        if isinstance(item, Person):
            return self._person(item, "family" if self._whole(item) else "alone")
        when = (self._year(item), *self._later(item, rule), _DATED) if self._year(item) else (_UNDATED,)
        return self._keys(item, rule, when)

    def sought(self, item: Item, rule: Rule) -> tuple[str, ...]:
        """The keys whose items it is compared with, its own among them; no other item can be one thing with it."""
        if isinstance(item, Person):
            return self._person(item, *(("alone",) if self._whole(item) else ("alone", "family")))
        when = (*self._years(item, rule), *self._later(item, rule), _UNDATED) if self._year(item) else (_DATED, _UNDATED)
        return self._keys(item, rule, when)

    def _person(self, item: Person, *singles: str) -> tuple[str, ...]:
        """Full names meet by what two words share; one alone, or with an initial, meets all that it may stand for."""
        held = {f"person|{kind}|{of}" for kind, of in item.offices if kind in self._rules.names.single_offices}
        names = {f"person|{single}|{key}" for single in singles for key in self._shared.alone(item.name)}
        pairs = {f"person|{key}" for key in self._shared.pairs(item.name)} if self._whole(item) else set()
        return tuple(sorted(held | names | pairs))

    @staticmethod
    def _whole(item: Person) -> bool:
        """Whether a name has two words that are more than initials, or a sovereign's number."""
        return bool(item.name.number) or sum(len(token) > 1 for token in item.name.tokens) > 1

    def _keys(self, item: Item, rule: Rule, when: tuple[str, ...]) -> tuple[str, ...]:
        bases = self._bases(item, rule)
        if not _by_date(rule):
            return bases
        return tuple(sorted(f"{base}|{part}" for base in bases for part in when))

    def _bases(self, item: Item, rule: Rule) -> tuple[str, ...]:
        if item.kind == "meeting":
            families = sorted({self._shared.family(self._names.fold(name)) for name in item.texts("participants")})
            return tuple(f"meeting|{one}|{other}" for one, other in combinations(families, 2)) or (f"meeting|{families[0]}",)
        parts = ["+".join(sorted(item.texts(field))) for field in rule.block]
        return ("|".join([item.kind, *parts]),)

    def _year(self, item: Item) -> str:
        when = item.date()
        return "" if when is None or when.year is None else f"{when.year:04d}"

    def _later(self, item: Item, rule: Rule) -> tuple[str, ...]:
        """The years in which something planned may come to pass after all."""
        when, dated = item.date(), next((feature for feature in rule.features if feature.name == "date"), None)
        if when is None or when.year is None or dated is None or item.text("status") not in dated.plans:
            return ()
        last = date(when.year, when.month or 12, when.day or 28) + timedelta(days=dated.wait)
        return tuple(f"{year:04d}" for year in range(when.year + 1, last.year + 1))

    def _years(self, item: Item, rule: Rule) -> tuple[str, ...]:
        """The year of a date, and the next one where a date counted as close may lie in it."""
        when = item.date()
        if when is None or when.year is None or when.month is None or when.day is None:
            return (self._year(item),)
        day = date(when.year, when.month, when.day)
        slack = timedelta(days=max((feature.days for feature in rule.features if feature.name == "date"), default=0))
        near = {day - min(slack, day - date.min), day, day + min(slack, date.max - day)}
        return tuple(sorted({f"{each.year:04d}" for each in near}))


def _by_date(rule: Rule) -> bool:
    """Whether dates that contradict each other keep two claims of this kind apart."""
    return any(feature.name == "date" and "different" in feature.apart for feature in rule.features)
