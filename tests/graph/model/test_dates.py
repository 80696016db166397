"""Partial dates read and write the same text, agree symmetrically and merge to what both say."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graph.errors import BadData
from graph.model.dates import PartialDate

LEAP_YEAR = 2024


@some.composite
def partial_dates(draw: some.DrawFn) -> PartialDate:
    day = draw(some.dates(min_value=datetime.date(1, 1, 1)))
    match draw(some.sampled_from(["year", "month", "day", "no year"])):
        case "year":
            return PartialDate(day.year)
        case "month":
            return PartialDate(day.year, day.month)
        case "day":
            return PartialDate(day.year, day.month, day.day)
        case _:
            return PartialDate(None, day.month, day.day)


@some.composite
def pairs_about_one_day(draw: some.DrawFn) -> tuple[PartialDate, PartialDate]:
    """Two dates that speak of the same day, each as precise as it likes."""
    day = draw(some.dates(min_value=datetime.date(1, 1, 1)))
    views = [
        PartialDate(day.year),
        PartialDate(day.year, day.month),
        PartialDate(day.year, day.month, day.day),
        PartialDate(None, day.month, day.day),
    ]
    return draw(some.sampled_from(views)), draw(some.sampled_from(views))


@given(partial_dates())
def test_writing_and_reading_give_the_same_date(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date


@given(partial_dates(), partial_dates())
def test_compatibility_is_symmetric(one: PartialDate, other: PartialDate) -> None:
    assert one.compatible(other) == other.compatible(one)


@given(partial_dates())
def test_a_date_agrees_with_itself_and_merges_to_itself(date: PartialDate) -> None:
    assert date.compatible(date)
    assert date.merged(date) == date


@given(pairs_about_one_day())
def test_merging_is_commutative_and_keeps_what_both_say(pair: tuple[PartialDate, PartialDate]) -> None:
    one, other = pair
    merged = one.merged(other)
    assert merged == other.merged(one)
    assert merged.precision >= max(one.precision, other.precision)
    assert merged.compatible(one)
    assert merged.compatible(other)
    assert merged.merged(one) == merged


@given(partial_dates(), partial_dates())
def test_merging_raises_exactly_where_the_dates_contradict(one: PartialDate, other: PartialDate) -> None:
    parts = [(one.year, other.year), (one.month, other.month), (one.day, other.day)]
    year, month, day = ((left if left is not None else right) for left, right in parts)
    complete = year is not None and month is not None and day is not None
    possible = one.compatible(other) and (not complete or day <= calendar.monthrange(year, month)[1])
    if possible:
        assert str(one.merged(other))
    else:
        with pytest.raises(ValueError, match="contradict"):
            one.merged(other)


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        ("2025", "2025-06", "2025-06"),
        ("2025-06", "XXXX-06-18", "2025-06-18"),
        ("2025", "XXXX-06-18", "2025-06-18"),
        ("XXXX-02-29", "2024", "2024-02-29"),
    ],
)
def test_what_two_dates_say_together(one: str, other: str, merged: str) -> None:
    assert PartialDate.parse(one).merged(PartialDate.parse(other)) == PartialDate.parse(merged)


@pytest.mark.parametrize(
    ("one", "other"), [("2025", "2024"), ("2025-06", "XXXX-07-18"), ("2025-06-18", "2025-06-19"), ("XXXX-02-29", "2025")]
)
def test_contradictions_do_not_merge(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="contradict"):
        PartialDate.parse(one).merged(PartialDate.parse(other))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-6",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-06-31",
        "XXXX",
        "XXXX-06",
        "XXXX-02-30",
        "0000",
        "2025-06-18T10",
        "2025\n",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadData, match="write YYYY"):
        PartialDate.parse(text)


def test_a_leap_day_needs_a_leap_year() -> None:
    assert PartialDate(None, 2, 29).compatible(PartialDate(LEAP_YEAR))
    with pytest.raises(BadData):
        PartialDate(LEAP_YEAR + 1, 2, 29)


@given(some.lists(some.dates(), min_size=2, max_size=20))
def test_texts_of_days_sort_as_days_do(days: list[datetime.date]) -> None:
    texts = sorted(str(PartialDate(day.year, day.month, day.day)) for day in days)
    assert texts == [day.isoformat() for day in sorted(days)]
