"""How fast articles are read: raw text to claims, sentences and articles a second, on one core and on two.

`python -m benchmarks.reading [--folder FOLDER] [--processes 2]`: the articles of a folder (`*.txt`), the samples without one.
Memory is measured over many rounds of the same articles: a reader that keeps anything grows.
"""

from __future__ import annotations

import argparse
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from graph.model.claims import Source
from graph.model.files import SAMPLES
from loaders.reading.lexicon import Lexicon, load_lexicon
from loaders.reading.model import Reading
from loaders.reading.reader import STAGES, understand

_loaded: dict[int, Lexicon] = {}  # one lexicon a worker process


def articles(folder: Path | None) -> list[str]:
    """The texts to read."""
    files = sorted((folder or SAMPLES).rglob("*.txt"))
    return [file.read_text(encoding="utf-8") for file in files]


def start_worker() -> None:
    """Load the lexicon once in a worker."""
    _loaded[0] = load_lexicon()


def read_all(texts: list[str]) -> int:
    """Read texts in a worker; how many sentences they had."""
    return sum(len(understand(Source(text=text), _loaded[0]).sentences) for text in texts)


def by_stage(texts: list[str], lexicon: Lexicon) -> dict[str, float]:
    """Seconds that each stage takes over all texts."""
    spent = {stage.__name__: 0.0 for stage in STAGES}
    for text in texts:
        reading = Reading(source=Source(text=text), text=text)
        for stage in STAGES:
            started = time.process_time()
            reading = stage(reading, lexicon)
            spent[stage.__name__] += time.process_time() - started
    return spent


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    texts = articles(chosen.folder)
    started = time.perf_counter()
    start_worker()
    print(f"lexicon {time.perf_counter() - started:.2f} s, {len(texts)} articles, {sum(map(len, texts)):,} characters")
    sentences = read_all(texts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best = min(timed(texts) for _ in range(chosen.rounds))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"one core: {sentences / best:,.0f} sentences/s, {len(texts) / best:,.0f} articles/s")
    print(f"memory: {before / 1024:.0f} MB after one round, {after / 1024:.0f} MB after {chosen.rounds + 1}")
    for name, seconds in by_stage(texts, _loaded[0]).items():
        print(f"  {name:16} {seconds / best:5.0%}")
    alone = elapsed(texts * chosen.rounds, 1)
    print(f"{chosen.processes} processes: {alone / elapsed(texts * chosen.rounds, chosen.processes):.2f} times one")


def timed(texts: list[str]) -> float:
    """Processor seconds of one round."""
    started = time.process_time()
    read_all(texts)
    return time.process_time() - started


def elapsed(texts: list[str], processes: int) -> float:
    """Seconds for the texts in so many processes, after each has its lexicon."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=start_worker) as pool:
        list(pool.map(read_all, [texts[:40]] * processes * 4))
        started = time.perf_counter()
        list(pool.map(read_all, [texts[start::16] for start in range(16)]))
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
