"""Data files hold what is known of them and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.errors import BadData


def only_known(file: str, place: str, entry: Iterable[str], allowed: Collection[str]) -> None:
    """BadData, naming file and place, where an entry has other keys than these."""
    if strangers := sorted(set(entry) - {*allowed}):
        raise BadData(f"{file}: {place} has unknown keys {', '.join(strangers)}")
