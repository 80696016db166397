"""Texts of sources, kept beside the store: for re-reading and for showing a sentence in its place."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path

from graph.errors import NotFound, StoreUnavailable


def _path(folder: Path, source: str) -> Path:
    return folder / "texts" / source[:2] / f"{source}.txt.gz"


def keep(folder: Path, source: str, text: str) -> None:
    """Write a source's text once; the file appears whole or not at all."""
    path = _path(folder, source)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        try:
            file.write(gzip.compress(text.encode(), compresslevel=6, mtime=0))
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def text_of(folder: Path, source: str) -> str:
    """The text of a source by its 64 hex digits, newlines exactly as loaded; NotFound where none is kept."""
    path = _path(folder, source)
    try:
        return gzip.decompress(path.read_bytes()).decode()
    except FileNotFoundError:
        raise NotFound(f"no text is kept for source {source}: it was never loaded into {folder}") from None
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError) as error:
        raise StoreUnavailable(f"{path} is damaged ({error}); remove it and load its article again") from error
