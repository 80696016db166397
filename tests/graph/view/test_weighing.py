from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import NotFound
from graph.model.claims import SourceClaims
from graph.record import snapshots
from graph.record.writer import Writer
from graph.view import entities
from graph.view.weighing import Weighing, weighed

ACCORD = {"kind": "agreement", "parties": ["ESP", "MAR"], "date": "2023-02-02", "domains": ["trade"], "status": "signed"}


def weighing(
    open_at: Callable[[Path], Writer], make: Callable[..., SourceClaims], data: Path, told: list[tuple[int, float, str]]
) -> Weighing:
    facts: list[dict[str, Any]] = [{**ACCORD, "count": count, "confidence": sure} for count, sure, _ in told]
    with open_at(data) as writer:
        writer.add([make(str(number), fact, published=told[number][2]) for number, fact in enumerate(facts)])
        writer.commit()
    with snapshots.current(data) as snapshot:
        (accord,) = entities.entities(snapshot, "Accord")
        found = {each.property: each for each in weighed(snapshot, accord.iri)}
        (act,) = entities.entities(snapshot, "AccordAct")
        with pytest.raises(NotFound):
            weighed(snapshot, act.iri)
    assert found["signedOn"].decided == "only"
    return found["instrumentCount"]


@pytest.mark.parametrize(
    ("told", "shown", "decided"),
    [
        ([(19, 0.8, "2023-02-03"), (20, 0.8, "2023-02-02"), (20, 0.8, "2023-02-02")], "20", "sources"),
        ([(19, 0.8, "2023-02-03"), (20, 0.9, "2023-02-02")], "20", "confidence"),
        ([(19, 0.8, "2023-02-03"), (20, 0.8, "2023-02-02")], "19", "recency"),
        ([(19, 0.8, "2023-02-03"), (20, 0.8, "2023-02-03")], "19", "order"),
    ],
)
def test_why_a_value_won(
    open_at: Callable[[Path], Writer],
    make: Callable[..., SourceClaims],
    tmp_path: Path,
    told: list[tuple[int, float, str]],
    shown: str,
    decided: str,
) -> None:
    found = weighing(open_at, make, tmp_path / "d", told)
    assert (found.shown, found.disputed, found.decided) == (shown, True, decided)
    assert next(each.value for each in found.values) == shown
    assert sum(len(each.claims) for each in found.values) == len(told)
