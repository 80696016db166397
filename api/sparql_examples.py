"""Prefixes and queries to begin with, for the page at /sparql."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import BadData
from graph.view.export import PREFIXES

_FILE = Path(__file__).with_suffix(".toml")


class Example(BaseModel):
    """A query with its title in both languages; `shows` says how its answer is looked at first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fr: str
    en: str
    shows: Literal["table", "network"]
    query: str


@functools.cache
def load_examples(file: Path = _FILE) -> tuple[Example, ...]:
    """The examples of the file, each complete with the prefixes; BadData where one is malformed."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))["example"]
        examples = [Example(**entry) for entry in found]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValidationError) as error:
        raise BadData(f"{file.name}: {error}") from error
    return tuple(one.model_copy(update={"query": f"{prologue(one.query)}\n{one.query.strip()}\n"}) for one in examples)


def prologue(query: str | None = None) -> str:
    """The declarations of the prefixes that a query uses, a line each; without a query, of all."""
    used = {prefix: address for prefix, address in PREFIXES.items() if query is None or re.search(rf"\b{prefix}:\w", query)}
    return "".join(f"PREFIX {prefix}: <{address}>\n" for prefix, address in used.items())
