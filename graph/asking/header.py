"""The header of a question's file: TOML in comment lines, read strictly."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import BadData

ParameterType = Literal["state", "date", "domain", "source", "fact", "integer", "language", "text"]
ColumnType = Literal["text", "iri", "date", "integer", "number", "list"]

MARKS = {".cypher": "//+", ".rq": "#+"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Texts(_Strict):
    """A text in both languages of the project."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in French or, for `en`, in English."""
        return self.en if language == "en" else self.fr


class Parameter(Texts):
    """What a question is asked with; one that is not required and has no default may be left out."""

    type: ParameterType
    required: bool = False
    default: str | int | None = None
    choices: list[str] | None = None  # of a text: the only values that it may have
    minimum: int | None = None  # of an integer
    maximum: int | None = None
    by_step: bool = False  # the step alone uses it: the texts do without


class Column(Texts):
    """What a question answers with."""

    type: ColumnType


class Header(_Strict):
    """Everything that a question says of itself.

    `then` names the step of `graph/asking/steps` that makes the columns out of the rows that the two texts gather, whose
    columns and types are `gathers`. `evidence` leads from a row to who says so: the question to ask, and for each of its
    parameters a column of this answer, or `$` and a parameter of this question.
    """

    title: Texts
    description: Texts
    params: dict[str, Parameter]
    columns: dict[str, Column]
    evidence: dict[str, str]
    then: str | None = None
    gathers: dict[str, ColumnType] | None = None
    graph: dict[Literal["from", "to"], str] | None = None  # the columns, or `$` and a parameter, that a row ties together
    map: dict[Literal["city", "state"], str] | None = None  # the one column of cities' names, or of states' codes, on a map

    def bound(self) -> list[str]:
        """The parameters that the texts use."""
        return [name for name, parameter in self.params.items() if not parameter.by_step]


def gathered(header: Header) -> dict[str, ColumnType]:
    """The columns that the two texts return, with their types."""
    return header.gathers or {name: column.type for name, column in header.columns.items()}


def read_question(path: Path) -> tuple[Header | None, str]:
    """The header of a file, where it has one, and its query; BadData names the file and what is wrong."""
    mark = MARKS[path.suffix]
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line[len(mark) :].removeprefix(" ") for line in lines if line.startswith(mark)]
    body = "\n".join(line for line in lines if not line.startswith(mark)).strip() + "\n"
    return (_header(path, "\n".join(header)) if header else None), body


def _header(path: Path, text: str) -> Header:
    try:
        header = Header.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path.name}: its header is no TOML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise BadData(f"{path.name}: its header is wrong: {problems}") from error
    for name, parameter in header.params.items():
        if parameter.required and parameter.default is not None:
            raise BadData(f"{path.name}: parameter {name} is required, so it can have no default")
        if (parameter.minimum, parameter.maximum) != (None, None) and parameter.type != "integer":
            raise BadData(f"{path.name}: parameter {name} has bounds: it must be an integer")
        if parameter.choices is not None and (parameter.type != "text" or parameter.default not in (None, *parameter.choices)):
            raise BadData(f"{path.name}: parameter {name} has choices: it must be a text, and its default one of them")
    if (header.then is None) != (header.gathers is None):
        raise BadData(f"{path.name}: `then` and `gathers` go together: a step, and the columns that it is given")
    if header.map is not None and (len(header.map) != 1 or not header.columns.keys() >= set(header.map.values())):
        raise BadData(f"{path.name}: its map must name one of its columns: {{ city = … }} or {{ state = … }}")
    if both := header.params.keys() & (header.gathers or header.columns).keys():
        raise BadData(f"{path.name}: {', '.join(sorted(both))} is both a parameter and a column; name them apart")
    return header
