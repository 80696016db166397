"""Which release of the program this is."""

import functools
import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

from graph.model.files import ROOT


@functools.cache
def version() -> str:
    """The version of the installed package, or, in a checkout that is not installed, the one pyproject.toml names."""
    try:
        return installed("diplograph")
    except PackageNotFoundError:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
