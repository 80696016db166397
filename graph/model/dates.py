"""Dates as precise as a text allows: a year, a month, a day, or a day whose year is not said (EDTF `XXXX-06-18`)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from graph.errors import BadData

_FORM = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?\Z")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A Gregorian date of year, month or day precision; `year` is None where the text gives day and month only."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not self._valid():
            raise BadData(f"{self.year}-{self.month}-{self.day} is no date; write YYYY, YYYY-MM, YYYY-MM-DD or XXXX-MM-DD")

    def _valid(self) -> bool:
        if self.year is not None and not 1 <= self.year <= 9999:
            return False
        if self.month is None:
            return self.day is None and self.year is not None
        if not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return self.year is not None
        common = self.month == 2 and self.year is not None and not calendar.isleap(self.year)
        return 1 <= self.day <= (28 if common else _LONGEST[self.month - 1])

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `XXXX-MM-DD`; anything else raises BadData."""
        match = _FORM.match(text)
        if match is None:
            raise BadData(f"{text!r} is no date; write YYYY, YYYY-MM, YYYY-MM-DD or XXXX-MM-DD")
        year, month, day = match["year"], match["month"], match["day"]
        return cls(None if year == "XXXX" else int(year), int(month) if month else None, int(day) if day else None)

    def __str__(self) -> str:
        text = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @property
    def precision(self) -> int:
        """How many of year, month and day are known."""
        return sum(part is not None for part in (self.year, self.month, self.day))

    def compatible(self, other: PartialDate) -> bool:
        """True when both may speak of one day: no part that both give differs."""
        if self.year != other.year and self.year is not None and other.year is not None:
            return False
        if self.month != other.month and self.month is not None and other.month is not None:
            return False
        return self.day == other.day or self.day is None or other.day is None

    def merged(self, other: PartialDate) -> PartialDate:
        """What two compatible dates say together: `2025-06` and `XXXX-06-18` give `2025-06-18`."""
        if not self.compatible(other):
            raise ValueError(f"{self} and {other} contradict each other")
        year = self.year if self.year is not None else other.year
        month = self.month if self.month is not None else other.month
        day = self.day if self.day is not None else other.day
        try:
            return PartialDate(year, month, day)
        except BadData as error:  # 29 February joined with a common year
            raise ValueError(f"{self} and {other} contradict each other") from error
