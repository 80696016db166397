"""Measure reading.

python -m benchmarks.reading [speed|scaling|memory ...] [--folder FOLDER] [--rounds 5] [--processes 2] [--articles 100000]
speed and scaling read the articles of FOLDER (`*.txt`; the samples without one), memory reads made ones.
Without a name, speed and scaling are measured; memory takes some minutes.
"""

from __future__ import annotations

import argparse
import gc
import time
from pathlib import Path

from benchmarks.reading import memory, scaling, speed
from benchmarks.reading.texts import articles
from loaders.reading.lexicon import load_lexicon


def main() -> None:
    """Measure what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", nargs="*", choices=["speed", "scaling", "memory", []])
    options.add_argument("--folder", type=Path)
    options.add_argument("--rounds", type=int, default=5, help="readings of each article")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--articles", type=int, default=100_000, help="made articles read for memory")
    chosen = options.parse_args()
    what = chosen.what or ["speed", "scaling"]
    if "speed" in what:
        started = time.perf_counter()
        lexicon = load_lexicon()
        gc.freeze()  # as worker processes do: what was loaded is no garbage
        speed.say(f"words loaded in {time.perf_counter() - started:.2f} s")
        speed.measure(articles(chosen.folder), lexicon, chosen.rounds)
    if "scaling" in what:
        scaling.measure(articles(chosen.folder), chosen.processes, chosen.rounds)
    if "memory" in what:
        memory.measure(chosen.articles, load_lexicon().frames.openings.book)


if __name__ == "__main__":
    main()
