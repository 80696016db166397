"""Keys: shown once, kept as hashes, refused from the moment they end."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.access.keys import KeyRing, Scope
from api.access.visitors import Doorkeeper
from graph.errors import BadData, DiplomacyError, NotFound
from graph.settings import Settings

NOW, TODAY = datetime(2026, 5, 1, 12, tzinfo=UTC), date(2026, 5, 1)


def test_a_key_opens_its_scopes_and_its_token_is_kept_nowhere(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    key, token = ring.issue("desk", (Scope.READ, Scope.REVIEW), NOW)
    assert ring.holder(token, TODAY) == key
    assert key.scopes == (Scope.READ, Scope.REVIEW)
    for file in tmp_path.iterdir():
        assert token not in file.read_text()
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_token_that_differs_in_a_letter_is_none(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    key, token = ring.issue("desk", (Scope.READ,), NOW)
    for other in (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.upper(),
        f"dg_{key.id}_",
        f"dg_{key.id}",
        "",
        "dg__",
        "é",
    ):
        assert ring.holder(other, TODAY) is None, other


def test_a_key_ends_on_its_day(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    _, token = ring.issue("desk", (Scope.READ,), NOW, expires=date(2026, 6, 1))
    assert ring.holder(token, date(2026, 5, 31)) is not None
    assert ring.holder(token, date(2026, 6, 1)) is None


def test_another_process_sees_a_change_at_once(tmp_path: Path) -> None:
    ring, other = KeyRing(tmp_path), KeyRing(tmp_path)
    key, token = ring.issue("desk", (Scope.READ,), NOW)
    assert other.holder(token, TODAY) == key
    assert ring.revoke(key.id) == key
    assert other.holder(token, TODAY) is None
    with pytest.raises(NotFound, match="keys list"):
        other.revoke(key.id)


def test_a_key_without_scopes_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DiplomacyError, match="scope"):
        KeyRing(tmp_path).issue("desk", (), NOW)
    assert not (tmp_path / "keys.json").exists()


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "red\x1b[31m", "x" * 101])
def test_a_key_names_somebody_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(DiplomacyError, match="printable"):
        KeyRing(tmp_path).issue(name, (Scope.READ,), NOW)


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2020, 1, 1)])
def test_a_key_that_would_open_nothing_is_not_made(tmp_path: Path, day: date) -> None:
    with pytest.raises(DiplomacyError, match="after 2026-05-01"):
        KeyRing(tmp_path).issue("desk", (Scope.READ,), NOW, expires=day)


def test_keys_that_others_can_write_open_nothing(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    ring.issue("desk", (Scope.READ,), NOW)
    (tmp_path / "keys.json").chmod(0o620)
    with pytest.raises(BadData, match="chmod 600"):
        Doorkeeper(Settings(data=tmp_path))


@pytest.mark.parametrize("content", ["{", "{}", '[{"id": "x"}]', '[{"id": "x", "scopes": ["fly"]}]', '"x"'])
def test_a_broken_file_opens_nothing_and_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys.json").write_text(content)
    if content == "{}":  # an empty list of another kind
        assert KeyRing(tmp_path).all() == ()
        return
    with pytest.raises(BadData, match=r"keys\.json"):
        KeyRing(tmp_path).all()
