"""Which entities are sure enough to be shown: faint witnesses bear each other out, in any order and any batches."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model.claims import SourceClaims
from graph.model.judgements import Anchor, Judgement
from graph.record import rdf, snapshots
from graph.record.writer import Writer
from graph.view import entities

Open = Callable[[Path], Writer]
Make = Callable[..., SourceClaims]
VISIT = {"kind": "visit", "from": "RUS", "to": "MAR", "visitors": ["Sergueï Lavrov"], "date": "2024-05-06", "status": "made"}
OFFICE = {"kind": "office", "person": "Sergueï Lavrov", "office": "minister_foreign_affairs", "of": "RUS"}
FAINT = 0.7


def shown(data: Path) -> dict[str, list[float]]:
    """The confidences of the entities that claims support, by class."""
    found: dict[str, list[float]] = {}
    with snapshots.current(data) as snapshot:
        for entity in entities.entities(snapshot):
            if entity.claims:
                found.setdefault(entity.class_name, []).append(entity.confidence or 0.0)
    return found


def whole(data: Path) -> set[str]:
    """The view and what the derivation keeps for itself."""
    with snapshots.current(data) as snapshot:
        return {
            str(quad) for graph in (rdf.VIEW, rdf.INDEX) for quad in snapshot.store.quads_for_pattern(None, None, None, graph)
        }


def told(make: Make, name: str, *facts: dict[str, object], sure: float = FAINT) -> SourceClaims:
    return make(name, *facts, confidence=sure, published="2024-05-07")


def withdrawn(source: SourceClaims) -> Judgement:
    return Judgement("withdrawn", (Anchor(source.source.id),), "Ana", "2026-01-02T12:00:00Z", "faux")


def with_second_until_withdrawn(open_at: Open, data: Path, first: SourceClaims, second: SourceClaims) -> dict[str, list[float]]:
    """What is shown with both sources; the second is withdrawn afterwards."""
    with open_at(data) as writer:
        writer.add([first])
        writer.commit()
        writer.add([second])
        writer.commit()
        both = shown(data)
        writer.judge(withdrawn(second))
        writer.commit()
    return both


@pytest.mark.parametrize("sure", [0.74, 0.55])
def test_what_one_faint_witness_tells_is_left_out_with_its_persons(
    open_at: Open, make: Make, tmp_path: Path, sure: float
) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add([told(make, "a", VISIT, OFFICE, sure=sure)])
        writer.commit()
    assert shown(tmp_path / "d") == {}


def test_two_faint_witnesses_bear_each_other_out_until_one_is_withdrawn(open_at: Open, make: Make, tmp_path: Path) -> None:
    first, second = told(make, "a", VISIT, OFFICE), told(make, "b", VISIT)
    both = with_second_until_withdrawn(open_at, tmp_path / "d", first, second)
    assert both == {"Visit": [0.91], "Participation": [0.91], "Person": [0.91]}
    assert shown(tmp_path / "d") == {}


def test_a_shown_fact_brings_its_persons_who_are_told_of_by_one_alone(open_at: Open, make: Make, tmp_path: Path) -> None:
    nameless = {name: value for name, value in VISIT.items() if name != "visitors"}
    first, second = told(make, "a", VISIT), told(make, "b", nameless)
    both = with_second_until_withdrawn(open_at, tmp_path / "d", first, second)
    assert both == {"Visit": [0.91], "Participation": [FAINT], "Person": [FAINT]}
    assert shown(tmp_path / "d") == {}


def test_claims_below_the_floor_pile_up_to_nothing(open_at: Open, make: Make, tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add([told(make, name, VISIT, sure=0.5) for name in "abcd"])
        writer.commit()
    assert shown(tmp_path / "d") == {}


def test_an_office_is_shown_with_a_tenure_of_it(open_at: Open, make: Make, tmp_path: Path) -> None:
    with open_at(tmp_path / "d") as writer:
        writer.add([told(make, "a", VISIT, OFFICE), told(make, "b", VISIT, OFFICE, sure=0.6)])
        writer.commit()
    assert set(shown(tmp_path / "d")) == {"Visit", "Participation", "Person", "Tenure", "Office"}


@given(
    chance=st.randoms(use_true_random=False),
    cuts=st.lists(st.integers(0, 9), max_size=4),
    sure=st.lists(st.sampled_from([0.5, 0.6, 0.7, 0.75, 0.85]), min_size=21, max_size=21),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_batches_and_withdrawals_show_the_same(
    open_at: Open,
    few: list[SourceClaims],
    make: Make,
    tmp_path_factory: pytest.TempPathFactory,
    chance: random.Random,
    cuts: list[int],
    sure: list[float],
) -> None:
    left = iter(sure)
    faint = [replace(each, claims=tuple(replace(claim, confidence=next(left)) for claim in each.claims)) for each in few]
    passing = make("x", VISIT, OFFICE, {**OFFICE, "person": "S. Lavrov"}, confidence=0.8, published="2019-01-01")
    root = tmp_path_factory.mktemp("faint")
    order = [*faint, passing]
    chance.shuffle(order)
    edges = [0, *sorted(cuts), len(order)]
    with open_at(root / "steps") as writer:
        for start, end in itertools.pairwise(edges):
            writer.add(order[start:end])
            writer.commit()
        writer.judge(withdrawn(passing))
        writer.commit()
    with open_at(root / "at-once") as writer:
        writer.add([*faint, passing])
        writer.judge(withdrawn(passing))
        writer.commit()
    assert whole(root / "steps") == whole(root / "at-once")
    shutil.rmtree(root)
