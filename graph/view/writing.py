"""The writer of a data folder, wired to the view."""

from __future__ import annotations

import functools
from pathlib import Path

from graph.model.files import SCHEMA
from graph.record.schema import load_schema
from graph.record.writer import Clock, Writer, utc_now
from graph.settings import Settings
from graph.view.deriving import EntityView


@functools.cache
def entity_view(folder: Path = SCHEMA) -> EntityView:
    """The view of a schema folder, made once a process."""
    return EntityView(load_schema(folder))


def open_writer(settings: Settings, *, clock: Clock = utc_now, timeout: float = 10.0, schema: Path = SCHEMA) -> Writer:
    """The one writer of `settings.data`, for a `with` block; entering raises FolderInUse after `timeout` seconds of waiting."""
    return Writer(settings.data, load_schema(schema), entity_view(schema), clock=clock, timeout=timeout)
