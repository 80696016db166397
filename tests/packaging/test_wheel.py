"""The wheel, installed into an empty environment outside the checkout, goes the whole way."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CARRIED = [
    "diplograph.py",
    "schema/ontology.ttl",
    "schema/kinds.toml",
    "queries/cypher/accords.cypher",
    "queries/sparql/accords.rq",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


def run(*command: str, cwd: Path | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DIPLOGRAPH_", "PYTHON"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.slow
def test_data_travels_with_the_code_and_tests_do_not(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert set(CARRIED) <= set(names)
    assert {f"{package}/py.typed" for package in ("api", "commands", "graph", "loaders")} <= set(names)
    assert any(name.startswith("samples/") for name in names)
    assert any(name.startswith("loaders/reading/data/") for name in names)
    assert any(name.startswith("api/templates/") for name in names)
    assert not [name for name in names if name.startswith("tests/") or name in ("schema/__init__.py", "queries/__init__.py")]


@pytest.mark.slow
def test_the_installed_wheel_goes_the_whole_way(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    constraints = str(ROOT / "constraints.txt")
    run(str(scripts / "python"), "-m", "pip", "install", "--quiet", "-c", constraints, str(wheel), cwd=tmp_path)
    printed = run(str(scripts / "diplograph"), "demo", "--check", cwd=tmp_path)
    assert "accord" in printed.lower()
    assert "GET /network" in printed
