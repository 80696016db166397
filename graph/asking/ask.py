"""Ask a named question: in SPARQL of a snapshot, in Cypher of the property graph, with the same answer."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from graph.asking.binding import Bound, Value
from graph.asking.header import Column
from graph.asking.questions import Question
from graph.asking.rows import Cell, normalised
from graph.asking.steps.gathered import Gathered
from graph.asking.steps.table import STEPS
from graph.errors import BadData, QueryTimeout
from graph.property.bolt_values import Rows
from graph.settings import Settings

SHOWN_NOW = "known_at is answered from the record, for the property graph shows today alone: ask via sparql, same rows"
_AT_ONCE = 2000  # rows that are made as fast as the driver reads them: a thread would share the time out; of a step, a tenth
_NARROWING = ("state", "date", "domain", "fact", "source")
_GATHERED = 50  # times the rows of an answer may be gathered for a step: 500,000 by default, some 200 MB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost: seconds (Cypher only: a question of ours in SPARQL is not stopped), rows, bytes of a body."""

    seconds: float
    rows: int
    size: int

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings name."""
        return cls(settings.query_seconds, settings.query_rows, settings.answer_bytes)


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, each as long as `columns`; `truncated`: there were more than the limit.

    `snapshot`: of which it is. `given`: what was asked with.
    """

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool
    snapshot: str | None
    given: Mapping[str, Value] = field(default_factory=dict)


class Stored(Protocol):
    """A snapshot, as far as asking goes."""

    @property
    def id(self) -> str:
        """What its content is known by."""

    @property
    def store(self) -> Store:
        """The RDF, opened for reading."""


Parameters = Mapping[str, Any] | None


class CypherReader(Protocol):
    """A property graph, as far as asking goes: `graph.property.bolt.PropertyGraph` is one."""

    def look_up(
        self, cypher: str, parameters: Parameters = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        """Run a query of ours, which writes nothing."""


class AsyncCypherReader(Protocol):
    """The same, without blocking: `graph.property.bolt_async.AsyncPropertyGraph` is one."""

    async def look_up(
        self, cypher: str, parameters: Parameters = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        """Run a query of ours, which writes nothing."""


Terms = dict[Variable, NamedNode | BlankNode | Literal | Triple]


def ask_sparql(bound: Bound, snapshot: Stored, limits: Limits) -> Answer:
    """The answer from a snapshot."""
    found = _Gathering(bound, limits, snapshot.id)
    for one, members in bound.members():
        if found.wanting:
            found.add(members, _solutions(one, snapshot, limits))
    return found.answer()


def _solutions(bound: Bound, snapshot: Stored, limits: Limits) -> list[list[str | None]]:
    found = snapshot.store.query(bound.sparql, substitutions=_terms(bound))
    assert isinstance(found, QuerySolutions)  # load_questions lets nothing else pass
    columns = tuple(bound.question.gathers)
    return [[_text(solution[name]) for name in columns] for solution in itertools.islice(found, rows_read(bound, limits))]


def ask_cypher(bound: Bound, graph: CypherReader, limits: Limits, snapshot: str | None = None) -> Answer:
    """The answer from the property graph; `snapshot` is the id that the graph is known to show."""
    found = _Gathering(bound, limits, snapshot)
    for one, members in bound.members():
        if found.wanting:
            with _named(one):
                most = rows_read(one, limits)
                table = graph.look_up(one.cypher, one.cypher_values(most), seconds=found.seconds, limit=most)
            found.add(members, _checked(one, table))
    return found.answer()


async def ask_cypher_async(bound: Bound, graph: AsyncCypherReader, limits: Limits, snapshot: str | None = None) -> Answer:
    """`ask_cypher` without blocking."""
    found = _Gathering(bound, limits, snapshot)
    for one, members in bound.members():
        if found.wanting:
            with _named(one):
                most = rows_read(one, limits)
                table = await graph.look_up(one.cypher, one.cypher_values(most), seconds=found.seconds, limit=most)
            rows = _checked(one, table)
            if len(rows) * len(members) <= (_AT_ONCE if one.question.then is None else _AT_ONCE // 10):
                found.add(members, rows)
            else:
                await asyncio.to_thread(found.add, members, rows)
    return found.answer()


class _Gathering:
    """An answer as it comes: of a region that of each of its states in order of their codes, which stand in a first column."""

    def __init__(self, bound: Bound, limits: Limits, snapshot: str | None) -> None:
        self._bound, self._limits, self._snapshot = bound, limits, snapshot
        self._answers: list[Answer] = []
        self._end = time.monotonic() + limits.seconds

    @property
    def wanting(self) -> bool:
        """Whether there is room for more rows."""
        return not self._cut and sum(len(answer.rows) for answer in self._answers) <= self._limits.rows

    @property
    def seconds(self) -> float:
        """What is left of the time for the whole answer."""
        if not self._answers:
            return self._limits.seconds
        if (left := self._end - time.monotonic()) <= 0:
            raise QueryTimeout("the states of this region take too long together: ask for a smaller one, or state by state")
        return left

    def add(self, members: Iterable[Bound], rows: Sequence[Sequence[Any]]) -> None:
        """Answer these from the rows of the texts."""
        self._answers += [_answer(member, rows, self._limits, self._snapshot) for member in members]

    def answer(self) -> Answer:
        """All of it; the evidence of a region's row is found by its state."""
        if self._bound.region is None:
            return self._answers[0]
        name, asked = self._bound.region[0], self._bound.question
        said = asked.parameters[name]
        columns = {name: Column(type="text", fr=said.fr, en=said.en), **asked.columns}
        leads, ends = (
            {key: name if value == f"${name}" else value for key, value in of.items()} for of in (asked.evidence, asked.graph)
        )
        spread = replace(asked, columns=columns, evidence=leads, graph=ends)
        rows = [(str(each.given[name]).rpartition("/")[2], *row) for each in self._answers for row in each.rows]
        most, values = self._limits.rows, self._bound.values
        return Answer(spread, tuple(columns), tuple(rows[:most]), self._cut or len(rows) > most, self._snapshot, values)

    @property
    def _cut(self) -> bool:
        return any(answer.truncated for answer in self._answers)


def _checked(bound: Bound, table: Rows) -> Sequence[Sequence[Any]]:
    if table.rows and table.columns != tuple(bound.question.gathers):  # the embedded engine names no columns of no rows
        raise BadData(
            f"{bound.question.name}.cypher returns {', '.join(table.columns)}; "
            f"its header promises {', '.join(bound.question.gathers)}"
        )
    return table.rows


def rows_read(bound: Bound, limits: Limits) -> int:
    """Rows that are read of the texts: one more than may be; what a step makes its columns of are more than what it answers."""
    return (limits.rows if bound.question.then is None else limits.rows * _GATHERED) + 1


def _answer(bound: Bound, rows: Iterable[Sequence[Any]], limits: Limits, snapshot: str | None) -> Answer:
    asked = bound.question
    found = normalised(rows, asked.gathers)
    if asked.then is not None:
        if len(found) == rows_read(bound, limits):
            raise QueryTimeout(
                f"{asked.name} would be made of more than {len(found) - 1:,} rows, and of fewer it would be wrong: "
                f"ask for less, or raise DIPLOGRAPH_QUERY_ROWS{_narrower(bound)}"
            )
        made = STEPS[asked.then](Gathered(tuple(asked.gathers), found), bound.values)
        found = list(itertools.islice(made, limits.rows + 1))
    return Answer(asked, tuple(asked.columns), tuple(found[: limits.rows]), len(found) > limits.rows, snapshot, bound.values)


@contextmanager
def _named(bound: Bound) -> Iterator[None]:
    """Say of an engine's refusal which question it is of, and by what it can be narrowed."""
    try:
        yield
    except QueryTimeout as error:
        raise QueryTimeout(f"{bound.question.name}: {error}{_narrower(bound)}") from error


def _narrower(bound: Bound) -> str:
    """What of the parameters left out makes an engine go through less; what the step alone uses does not."""
    free = {name: one for name, one in bound.question.parameters.items() if bound.values[name] == "" and not one.by_step}
    names = [name for name, one in free.items() if one.type in _NARROWING]
    return f"; it can be narrowed by {', '.join(names)}" if names else ""


def _terms(bound: Bound) -> Terms:
    return {
        Variable(name): NamedNode(str(value)) if bound.is_iri(name) else Literal(value)
        for name, value in bound.values.items()
        if not bound.question.parameters[name].by_step
    }


def _text(term: Any) -> str | None:
    return None if term is None else term.value
