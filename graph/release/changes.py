"""What one release changed against the one before: by the digests of its nodes."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path

from graph.release.lines import packed

DIGESTS, NAME = "digests.csv.gz", "changes.jsonl.gz"


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


def write_changes(digests: Mapping[str, str], before: Mapping[str, str], folder: Path) -> dict[str, int]:
    """Write `changes.jsonl.gz`, a line `{"id", "change"}` for each node added, changed or removed; how many of each."""
    counts = {"added": 0, "changed": 0, "removed": 0}
    with packed(folder / NAME) as target:
        for iri in sorted(digests.keys() | before.keys()):
            change = _change(digests.get(iri), before.get(iri))
            if change is not None:
                counts[change] += 1
                target.write((json.dumps({"id": iri, "change": change}) + "\n").encode())
    return counts


def _change(now: str | None, then: str | None) -> str | None:
    if now == then:
        return None
    if then is None:
        return "added"
    return "removed" if now is None else "changed"
