"""The commands that the README shows are run, in order, on a folder of their own."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ELSEWHERE = ("make ",)  # CI runs these themselves
NEEDS_A_SERVER = "export DIPLOGRAPH_NEO4J_URI"


def blocks() -> list[list[str]]:
    found = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [block.splitlines() for block in found]


def run(commands: list[str], folder: Path, **variables: str) -> None:
    environment = {**os.environ, "DIPLOGRAPH_DATA": str(folder / "data"), **variables}
    (folder / "samples").symlink_to(ROOT / "samples")
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "diplograph", command
        program = [sys.executable, str(ROOT / "diplograph.py"), *words[1:]]
        environment["PYTHONPATH"] = str(ROOT)
        done = subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout or "-o " in command, command


@pytest.mark.slow
def test_the_commands_work_as_shown(tmp_path: Path) -> None:
    shown = [line for block in blocks() for line in block if not line.startswith(ELSEWHERE) and NEEDS_A_SERVER not in block[0]]
    assert len(shown) > 5
    run(shown, tmp_path)
    assert (tmp_path / "graph.ttl").stat().st_size > 10_000


@pytest.mark.slow
@pytest.mark.neo4j
def test_the_graph_is_sent_to_neo4j_as_shown(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    settings = request.getfixturevalue("neo4j_settings")
    block = next(block for block in blocks() if NEEDS_A_SERVER in block[0])
    password = settings.neo4j_password.get_secret_value()
    variables = {"DIPLOGRAPH_NEO4J_URI": settings.neo4j_uri, "DIPLOGRAPH_NEO4J_PASSWORD": password}
    run(["diplograph load samples/", *block[1:], "diplograph check"], tmp_path, **variables)
