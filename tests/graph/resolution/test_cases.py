"""What is one thing and what is not, case by case: `cases.toml` tells of facts, `people.toml` of persons."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from graph.model.claims import Claim
from graph.record.schema import load_schema
from graph.resolution.items import UNDATED, Item, Told, person_items
from graph.resolution.resolver import Resolver
from graph.resolution.rules import load_rules
from graph.view.deriving import comparer_of

SCHEMA = load_schema()
RESOLVER = Resolver(comparer_of(SCHEMA, load_rules()))
LETTERS = "abcdefgh"


def cases(name: str) -> list[Any]:
    content = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in content["case"]]


def things(items: list[Item]) -> list[str]:
    return sorted("".join(sorted(item.id[0] for item in cluster)) for cluster in RESOLVER.resolve_all(items))


@pytest.mark.parametrize("case", cases("cases.toml"))
def test_what_is_one_fact(case: dict[str, Any]) -> None:
    assert things(
        [fact(letter, case["kind"], dict(told)) for letter, told in zip(LETTERS, case["claims"], strict=False)]
    ) == sorted(case["things"])


def fact(letter: str, kind: str, told: dict[str, Any]) -> Item:
    on, language = told.pop("on", UNDATED), told.pop("lang", "fr")
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    assert set(fields) <= set(SCHEMA.kinds[kind].fields)
    return Item(letter, kind, f"source {letter}", on, language, fields)


@pytest.mark.parametrize("case", cases("people.toml"))
def test_who_is_one_person(case: dict[str, Any]) -> None:
    found = [person for letter, about in zip(LETTERS, case["people"], strict=False) for person in people(letter, about)]
    assert things(found) == sorted(case["things"])


def people(letter: str, about: dict[str, str]) -> list[Item]:
    claim = (
        Claim("office", about, (), 0.9, "made")
        if "office" in about
        else Claim("visit", {"from": about["visit"], "to": "CHE", "visitors": (about["person"],)}, (), 0.9, "made")
    )
    return [*person_items(Told(f"source {letter}", None, "fr", [(letter, claim)]), SCHEMA.kinds, RESOLVER.comparer.names)]
