"""The life of the embedded engine: started by the first user, shared, stopped after the last, found again after any crash."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from graph.errors import StorageFull, StoreUnavailable
from graph.model.files import ROOT
from graph.property import address, detached, embedded
from graph.property.bolt import open_graph
from graph.property.embedded import LOG, address_of, engine, folder_of
from graph.settings import Settings

USE = """
import sys, time
from pathlib import Path
from graph.property.bolt import open_graph
from graph.settings import Settings
settings = Settings(data=Path(sys.argv[1]), engine_heap_mb=256, engine_linger=1, engine_start_seconds=180)
with open_graph(settings) as graph:
    graph.write("MERGE (n:Visit {id: $id}) SET n.place = 'Rabat'", {"id": sys.argv[2]})
    print(graph.uri, flush=True)
    time.sleep(float(sys.argv[3]))
"""


def _user(settings: Settings, name: str, seconds: float) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", USE, str(settings.data), name, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _within(seconds: float, happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _pid(settings: Settings) -> int:
    found = address_of(settings)
    assert found is not None
    return found.pid


def test_the_engine_outlives_its_user_a_little_and_then_stops_cleanly(engine_settings: Settings) -> None:
    with open_graph(engine_settings) as graph:
        graph.write("CREATE (:Visit {id: 'a'})")
        pid = _pid(engine_settings)
    assert address.running(pid)
    assert _within(60, lambda: not address.running(pid))
    assert address_of(engine_settings) is None
    assert not (folder_of(engine_settings) / address.FILE).exists()
    assert "engine stopped" in (folder_of(engine_settings) / LOG).read_text()
    with open_graph(engine_settings) as graph:
        assert graph.read("MATCH (n:Visit) RETURN n.id").single() == "a"


def test_a_lingering_engine_is_used_again(engine_settings: Settings) -> None:
    settings = engine_settings.model_copy(update={"engine_linger": 60.0})
    with engine(settings) as first:
        pass
    with engine(settings) as second:
        assert first.pid == second.pid


def test_its_address_and_log_are_for_its_owner_only(engine_settings: Settings) -> None:
    with engine(engine_settings) as found:
        folder = folder_of(engine_settings)
        for path in (folder / address.FILE, folder / LOG, folder / "config" / "server-users.jsonl"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        words = psutil.Process(found.pid).cmdline()
        assert not any(secret in word for secret in (found.password, found.reader_password) for word in words)
        assert found.password not in repr(found)
        assert found.password not in (folder / LOG).read_text()


def test_it_listens_on_loopback_only(engine_settings: Settings) -> None:
    with engine(engine_settings) as found:
        listening = [each for each in psutil.Process(found.pid).net_connections() if each.status == psutil.CONN_LISTEN]
        assert listening
        assert {each.laddr.ip.removeprefix("::ffff:") for each in listening} == {"127.0.0.1"}


def test_two_processes_share_one_engine(engine_settings: Settings) -> None:
    users = [_user(engine_settings, name, 3) for name in ("one", "two")]
    uris = [user.stdout.readline().strip() for user in users if user.stdout]
    assert len(set(uris)) == 1
    with open_graph(engine_settings) as graph:
        assert graph.uri == uris[0]
        assert graph.read("MATCH (n:Visit) RETURN n.id AS id ORDER BY id").rows == (("one",), ("two",))
    for user in users:
        assert user.wait(60) == 0
        assert user.stdout is not None
        user.stdout.close()


def test_many_starters_race_for_one_engine(engine_settings: Settings) -> None:
    pids: list[int] = []
    barrier = threading.Barrier(6)

    def use() -> None:
        barrier.wait()
        with engine(engine_settings) as found:
            pids.append(found.pid)
            barrier.wait()

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert len(pids) == 6
    assert len(set(pids)) == 1


def test_the_lease_of_a_killed_user_is_nobodys(engine_settings: Settings) -> None:
    user = _user(engine_settings, "one", 600)
    assert user.stdout is not None
    assert user.stdout.readline().startswith("bolt://")
    pid = _pid(engine_settings)
    time.sleep(2)  # twice what an unused engine lingers
    assert address.running(pid)
    user.kill()
    user.wait()
    user.stdout.close()
    assert _within(60, lambda: not address.running(pid))


def test_a_terminated_supervisor_stops_the_engine_cleanly(engine_settings: Settings) -> None:
    with engine(engine_settings) as found:
        psutil.Process(found.pid).send_signal(signal.SIGTERM)
        assert _within(60, lambda: not address.running(found.pid))
    folder = folder_of(engine_settings)
    assert "engine stopped" in (folder / LOG).read_text()
    assert not list(folder.glob("**/*error*.log"))


@pytest.mark.slow
def test_a_killed_engine_is_started_again_and_has_lost_nothing(engine_settings: Settings) -> None:
    with open_graph(engine_settings) as graph:
        for number in range(5):
            graph.write("CREATE (:Visit {id: $id})", {"id": str(number)})
            psutil.Process(_pid(engine_settings)).kill()
            assert graph.read("MATCH (n:Visit) RETURN count(n)").single() == number + 1


def test_a_stale_address_is_seen_through(engine_settings: Settings) -> None:
    folder = folder_of(engine_settings)
    folder.mkdir(parents=True)
    me = psutil.Process()
    left = address.Address("bolt://127.0.0.1:9", "diplograph", "root", "x", "reader", "x", me.pid, me.create_time() - 1000)
    address.write(folder, left)
    assert address_of(engine_settings) is None
    with engine(engine_settings) as found:
        assert found.pid != me.pid


@pytest.mark.parametrize("content", ["", "{", "[]", '{"uri": 1}', "null"])
def test_a_damaged_address_is_no_address(engine_settings: Settings, content: str) -> None:
    folder = folder_of(engine_settings)
    folder.mkdir(parents=True)
    (folder / address.FILE).write_text(content)
    assert address_of(engine_settings) is None


def test_no_answer_in_time_is_told_with_the_logs_last_lines(engine_settings: Settings) -> None:
    settings = engine_settings.model_copy(update={"engine_start_seconds": 0.2})
    with pytest.raises(StoreUnavailable, match=r"(?s)no answer in 0 s .*ENGINE_START_SECONDS.*NEO4J_URI"), engine(settings):
        pass


def test_an_engine_that_cannot_start_says_why(engine_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCADEDB_JVM_ARGS", "-XX:NoSuchOption")
    with (
        pytest.raises(StoreUnavailable, match=r"(?s)did not start; the last lines of .*engine\.log.*NEO4J_URI"),
        engine(engine_settings),
    ):
        pass


def test_a_system_without_the_package_is_sent_to_neo4j(engine_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StoreUnavailable, match="DIPLOGRAPH_NEO4J_URI"), engine(engine_settings):
        pass


def test_a_full_disk_is_told_as_such(engine_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(detached, "spawn", full)
    with pytest.raises(StorageFull, match="free some"), engine(engine_settings):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreUnavailable, match="DIPLOGRAPH_DATA"), engine(Settings(data=tmp_path / "data")):
        pass


def test_a_wrong_password_is_refused(engine_settings: Settings) -> None:
    with engine(engine_settings) as found:
        settings = engine_settings.model_copy(update={"neo4j_uri": found.uri, "neo4j_user": "root"})
        from pydantic import SecretStr

        wrong = settings.model_copy(update={"neo4j_password": SecretStr("wrong")})
        with pytest.raises(StoreUnavailable, match="DIPLOGRAPH_NEO4J_PASSWORD"), open_graph(wrong):
            pass


def test_passwords_change_with_every_start(engine_settings: Settings) -> None:
    with engine(engine_settings) as first:
        process = psutil.Process(first.pid)
        process.kill()
        process.wait(30)
    with engine(engine_settings) as second:
        assert first.password != second.password
        users = (folder_of(engine_settings) / "config" / "server-users.jsonl").read_text().splitlines()
        assert sorted(json.loads(line)["name"] for line in users) == ["reader", "root"]


def test_a_log_that_has_grown_is_put_aside(engine_settings: Settings) -> None:
    folder = folder_of(engine_settings)
    folder.mkdir(parents=True)
    (folder / LOG).write_text("x" * 1_000_001)
    with engine(engine_settings):
        assert (folder / LOG).stat().st_size < 100_000
        assert (folder / "engine.log.1").stat().st_size == 1_000_001


def test_a_port_that_is_free_can_be_listened_on() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", address.free_port()))
