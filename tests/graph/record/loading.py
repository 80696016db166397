"""Work that test_crash.py kills: a load in batches with commits between them."""

from __future__ import annotations

import pickle
import shutil
from datetime import UTC, datetime
from pathlib import Path

from graph.settings import Settings
from graph.view.writing import entity_view, open_writer

entity_view()  # before any fork, so that no moment is spent on reading the schema


def load(blank: str, folder: str, pickled: str) -> None:
    """Four batches of two sources, a commit after every second one, from an empty committed folder."""
    data = Path(folder)
    if not data.exists():
        shutil.copytree(blank, data)
    few = pickle.loads(Path(pickled).read_bytes())
    with open_writer(Settings(data=data), clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)) as writer:
        for number in range(0, len(few), 2):
            writer.add(few[number : number + 2])
            if number % 4:
                writer.commit()
        writer.commit()
