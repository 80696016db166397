"""What one article costs as the record grows: added, withdrawn, read again; and how fast a record is built.

python -m benchmarks.record [CLAIMS ...] [--folder FOLDER]    (1000 10000 100000 by default)
python -m benchmarks.record [CLAIMS ...] --raw    recording against writing the same quads to the bare store
python -m benchmarks.record [ARTICLES ...] --named    one person named in so many articles
A change is recorded, derived and published, in the world of `benchmarks/lifelike.py`. Records are built in a temporary folder;
with `--folder` they are kept there, and one that is there already is measured as it is: its changes are made on a copy.
Figures are of processor time, so that a busy machine does not blur them; waiting for the disk (two flushes a commit) is on top.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store

from benchmarks.lifelike import CLAIMS_OF_ONE, Fact, article, lifelike
from graph.model.claims import SourceClaims
from graph.model.judgements import Anchor, Judgement
from graph.record.encode import quads
from graph.record.schema import load_schema
from graph.record.writer import Writer
from graph.settings import Settings
from graph.view.writing import open_writer

CHANGES = 12
BATCH = 500
BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time of some changes: middle, mean and greatest; and the entities changed on average."""

    middle: float
    mean: float
    most: float
    entities: float

    def __str__(self) -> str:
        return f"{self.middle:5.0f} (mean {self.mean:.0f}, most {self.most:.0f}; {self.entities:.0f} entities)"


def world(claims: int) -> tuple[int, Iterator[SourceClaims]]:
    """The number of sources of a record of so many claims, and these sources, with those that come after it."""
    number = claims // CLAIMS_OF_ONE
    return number, lifelike(number + CHANGES)


def raw(found: Iterable[SourceClaims], folder: Path) -> float:
    """Seconds to encode sources and to write their quads alone."""
    schema, store, start = load_schema(), Store(str(folder)), time.process_time()
    for batch in batches(found):
        store.extend([quad for told in batch for quad in quads(told, schema)])
    store.flush()
    return time.process_time() - start


def batches(found: Iterable[SourceClaims]) -> Iterator[list[SourceClaims]]:
    """The sources, so many at a time."""
    remaining = iter(found)
    while batch := list(itertools.islice(remaining, BATCH)):
        yield batch


def build(claims: int, data: Path) -> None:
    """Record and show so many claims; what that took is noted beside them."""
    number, found = world(claims)
    with open_writer(Settings(data=data)) as writer:
        start = time.process_time()
        for batch in batches(itertools.islice(found, number)):
            writer.add(batch)
        added = time.process_time() - start
        writer.commit()
        shown = time.process_time() - start - added
    size = sum(path.stat().st_size for path in (data / "record").iterdir())
    about = {"recorded": round(added, 1), "shown": round(shown, 1), "memory": memory(), "megabytes": size // 1_000_000}
    (data / BUILT).write_text(json.dumps(about), encoding="utf-8")


def memory() -> int:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def copied(data: Path, work: Path) -> Settings:
    """A record beside another one, sharing its files."""
    work.mkdir(parents=True)
    Store(str(data / "record")).backup(str(work / "record"))
    return Settings(data=work)


def timed(writer: Writer, change: Callable[[], object]) -> tuple[float, int]:
    """Seconds to make a change and to publish it, and the entities that it changed."""
    start = time.process_time()
    change()
    commit = writer.commit()
    return time.process_time() - start, len(commit.changed) + len(commit.removed)


def costs(writer: Writer, *kinds: Sequence[Callable[[], object]]) -> list[Cost]:
    """The cost of each kind of change; made in turn, so that no kind alone finds files cold. The first turn does not count."""
    turns = [[timed(writer, change) for change in turn] for turn in zip(*kinds, strict=False)]
    return [_cost(found) for found in zip(*turns[1:], strict=True)]


def _cost(found: Iterable[tuple[float, int]]) -> Cost:
    """Seconds and numbers of entities in short."""
    seconds, entities = zip(*sorted(found), strict=True)
    number = len(seconds)
    return Cost(1000 * seconds[number // 2], 1000 * sum(seconds) / number, 1000 * seconds[-1], sum(entities) / number)


def added(writer: Writer, told: SourceClaims) -> Callable[[], object]:
    """One more source."""
    return lambda: writer.add([told])


def withdrawn(writer: Writer, told: SourceClaims) -> Callable[[], object]:
    """A source withdrawn."""
    said = Judgement("withdrawn", (Anchor(told.source.id),), "benchmark", "2026-01-02T12:00:00Z", "measured")
    return lambda: writer.judge(said)


def reread(writer: Writer, told: SourceClaims) -> Callable[[], object]:
    """A source read again: its last claim is not found any more, and its first is surer."""
    first, *others = told.claims[:-1]
    return lambda: writer.reread([replace(told, claims=(replace(first, confidence=0.9), *others))])


def measure(claims: int, folder: Path) -> str:
    """One row of the table, for a record of so many claims."""
    data, work = folder / str(claims), folder / f"changes-{claims}"
    if not (data / BUILT).exists():
        shutil.rmtree(data, ignore_errors=True)
        build(claims, data)
    about = json.loads((data / BUILT).read_text(encoding="utf-8"))
    number, found = world(claims)
    chosen = set(random.Random(2).sample(range(number), 2 * CHANGES)) | set(range(number, number + CHANGES))
    told = {place: each for place, each in enumerate(found) if place in chosen}
    *some, = sorted(place for place in told if place < number)  # fmt: skip
    random.Random(3).shuffle(some)
    shutil.rmtree(work, ignore_errors=True)
    with open_writer(copied(data, work)) as writer:
        start = time.process_time()
        writer.commit()
        opened = time.process_time() - start
        one, less, again = costs(
            writer,
            [added(writer, told[place]) for place in range(number, number + CHANGES)],
            [withdrawn(writer, told[place]) for place in some[:CHANGES]],
            [reread(writer, told[place]) for place in some[CHANGES:]],
        )
    shutil.rmtree(work)
    built = f"{about['recorded']:.0f} + {about['shown']:.0f} s, {about['memory']} MB, {about['megabytes']} MB on disk"
    return f"| {claims:,} | {one} | {less} | {again} | {built} | {opened:.1f} s, {memory()} MB |"


def measure_raw(claims: int, folder: Path) -> str:
    """How fast sources are recorded against the bare store."""
    number, found = world(claims)
    sources = list(itertools.islice(found, number))
    base = raw(sources, folder / "raw")
    with open_writer(Settings(data=folder / "recorded")) as writer:
        start = time.process_time()
        for batch in batches(sources):
            writer.add(batch)
        taken = time.process_time() - start
    return (
        f"{claims:,} claims: bare store {number / base:.0f} sources/s, recorded {number / taken:.0f} ({base / taken:.2f} of it)"
    )


def measure_named(articles: int, folder: Path) -> str:
    """One line of figures for a person whom so many articles name."""
    with open_writer(Settings(data=folder / f"named-{articles}")) as writer:
        writer.commit()
        for batch in batches(named(place) for place in range(articles)):
            writer.add(batch)
        writer.commit()
        leaving = range(0, articles, max(1, articles // CHANGES))[:CHANGES]
        one, less = costs(
            writer,
            [added(writer, named(place)) for place in range(articles, articles + CHANGES)],
            [withdrawn(writer, named(place)) for place in leaving],
        )
    return f"{articles:>9,} articles: one more {one}; withdrawn {less}"


def named(place: int) -> SourceClaims:
    """An article that gives one and the same minister's office, visit and words."""
    day = f"{2000 + place % 25}-{1 + place % 12:02d}-{1 + place % 28:02d}"
    state = ("FRA", "ESP", "ITA", "DEU", "BEL")[place % 5]
    facts: list[Fact] = [
        ("office", {"person": "Amina Delaroche", "office": "minister_foreign_affairs", "of": "MAR"}),
        ("visit", {"from": "MAR", "to": state, "visitors": ("Amina Delaroche",), "date": day, "status": "made"}),
        ("statement", {"speaker": "Delaroche", "of": "MAR"}),
    ]
    return article(place, facts, day)


HEAD = """| claims | one more article, ms | withdrawn, ms | read again, ms | built: recorded + shown | opened |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Measure and print, line by line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sizes", type=int, nargs="*")
    options.add_argument("--folder", type=Path)
    options.add_argument("--named", action="store_true")
    options.add_argument("--raw", action="store_true")
    chosen = options.parse_args()
    how = measure_named if chosen.named else measure_raw if chosen.raw else measure
    sys.stdout.write(HEAD if how is measure else "")
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes or ([100, 1_000, 10_000] if chosen.named else [1_000, 10_000, 100_000]):
            sys.stdout.write(how(size, chosen.folder or Path(folder)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
