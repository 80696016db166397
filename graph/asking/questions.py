"""The named questions of `queries/`: one Cypher and one SPARQL file each, checked when they are loaded."""

from __future__ import annotations

import difflib
import functools
import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from graph.asking.header import Column, ColumnType, Header, Parameter, Texts, gathered, read_question
from graph.asking.steps.table import STEPS
from graph.errors import BadData, UnknownTerm
from graph.model.files import QUERIES

_PROJECTED = re.compile(r"\bSELECT\b.*?\bWHERE\b|\bGROUP BY\b[^\n]*", re.DOTALL)
_MARKED = re.compile(r"(?://|#)((?:[-+] \w+ ?)+)$", re.MULTILINE)
_MARK = re.compile(r"([-+]) (\w+)")
_CYPHER_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
_MOST = "most"  # `LIMIT $most` before what is costly: rows beyond it are not read


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its two texts; columns and parameters in the order of the header.

    `gathers` holds the columns of the texts and their types: those of the answer, unless a step makes the answer from them.
    `evidence`, `graph` and `map` are as the header's, the latter two empty where it has none.
    """

    name: str
    title: Texts
    description: Texts
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]
    cypher: str
    sparql: str
    gathers: Mapping[str, ColumnType]
    evidence: Mapping[str, str]
    then: str | None
    graph: Mapping[str, str]
    map: Mapping[str, str]


@functools.cache
def load_questions(folder: Path = QUERIES) -> Mapping[str, Question]:
    """Every question of a folder by name, in alphabetical order, read once a process.

    BadData names the file that lacks its twin or header, whose texts do not use exactly the parameters declared,
    or whose SPARQL does not parse or does not answer with exactly the columns declared.
    """
    cypher = {path.stem: path for path in (folder / "cypher").glob("*.cypher")}
    sparql = {path.stem: path for path in (folder / "sparql").glob("*.rq")}
    for name in sorted(cypher.keys() ^ sparql.keys()):
        there, missing = (cypher[name], f"sparql/{name}.rq") if name in cypher else (sparql[name], f"cypher/{name}.cypher")
        raise BadData(f"{there.name} has no twin {missing}; a question needs both")
    questions = {name: _question(cypher[name], sparql[name]) for name in sorted(cypher)}
    for one in questions.values():
        _check_evidence(one, questions)
    return MappingProxyType(questions)


def question(name: str, folder: Path = QUERIES) -> Question:
    """One question by name; UnknownTerm with near names when there is none such."""
    questions = load_questions(folder)
    if name not in questions:
        near = difflib.get_close_matches(name, list(questions), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(questions)}"
        raise UnknownTerm(f"no question is named {name!r}; {hint}")
    return questions[name]


@functools.cache
def text_for(text: str, given: frozenset[str]) -> str:
    """A text for an asking with these parameters: a line marked `- NAME` at its end is for one without, `+ NAME` for one with.

    The mark is a comment of its language. An engine would go through what is not asked for, and find that out row by row.
    """
    lines = ((line, _marks(line)) for line in text.splitlines(keepends=True))
    return "".join(line for line, marks in lines if all((sign == "+") == (name in given) for sign, name in marks))


def _marks(text: str) -> list[tuple[str, str]]:
    return [mark for marked in _MARKED.findall(text) for mark in _MARK.findall(marked)]


def _question(cypher: Path, sparql: Path) -> Question:
    header, cypher_text = read_question(cypher)
    twin, sparql_text = read_question(sparql)
    if header is not None and twin is not None and header != twin:
        raise BadData(f"{cypher.name} and {sparql.name} have different headers; keep one, or make them equal")
    header = header or twin
    if header is None:
        raise BadData(f"{cypher.name} and {sparql.name} have no header; give one of them its title, parameters and columns")
    _check_cypher(cypher, cypher_text, header)
    _check_sparql(sparql, sparql_text, header)
    if header.then is not None and header.then not in STEPS:
        raise BadData(f"{cypher.name}: there is no step {header.then!r}; choose {', '.join(STEPS)}")
    return Question(
        cypher.stem,
        header.title,
        header.description,
        MappingProxyType(header.params),
        MappingProxyType(header.columns),
        cypher_text,
        sparql_text,
        MappingProxyType(gathered(header)),
        MappingProxyType(header.evidence),
        header.then,
        MappingProxyType({str(end): value for end, value in (header.graph or {}).items()}),
        MappingProxyType({str(kind): column for kind, column in (header.map or {}).items()}),
    )


def _check_evidence(one: Question, questions: Mapping[str, Question]) -> None:
    """The question that leads to the evidence is there, and what it needs is to be had from a row."""
    asked = questions.get(one.evidence.get("question", ""))
    if asked is None:
        raise BadData(f"{one.name}: its evidence names no question of this folder")
    given = {name: value for name, value in one.evidence.items() if name != "question"}
    required = {name for name, parameter in asked.parameters.items() if parameter.required}
    if unknown := sorted(given.keys() - asked.parameters.keys()) + sorted(required - given.keys()):
        raise BadData(f"{one.name}: its evidence must give {asked.name} what it takes: {', '.join(unknown)}")
    for value in (*given.values(), *one.graph.values()):
        if value.removeprefix("$") not in (one.parameters if value.startswith("$") else one.columns):
            raise BadData(f"{one.name}: its evidence or graph takes {value}, which is no column, nor a parameter after $")


def _check_cypher(path: Path, text: str, header: Header) -> None:
    _givings(path, text, header)
    used = set(_CYPHER_PARAMETER.findall(text)) - {_MOST}
    _same(path, "parameters", used, header.bound())


def _check_sparql(path: Path, text: str, header: Header) -> None:
    """The projection is the columns, in order, then the parameters: only what is projected can be bound."""
    expected = [*gathered(header), *header.bound()]
    for given in _givings(path, text, header):
        projected = _projected(path, text_for(text, given), header)
        if projected != expected:
            raise BadData(f"{path.name}: it selects {', '.join(projected)}; the header promises {', '.join(expected)}")
    patterns = _PROJECTED.sub(" ", text)  # a parameter is projected so that it is bound; it must be used as well
    used = {name for name in header.bound() if re.search(rf"\?{name}\b", patterns)}
    _same(path, "parameters", used, header.bound())


def _givings(path: Path, text: str, header: Header) -> list[frozenset[str]]:
    """The cases that the marks of a text tell apart."""
    marked = sorted({name for _, name in _marks(text)})
    if unknown := sorted(set(marked) - set(header.bound())):
        raise BadData(f"{path.name}: its lines are marked by {', '.join(unknown)}, which the texts are not asked with")
    return [frozenset(some) for size in range(len(marked) + 1) for some in itertools.combinations(marked, size)]


def _projected(path: Path, text: str, header: Header) -> list[str]:
    substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): Literal("") for name in header.bound()
    }
    try:
        answer = Store().query(text, substitutions=substitutions)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise BadData(f"{path.name}: {error}") from error
    if not isinstance(answer, QuerySolutions):
        raise BadData(f"{path.name}: a question is a SELECT query")
    return [variable.value for variable in answer.variables]


def _same(path: Path, what: str, used: set[str], declared: Collection[str]) -> None:
    if unused := sorted(set(declared) - used):
        raise BadData(f"{path.name}: {what} declared and never used: {', '.join(unused)}")
    if unknown := sorted(used - set(declared)):
        raise BadData(f"{path.name}: {what} used and not declared: {', '.join(unknown)}")
