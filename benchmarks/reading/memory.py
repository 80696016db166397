"""Memory over a hundred thousand articles, no two alike: a reader that keeps anything grows."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from benchmarks.reading.speed import say
from benchmarks.reading.texts import made
from loaders.reading.frames.book import FrameBook
from loaders.run import read_all

_SAMPLES = 20
_MEGABYTE = 1024 * 1024


def measure(count: int, book: FrameBook) -> None:
    """Measure and print: resident memory along the way, and its growth after the first twentieth."""
    every = max(1, count // _SAMPLES)
    started, claims, told = time.perf_counter(), 0, []
    for number, result in enumerate(read_all(made(count, book)), 1):
        claims += len(getattr(result, "claims", ()))
        if number % every == 0:
            told.append(resident())
            say(f"  {number:>8,} articles {told[-1]:7.1f} MB")
    seconds = time.perf_counter() - started
    say(f"{count:,} articles, {claims:,} claims in {seconds:.0f} s; {told[-1] - told[0]:+.1f} MB after the first {every:,}")


def resident() -> float:
    """Megabytes that the process holds now; its peak so far where the system does not tell."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / _MEGABYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MEGABYTE if sys.platform == "darwin" else peak / 1024
