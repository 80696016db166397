"""Who gives aid as a rule, read from `donors.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import BadData
from loaders.reading.frames.inflection import DATA


@dataclass(frozen=True, slots=True)
class Donors:
    """Who gives as a rule, by code."""

    states: frozenset[str]
    lenders: frozenset[str]
    banks: tuple[str, ...]  # of the lenders, those that "the Fund", "the Bank" may mean, the likeliest first

    @property
    def everyone(self) -> frozenset[str]:
        """States and organisations."""
        return self.states | self.lenders


@cache
def load_donors(path: Path = DATA / "donors.toml") -> Donors:
    """Read the donors; BadData names the file where it has other keys than it needs, or a bank is no lender."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(table) != {"states", "lenders", "banks"}:
        raise BadData(f"{path.name}: has the keys {sorted(table)}; it needs states, lenders and banks")
    donors = Donors(frozenset(table["states"]), frozenset(table["lenders"]), tuple(table["banks"]))
    if set(donors.banks) - donors.lenders:
        raise BadData(f"{path.name}: banks that are no lenders: {sorted(set(donors.banks) - donors.lenders)}")
    return donors
