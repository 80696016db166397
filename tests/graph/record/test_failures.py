"""What the system refuses is told with its remedy; reading asks for no right to write."""

import errno
import os
from pathlib import Path

import pytest

from graph.errors import DiplomacyError, FolderInUse, StorageFull, StoreUnavailable
from graph.record import holds
from graph.record.failures import explained


@pytest.mark.parametrize(
    ("error", "kind", "remedy"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull, "free some space"),
        (OSError(errno.EROFS, "Read-only file system"), StoreUnavailable, "the right to read and write"),
        (OSError("IO error: Permission denied: LOCK"), StoreUnavailable, "the right to read and write"),
        (OSError("IO error: lock hold by current process"), FolderInUse, "DIPLOGRAPH_DATA"),
        (OSError(errno.EIO, "Input/output error"), StoreUnavailable, "diplograph check"),
    ],
)
def test_a_refusal_of_the_system_says_what_to_do(error: OSError, kind: type[DiplomacyError], remedy: str) -> None:
    with pytest.raises(kind, match=remedy) as raised, explained(Path("data"), "recording sources"):
        raise error
    assert type(raised.value) is kind
    assert "data" in str(raised.value)


def test_a_reader_holds_a_snapshot_without_writing(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    holds.prepare(tmp_path)
    hold = holds.share(tmp_path)
    assert hold is not None
    assert hold._descriptor is not None
    assert fcntl.fcntl(hold._descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
    assert holds.claim(tmp_path) is None
    hold.release()
    assert holds.claim(tmp_path) is not None
