"""A folder of one's own for an embedded engine, and the view that is projected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.property import address
from graph.property.embedded import folder_of
from graph.settings import Settings


@pytest.fixture
def engine_settings(tmp_path: Path) -> Iterator[Settings]:
    """Settings of an engine that no other test uses; whatever still runs in its folder at the end is stopped."""
    settings = Settings(data=tmp_path / "data", engine_heap_mb=256, engine_linger=1, engine_start_seconds=180)
    yield settings
    if (found := address.read(folder_of(settings))) is not None:
        psutil.Process(found.pid).kill()
