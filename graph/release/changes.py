"""What one release changed against the one before: the nodes that differ, by their digests, and the quads, line by line."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from graph.release.lines import packed

DIGESTS, NAME, PATCH = "digests.csv.gz", "changes.jsonl.gz", "changes.rdfp.gz"


def write_digests(digests: Mapping[str, str], folder: Path) -> None:
    """Write `digests.csv.gz`: each node's id with the digest of its content and outgoing relationships, sorted."""
    with packed(folder / DIGESTS) as binary, TextIOWrapper(binary, encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([("id", "digest"), *sorted(digests.items())])


def read_digests(folder: Path) -> dict[str, str]:
    """What `write_digests` wrote."""
    with gzip.open(folder / DIGESTS, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return dict(rows)


def write_changes(
    lines: Iterable[Mapping[str, Any]], digests: Mapping[str, str], before: Mapping[str, str], folder: Path
) -> dict[str, int]:
    """Write `changes.jsonl.gz` from the lines of `graph.jsonl.gz`; how many nodes were added, changed and removed.

    Before each node that was added or changed, and in place of one that was removed, stands `{"change", "id"}`; the node's
    lines follow as they are in `graph.jsonl.gz`, those of its relationships too.
    """
    counts = {"added": 0, "changed": 0, "removed": 0}
    with packed(folder / NAME) as target:

        def write(line: Mapping[str, Any]) -> None:
            target.write((json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n").encode())

        def note(change: str, iri: str) -> None:
            counts[change] += 1
            write({"change": change, "id": iri})

        for iri in sorted(before.keys() - digests.keys()):
            note("removed", iri)
        differs = False
        for line in lines:
            if "id" in line:
                differs = before.get(line["id"]) != digests[line["id"]]
                if differs:
                    note("changed" if line["id"] in before else "added", line["id"])
            if differs:
                write(line)
    return counts


def write_patch(before: Path, now: Path, target: Path) -> None:
    """Write what leads from one file of canonical N-Quads to another as an RDF Patch: `D` and a quad, `A` and a quad.

    Both are read once, side by side; all three are compressed by gzip.
    """
    with gzip.open(before, "rb") as old, gzip.open(now, "rb") as new, packed(target) as out:
        out.write(b"TX .\n")
        out.writelines(_differences(iter(old), iter(new)))
        out.write(b"TC .\n")


def _differences(old: Iterator[bytes], new: Iterator[bytes]) -> Iterator[bytes]:
    """Two sorted sequences as what is to be deleted from the one and added to make the other."""
    gone, come = next(old, None), next(new, None)
    while gone is not None or come is not None:
        if gone == come:
            gone, come = next(old, None), next(new, None)
        elif come is None or (gone is not None and gone < come):
            yield b"D " + (gone or b"")
            gone = next(old, None)
        else:
            yield b"A " + come
            come = next(new, None)
