"""Where travellers turn out to be at home, and what becomes of visits whose travellers were guessed to be of another state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from graph.model.claims import Value
from loaders.reading.model import Candidate

TURNED = "turned"
"""Marks a visit that tells where its traveller is at home: he came back there, or was guessed to live where he arrives."""


def coherent(found: list[Candidate]) -> list[Candidate]:
    """The candidates, visits of travellers whose guessed state was turned elsewhere given that state too."""
    marked = [fact for fact in found if TURNED in fact.features]
    if not marked:
        return found
    back = [fact for fact in marked if fact.fields["from"] == fact.fields["to"]]
    homes = {name: fact.fields["from"] for fact in (*marked, *back) for name in _visitors(fact)}  # who came back home is surer
    sure = {name for fact in back for name in _visitors(fact)}
    abroad = {(name, fact.fields["to"]) for fact in found for name in _visitors(fact)}
    lost = {name for name, home in homes.items() if name not in sure and (name, home) in abroad}
    found = [fact for fact in found if not (lost & set(_visitors(fact)) and fact.features & {"state-guessed", TURNED})]
    return [kept for fact in found if fact not in back for kept in _as_turned(fact, homes, sure)]


def _as_turned(fact: Candidate, homes: Mapping[str, Value], sure: Set[str]) -> Iterator[Candidate]:
    name = next((name for name in _visitors(fact) if name in homes), None)
    turned = TURNED in fact.features and name not in sure
    if name is not None and not turned and fact.features & {"state-guessed", TURNED}:
        if fact.fields["to"] != homes[name]:
            yield replace(fact, fields={**fact.fields, "from": homes[name]}, features=fact.features - {TURNED})
        return
    yield replace(fact, features=fact.features - {TURNED}) if TURNED in fact.features else fact


def _visitors(fact: Candidate) -> tuple[str, ...]:
    names = fact.fields.get("visitors") if fact.kind == "visit" else None
    return names if isinstance(names, tuple) else ()
