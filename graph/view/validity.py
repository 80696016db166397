"""From when until when a fact holds, as its own claims tell; `graph/view/succession.py` says what other facts end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal

from graph.record import rdf
from graph.resolution.items import UNDATED, parsed
from graph.view.fields import Fields
from graph.view.supports import Support
from graph.view.thing import Thing
from graph.view.validity_rules import Bounds, ValidityRules

FROM, UNTIL = "validFrom", "validUntil"
_UNDATED = {"": frozenset({""})}  # of a kind that no field dates: every claim tells of it
_MADE = rdf.concept("EventStatus", "made")


class Validity:
    """Adds `validFrom` and `validUntil` to facts and their parts."""

    def __init__(self, fields: Fields, rules: ValidityRules) -> None:
        self._fields, self._rules = fields, rules

    def add(self, thing: Thing, kind: str, supports: Sequence[Support]) -> None:
        """The bounds that the claims on a fact give, and those of its parts; what is only planned has none."""
        bounds = self._rules.bounds.get(kind)
        if bounds is not None:
            thing.add(FROM, self._bound(kind, bounds, bounds.begins or _UNDATED, supports, thing))
            if bounds.ends:
                thing.add(UNTIL, self._bound(kind, bounds, bounds.ends, supports, thing))
        for child in thing.children:
            self._add_to_part(child, thing)

    def _bound(
        self, kind: str, bounds: Bounds, dates: Mapping[str, frozenset[str]], supports: Sequence[Support], thing: Thing
    ) -> Literal | None:
        telling: list[Support] = []
        for name, statuses in dates.items():
            found = [support for support in supports if _status(bounds, support) in statuses and not _lies_ahead(support, name)]
            telling += found
            day = self._day(kind, name, found, thing, earliest=bounds.earliest) if name else None
            if day is not None:
                return rdf.date(day)
        return published(telling)

    def _day(self, kind: str, name: str, supports: Sequence[Support], thing: Thing, *, earliest: bool) -> str | None:
        if earliest:
            days = {str(support.claim.fields[name]) for support in supports if name in support.claim.fields}
            return min((day for day in days if parsed(day).year is not None), default=None)
        found = self._fields.preferred(self._fields.of(kind)[name], supports, thing.witnesses)
        return None if found is None else found.value

    def _add_to_part(self, part: Thing, whole: Thing) -> None:
        """A part that happened did so on its date; a participation, when the event did."""
        if part.class_name == "Participation":
            part.values += [(name, value) for name, value in whole.values if name in (FROM, UNTIL)]
        elif ("eventStatus", _MADE) in part.values:
            day = next((value for name, value in part.values if name == "date"), None)
            part.add(FROM, day if isinstance(day, Literal) else published(part.supports))
        for child in part.children:
            self._add_to_part(child, part)


def _status(bounds: Bounds, support: Support) -> str:
    return "" if bounds.status is None else str(support.claim.fields.get(bounds.status, ""))


def _lies_ahead(support: Support, name: str) -> bool:
    """Whether a claim dates something after its own publication: then it tells of what is to come, whatever it says."""
    day = support.claim.fields.get(name)
    if day is None or support.published == UNDATED or parsed(str(day)).year is None:
        return False
    return str(day) > support.published + "-99"


def published(supports: Sequence[Support]) -> Literal | None:
    """The day on which the first of some claims was published."""
    days = sorted(support.published for support in supports if support.published != UNDATED)
    return rdf.date(days[0]) if days else None
