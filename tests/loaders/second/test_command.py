"""`--second` on the command line: with an endpoint, without one, and with one that is down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.loaders.second.protocol import KEY, MODEL, TEXT, Protocol, Reply, agreement, facts

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.slow


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIPLOGRAPH_")}
    environment = {**kept, "PYTHONPATH": str(ROOT), "DIPLOGRAPH_DATA": str(folder / "data"), **variables}
    command = [sys.executable, str(ROOT / "diplograph.py"), *words]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "perou.txt").write_text(TEXT, encoding="utf-8")
    return folder


def told(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.stdout)["facts"]
    return found


def test_both_readers_and_the_first_alone_where_the_second_fails(articles: Path, server: Protocol) -> None:
    endpoint = {"DIPLOGRAPH_SECOND_URL": server.url, "DIPLOGRAPH_SECOND_MODEL": MODEL, "DIPLOGRAPH_SECOND_KEY": KEY}
    endpoint["DIPLOGRAPH_SECOND_RETRIES"] = "0"
    alone = run(articles, "extract", str(articles), **endpoint)
    assert server.asked == []  # off by default, even where an endpoint is set
    server.replies = [facts(agreement(parties=["BOL", "NPL"]))]
    both = run(articles, "extract", str(articles), "--second", **endpoint)
    assert both.returncode == 0, both.stderr
    (added,) = [fact for fact in told(both) if fact not in told(alone)]
    assert added["parties"] == ["BOL", "NPL"]
    server.replies = [Reply("{}", 503)]
    down = run(articles, "extract", str(articles), "--second", **endpoint)
    assert down.returncode == 0
    assert down.stdout == alone.stdout
    assert "perou.txt" in down.stderr
    assert "failed (503" in down.stderr
    assert KEY not in down.stderr


@pytest.mark.parametrize("command", ["extract", "load"])
def test_without_an_endpoint_the_remedy_is_named(articles: Path, command: str) -> None:
    done = run(articles, command, str(articles), "--second")
    assert done.returncode == 1
    assert "DIPLOGRAPH_SECOND_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (articles / "data").exists()
