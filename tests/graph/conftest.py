"""What the tests of record, resolution and view share: small sources with claims, empty folders, sudden death."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.model.claims import Claim, Link, Reason, Source, SourceClaims, Span, Value
from graph.record.writer import Writer
from graph.settings import Settings
from graph.view.writing import open_writer

Make = Callable[..., SourceClaims]
ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def make_source(
    name: str,
    *facts: dict[str, Any],
    published: str | None = None,
    language: str = "fr",
    publisher: str | None = None,
    confidence: float = 0.8,
    links: Sequence[tuple[int, str, int]] = (),
    say: str = "Phrase {number} de {name}, qui dit ce fait.",
) -> SourceClaims:
    """A source whose n-th sentence is the evidence of its n-th fact; `links` are (claim, property, target)."""
    text, claims = f"{name}\n", []
    for number, fact in enumerate(facts):
        sentence = say.format(number=number, name=name)
        start = len(text)
        text += sentence + "\n"
        fields: dict[str, Value] = {key: tuple(value) if isinstance(value, list) else value for key, value in fact.items()}
        kind, sure = str(fields.pop("kind")), float(str(fields.pop("confidence", confidence)))
        span = Span(start, start + len(sentence), sentence)
        reasons = (Reason("trigger", sentence[:6], start, start + 6, "déclencheur"),)
        mine = tuple(Link(property_name, target, "même phrase") for claim, property_name, target in links if claim == number)
        claims.append(Claim(kind, fields, (span,), sure, "test.rule", reasons=reasons, links=mine))
    return SourceClaims(Source(text, title=name, published=published, language=language, publisher=publisher), tuple(claims))


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes a source with claims: see `make_source`."""
    return make_source


ACCORD = {"kind": "agreement", "parties": ["MAR", "RWA"], "type": "agreement", "status": "signed"}
BODY = {"kind": "body", "parties": ["MAR", "RWA"], "type": "joint_military_commission", "status": "planned"}
BOURITA = {"kind": "office", "person": "Nasser Bourita", "office": "minister_foreign_affairs", "of": "MAR"}
LAVROV = {"kind": "office", "person": "Sergueï Lavrov", "office": "minister_foreign_affairs", "of": "RUS"}


@pytest.fixture(scope="session")
def few() -> list[SourceClaims]:
    """Eight sources that agree, disagree, leave out, correct and name each other's persons in other spellings."""
    talks = {"kind": "meeting", "participants": ["Nasser Bourita", "Sergueï Lavrov"], "parties": ["MAR", "RUS"]}
    return [
        make_source(
            "a",
            {**ACCORD, "date": "2025-06", "domains": ["defence", "training"], "signatories": ["Juvenal Marizamunda"]},
            {**BODY, "seats": ["Rabat", "Kigali"]},
            {"kind": "office", "person": "Juvenal Marizamunda", "office": "minister_defence", "of": "RWA"},
            links=[(1, "foundingAccord", 0)],
        ),
        make_source(
            "b",
            {**ACCORD, "date": "XXXX-06-18", "place": "Rabat", "domains": ["defence", "health"]},
            {**BODY, "seats": ["Kigali", "Rabat"]},
            published="2025-06-20",
            links=[(1, "foundingAccord", 0)],
        ),
        make_source("c", {**ACCORD, "date": "2019-03-20", "domains": ["trade"]}, BOURITA, published="2019-03-22"),
        make_source("d", {**ACCORD, "domains": ["trade"]}, {**BOURITA, "person": "Bourita"}, published="2019-04-01"),
        make_source("e", {**talks, "date": "2025-10-16", "place": "Moscou"}, BOURITA, LAVROV, published="2025-10-17"),
        make_source(
            "f",
            {**talks, "participants": ["Sergey Lavrov", "Nasser Bourita"], "date": "2025-10-16", "place": "Moscow"},
            {**LAVROV, "person": "Sergey Lavrov"},
            {**BODY, "type": "joint_commission", "status": "met", "session": 3, "date": "2025-10-16", "seats": ["Moscow"]},
            published="2025-10-17",
            language="en",
        ),
        make_source(
            "g",
            {
                "kind": "deployment",
                "sender": "KEN",
                "host": "HTI",
                "date": "2024-06-25",
                "personnel": 200,
                "status": "deployed",
            },
            {"kind": "statement", "speaker": "Sergueï Lavrov", "of": "RUS"},
            {**BODY, "type": "joint_commission", "status": "met", "session": 2},
            published="2024-07-08",
        ),
        make_source(
            "h",
            {
                "kind": "deployment",
                "sender": "KEN",
                "host": "HTI",
                "date": "2024-06-25",
                "personnel": 400,
                "status": "deployed",
            },
            {"kind": "visit", "from": "RUS", "to": "MAR", "visitors": ["Sergueï Lavrov"], "status": "planned"},
            {**LAVROV, "office": "deputy_minister", "person": "S. Lavrov"},
            published="2024-06-26",
        ),
    ]


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a first, empty commit; copied, it spares each test the loading of the reference data."""
    data = tmp_path_factory.mktemp("blank") / "data"
    with open_writer(Settings(data=data), clock=lambda: NOON) as writer:
        writer.commit()
    return data


@pytest.fixture
def open_at(blank: Path) -> Callable[[Path], Writer]:
    """Opens a writer on a folder, which starts as an empty committed one where it does not exist."""

    def opened(data: Path) -> Writer:
        if not data.exists():
            shutil.copytree(blank, data)
        return open_writer(Settings(data=data), clock=lambda: NOON, timeout=0.2)

    return opened


class SuddenDeath:
    """Kills work (SIGKILL) before its n-th call of a function, in a process that never opened a store before.

    The work is a function of a plain Python file, called with strings; it may be anything: a load, a sync, a projection.
    """

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("sudden_death.py"))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def moments(self, file: Path, function: str, *arguments: str) -> int:
        """How many calls the work makes."""
        return int(self._ask(file, function, arguments, -1)["calls"])

    def kill(self, file: Path, function: str, *arguments: str, moment: int) -> bool:
        """Run the work and kill it; True when it died, False when it ended before that moment."""
        return bool(self._ask(file, function, arguments, moment)["died"])

    def seeded(self, moments: int, number: int, seed: int = 1) -> list[int]:
        """Moments spread over the whole work, the same for the same seed."""
        return sorted(random.Random(seed).sample(range(moments), number))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, file: Path, function: str, arguments: Sequence[str], moment: int) -> dict[str, Any]:
        request = {"file": str(file), "function": function, "arguments": arguments, "moment": moment}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "failed" not in answer, answer
        return dict(answer)


@pytest.fixture(scope="session")
def sudden_death() -> Iterator[SuddenDeath]:
    """Kills work at seeded moments; for any folder, store or engine."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    death = SuddenDeath()
    yield death
    death.close()
