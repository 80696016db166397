"""A real Neo4j without Docker: `diplograph neo4j start|stop|status`, and the server of the tests."""

from __future__ import annotations

import json
import secrets
import signal
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from filelock import FileLock

from graph.errors import StoreUnavailable
from graph.property import detached, neo4j_configuration
from graph.property.address import free_port, port_is_free, publish, running
from graph.property.neo4j_jars import fetched, locked
from graph.property.neo4j_java import java
from graph.settings import Settings

USER = "neo4j"
PORT = 7687
_FILE, _PASSWORD, _LOG = "server.json", "password", "neo4j.log"
_STOP_SECONDS = 60.0
_SHORTEST = 8
_POLL = 0.2


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """A running server: where it answers, its user, its process and version."""

    uri: str
    user: str
    password: str
    password_file: str
    version: str
    pid: int
    started: float

    def __repr__(self) -> str:
        return f"Neo4jAddress({self.uri!r}, pid={self.pid})"

    def describe(self) -> str:
        """What a user sets to work with it."""
        return (
            f"Neo4j {self.version} answers at {self.uri} (process {self.pid})\n"
            f"  export DIPLOGRAPH_NEO4J_URI={self.uri}\n"
            f"  export DIPLOGRAPH_NEO4J_PASSWORD_FILE={self.password_file}"
        )


class Neo4jServer:
    """The server whose files are in one folder; memory in MB, transactions longer than `transaction_seconds` are ended."""

    def __init__(self, home: Path, *, port: int | None = None, heap_mb: int = 768, page_cache_mb: int = 128) -> None:
        self.home, self._port = home.resolve(), port
        self._heap, self._page_cache = heap_mb, page_cache_mb

    def start(self, wait_seconds: float = 120.0, password: str | None = None) -> Neo4jAddress:
        """Start the server, fetching it first where needed, and return when it answers; a running one is left as it is.

        `password` counts at the first start only; without one it is made up and kept in the file `password` (0600).
        """
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self.home / "start.lock", timeout=wait_seconds):
            if (found := self.status()) is not None:
                return found
            jars, launcher = fetched(), java()
            secret = self._password(launcher, jars, password)
            address = self._launch(launcher, jars, secret)
            try:
                self._wait(address, wait_seconds)
            except BaseException:  # also Ctrl-C: a server that nobody has a note of must not stay
                _end(address.pid)
                raise
            publish(self.home / _FILE, asdict(address))
            return address

    def status(self) -> Neo4jAddress | None:
        """The running server; None where none runs from this folder."""
        try:
            address = Neo4jAddress(**json.loads((self.home / _FILE).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return address if running(address.pid, address.started) else None

    def stop(self) -> bool:
        """Stop the server cleanly, or by force after a minute; False where none ran."""
        address = self.status()
        if address is not None:
            _end(address.pid)
        (self.home / _FILE).unlink(missing_ok=True)
        return address is not None

    def _password(self, launcher: Path, jars: list[Path], wanted: str | None) -> str:
        """The server's password; the first time, it is set before the server ever listens."""
        path = self.home / _PASSWORD
        if path.exists():
            kept = path.read_text(encoding="utf-8").strip()
            if wanted is not None and wanted != kept:
                raise StoreUnavailable(f"the server in {self.home} has another password already: it is in {path}")
            return kept
        secret = wanted or secrets.token_hex(24)
        if len(secret) < _SHORTEST or not secret.isascii():  # other letters depend on the locale that Java is started in
            raise StoreUnavailable(
                "DIPLOGRAPH_NEO4J_PASSWORD must have 8 characters or more, all of them ASCII, for a new server"
            )
        neo4j_configuration.set_initial_password(self.home, launcher, jars, secret)
        publish(path, secret)
        return secret

    def _launch(self, launcher: Path, jars: list[Path], password: str) -> Neo4jAddress:
        port = self._port or free_port()
        neo4j_configuration.write(self.home, port, self._page_cache, self._heap)
        words = neo4j_configuration.java_words(self.home, launcher, jars, self._heap)
        pid = detached.spawn(words, self.home / _LOG)
        started = psutil.Process(pid).create_time() if psutil.pid_exists(pid) else 0.0
        uri, file = f"bolt://127.0.0.1:{port}", str(self.home / _PASSWORD)
        return Neo4jAddress(uri, USER, password, file, locked()[0], pid, started)

    def _wait(self, address: Neo4jAddress, seconds: float) -> None:
        from graph.property.bolt import answers

        deadline = time.monotonic() + seconds
        while not answers(address.uri, address.user, address.password):
            if not running(address.pid, address.started):
                raise StoreUnavailable(f"Neo4j ended while it started; {self._log_says()}")
            if time.monotonic() > deadline:
                raise StoreUnavailable(f"Neo4j gave no answer at {address.uri} in {seconds:.0f} s; {self._log_says()}")
            time.sleep(_POLL)

    def _log_says(self, lines: int = 8) -> str:
        for path in (self.home / _LOG, self.home / "logs" / "debug.log"):
            text = path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else ""
            if text:
                return f"the last lines of {path}:\n  " + "\n  ".join(text.splitlines()[-lines:])
        return f"it wrote no log in {self.home}"


def _end(pid: int) -> None:
    """Ask the process to stop, wait, and force it in the end."""
    if not running(pid):
        return
    process = psutil.Process(pid)
    process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while running(pid):
        if time.monotonic() > deadline:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        time.sleep(_POLL)


def home_of(settings: Settings) -> Path:
    """Where the user's own server of these settings keeps its files."""
    return settings.data / "neo4j"


def of_settings(settings: Settings) -> Neo4jServer:
    """The user's own server: its files are below the data folder, it listens on the usual port where that is free."""
    return Neo4jServer(home_of(settings), port=PORT if port_is_free(PORT) else None)


def start(settings: Settings) -> Neo4jAddress:
    """Start the user's own server, with `DIPLOGRAPH_NEO4J_PASSWORD` as its password where that is set."""
    secret = settings.neo4j_password
    return of_settings(settings).start(password=None if secret is None else secret.get_secret_value())


def stop(settings: Settings) -> str:
    """Stop the user's own server and say so."""
    return "Neo4j is stopped" if of_settings(settings).stop() else "no Neo4j was running"


def status(settings: Settings) -> str:
    """Say where the user's own server answers."""
    server = of_settings(settings)
    address = server.status()
    return address.describe() if address else f"no Neo4j runs in {server.home}; `diplograph neo4j start` starts one"
