from pathlib import Path

import pytest

from graph.errors import BadQuery, DiplomacyError
from graph.model.whole import whole_file


def test_a_file_takes_its_name_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    with whole_file(path) as target:
        target.write(b"all")
        assert not path.exists()
    assert path.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), BadQuery("no such format"), KeyboardInterrupt()])
def test_what_breaks_off_leaves_what_was_there_before(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(b"before")
    with pytest.raises((DiplomacyError, KeyboardInterrupt)), whole_file(path) as target:
        target.write(b"half")
        raise error
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["missing/graph.nq", "file/graph.nq", "folder"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(DiplomacyError, match=f"{name} was not written"), whole_file(tmp_path / name) as target:
        target.write(b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
