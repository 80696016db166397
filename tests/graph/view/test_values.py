from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.record.writer import Writer
from graph.view import entities
from graph.view.entities import Entity

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]

TRADE = {"kind": "trade", "parties": ["DZA", "ITA"], "year": "2024", "direction": "total"}
ACCORD = {"kind": "agreement", "parties": ["MAR", "RWA"], "date": "2023-02-02", "domains": ["justice"], "status": "signed"}


def shown(open_at: Open, make: Make, data: Path, *facts: dict[str, Any]) -> Entity:
    with open_at(data) as writer:
        writer.add([make(f"source {number}", fact, published=f"2025-01-0{number + 1}") for number, fact in enumerate(facts)])
        writer.commit()
    with snapshots.current(data) as snapshot:
        (found,) = entities.entities(snapshot, "TradeFlow" if facts[0]["kind"] == "trade" else "Accord")
        return found


@pytest.mark.parametrize(
    ("name", "facts", "value", "disputes"),
    [
        ("value", [{**TRADE, "value": 12.5e9}, {**TRADE, "value": 14e9}], "14000000000", ("value",)),
        ("value", [{**TRADE, "value": 13.97e9}, {**TRADE, "value": 14e9}], "13970000000", ()),
        (
            "value",
            [
                {**TRADE, "value": 12e9, "currency": "EUR"},
                {**TRADE, "value": 13e9, "currency": "USD"},
                {**TRADE, "value": 12e9, "currency": "EUR"},
            ],
            "12000000000",
            (),
        ),
        (
            "instrumentCount",
            [{**ACCORD, "count": 11}, {**ACCORD, "count": 12}, {**ACCORD, "count": 11}],
            "11",
            ("instrumentCount",),
        ),
        (
            "place",
            [{**ACCORD, "place": "Rabat"}, {**ACCORD, "place": "Kigali"}, {**ACCORD, "place": "Rabat"}],
            "Rabat",
            ("place",),
        ),
        ("signedOn", [ACCORD, {**ACCORD, "date": "2023-02-01"}, ACCORD], "2023-02-02", ("signedOn",)),
    ],
)
def test_values_that_exclude_each_other_are_a_dispute(
    open_at: Open, make: Make, tmp_path: Path, name: str, facts: list[dict[str, Any]], value: str, disputes: tuple[str, ...]
) -> None:
    found = shown(open_at, make, tmp_path / "d", *facts)
    assert [float(term.value) if name == "value" else term.value for term in found.values[name]] == [
        float(value) if name == "value" else value
    ]
    assert found.disputes == disputes


def test_signatories_are_disputed_where_each_source_names_somebody_else(open_at: Open, make: Make, tmp_path: Path) -> None:
    more = {**ACCORD, "signatories": ["Jeanne Vidal", "Amina Uwase"]}
    odd = {**ACCORD, "signatories": ["Jeanne Vidal", "Bosco Mugabe"]}
    fewer = {**ACCORD, "signatories": ["Jeanne Vidal"]}
    assert shown(open_at, make, tmp_path / "a", more, odd).disputes == ("signatory",)
    assert shown(open_at, make, tmp_path / "b", more, fewer).disputes == ()
