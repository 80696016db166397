"""A second meeting told without a verb of its own: "reçu par X, puis par Y", "X l'avait reçu, puis Y, à Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.reading.frames.events import Event
from loaders.reading.frames.fellows import with_fellows
from loaders.reading.frames.tokens import Argument

_THEN = re.compile(
    r"[,;:]? ?(?:(?:et|and) )?(?:puis|ensuite|enfin|then|finally|later|followed by|ainsi que|as well as)(?![a-z])"
)
_REACH = 60  # characters from "puis" to who is met then
_MOST = 3


def further(event: Event, hosts: tuple[int, ...], guests: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Who meets whom next, as hosts and guests, in the clauses right behind the one that has the verb."""
    scene, high = event.scene, event.high
    if event.voice == "noun" or not hosts or not guests:
        return
    for low, end in [clause for clause in scene.clauses if clause[0] >= high][:_MOST]:
        word = _THEN.match(scene.reading.folded, low, end) if low == high else None
        named = _named(event, low, end) if word is not None else None
        if named is None:
            return
        people = with_fellows(scene, named).persons
        if named.cue in ("by", "with"):
            yield hosts, people
        elif named.cue == "" and not any(a.persons == guests for a in scene.after(event.end, high)):
            yield people, guests  # whom the verb's pronoun stands for is received again
        else:
            yield hosts, people
        high = end


def _named(event: Event, start: int, end: int) -> Argument | None:
    """The official named right behind "puis", where no verb follows in his clause."""
    scene = event.scene
    found = next((a for a in scene.after(start, end) if a.persons), None)
    if found is None or found.start - start > _REACH or found.cue not in ("", "by", "with"):
        return None
    table = scene.grammar.modality
    tokens = [t for t in scene.tokens[scene.index(start) : scene.index(end)] if scene.reading.text[t.start] not in "àÀ"]
    return None if any(token.text in table["have"] or token.text in table["be"] for token in tokens) else found
