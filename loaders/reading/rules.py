"""The rules that are no frames, by the name that claims give them, with what each reads."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from graph.errors import BadData
from graph.model.files import SCHEMA
from loaders.reading.tables import DATA


def load_rules(path: Path = DATA / "rules.toml") -> Mapping[str, str]:
    """`kind/rule` -> what it reads; BadData names a kind that is none, or a rule that says nothing."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(f"{path.name}: cannot be read as TOML: {error}") from error
    kinds = tomllib.loads((SCHEMA / "kinds.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for kind, rules in table.items():
        if kind not in kinds:
            raise BadData(f"{path.name}: {kind!r} is no kind; there are {', '.join(sorted(kinds))}")
        for name, reads in rules.items():
            if not isinstance(reads, str) or not reads:
                raise BadData(f"{path.name}: {kind}.{name} must say what the rule reads")
            found[f"{kind}/{name}"] = reads
    return found
