"""Articles loaded one a day, or some at a time, against all at once, read by one process and by several: one graph.

python -m benchmarks.month FOLDER [--processes 3] [--batches 1 7]
Prints, for each way, the snapshot's id, the hash of the canonical export, and the processor time of recording and deriving;
exits with an error where two ways differ.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.errors import BadSource
from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.settings import Settings
from graph.view import export
from graph.view.writing import open_writer
from loaders.articles.files import read_paths
from loaders.run import read_all

_SOURCE_BYTES = 20_000_000


def read(folder: Path, processes: int) -> list[SourceClaims]:
    """What the reader finds in the articles of a folder, the earliest published first."""
    found = (each for each in read_all(read_paths([folder], _SOURCE_BYTES), processes) if not isinstance(each, BadSource))
    return sorted(found, key=lambda told: (told.source.published or "", told.source.id))


def loaded(batches: Iterable[Sequence[SourceClaims]], data: Path) -> tuple[str, str]:
    """Record and show batches one after the other; the snapshot's id and the hash of the export."""
    with open_writer(Settings(data=data)) as writer:
        for batch in batches:
            writer.add(batch)
            writer.commit()
    found = snapshots.current(data)
    if found is None:
        raise LookupError(f"{data} has no snapshot")
    with found as snapshot:
        return snapshot.id, export.fingerprint(snapshot)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--processes", type=int, default=3)
    options.add_argument("--batches", type=int, nargs="*", default=[1, 7])
    chosen = options.parse_args()
    told, several = (read(chosen.folder, processes) for processes in (1, chosen.processes))
    found = set()
    with tempfile.TemporaryDirectory() as folder:
        ways: dict[str, list[Sequence[SourceClaims]]] = {
            "at once": [told],
            f"at once, read by {chosen.processes}": [several],
            "at once, the latest first": [told[::-1]],
        }
        ways |= {
            f"{size} at a time": [told[place : place + size] for place in range(0, len(told), size)] for size in chosen.batches
        }
        for number, (way, batches) in enumerate(ways.items()):
            start = time.process_time()
            found.add(loaded(batches, Path(folder) / str(number)))
            taken = time.process_time() - start
            snapshot, fingerprint = loaded([], Path(folder) / str(number))
            sys.stdout.write(f"{way:28} {len(told)} articles, {taken:6.1f} s: {snapshot} {fingerprint[:32]}\n")
            sys.stdout.flush()
    sys.exit(None if len(found) == 1 else "the ways differ")


if __name__ == "__main__":
    main()
