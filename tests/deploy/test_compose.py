"""`docker-compose.yml`: what the file promises, told by its parsed form, by compose itself where it is, and by a real Neo4j."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.property import neo4j_configuration
from graph.property.bolt import open_graph
from graph.property.neo4j_jars import locked
from graph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    loaded = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert set(loaded) == {"name", "services", "volumes"}
    return dict(loaded["services"])


def _compose() -> list[str] | None:
    """The command of compose on this machine; None where docker has none."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode != 0:
        return None
    return [docker, "compose"]


def _neo4j_lines(services: dict[str, Any]) -> dict[str, str]:
    """Neo4j's settings by name: in the image's variables, a dot is written `_` and an underscore `__`."""
    variables = services["neo4j"]["environment"]
    names = {name: name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_") for name in variables}
    return {names[name]: value for name, value in variables.items() if name != "NEO4J_AUTH"}


def test_there_are_two_services_and_each_volume_is_used(services: dict[str, Any]) -> None:
    assert set(services) == {"neo4j", "api"}
    volumes = yaml.safe_load(FILE.read_text(encoding="utf-8"))["volumes"]
    used = {mount.split(":")[0] for service in services.values() for mount in service["volumes"]}
    assert used == set(volumes)


def test_ports_are_on_this_machine_only(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["ports"]
        assert all(re.fullmatch(r"127\.0\.0\.1:\$\{\w+:-\d+\}:\d+", port) for port in service["ports"])


def test_the_password_has_no_default_and_both_get_the_same(services: dict[str, Any]) -> None:
    secret = services["api"]["environment"]["DIPLOGRAPH_NEO4J_PASSWORD"]
    assert re.fullmatch(r"\$\{DIPLOGRAPH_NEO4J_PASSWORD:\?[^}]+\}", secret)
    assert services["neo4j"]["environment"]["NEO4J_AUTH"] == f"neo4j/{secret}"
    assert not re.search(r"PASSWORD:-|password: *\w", FILE.read_text(encoding="utf-8"))


def test_neo4j_is_pinned_to_the_version_that_is_tested(services: dict[str, Any]) -> None:
    assert services["neo4j"]["image"] == f"neo4j:${{NEO4J_VERSION:-{locked()[0]}}}-community"


def test_the_api_waits_until_neo4j_is_healthy(services: dict[str, Any]) -> None:
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert services["neo4j"]["healthcheck"]["test"][0] == "CMD-SHELL"
    assert "cypher-shell" in services["neo4j"]["healthcheck"]["test"][1]


def test_neither_runs_as_root_or_can_become_it(services: dict[str, Any]) -> None:
    assert services["neo4j"]["user"] == "7474:7474"
    assert re.search(r"^USER 10001:10001$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for service in services.values():
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service
        assert service["mem_limit"]
    assert services["api"]["read_only"] is True


def test_neo4j_is_as_bounded_as_our_own(services: dict[str, Any]) -> None:
    lines, ours = _neo4j_lines(services), neo4j_configuration.settings(7687, 512, 1024)
    assert not any("apoc" in f"{name} {value}".lower() for name, value in lines.items())
    for name in (
        "dbms.security.procedures.allowlist",
        "dbms.security.allow_csv_import_from_file_urls",
        "db.transaction.timeout",
        "db.memory.transaction.max",
        "dbms.memory.transaction.total.max",
        "server.http.enabled",
        "dbms.usage_report.enabled",
    ):
        assert lines[name] == ours[name], name


def test_the_apis_variables_are_settings(services: dict[str, Any]) -> None:
    names = {f"DIPLOGRAPH_{name.upper()}" for name in Settings.model_fields}
    assert set(services["api"]["environment"]) <= names


@pytest.mark.neo4j
def test_neo4j_knows_every_setting(services: dict[str, Any], neo4j_settings: Settings) -> None:
    with open_graph(neo4j_settings) as graph:
        known = {row[0] for row in graph.read("CALL dbms.listConfig() YIELD name RETURN name").rows}
    assert set(_neo4j_lines(services)) <= known


def test_each_variable_has_a_default_or_is_demanded() -> None:
    variables = re.findall(r"(?<!\$)\$\{([^}]*)\}", FILE.read_text(encoding="utf-8"))
    assert len(variables) >= 8
    assert all(re.match(r"[A-Z0-9_]+(:-[\w.]+|:\?.+)$", each) for each in variables)


if _compose() is not None:  # elsewhere the tests above check the file's form

    def test_compose_accepts_the_file_and_demands_the_password() -> None:
        command = _compose()
        assert command is not None
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DIPLOGRAPH_")}
        words = [*command, "-f", str(FILE), "config", "--quiet"]
        refused = subprocess.run(words, capture_output=True, text=True, env=clean, check=False)
        assert refused.returncode != 0
        assert "DIPLOGRAPH_NEO4J_PASSWORD" in refused.stderr
        accepted = subprocess.run(words, env={**clean, "DIPLOGRAPH_NEO4J_PASSWORD": "12345678"}, check=False)
        assert accepted.returncode == 0
