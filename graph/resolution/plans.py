"""What was planned for one day and happened on another is one event, where somebody said that it was put off."""

from __future__ import annotations

from datetime import date

from graph.model.dates import PartialDate
from graph.resolution.items import Item
from graph.resolution.rules import Feature


def planned_apart(one: Item, other: Item, feature: Feature) -> str | None:
    """How a plan and what came of it differ in their dates; None where neither is an earlier plan of the other.

    `shifted`: by at most `shift` days. `moved`: the plan was put off, and the other follows within `wait` days.
    `replanned`: within `wait` days, but nobody said so: no reason to take the two for one, nor to keep them apart.
    """
    for plan, came in ((one, other), (other, one)):
        planned, happened = plan.date(feature.name), came.date(feature.name)
        if plan.text("status") not in feature.plans or planned is None or happened is None:
            continue
        days = _days(planned, happened)
        if days is None or plan.published > came.published:
            continue
        if 0 < days <= feature.shift and came.text("status") not in feature.plans:
            return "shifted"
        if 0 < days <= feature.wait:
            return "moved" if plan.text("status") in feature.put_off else "replanned"
    return None


def _days(one: PartialDate, other: PartialDate) -> int | None:
    """Days from the first day that one date may mean to the first day of the other; None where a year is not said."""
    if one.year is None or other.year is None:
        return None
    first, second = (date(each.year or 1, each.month or 1, each.day or 1) for each in (one, other))
    return (second - first).days
