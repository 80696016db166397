"""The running service keeps what its own description says: schemathesis with all checks, no operation left out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from api.access.keys import KeyRing, Scope
from api.server import _served
from graph.model.files import ROOT
from graph.settings import Settings

EXAMPLES = os.environ.get("DIPLOGRAPH_FUZZ_EXAMPLES", "2")
"""Examples of each operation, both that keep the description and that break it; the same ones each time."""


@pytest.mark.slow
def test_no_request_is_answered_against_the_description(settings: Settings) -> None:
    """With a key for every scope, so that what corrects the graph is tried too; `make fuzz` runs all phases."""
    phases = "examples,fuzzing" if EXAMPLES == "2" else "examples,coverage,fuzzing,stateful"
    token = KeyRing(settings.data).issue("fuzz", tuple(Scope), datetime.now(UTC))[1]
    with _served(settings) as address:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json", "--checks", "all"),
            *("--phases", phases, "--max-examples", EXAMPLES, "--seed", "1", "--generation-deterministic"),
            *("--workers", "2", "--no-color", "--request-timeout", "60", "--header", f"X-API-Key: {token}"),
        ]
        found = subprocess.run(command, capture_output=True, text=True, timeout=3600, cwd=ROOT, env=environment(), check=False)
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr[-5000:]
    selected, total = (int(number) for number in re.search(r"(\d+) selected / (\d+) total", found.stdout).groups())  # type: ignore[union-attr]
    assert selected == total > 100


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
