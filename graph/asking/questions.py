"""The named questions of `queries/`: one Cypher and one SPARQL file each, checked when they are loaded."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from graph.asking.header import Column, Header, Parameter, Texts, read_question
from graph.errors import BadData, UnknownTerm
from graph.model.files import QUERIES

_CYPHER_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its two texts; columns and parameters in the order of the header."""

    name: str
    title: Texts
    description: Texts
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]
    cypher: str
    sparql: str


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
    return MappingProxyType({name: _question(cypher[name], sparql[name]) for name in sorted(cypher)})


def question(name: str, folder: Path = QUERIES) -> Question:
    """One question by name; UnknownTerm with near names when there is none such."""
    questions = load_questions(folder)
    if name not in questions:
        near = difflib.get_close_matches(name, list(questions), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(questions)}"
        raise UnknownTerm(f"no question is named {name!r}; {hint}")
    return questions[name]


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
    parameters, columns = MappingProxyType(header.params), MappingProxyType(header.columns)
    return Question(cypher.stem, header.title, header.description, parameters, columns, cypher_text, sparql_text)


def _check_cypher(path: Path, text: str, header: Header) -> None:
    used = set(_CYPHER_PARAMETER.findall(text))
    _same(path, "parameters", used, header.params)


def _check_sparql(path: Path, text: str, header: Header) -> None:
    """The projection is the columns, in order, then the parameters: only what is projected can be bound."""
    substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): Literal("") for name in header.params
    }
    try:
        answer = Store().query(text, substitutions=substitutions)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise BadData(f"{path.name}: {error}") from error
    if not isinstance(answer, QuerySolutions):
        raise BadData(f"{path.name}: a question is a SELECT query")
    projected = [variable.value for variable in answer.variables]
    expected = [*header.columns, *header.params]
    if projected != expected:
        raise BadData(f"{path.name}: it selects {', '.join(projected)}; the header promises {', '.join(expected)}")
    before = text.rsplit("GROUP BY", 1)[0]  # once for being projected, so that it is bound, and once more for being used
    _same(path, "parameters", {name for name in header.params if len(re.findall(rf"\?{name}\b", before)) > 1}, header.params)


def _same(path: Path, what: str, used: set[str], declared: Mapping[str, object]) -> None:
    if unused := sorted(declared.keys() - used):
        raise BadData(f"{path.name}: {what} declared and never used: {', '.join(unused)}")
    if unknown := sorted(used - declared.keys()):
        raise BadData(f"{path.name}: {what} used and not declared: {', '.join(unknown)}")
