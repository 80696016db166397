"""Which session of a joint body a sentence tells of: "la 5e session de …", "at the twelfth meeting of the commission"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from loaders.reading.frames.knowledge import Bodies
from loaders.reading.frames.ordinals import ORDINAL, ordinal
from loaders.reading.frames.scene import Scene

_FIRST_TIME = re.compile(r"(?:pour la premiere fois|for the first time)(?! (?:depuis|en|in|since)(?![a-z]))")
_WHOSE = re.compile(r";|(?<![a-z])(?:dont|whose|with its|with the|qui tiendra|which will hold)(?![a-z])")
"""Opens what is told of another session, or of one to come of a body that is only set up."""
_NEVER_ONE = ("political_consultations", "strategic_dialogue")  # told in the plural though they are one


@dataclass(frozen=True, slots=True)
class Body:
    """A noun of a joint body in its sentence."""

    start: int
    end: int
    type: str
    weak: bool


def session_of(scene: Scene, body: Body, words: Bodies, ordinals: Mapping[str, int]) -> tuple[int | None, tuple[int, int]]:
    """The ordinal beside the body's session ("la 5e session de …", "its 42nd session")."""
    folded = scene.reading.folded
    low, high = max(scene.sentence.start, body.start - 60), min(scene.sentence.end, body.end + 100)
    anchors = [match.start() for match in words.session.finditer(folded, low, high)] + [body.start]
    best: tuple[int, int, tuple[int, int]] | None = None
    behind = _WHOSE.search(folded, body.end, high)
    for match in ORDINAL.finditer(folded, low, behind.start() if behind is not None else high):
        value = ordinal(match, ordinals)
        if value is None:
            continue
        distance = min(
            (
                anchor - match.end()
                for anchor in anchors
                if 0 <= anchor - match.end() <= 28 and _beside(scene, match.end(), anchor)
            ),
            default=None,
        )
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, value, match.span())
    further = _of_the_body(scene, body, words, ordinals) if best is None else None
    if further is not None:
        return further
    if best is None:
        first = _FIRST_TIME.search(folded, body.end, high)
        return (1, first.span()) if first is not None else (None, (0, 0))
    return best[1], best[2]


def _of_the_body(
    scene: Scene, body: Body, words: Bodies, ordinals: Mapping[str, int]
) -> tuple[int | None, tuple[int, int]] | None:
    """The ordinal of a session told further on: "the commission's co-chairs … at the twelfth meeting of the commission"."""
    folded, high = scene.reading.folded, scene.sentence.end
    for match in ORDINAL.finditer(folded, body.end, high):
        noun = words.session.match(folded, match.end() + 1, high)
        value = ordinal(match, ordinals) if noun is not None and of_this_body(scene, noun.end()) else None
        if value is not None:
            return value, match.span()
    return None


def of_this_body(scene: Scene, start: int) -> bool:
    """True for "of the commission" at `start`, which is the one told of: no other words follow that name one."""
    folded = scene.reading.folded
    said = scene.grammar.phrases["of_the_body"].match(folded, start + 1, scene.sentence.end)
    if said is None:
        return False
    rest = folded[said.end() : said.end() + 3]
    return (
        rest[:1] in ",.;:)" or scene.grammar.phrases["name_ends"].match(folded, said.end() + 1, scene.sentence.end) is not None
    )


def told_in_the_plural(scene: Scene, body: Body) -> bool:
    """True for a plural noun of bodies: none of them is said to hold a session of such a number."""
    folded = scene.reading.folded
    words = folded[body.start : body.end].split()
    noun = words[0] if scene.reading.language == "fr" else words[-1]
    return noun.endswith("s") and body.type not in _NEVER_ONE


def _beside(scene: Scene, start: int, end: int) -> bool:
    """True when at most two plain words, or a mention, stand between an ordinal and its session."""
    between = [token.text for token in scene.tokens[scene.index(start) : scene.index(end)]]
    stops = {"des", "les", "le", "la", "un", "une", "the", "a", "an", ",", ";", ":", "et", "and"}
    return len(between) <= 3 and not stops & set(between)
