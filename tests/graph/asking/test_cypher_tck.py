"""The guard of strangers' Cypher against openCypher's own test kit: its queries that read pass, those that write do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import Path

import pytest

from graph.asking.cypher_guard import check_cypher
from graph.errors import BadQuery
from tests.suites import suite

_QUERY = re.compile(r'executing (?:control )?query:\s*"""\n(.*?)"""', re.DOTALL)
_EXAMPLES = re.compile(r"Examples:\s*\n((?:\s*\|.*\n?)+)")
_STRINGS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_WRITES = re.compile(r"(?i)\b(?:CREATE|MERGE|SET|DELETE|REMOVE|CALL\s+\w+)\b")


@dataclass(frozen=True)
class Case:
    """One query of a scenario; `wrong`: an engine must refuse it while compiling."""

    query: str
    wrong: bool

    @property
    def writes(self) -> bool:
        """Whether it writes or calls a procedure, by its words outside strings."""
        return _WRITES.search(_STRINGS.sub("", self.query)) is not None


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for text in _features(suite("tck") / "features") for case in _cases(text)]


def test_queries_that_read_pass_and_queries_that_write_do_not(cases: list[Case]) -> None:
    read = [case for case in cases if not case.writes and not case.wrong]
    written = [case for case in cases if case.writes]
    assert (len(read), len(written)) == (2992, 370)
    assert [case.query for case in read if not _passes(case)] == []
    assert [case.query for case in written if _passes(case)] == []


def _passes(case: Case) -> bool:
    try:
        return bool(check_cypher(case.query, 16_384, 100))
    except BadQuery:
        return False


def _features(folder: Path) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _features(entry)
        elif entry.name.endswith(".feature"):
            yield entry.read_text(encoding="utf-8")


def _cases(feature: str) -> Iterator[Case]:
    """The queries of each scenario, of an outline once for each of its examples."""
    for scenario in re.split(r"(?m)^\s*(?=Scenario)", feature)[1:]:
        wrong = "should be raised at compile time" in scenario
        for row in _examples(scenario):
            for query in _QUERY.findall(scenario):
                yield Case(_filled(query, row), wrong)


def _examples(scenario: str) -> list[dict[str, str]]:
    found = _EXAMPLES.search(scenario)
    if found is None:
        return [{}]
    head, *rows = ([_cell(cell) for cell in _split(line)] for line in found[1].splitlines() if line.strip().startswith("|"))
    return [dict(zip(head, row, strict=True)) for row in rows]


def _split(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip())[1:-1]


def _cell(text: str) -> str:
    return text.strip().replace("\\|", "|").replace("\\\\", "\\")


def _filled(query: str, row: dict[str, str]) -> str:
    for name, value in row.items():
        query = query.replace(f"<{name}>", value)
    return query
