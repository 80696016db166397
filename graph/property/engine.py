"""The embedded engine itself: ArcadeDB and its Bolt door, in this process, on loopback, with passwords made for this run."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, TypedDict

from graph.property.address import free_port

DATABASE = "diplograph"
_ATTEMPTS = 3
_SAFE = {  # read by the engine from its Java machine's properties, not from the server's configuration
    "txWalFlush": "1",
    "opencypher.loadCsv.allowFileUrls": "false",
    "opencypher.loadCsv.allowRemoteUrls": "false",
}
_READERS = {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": ["readRecord"]}}}


class Reach(TypedDict):
    """How a started engine is reached."""

    uri: str
    database: str
    user: str
    password: str
    reader: str
    reader_password: str


class Engine:
    """One engine for one folder; to be started and stopped once, in a process of its own."""

    def __init__(self, folder: Path, heap_mb: int, query_seconds: float) -> None:
        self._folder, self._heap, self._seconds = folder, heap_mb, query_seconds
        self._server: Any = None

    def start(self) -> Reach:
        """Start, make the database and the reading user, and say how to reach both; a taken port is tried again."""
        self._set_java_options()
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._start_on(free_port(), free_port())
            except _engine_error():
                if attempt == _ATTEMPTS:
                    raise
        raise AssertionError

    def stop(self) -> None:
        """Close the database cleanly."""
        if self._server is not None:
            self._server.stop()

    @property
    def healthy(self) -> bool:
        """True while the engine says that it is online."""
        return self._server is not None and bool(self._server._java_server.isStarted())

    def _set_java_options(self) -> None:
        """What the Java machine is started with; a user's own ARCADEDB_JVM_ARGS come last and win."""
        options = [
            f"-Xmx{self._heap}m",
            "-Xrs",  # signals are Python's: a SIGTERM taken by the Java machine ends it in a crash
            "-XX:+ExitOnOutOfMemoryError",
            f"-Darcadedb.command.timeout={round(self._seconds * 1000)}",  # the Bolt door knows no other limit
            *(f"-Darcadedb.{name}={value}" for name, value in _SAFE.items()),
        ]
        os.environ["ARCADEDB_JVM_ARGS"] = " ".join([*options, os.environ.get("ARCADEDB_JVM_ARGS", "")])
        os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(self._folder / "java-error-%p.log"))

    def _start_on(self, bolt_port: int, http_port: int) -> Reach:
        from arcadedb_embedded import create_server

        root, reader = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        for name in ("server-users.jsonl", "server-groups.json"):  # passwords live for one run
            (self._folder / "config" / name).unlink(missing_ok=True)
        server = create_server(str(self._folder), root, _configuration(bolt_port, http_port))
        server.start()
        self._server = server
        if not server._java_server.existsDatabase(DATABASE):
            server.create_database(DATABASE)
        _add_reader(server._java_server.getSecurity(), reader)
        return {
            "uri": f"bolt://127.0.0.1:{bolt_port}",
            "database": DATABASE,
            "user": "root",
            "password": root,
            "reader": "reader",
            "reader_password": reader,
        }


def _configuration(bolt_port: int, http_port: int) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "http_port": str(http_port),
        "bolt_port": str(bolt_port),
        "bolt_defaultDatabase": DATABASE,
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "mode": "development",  # the production mode hides the reasons of errors; what it sets besides is set here
        "studio_enabled": "false",
        "serverMetrics": "false",
    }


def _add_reader(security: Any, password: str) -> None:
    """A user whose group may read records and nothing else: the engine itself does not refuse writes in READ sessions."""
    import jpype

    json_object = jpype.JClass("com.arcadedb.serializer.json.JSONObject")
    security.saveGroup("*", "readers", json_object(json.dumps(_READERS)))
    user = {"name": "reader", "password": str(security.encodePassword(password)), "databases": {"*": ["readers"]}}
    security.createUser(json_object(json.dumps(user)))


def _engine_error() -> type[Exception]:
    from arcadedb_embedded import ArcadeDBError

    error: type[Exception] = ArcadeDBError
    return error
