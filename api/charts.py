"""Small charts of our own as numbers; the templates draw them in SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 720, 120, 20
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its place in the drawing, what it counts, and whether its year is written below it."""

    x: float
    y: float
    width: float
    height: float
    year: int
    count: int
    named: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of counts by year; `earlier` counts what lies before its first bar."""

    bars: tuple[Bar, ...]
    earlier: int
    width: int = WIDTH
    height: int = HEIGHT + FOOT
    base: int = HEIGHT

    @property
    def first(self) -> int:
        """The first year drawn."""
        return self.bars[0].year

    @property
    def last(self) -> int:
        """The last year drawn."""
        return self.bars[-1].year


def bars(counts: Mapping[int, int]) -> Bars | None:
    """A bar a year, at most the last sixty; None where there is nothing to draw or one year only."""
    years = sorted(counts)[-LONGEST:]
    if len(years) < 2:
        return None
    step, most = WIDTH / len(years), max(counts[year] for year in years)
    every = max(1, round(len(years) / 8))
    drawn = []
    for place, year in enumerate(years):
        height = round((HEIGHT - 18) * counts[year] / most, 1)
        named = (len(years) - 1 - place) % every == 0
        width = round(min(step * 0.8, 46), 1)
        drawn.append(Bar(round(step * (place + 0.5) - width / 2, 1), HEIGHT - height, width, height, year, counts[year], named))
    return Bars(tuple(drawn), sum(count for year, count in counts.items() if year < years[0]))
