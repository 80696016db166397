"""The launcher of a real Neo4j: pinned jars, a Java, a server that keeps to itself."""

from __future__ import annotations

import hashlib
import stat
import sys
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from graph.errors import BadData, StoreUnavailable
from graph.property import detached, neo4j_configuration, neo4j_jars, neo4j_java, neo4j_server
from graph.property.address import running
from graph.property.bolt import open_graph
from graph.property.neo4j_jars import Jar, fetched, locked
from graph.property.neo4j_server import Neo4jServer
from graph.settings import Settings


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock file that names one jar whose content is `content`."""
    file = tmp_path / "neo4j.lock"
    file.write_text(f"version 5.0\n{hashlib.sha256(b'content').hexdigest()} org.example:thing:1.0\n")
    return file


def _copying(content: bytes) -> object:
    def fetch(jars: list[Jar], repository: Path) -> None:
        for jar in jars:
            (repository / jar.path).parent.mkdir(parents=True)
            (repository / jar.path).write_bytes(content)

    return lambda: fetch


def test_the_lock_names_one_server_of_the_long_term_release() -> None:
    version, jars = locked()
    assert version.startswith("5.26.")
    assert [jar.version for jar in jars if (jar.group, jar.artifact) == ("org.neo4j", "neo4j")] == [version]
    assert {jar.version for jar in jars if jar.group == "org.neo4j"} == {version}
    assert all("apoc" not in jar.name for jar in jars)


@pytest.mark.parametrize("line", ["0 org:thing:1", "http", f"{'0' * 64} org:thing", "version"])
def test_a_malformed_lock_is_refused_by_line(lock: Path, line: str) -> None:
    lock.write_text(lock.read_text() + line + "\n")
    with pytest.raises(BadData, match=r"neo4j\.lock:3"):
        locked(lock)


def test_a_fetched_jar_is_kept_and_not_fetched_again(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_jars, "_fetcher", _copying(b"content"))
    [path] = fetched(tmp_path / "cache", lock)
    assert path.read_bytes() == b"content"
    assert path.name == "thing-1.0.jar"
    monkeypatch.setattr(neo4j_jars, "_fetcher", _copying(b"other"))
    assert fetched(tmp_path / "cache", lock) == [path]


def test_a_jar_of_another_hash_is_never_used(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_jars, "_fetcher", _copying(b"tampered"))
    with pytest.raises(StoreUnavailable, match=r"another thing-1\.0\.jar than the pinned one"):
        fetched(tmp_path / "cache", lock)
    assert not list((tmp_path / "cache").glob("**/*.jar"))


def test_a_jar_damaged_in_the_cache_is_fetched_again(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_jars, "_fetcher", _copying(b"content"))
    [path] = fetched(tmp_path / "cache", lock)
    path.write_bytes(b"half")
    assert fetched(tmp_path / "cache", lock) == [path]
    assert path.read_bytes() == b"content"


def test_without_network_or_cache_the_remedy_is_told(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(jars: list[Jar], repository: Path) -> None:
        raise ConnectionError("no route")

    monkeypatch.setattr(neo4j_jars, "_fetcher", lambda: unreachable)
    with pytest.raises(StoreUnavailable, match=r"could not be fetched: no route; connect to the network once"):
        fetched(tmp_path / "cache", lock)


def test_without_a_fetcher_the_extra_is_named(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_jars, "find_spec", lambda name: None)
    monkeypatch.setattr(neo4j_jars.shutil, "which", lambda name: None)
    with pytest.raises(StoreUnavailable, match=r"pip install \"diplograph\[neo4j\]\""):
        fetched(tmp_path / "cache", lock)


def test_the_cache_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPLOGRAPH_CACHE", str(tmp_path))
    assert neo4j_jars.cache_folder() == tmp_path


def test_a_java_that_neo4j_does_not_run_on_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text('JAVA_VERSION="11.0.2"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(neo4j_java, "find_spec", lambda name: None)
    monkeypatch.setattr(neo4j_java.shutil, "which", lambda name: None)
    with pytest.raises(StoreUnavailable, match="Java 17 or 21"):
        neo4j_java.java()
    (tmp_path / "release").write_text('JAVA_VERSION="21.0.8"\n')
    assert neo4j_java.java() == tmp_path / "bin" / "java"


def test_the_configuration_is_bounded_and_keeps_to_itself() -> None:
    lines = neo4j_configuration.settings(7687, 64, 512)
    assert lines["server.bolt.listen_address"] == "127.0.0.1:7687"
    assert lines["server.http.enabled"] == "false"
    assert lines["dbms.security.allow_csv_import_from_file_urls"] == "false"
    assert "apoc" not in lines["dbms.security.procedures.allowlist"]
    assert lines["db.transaction.timeout"] == "120s"
    assert lines["db.memory.transaction.max"] == "256m"


def test_nothing_runs_in_an_empty_folder(tmp_path: Path) -> None:
    server = Neo4jServer(tmp_path / "home")
    assert server.status() is None
    assert server.stop() is False


def test_words_for_java_survive_blanks_quotes_and_backslashes() -> None:
    assert neo4j_configuration._quoted(["a b", 'say "x"', "C:\\dir"]) == '"a b"\n"say \\"x\\""\n"C:\\\\dir"\n'


CHOSEN = '-chosen by "the" user\\'


@pytest.mark.parametrize("password", ["short", "longer-but-né"])
def test_a_password_that_cannot_be_set_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(StoreUnavailable, match="8 characters or more"):
        Neo4jServer(tmp_path / "home")._password(Path("java"), [], password)


@pytest.fixture
def unreachable_neo4j(neo4j_settings: Settings) -> Settings:
    return neo4j_settings.model_copy(update={"neo4j_uri": "bolt://127.0.0.1:1"})


@pytest.mark.neo4j
def test_a_wrong_password_names_the_setting(neo4j_settings: Settings) -> None:
    wrong = neo4j_settings.model_copy(update={"neo4j_password": SecretStr("wrong-password")})
    with pytest.raises(StoreUnavailable, match=r"refuses user 'neo4j'.*DIPLOGRAPH_NEO4J_PASSWORD"), open_graph(wrong):
        pass


@pytest.mark.neo4j
def test_a_wrong_database_names_the_setting(neo4j_settings: Settings) -> None:
    wrong = neo4j_settings.model_copy(update={"neo4j_database": "nowhere"})
    with pytest.raises(StoreUnavailable, match=r"no database 'nowhere'.*DIPLOGRAPH_NEO4J_DATABASE"), open_graph(wrong):
        pass


@pytest.mark.neo4j
def test_a_server_that_is_down_names_the_remedy(unreachable_neo4j: Settings) -> None:
    with (
        pytest.raises(StoreUnavailable, match=r"does not answer.*neo4j start.*DIPLOGRAPH_NEO4J_URI"),
        open_graph(unreachable_neo4j),
    ):
        pass


def test_ctrl_c_while_it_starts_leaves_no_server_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def launch(server: Neo4jServer, *_: object) -> neo4j_server.Neo4jAddress:
        begun.append(detached.spawn([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "log"))
        started = psutil.Process(begun[0]).create_time()
        return neo4j_server.Neo4jAddress("bolt://127.0.0.1:1", "neo4j", CHOSEN, "", "5", begun[0], started)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(neo4j_server, "fetched", list)
    monkeypatch.setattr(neo4j_server, "java", Path)
    monkeypatch.setattr(Neo4jServer, "_password", lambda *_: CHOSEN)
    monkeypatch.setattr(Neo4jServer, "_launch", launch)
    monkeypatch.setattr(Neo4jServer, "_wait", interrupted)
    server = Neo4jServer(tmp_path / "neo4j")
    with pytest.raises(KeyboardInterrupt):
        server.start()
    assert not running(begun[0])
    assert server.status() is None


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_server_is_started_found_stopped_and_started_again(neo4j_settings: Settings, tmp_path: Path) -> None:
    mine = Settings(data=tmp_path, neo4j_password=SecretStr(CHOSEN))
    home = tmp_path / "neo4j"
    try:
        address = neo4j_server.start(mine)
        assert neo4j_server.start(mine) == address
        assert address.uri in neo4j_server.status(mine)
        assert "DIPLOGRAPH_NEO4J_PASSWORD_FILE=" in address.describe()
        assert CHOSEN not in address.describe() + repr(address)
        assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
        process = psutil.Process(address.pid)
        assert not any(CHOSEN in word for word in process.cmdline())
        listening = {each.laddr.ip for each in process.net_connections() if each.status == psutil.CONN_LISTEN}
        assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}
        settings = Settings(data=tmp_path, neo4j_uri=address.uri, neo4j_password_file=home / "password", neo4j_password=None)
        with open_graph(settings) as graph:
            graph.write("CREATE (:Visit {id: 'kept'})")
        assert neo4j_server.stop(mine) == "Neo4j is stopped"
        assert not running(address.pid, address.started)
        assert "no Neo4j runs" in neo4j_server.status(mine)
        again = neo4j_server.start(mine)
        with open_graph(settings.model_copy(update={"neo4j_uri": again.uri})) as graph:
            assert graph.read("MATCH (n:Visit) RETURN n.id").single() == "kept"
        neo4j_server.stop(mine)
        with pytest.raises(StoreUnavailable, match="another password"):
            neo4j_server.start(mine.model_copy(update={"neo4j_password": SecretStr("another-one")}))
    finally:
        neo4j_server.stop(mine)
