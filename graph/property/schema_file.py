"""`schema/neo4j.cypher`: the constraints and indexes of the property graph, safe to run twice, on both engines."""

from __future__ import annotations

import re
from pathlib import Path

from graph.errors import BadData
from graph.model.files import SCHEMA

FILE = SCHEMA / "neo4j.cypher"
_STATEMENT = re.compile(r"CREATE (CONSTRAINT|INDEX) \w+ IF NOT EXISTS FOR \(\w+:\w+\) (REQUIRE|ON) [\w.() ]+")


def statements(file: Path = FILE) -> list[str]:
    """The statements of the file, in its order; BadData for one that is of another form than the two that it may hold."""
    text = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("//"))
    found = [" ".join(part.split()) for part in text.split(";") if part.strip()]
    for statement in found:
        if _STATEMENT.fullmatch(statement) is None:
            raise BadData(f"{file}: “{statement}” creates neither a constraint nor an index IF NOT EXISTS")
    return found
