"""The sentence around a span: what a reader is shown as the context of the evidence."""

from __future__ import annotations

import re

# A full stop after one of these, or after a single capital, ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«“'’])(?:[A-ZÀ-Ý]|MM?|Mmes?|Mlles?|Mrs?|Ms|Drs?|Pr|Prof|St|Ste|Gen|Gén|Col|Lt|Sen|Rep|No|n°|art|cf|vs|etc)\Z"
)
_STOP = re.compile(r"[.!?…]+[\"'»”’)\]]*\s+(?=[\"'«“‘(\[—–-]?\s?[A-ZÀ-ÝŒ0-9])|\n+")
_LONGEST = 1200


def around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that `text[start:end]` lies in, without surrounding space; at most 1,200 characters a side."""
    first, last = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    left = max((stop.end() for stop in _stops(text, first, start)), default=first)
    right = min((stop.start() + _kept(stop) for stop in _stops(text, max(start, end - 1), last)), default=last)
    return text[min(left, start) : max(right, end)].strip()


def _kept(stop: re.Match[str]) -> int:
    return len(stop.group().rstrip())


def _stops(text: str, start: int, end: int) -> list[re.Match[str]]:
    found = _STOP.finditer(text, start, end)
    return [
        stop
        for stop in found
        if not (text[stop.start()] == "." and _ABBREVIATED.search(text, max(0, stop.start() - 12), stop.start()))
    ]
