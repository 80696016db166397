"""Dates of any precision as numbers: what neither language can reckon with alike."""

from __future__ import annotations

from datetime import date


def day(text: str, *, last: bool = False) -> date:
    """The first day that a date of year, month or day precision may mean; with `last`, the last one."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    if not last:
        return date(year, month, 1)
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1) if year < 9999 else date.max


def months(text: str) -> int:
    """Months since the year 0; a date of year precision counts as its June."""
    parts = text.split("-")
    return int(parts[0]) * 12 + (int(parts[1]) - 1 if len(parts) > 1 else 5)


def months_later(text: str, number: int) -> str:
    """The month so many months after a date, `YYYY-MM`."""
    year, month = divmod(months(text) + number, 12)
    return f"{year:04d}-{month + 1:02d}"


def touches(text: str, since: str, until: str) -> bool:
    """Whether a date may lie between two others, either of which may be empty: the questions' own rule."""
    return text < "X" and text + "-99" >= since and (until == "" or text <= until + "-99")
