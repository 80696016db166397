from pathlib import Path

import pytest

from graph.errors import DiplomacyError
from graph.settings import from_environment


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env lies
    for name in ("URI", "PASSWORD", "PASSWORD_FILE"):
        monkeypatch.delenv(f"DIPLOGRAPH_NEO4J_{name}", raising=False)


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEO4J_URI", "PORT", "RAW_CYPHER"):
        monkeypatch.setenv(f"DIPLOGRAPH_{name}", "")
    settings = from_environment()
    assert (settings.neo4j_uri, settings.port, settings.raw_cypher) == (None, 8000, None)


@pytest.mark.parametrize("uri", ["bolt://h:7687", "neo4j://h", "neo4j+s://h", "bolt+ssc://h"])
def test_a_bolt_address_is_taken(monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    monkeypatch.setenv("DIPLOGRAPH_NEO4J_URI", uri)
    assert from_environment().neo4j_uri == uri


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEO4J_URI", "http://localhost:7474"),
        ("NEO4J_URI", "localhost:7687"),
        ("PORT", "many"),
        ("NEO4J_PASSWORD_FILE", "none"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DIPLOGRAPH_{name}", value)
    with pytest.raises(DiplomacyError, match=f"DIPLOGRAPH_{name}"):
        from_environment()


def test_a_secret_file_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("DIPLOGRAPH_NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(DiplomacyError, match="DIPLOGRAPH_NEO4J_PASSWORD_FILE"):
        from_environment()
