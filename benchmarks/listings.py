"""What a page of a listing costs as the graph grows: `python -m benchmarks.listings [--accords 5000 50000]`.

The views are made up (`benchmarks/made_view.py`), two claims an accord. The first page, one in the middle, one that is
filtered and the last of a walk are each the median of some tries; a page must not cost more because the graph is larger.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store

from benchmarks.made_view import MadeChanges, made_view
from graph.asking.catalogue import Leaf, Wanted, leaf
from graph.asking.index import index
from graph.asking.resources import load_resources

TRIES, LIMIT = 15, 50


@dataclass(frozen=True)
class Kept:
    """A made view as a snapshot of a data folder."""

    id: str
    store: Store
    folder: Path
    changes: MadeChanges


def main() -> None:
    """Measure and print a line each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--accords", type=int, nargs="+", default=[5000, 50_000])
    for number in options.parse_args().accords:
        with tempfile.TemporaryDirectory() as folder:
            view = made_view(number)
            snapshot = Kept(view.id, view.store, Path(folder) / "snapshots" / view.id, view.changes)
            began = time.perf_counter()
            size = index(snapshot).stat().st_size
            print(f"{2 * number:,} claims: index made in {time.perf_counter() - began:.1f} s, {size / 1e6:.0f} MB")
            measure(snapshot)


def measure(snapshot: Kept) -> None:
    """The pages of one view."""
    resources = load_resources()
    accords = Wanted(resources["accords"], sort="-date")
    asked = {
        "first page": accords,
        "by label": replace(accords, sort="label"),
        "one state": replace(accords, filters={"state": "state/MAR"}),
        "state, partner, domain": replace(
            accords, filters={"state": "state/MAR", "partner": "state/FRA", "domain": "water"}, sort="label"
        ),
        "deep": replace(accords, after=walked(snapshot, accords, 40)),
        "claims": Wanted(resources["claims"], sort="-date"),
    }
    for name, wanted in asked.items():
        print(f"  {name}: {1000 * median(lambda wanted=wanted: leaf(snapshot, wanted, LIMIT)):.2f} ms")  # type: ignore[misc]


def walked(snapshot: Kept, wanted: Wanted, pages: int) -> tuple[str | int, str] | None:
    """The place after so many pages."""
    for _ in range(pages):
        wanted = replace(wanted, after=leaf(snapshot, wanted, LIMIT).after)
    return wanted.after


def median(call: Callable[[], Leaf]) -> float:
    """Seconds of the middle one of some tries."""
    found = []
    for _ in range(TRIES):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


if __name__ == "__main__":
    main()
