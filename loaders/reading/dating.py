"""Dates: what a date form says, resolved against the day of publication and the dates told before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from graph.errors import BadData
from graph.model.dates import PartialDate
from loaders.reading.calendars import Calendar
from loaders.reading.model import DATE, Mention, When

_UNIT_DAYS = {"day": 1, "week": 7}
_MARGIN = 28  # characters around an anchor word in which its date stands
_CUE_BEFORE, _CUE_AFTER = 70, 30  # where a word that points ahead is looked for
_STALE = 300  # a day whose last occurrence is older is the coming one
YEAR = re.compile(
    r"\d(?:(?<![0-9a-z]\d)(?:(?<=1)[89]|(?<=2)0)\d\d(?![0-9a-z%])|(?<!\d\d)\d?[/.-]\d{1,2}[/.-]\d{4})"
)  # a digit first: only there is anything tried

_DIGIT = re.compile(r"\d")


def find_dates(
    text: str, folded: str, anchors: Iterable[tuple[int, int]], calendar: Calendar, published: PartialDate | None
) -> list[Mention]:
    """The date mentions near `anchors` (sorted spans of date words and years), in reading order."""
    found: list[tuple[int, int, str, re.Match[str]]] = []
    for start, end in _windows(folded, anchors):
        taken = bytearray(end - start)
        for reads, pattern in _patterns(calendar, folded, start, end):
            for match in pattern.finditer(folded, start, end):
                if taken.find(1, match.start() - start, match.end() - start) < 0 and _written(text, match, reads, calendar):
                    taken[match.start() - start : match.end() - start] = b"\1" * (match.end() - match.start())
                    found.append((*match.span(), reads, match))
    found.sort(key=lambda item: item[0])
    mentions: list[Mention] = []
    told: PartialDate | None = None
    year: PartialDate | None = None  # the last date told with its year, whatever else: "en 2020, …; l'année suivante"
    for start, end, reads, match in found:
        if mentions and start < mentions[-1].end:
            continue
        when = _resolve(reads, match, folded, calendar, published, year if _of_years(reads, match, calendar) else told)
        when = _of_the_same_year(when, mentions[-1] if mentions else None, start, folded, published)
        if when is not None and when.date.year is not None:
            year = when.date
        if (when is not None and when.date.day is not None) or (when is not None and told is None):
            told = when.date
        mentions.append(Mention(DATE, *_trimmed(folded, start, end), value=when, why=f"{reads} date"))
    return mentions


def _of_the_same_year(
    when: When | None, last: Mention | None, start: int, folded: str, published: PartialDate | None
) -> When | None:
    """A day without a year in that of the date before it: "le 18 février 2008, B le 20 mars", "2017 – Le 25 février, …"."""
    said = last.value if last is not None else None
    if when is None or last is None or not isinstance(said, When) or said.date.year is None or said.anchor not in _WITH_YEAR:
        return when
    guessed = when.anchor == "nearest" or (when.date.year is None and when.date.month is not None)
    recent = published is not None and published.year is not None and said.date.year >= published.year
    if not guessed or recent or start - last.end > _SAME_YEAR or _BREAK.search(folded, last.end, start) is not None:
        return when
    if said.date.precision == 1 and _FRAMES.match(folded, last.end) is None:
        return when  # "l'accord de 2015 a été renouvelé le 3 juin"
    return replace(when, date=replace(when.date, year=said.date.year), anchor="told")


_WITH_YEAR = ("said", "told")
_SAME_YEAR = 150  # characters over which a year still holds
_BREAK = re.compile(r"[.!?]\s|\n")
_FRAMES = re.compile(r" ?[,:–—]| - ")  # after a year that frames what follows: "En 2008, …", "2017 – …"


def _of_years(reads: str, match: re.Match[str], calendar: Calendar) -> bool:
    """True for "the following year", "ten years later", "4 April of that year": counted from the last year told."""
    groups = match.groupdict()
    if groups.get("told"):
        return True
    if reads == "relative":
        return calendar.relative[groups["relative"]][1] == "year"
    return reads == "later" and calendar.units[groups["unit"]] in ("year", "decade")


def _patterns(calendar: Calendar, folded: str, start: int, end: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The forms of which a stretch has what they cannot be without."""
    stretch = folded[start:end]
    month = calendar.any_month.search(folded, start, end) is not None
    if month and calendar.year_word in stretch:
        yield from ((form.reads, form.pattern) for form in calendar.forms if form.told)
    yield "relative", calendar.relative_pattern
    digits = _DIGIT.search(folded, start, end) is not None
    weekday = calendar.any_weekday.search(folded, start, end) is not None
    year = digits and calendar.any_year.search(folded, start, end) is not None
    for form in calendar.forms:
        if form.told or form.digits > digits or form.month > month or form.weekday > weekday or form.year > year:
            continue
        if not form.words or all(map(stretch.__contains__, form.words)):
            yield form.reads, form.pattern


def _windows(folded: str, anchors: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Disjoint stretches around the anchors, cut at lines and between words."""
    windows: list[tuple[int, int]] = []
    for start, end in anchors:
        low = max(folded.rfind("\n", max(0, start - _MARGIN), start) + 1, start - _MARGIN, 0)
        while low > 0 and low > start - _MARGIN - 12 and folded[low - 1].isalnum():
            low -= 1
        high = folded.find("\n", end, end + _MARGIN)
        high = min(end + _MARGIN, len(folded)) if high < 0 else high
        while high < len(folded) and high < end + _MARGIN + 12 and folded[high].isalnum():
            high += 1
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(high, windows[-1][1]))
        else:
            windows.append((low, high))
    return windows


def _written(text: str, match: re.Match[str], reads: str, calendar: Calendar) -> bool:
    """False for the English words "may" and "march" in lower case, and for a number that is no day or month."""
    groups = match.groupdict()
    if calendar.language == "en" and groups.get("month") and not text[match.start("month")].isupper():
        return False
    if calendar.language == "en" and groups.get("weekday") and not text[match.start("weekday")].isupper():
        return False
    if reads == "ago":
        return calendar.numbers.value(groups["number"]) is not None
    return True


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " (":
        start += 1
    return start, end


def _resolve(
    reads: str, match: re.Match[str], folded: str, calendar: Calendar, published: PartialDate | None, told: PartialDate | None
) -> When | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    try:
        if reads == "relative":
            anchor, unit, shift = calendar.relative[groups["relative"]]
            base = published if anchor == "published" else told or published
            date = _shifted(base, unit, shift)
            return When(date, anchor) if date else None
        if reads == "ago":
            number = calendar.numbers.value(groups["number"]) or 0
            unit, factor = calendar.units[groups["unit"]], 1
            if unit == "decade":
                unit, factor = "year", 10
            date = _shifted(published, unit, -round(number) * factor)
            return When(date, "published") if date else None
        if reads == "later":
            number, unit = calendar.numbers.value(groups["number"]) or 0, calendar.units[groups["unit"]]
            date = (
                _shifted(told, "year", round(number) * (10 if unit == "decade" else 1)) if unit in ("year", "decade") else None
            )
            return When(date, "told") if date else None
        if reads == "weekday":
            return _weekday(groups, calendar, published)
        if reads == "year":
            return When(PartialDate(int(groups["year"])))
        return _calendar_date(reads, groups, match, folded, calendar, published, told)
    except BadData:  # the 31st of February: a date that is none
        return None


def _shifted(base: PartialDate | None, unit: str, shift: int) -> PartialDate | None:
    """A date some units before or after another, no finer than the unit or the base allow."""
    if base is None or base.year is None:
        return None
    if unit == "year":
        year = base.year + shift
        return PartialDate(year) if 1 <= year <= 9999 else None
    if base.month is None:
        return base
    if unit == "month":
        months = base.year * 12 + base.month - 1 + shift
        return PartialDate(months // 12, months % 12 + 1) if months >= 12 else None
    if base.day is None:
        return base
    day = _day(base) + dt.timedelta(days=_UNIT_DAYS[unit] * max(-100_000, min(100_000, shift)))
    return PartialDate(day.year, day.month, day.day) if unit == "day" else PartialDate(day.year, day.month)


def _day(date: PartialDate) -> dt.date:
    return dt.date(date.year or 1, date.month or 1, date.day or 1)


def _weekday(groups: Mapping[str, str], calendar: Calendar, published: PartialDate | None) -> When | None:
    if published is None or published.year is None:
        return None
    if published.day is None:
        return When(published, "published")
    ahead = groups.get("when") in calendar.next_words
    today = _day(published)
    back = (today.weekday() - calendar.weekdays[groups["weekday"]]) % 7
    if groups.get("when") in calendar.last_words and back == 0:
        back = 7
    day = today + dt.timedelta(days=(7 - back) if ahead else -back)
    return When(PartialDate(day.year, day.month, day.day), "future" if ahead else "published")


def _calendar_date(
    reads: str,
    groups: Mapping[str, str],
    match: re.Match[str],
    folded: str,
    calendar: Calendar,
    published: PartialDate | None,
    told: PartialDate | None,
) -> When | None:
    month = calendar.months.get(groups.get("month") or groups.get("month2", "")) or int(groups.get("monthnumber", 0)) or None
    day = int(groups["day"]) if "day" in groups else None
    if "monthnumber" in groups and month is not None and month > 12 and day is not None:
        month, day = day, month
    year = int(groups.get("year") or groups.get("year2") or 0) or None
    if month is None:
        return None
    anchor = "said"
    if year is None and "told" in groups and told is not None:
        year, anchor = told.year, "told"
    if year is None:
        year, anchor = _year(month, day, groups, match, folded, calendar, published)
        if year is None and day is None:
            return None
    until = None
    if "until" in groups:
        until = PartialDate(year, calendar.months.get(groups.get("month2", ""), month), int(groups["until"]))
    return When(PartialDate(year, month, day), anchor, until)


def _year(
    month: int,
    day: int | None,
    groups: Mapping[str, str],
    match: re.Match[str],
    folded: str,
    calendar: Calendar,
    published: PartialDate | None,
) -> tuple[int | None, str]:
    """The year that a day or month without one lies in: the last such, unless words or nearness point ahead."""
    if published is None or published.year is None:
        return None, "said"
    base = (published.year, published.month or 12, published.day or 31)
    passed = published.year if (month, day or 1) <= base[1:] else published.year - 1
    if groups.get("when") in calendar.next_words:
        return passed + 1, "future"
    if groups.get("when") in calendar.last_words:
        return (passed - 1 if month == base[1] and day is None else passed), "nearest"
    line = folded.rfind("\n", max(0, match.start() - _CUE_BEFORE), match.start()) + 1
    low = max(line, match.start() - _CUE_BEFORE)
    if calendar.future.search(folded, low, match.end() + _CUE_AFTER) and (passed, month, day or 1) < base:
        ahead = published.year if passed < published.year else published.year + 1
        near = abs((dt.date(ahead, month, min(day or 1, 28)) - _day(published)).days) <= _STALE
        return (ahead, "future") if near else (passed, "nearest")
    age = (_day(published) - dt.date(passed, month, min(day or 28, 28))).days
    return (passed + 1, "future") if age > _STALE and published.day is not None else (passed, "nearest")
