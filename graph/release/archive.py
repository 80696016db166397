"""A folder as one zip archive whose bytes depend on its files alone."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def archive(folder: Path, target: Path, compression: int) -> None:
    """Write all files below a folder into `target`, in order of name, none of them whole in memory."""
    with zipfile.ZipFile(target, "w", compression) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), _EPOCH)
            entry.compress_type = compression
            with path.open("rb") as source, packed.open(entry, "w") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
