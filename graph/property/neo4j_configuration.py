"""How our Neo4j is set up: on loopback, bounded in memory and time, with no way to files and no unrestricted procedure."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from graph.errors import StoreUnavailable

PROCEDURES = (
    "db.labels,db.relationshipTypes,db.propertyKeys,db.indexes,db.constraints,db.schema.*,db.info,db.ping,dbms.components"
)
TRANSACTION_SECONDS = 120
_MAIN = "org.neo4j.server.CommunityEntryPoint"
_ADMIN = "org.neo4j.cli.AdminTool"
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")


def settings(port: int, page_cache_mb: int, heap_mb: int) -> dict[str, str]:
    """The lines of `neo4j.conf`."""
    transactions = max(64, heap_mb // 2)
    return {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": f"{page_cache_mb}m",
        "dbms.usage_report.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "dbms.security.procedures.unrestricted": "",
        "dbms.security.procedures.allowlist": PROCEDURES,
        "db.transaction.timeout": f"{TRANSACTION_SECONDS}s",
        "dbms.memory.transaction.total.max": f"{transactions}m",
        "db.memory.transaction.max": f"{transactions}m",
        "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",  # twice, when all databases are closed: 5 s by default
    }


def write(home: Path, port: int, page_cache_mb: int, heap_mb: int) -> None:
    """Write `conf/neo4j.conf` below the home folder."""
    lines = [f"{name}={value}" for name, value in settings(port, page_cache_mb, heap_mb).items() if value]
    (home / "conf").mkdir(exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def java_words(home: Path, launcher: Path, jars: Sequence[Path], heap_mb: int) -> list[str]:
    """The command that runs the server; the class path is in a file, for it is longer than some systems allow."""
    options = [f"-Xmx{heap_mb}m", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"]
    opened = [f"--add-opens={name}=ALL-UNNAMED" for name in _OPENED]
    main = [_MAIN, f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    words = home / "conf" / "java.words"
    words.write_text(_quoted([*options, *opened, "-cp", _path(jars), *main]), encoding="utf-8")
    return [str(launcher), f"@{words}"]


def set_initial_password(home: Path, launcher: Path, jars: Sequence[Path], password: str) -> None:
    """Set the password before the first start. It is passed in a file of our own: a command line can be seen by others."""
    write(home, 7687, 64, 128)
    says = administer(home, launcher, jars, 128, ["dbms", "set-initial-password", "--", password])
    if says is not None:
        raise StoreUnavailable(f"Neo4j did not take its first password: {says[:800]}")


def administer(home: Path, launcher: Path, jars: Sequence[Path], heap_mb: int, words: Sequence[str]) -> str | None:
    """Run Neo4j's own tool (`neo4j-admin`) on a server that is stopped; None when it did its work, else what it said.

    Its words are handed over in a file of our own: a command line can be seen by others, and is bounded.
    """
    opened = [f"--add-opens={name}=ALL-UNNAMED" for name in _OPENED]
    admin = [f"-Xmx{heap_mb}m", "-Dfile.encoding=UTF-8", *opened, "-cp", _path(jars), _ADMIN, *words]
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    with tempfile.TemporaryDirectory(dir=home) as folder:  # 0700
        file = Path(folder) / "words"
        file.write_text(_quoted(admin), encoding="utf-8")
        command = [str(launcher), f"@{file}"]
        result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    return (result.stdout + result.stderr).strip() if result.returncode != 0 else None


def _path(jars: Sequence[Path]) -> str:
    return os.pathsep.join(map(str, jars))


def _quoted(words: Sequence[str]) -> str:
    """The words in the form of Java's argument files."""
    return "\n".join('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words) + "\n"
