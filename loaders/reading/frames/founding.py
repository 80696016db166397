"""What the words around a joint body tell besides: when it was founded, and on which occasion of it something was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model.claims import Reason
from loaders.reading.frames.attributes import days_told
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.session_numbers import Body
from loaders.reading.model import Candidate

_OCCASION = 60  # characters before a body in which "at the end of" stands
_FEW = 4  # words between the two
_NAMED = 90  # characters from a body's noun to the aside behind its name
_FOUNDED = re.compile(
    r", (?:qui a ete |which was |qui avait ete )?"
    r"(creee?|instituee?|instauree?|etablie?|mise? en place|fondee?|lancee?|established|created|set up|founded|launched) A_+"
)


def founded_before(scene: Scene, body: Body, told: Candidate) -> Iterator[Candidate]:
    """A body told of, and its creation where that stands beside its name: "la commission, créée en 2013, s'est réunie"."""
    said = founded(scene, body)
    days = days_told(scene, said.start(), said.end()) if said is not None else []
    if said is None or not days or told.fields["status"] == "established":
        yield told
        return
    trigger = Reason("trigger", scene.reading.text[slice(*said.span(1))], *said.span(1), "says it is established")
    kept = {name: told.fields[name] for name in ("parties", "type", "name") if name in told.fields}
    yield replace(
        told,
        fields={**kept, "status": "established", "date": days[0].date},
        rule="body/established",
        reasons=(told.reasons[0], trigger, *(reason for reason in told.reasons if reason.role == "parties")),
        features=told.features - {"session"},
    )
    held = days_told(scene, said.end(), scene.sentence.end)
    rest = {name: value for name, value in told.fields.items() if name != "date" or value != days[0].date}
    yield replace(told, fields={**rest, "date": held[0].date} if held and "date" not in rest else rest)


def founded(scene: Scene, body: Body) -> re.Match[str] | None:
    """The aside that tells when a body was founded: ", créée en 2013"."""
    return _FOUNDED.search(scene.reading.layer, body.end, min(scene.sentence.end, body.end + _NAMED))


def occasion(scene: Scene, body: Body) -> tuple[int, int] | None:
    """The words that say on which occasion something was done: "à l'issue des travaux de la commission mixte"."""
    layer = scene.reading.layer
    low = max(scene.sentence.start, body.start - _OCCASION)
    last = max((match.span() for match in scene.grammar.phrases["at_session"].finditer(layer, low, body.start)), default=None)
    if last is None:
        return None
    between = layer[last[1] : body.start]
    return last if not set(between) & set(",;:") and len(between.split()) <= _FEW else None
