"""Articles in, answered questions out, on both engines, whatever the order in which they were loaded."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest

from graph.asking.ask import Answer
from graph.errors import BadSource
from graph.model.claims import SourceClaims
from graph.property.bolt import open_graph
from graph.property.dump import dump
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.articles.files import read_paths
from loaders.run import read_all

ROOT = Path(__file__).resolve().parents[1]


def claims_of(*paths: Path) -> list[SourceClaims]:
    found = list(read_all(read_paths(paths, 1_000_000)))
    assert not [one for one in found if isinstance(one, BadSource)]
    return [one for one in found if isinstance(one, SourceClaims)]


@pytest.fixture(scope="module")
def samples() -> list[SourceClaims]:
    return claims_of(ROOT / "samples")


def canonical(workspace: Workspace) -> bytes:
    target = io.BytesIO()
    workspace.export("nquads", target)
    return target.getvalue()


def shown(settings: Settings) -> list[str]:
    with open_graph(settings) as graph:
        return list(dump(graph))


def two_reports_are_one_accord_and_one_commission(workspace: Workspace) -> None:
    for via in ("cypher", "sparql"):
        accords = workspace.ask("accords", {"state": "RWA", "since": "2025-06", "until": "2025-06"}, via)
        commissions = workspace.ask("commissions", {"state": "RWA"}, via)
        assert [(row["signed_on"], row["parties"], row["sources"]) for row in rows(accords)] == [
            ("2025-06-18", ("MAR", "RWA"), 2)
        ]
        assert {"defence", "training", "logistics", "health"} <= set(rows(accords)[0]["domains"])
        found = [row for row in rows(commissions) if row["type"] == "joint_military_commission"]
        assert [(row["seats"], row["sources"]) for row in found] == [(("Kigali", "Rabat"), 2)]
        assert found[0]["founding_accord"] == rows(accords)[0]["accord"]


def rows(answer: Answer) -> list[dict[str, Any]]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_two_samples_on_one_signing_give_one_accord(store_settings: Settings, samples: list[SourceClaims]) -> None:
    workspace = Workspace(store_settings)
    workspace.load(samples)
    two_reports_are_one_accord_and_one_commission(workspace)


@pytest.mark.shared
def test_two_real_articles_on_one_signing_give_one_accord(store_settings: Settings, shared: Path) -> None:
    workspace = Workspace(store_settings)
    workspace.load(claims_of(shared / "seeds"))
    two_reports_are_one_accord_and_one_commission(workspace)
    assert not [finding for finding in workspace.check() if not finding.fine]


def test_any_order_and_any_batching_give_the_same_graph(store_settings: Settings, samples: list[SourceClaims]) -> None:
    chance, expected = random.Random(42), []
    for turn in range(4):
        shuffled = chance.sample(samples, len(samples))
        settings = store_settings.model_copy(update={"data": store_settings.data / str(turn), "batch": chance.randint(1, 6)})
        cut = chance.randint(0, len(samples))
        for part in (shuffled[:cut], shuffled[cut:], shuffled[:2]):  # in two loads, and some of it again
            Workspace(settings).load(part)
        expected.append((canonical(Workspace(settings)), shown(settings)))
    assert all(one == expected[0] for one in expected)
