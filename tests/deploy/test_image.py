"""`Dockerfile`: what goes in is there, and what it runs is a command of ours."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

import diplograph

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in lines]


def _all(instructions: list[tuple[str, str]], name: str) -> list[str]:
    return [rest for word, rest in instructions if word == name]


def test_everything_that_the_wheel_needs_is_copied(instructions: list[tuple[str, str]]) -> None:
    copied = {word for rest in _all(instructions, "COPY") if not rest.startswith("--from") for word in rest.split()[:-1]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["only-include"], "pyproject.toml", project["project"]["readme"]}
    assert needed | set(project["project"]["license-files"]) <= copied
    assert all((ROOT / name).exists() for name in copied)
    passed = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert passed == copied


def test_it_is_based_on_a_pinned_python_that_we_support(instructions: list[tuple[str, str]]) -> None:
    for base in _all(instructions, "FROM"):
        match = re.match(r"python:3\.(\d+)-slim\b", base)
        assert match is not None
        assert int(match[1]) >= 11


def test_it_ends_as_an_unprivileged_user_with_its_own_data(instructions: list[tuple[str, str]]) -> None:
    assert _all(instructions, "USER") == ["10001:10001"]
    assert _all(instructions, "VOLUME") == ["/data"]
    assert "DIPLOGRAPH_DATA=/data" in _all(instructions, "ENV")[0]
    assert not any("PASSWORD" in rest for rest in (*_all(instructions, "ENV"), *_all(instructions, "ARG")))


def test_it_serves_on_all_addresses_by_a_command_of_ours(instructions: list[tuple[str, str]]) -> None:
    words = [*json.loads(_all(instructions, "ENTRYPOINT")[0]), *json.loads(_all(instructions, "CMD")[0])]
    assert words == ["diplograph", "serve", "--host", "0.0.0.0", "--port", "8000"]
    serve = get_command(diplograph.app).commands["serve"]  # type: ignore[attr-defined]
    known = {option for parameter in serve.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_its_health_is_whether_it_can_answer(instructions: list[tuple[str, str]]) -> None:
    [check] = _all(instructions, "HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    assert "http://127.0.0.1:8000/readyz" in command[-1]
    compile(command[-1], "healthcheck", "exec")
