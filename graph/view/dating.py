"""Days that a date of the view may mean."""

from __future__ import annotations

from datetime import date

from graph.model.dates import PartialDate


def bounds(text: str) -> tuple[date, date]:
    """The first and the last day that a date may mean."""
    value = PartialDate.parse(text)
    year = value.year or 1
    if value.day is not None and value.month is not None:
        return date(year, value.month, value.day), date(year, value.month, value.day)
    if value.month is not None:
        return date(year, value.month, 1), date(year, value.month, 28)
    return date(year, 1, 1), date(year, 12, 31)
