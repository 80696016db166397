"""The pinned versions cover whatever an installation for development draws in."""

import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def drawn_in(first: list[str]) -> set[str]:
    """Names of the distributions that requirements lead to here, through whatever is installed."""
    seen: set[tuple[str, str]] = set()
    left = [(Requirement(text), "") for text in first]
    while left:
        requirement, extra = left.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in {"", *requirement.extras} - {known for one, known in seen if one == name}:
            seen.add((name, wanted))
            left += [(Requirement(text), wanted) for text in needs(name)]
    return {name for name, _ in seen}


def needs(name: str) -> list[str]:
    if name != PROJECT["name"]:
        try:
            return requires(name) or []
        except PackageNotFoundError:
            return []
    extras = PROJECT["optional-dependencies"].items()
    return [*PROJECT["dependencies"], *(f'{text}; extra == "{extra}"' for extra, texts in extras for text in texts)]


def test_every_package_of_a_development_installation_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    names = drawn_in(["diplograph[dev]"]) - {"diplograph"}
    assert len(names) > 100
    assert sorted(names - pins) == []
