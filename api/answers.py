"""A question and its answer in the API's shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from pydantic_core import to_json

from api.models import Label, QuestionColumn, QuestionInfo, QuestionParameter
from graph.asking.ask import Answer
from graph.asking.binding import LANGUAGES
from graph.asking.formats import columns_of
from graph.asking.header import Parameter, Texts
from graph.asking.questions import Question
from graph.asking.rendering import FORMATS, offered, render
from graph.model.terms import load_ontology


def described(question: Question) -> QuestionInfo:
    """A question as the API lists it."""
    return QuestionInfo(
        name=question.name,
        title=_label(question.title),
        description=_label(question.description),
        parameters=[
            QuestionParameter(
                name=name,
                type=p.type,
                required=p.required,
                default=p.default,
                choices=_choices(p),
                minimum=p.minimum,
                maximum=p.maximum,
                description=_label(p),
            )
            for name, p in question.parameters.items()
        ],
        columns=[QuestionColumn(**column) for column in columns_of(question)],
        forms=list(offered(question)),
        address=f"/api/v1/questions/{question.name}",
    )


def as_body(answer: Answer, via: str) -> bytes:
    """An answer with its rows as objects: the JSON of `api.models.QuestionAnswer`, which a test holds it to."""
    told: dict[str, Any] = {
        "question": answer.question.name,
        "via": via,
        "snapshot": answer.snapshot,
        "columns": columns_of(answer.question),
        "rows": [dict(zip(answer.columns, row, strict=True)) for row in answer.rows],
        "count": len(answer.rows),
        "truncated": answer.truncated,
    }
    return to_json(told)


def as_file(answer: Answer, form: str, headers: Mapping[str, str]) -> Response:
    """An answer in a form of `graph.asking.rendering`; the header `X-Truncated` says whether rows were left out."""
    about = FORMATS[form]
    own = {"X-Truncated": str(answer.truncated).lower()}
    own["Content-Disposition"] = f'attachment; filename="{answer.question.name}.{about.suffix}"'
    media = f"{about.media_type}; charset=utf-8" if about.media_type.startswith("text/") else about.media_type
    return Response(render(answer, form), media_type=media, headers={**headers, **own})


def _choices(parameter: Parameter) -> list[str] | None:
    """The values that a form offers: those of the header, the ontology's domains, the languages."""
    if parameter.type == "domain":
        return list(load_ontology().concepts("Domain"))
    return list(LANGUAGES) if parameter.type == "language" else parameter.choices


def _label(texts: Texts) -> Label:
    return Label(fr=texts.fr, en=texts.en)
