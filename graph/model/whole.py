"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import DiplomacyError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its name when all is written; DiplomacyError, and nothing left, where it cannot be."""
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as target:
            yield target
        draft.replace(path)
    except OSError as error:
        raise DiplomacyError(
            f"{path} was not written ({error.strerror or error}); free some space, or name another file with --output"
        ) from error
    finally:
        with suppress(OSError):  # where it was never made, or its folder is none
            draft.unlink()
