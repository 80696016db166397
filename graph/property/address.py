"""Where the running embedded engine is: the file `engine.json`, written by its supervisor and read by everybody else."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

FILE = "engine.json"


@dataclass(frozen=True, slots=True)
class Address:
    """A running embedded engine: its Bolt address, its two users, and the process that owns it."""

    uri: str
    database: str
    user: str
    password: str
    reader: str  # a user whose group may read records and nothing else
    reader_password: str
    pid: int
    started: float  # the process's own start time: tells it from a later one with the same number

    def __repr__(self) -> str:
        return f"Address(uri={self.uri!r}, pid={self.pid})"

    @property
    def alive(self) -> bool:
        """True while the owning process runs; False once it has ended, even if its number is in use again."""
        return running(self.pid, self.started)


def running(pid: int, started: float | None = None) -> bool:
    """True while the process runs (a zombie does not) and, where given, started at that time."""
    try:
        process = psutil.Process(pid)
        same = started is None or abs(process.create_time() - started) < 1.0
        return same and bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def publish(path: Path, content: object) -> None:
    """Write a text, or another value as JSON, readable by its owner only, in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str) else json.dumps(content))
    temporary.replace(path)


def free_port() -> int:
    """A port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    """True when a server could listen on that port of the loopback address."""
    with socket.socket() as probe:
        # as a server binds: connections of the one before that are still winding down do not keep the port
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def write(folder: Path, address: Address) -> None:
    """Publish the address of the engine that runs in this folder."""
    publish(folder / FILE, asdict(address))


def read(folder: Path) -> Address | None:
    """The address of the engine that runs in this folder; None where none runs or the file is left from a dead one."""
    try:
        address = Address(**json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return address if address.alive else None


def withdraw(folder: Path) -> None:
    """Say that no engine runs here any more."""
    (folder / FILE).unlink(missing_ok=True)
