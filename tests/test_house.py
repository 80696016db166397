"""Rules of the house that no linter knows: which way imports run, and what no file may hold."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {  # a package, and those of ours that its modules may import
    "graph": {"graph"},
    "loaders": {"loaders", "graph"},
    "api": {"api", "graph"},
    "commands": {"commands", "api", "loaders", "graph"},
}
STATIONS = ["model", "record", "resolution", "view", "property", "release", "bulk", "review", "asking"]
"""The folders of graph/: each imports only what stands before it."""
BELOW = {"errors", "settings", "serving"}  # modules beside the stations that any of them may use
OURS = {"graph", "loaders", "api", "commands", "diplograph"}


def wrong_imports(package: str, source: str, path: Path) -> list[str]:
    found = [name for name in imports_of(source) if name.split(".")[0] in OURS - MAY_IMPORT[package]]
    station = path.relative_to(ROOT / package).parts[0]
    if package == "graph" and station in STATIONS:
        allowed = {*STATIONS[: STATIONS.index(station) + 1], *BELOW}
        found += [name for name in imports_of(source) if name.startswith("graph.") and name.split(".")[1] not in allowed]
    return found


def imports_of(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_one_way(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    assert modules
    wrong = {str(path): wrong_imports(package, path.read_text(encoding="utf-8"), path) for path in modules}
    assert not {path: names for path, names in wrong.items() if names}


def test_a_wrong_import_would_be_seen() -> None:
    path = ROOT / "graph" / "record" / "x.py"
    assert wrong_imports("graph", "from loaders.run import read_all", path)
    assert wrong_imports("graph", "def f():\n    import graph.view.labels", path)
    assert not wrong_imports("graph", "from graph.model.claims import Claim", path)
    assert wrong_imports("api", "import loaders.run", ROOT / "api" / "x.py")


def test_every_folder_of_the_core_is_a_station() -> None:
    assert {path.parent.name for path in (ROOT / "graph").glob("*/__init__.py")} == set(STATIONS)


def needed(source: str) -> Iterator[str]:
    """What a module imports when it runs, and not for its types alone; of `from a import b` both a and a.b."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_no_imports_run_in_a_ring(package: str) -> None:
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (ROOT / package).rglob("*.py")}
    order = TopologicalSorter({name: paths.keys() & {*needed(path.read_text("utf-8"))} for name, path in paths.items()})
    assert set(order.static_order()) == paths.keys()  # CycleError names the ring


def test_a_ring_would_be_seen() -> None:
    assert {*needed("from graph.view import moving")} == {"graph.view", "graph.view.moving"}


@pytest.mark.parametrize("package", [*MAY_IMPORT, "diplograph"])
def test_each_package_is_the_checkout_s_own(package: str) -> None:
    file = importlib.import_module(package).__file__
    assert file is not None
    assert Path(file).is_relative_to(ROOT)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_package_files_hold_a_docstring_only(package: str) -> None:
    for path in (ROOT / package).rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr), path


def test_folders_of_data_hold_no_python() -> None:
    assert not [*(ROOT / "schema").rglob("*.py"), *(ROOT / "queries").rglob("*.py"), *(ROOT / "samples").rglob("*.py")]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_machine_s_path() -> None:
    # the names are put together here, so that this file does not hold them itself
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "repo1.maven" + ".org", "repo.maven.apache" + ".org"]
    hosts += ["registry.npmjs" + ".org", "/root" + "/", "/home/" + "runner"]
    pattern = re.compile("|".join(map(re.escape, hosts)))
    for path in tracked():
        found = pattern.search(path.read_bytes().decode("utf-8", "replace"))
        assert found is None, f"{path.relative_to(ROOT)} names {found[0]}"


def test_modules_stay_small() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in tracked() if p.suffix == ".py" and (n := len(p.read_text().splitlines())) > 400
    }
    assert not long
