"""What makes two claims alike or unlike: one small comparison a feature, each with its outcome in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.model.dates import PartialDate
from graph.model.fields import code_and_date
from graph.resolution.items import UNDATED, Item, Person
from graph.resolution.names import Names, Phrases, plain
from graph.resolution.plans import planned_apart
from graph.resolution.rules import Feature, Rule, Rules

Outcome = str | None


@dataclass(frozen=True, slots=True)
class Likeness:
    """One feature's outcome, the points it gave, and what was compared."""

    feature: str
    outcome: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sum of two items' likenesses; `apart` when one of them keeps the two from ever being one thing."""

    score: float
    apart: bool
    likenesses: tuple[Likeness, ...]

    def reasons(self) -> list[str]:
        """The likenesses in words, the weightiest first."""
        ordered = sorted(self.likenesses, key=lambda likeness: (-abs(likeness.points), likeness.feature))
        return [f"{each.feature}: {each.words}: {each.outcome} ({each.points:+g})" for each in ordered]


_KEPT_APART = Comparison(-100.0, True, ())


class Comparer:
    """Compares items under the rules; `places` maps plain spellings of cities to one name, `states` are codes of states."""

    def __init__(self, rules: Rules, places: Mapping[str, str], states: frozenset[str]) -> None:
        self.rules, self._places, self.states = rules, places, states
        self.names = Names(rules.names)
        self._phrases = Phrases(rules.names.generic_words)

    def compare(self, one: Item, other: Item, rule: Rule) -> Comparison:
        """The comparison of two items of the rule's kind; it does not depend on their order."""
        if one.id > other.id:
            one, other = other, one
        if one.source == other.source and not rule.same_source:
            return _KEPT_APART
        likenesses = []
        for feature in rule.features:
            outcome = self._compares[feature.compare](one, other, feature, rule)
            if outcome is not None and (outcome in feature.points or outcome in feature.apart):
                likenesses.append(Likeness(feature.name, outcome, feature.points.get(outcome, 0.0), _said(one, other, feature)))
        apart = any(
            each.outcome in feature.apart for each in likenesses for feature in rule.features if feature.name == each.feature
        )
        return Comparison(sum(each.points for each in likenesses), apart, tuple(likenesses))

    def joined(self, one: Item, other: Item, rule: Rule) -> Comparison:
        """As `compare`, without the reasons; what one feature keeps apart is compared no further."""
        if one.source == other.source and not rule.same_source:
            return _KEPT_APART
        one, other = (other, one) if one.id > other.id else (one, other)
        score = 0.0
        for feature in rule.features:
            outcome = self._compares[feature.compare](one, other, feature, rule)
            if outcome in feature.apart:
                return _KEPT_APART
            score += feature.points.get(outcome, 0.0) if outcome is not None else 0.0
        return Comparison(score, False, ())

    @cached_property
    def _compares(self) -> Mapping[str, Callable[[Item, Item, Feature, Rule], Outcome]]:
        return {
            "date": self._date,
            "told": self._told,
            "concept": self._concept,
            "overlap": self._overlap,
            "place": self._place,
            "places": self._place,
            "people": self._people,
            "words": self._words,
            "count": self._count,
            "number": self._equal,
            "equal": self._equal,
            "amount": self._amount,
            "direction": self._direction,
            "person_name": self._person_name,
            "offices": self._offices,
            "states": self._agents,
        }

    def _date(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = one.date(feature.name), other.date(feature.name)
        if mine is None or theirs is None or (feature.whose and _of_others(one, other, feature.whose)):
            return None
        if mine.compatible(theirs):
            known = min(mine.precision, theirs.precision)
            return {1: "year", 2: "month"}.get(known, "same")
        apart = _days_between(mine, theirs)
        if apart is not None and apart <= feature.days:
            return "close"
        return planned_apart(one, other, feature) or "different"

    def _told(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        for item, earlier in ((one, other), (other, one)):
            unsaid = earlier.date() is None and earlier.text("status") not in rule.open
            if unsaid and _happened_after(item.date(), earlier.published):
                return "before"
        if UNDATED in (one.published, other.published):
            return None
        days = _days_between(PartialDate.parse(one.published), PartialDate.parse(other.published))
        if days is None or self.rules.near_days < days <= self.rules.far_days:
            return None
        return "near" if days <= self.rules.near_days else "far"

    def _concept(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = one.text(feature.name), other.text(feature.name)
        if mine is None or theirs is None:
            return None
        if mine == theirs:
            return "same"
        pair = {mine, theirs}
        if any(_step(one, other, life, feature.name) for life in feature.steps if pair <= set(life)):
            return "step"
        return "compatible" if pair & feature.generic or any(pair <= family for family in feature.families) else "different"

    def _overlap(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = frozenset(one.texts(feature.name)), frozenset(other.texts(feature.name))
        found = _sets(mine, theirs)
        return "related" if found == "different" and any(mine | theirs <= family for family in feature.families) else found

    def _place(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        return _sets(*(frozenset(map(self.place, item.texts(feature.name))) for item in (one, other)))

    def place(self, name: str) -> str:
        """One spelling of a city, whatever the language."""
        return self._places.get(plain(name), plain(name))

    def _people(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = ([self.names.fold(text) for text in item.texts(feature.name)] for item in (one, other))
        if not mine or not theirs:
            return None
        short, long = sorted((mine, theirs), key=len)
        alike = sum(any(self.names.compare(name, candidate) != "different" for candidate in long) for name in short)
        if alike == len(short):
            return "same"
        return "different" if not alike else "some" if 2 * alike > len(short) else "few"

    def _words(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = one.text(feature.name), other.text(feature.name)
        likeness = None if mine is None or theirs is None else self._phrases.likeness(mine, theirs)
        if likeness is None:
            return None
        if likeness:
            return "same" if likeness >= 0.5 else "some"
        return "different" if one.language == other.language else None  # no word in common proves nothing across languages

    def _count(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        counts = [item.fields.get(feature.name) for item in (one, other)]
        if None in counts:
            return None if counts == [None, None] else "one"
        return _amounts(*(float(str(count)) for count in counts))

    def _equal(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = one.text(feature.name), other.text(feature.name)
        return None if mine is None or theirs is None else "same" if mine == theirs else "different"

    def _amount(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        mine, theirs = one.text(feature.name), other.text(feature.name)
        return None if mine is None or theirs is None else _amounts(float(mine), float(theirs))

    def _direction(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        """Exports of the one are imports of the other when the two reports name the parties the other way round."""
        mine, theirs = one.text(feature.name), other.text(feature.name)
        if mine is None or theirs is None:
            return None
        if one.texts("parties")[0] != other.texts("parties")[0]:
            theirs = MIRRORED.get(theirs, theirs)
        return "same" if mine == theirs else "different"

    def _person_name(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        return self.names.compare(_as_person(one).name, _as_person(other).name)

    def _offices(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        return "same" if _as_person(one).offices & _as_person(other).offices else None

    def _agents(self, one: Item, other: Item, feature: Feature, rule: Rule) -> Outcome:
        """Of two states: `misread` for one full name in one kind of office that a state has once, where a reader took one state
        for the other; `doubtful` for one full name where a source gives such an office, or a sovereign's; else `different`."""
        mine, theirs = _as_person(one), _as_person(other)
        if mine.agents & theirs.agents:
            return "same"
        if not (mine.agents & self.states and theirs.agents & self.states):
            return None
        held = [{kind for kind, _ in person.offices} & self.rules.names.single_offices for person in (mine, theirs)]
        if not mine.name.full or self.names.compare(mine.name, theirs.name) != "same":
            return "different"
        if mine.name.number:
            return "doubtful"  # a sovereign's name and number are hardly those of two: one state was taken for the other
        return "misread" if held[0] & held[1] else "doubtful" if held[0] or held[1] else "different"


MIRRORED = {"export": "import", "import": "export"}


def _as_person(item: Item) -> Person:
    if isinstance(item, Person):
        return item
    raise TypeError(f"{item.id} is no person")


def _sets(mine: frozenset[str], theirs: frozenset[str]) -> Outcome:
    if not mine or not theirs:
        return None
    shared = len(mine & theirs) / min(len(mine), len(theirs))
    return "same" if shared >= 0.5 else "some" if shared else "different"


def _of_others(one: Item, other: Item, name: str) -> bool:
    """True where both claims say of whom, and not of the same: one party's ratification, and another's."""
    mine, theirs = ({code_and_date(value)[0] for value in item.texts(name)} for item in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _step(one: Item, other: Item, life: Sequence[str], name: str) -> bool:
    """Whether the claim that is further on in a life was not published before the other."""
    earlier, later = sorted((one, other), key=lambda item: life.index(item.text(name) or ""))
    return earlier.published <= later.published or UNDATED in (earlier.published, later.published)


def _amounts(mine: float, theirs: float) -> str:
    if mine == theirs:
        return "same"
    return "close" if abs(mine - theirs) <= 0.2 * max(abs(mine), abs(theirs)) else "different"


def _happened_after(happened: PartialDate | None, published: str) -> bool:
    return happened is not None and happened.year is not None and str(happened) > published + "-99" and published != UNDATED


def _days_between(one: PartialDate, other: PartialDate) -> int | None:
    """Days between two dates known to the day; in one leap year where a year is not said. None for vaguer ones."""
    if one.day is None or other.day is None or one.month is None or other.month is None:
        return None
    year = one.year or other.year or 2000
    try:
        return abs((date(one.year or year, one.month, one.day) - date(other.year or year, other.month, other.day)).days)
    except ValueError:  # 29 February where the other's year is a common one
        return None


def _said(one: Item, other: Item, feature: Feature) -> str:
    if isinstance(one, Person) and isinstance(other, Person):
        return f"{one.spelling} / {other.spelling}"
    if feature.compare == "told":
        return f"{one.published} / {other.published}"
    return " / ".join(", ".join(item.texts(feature.name)) or "-" for item in (one, other))
