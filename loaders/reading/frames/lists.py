"""What stands between two members of a list: "A, B et C", "from A and from the B", "au Mali, en Éthiopie et à Djibouti"."""

from __future__ import annotations

import re
from functools import cache

from loaders.reading.frames.scene import Scene
from loaders.reading.phrasing import either

_FIRST = 20  # characters from what opens a list to its first name
_WORDS = 3  # words between two of its names: "et le petit royaume du"


@cache
def _between(joins: frozenset[str], leads: frozenset[str], words: int) -> re.Pattern[str]:
    """A comma, "and" or both, then as many words as may stand before the next member, then its prepositions and articles."""
    gap = rf"(?: [a-z-]+){{0,{words}}},? ?" if words else " ?"
    return re.compile(rf"(?:,? (?:{either(joins)})|,)(?:{gap})(?:(?:{either(leads)}) ?)*")


def members(scene: Scene, start: int, end: int, marks: str) -> tuple[tuple[str, ...], int]:
    """The agents of the list that begins right behind `start`, in order, and where it ends; a name of several ends it."""
    codes: dict[str, None] = {}
    last = start
    for mention in scene.reading.mentions_in(start, end, marks):
        near = goes_on(scene, last, mention.start, _WORDS) if codes else mention.start - start <= _FIRST
        if not near or len(mention.codes) != 1:
            break
        codes[mention.codes[0]] = None
        last = mention.end
    return tuple(codes), last


def goes_on(scene: Scene, end: int, start: int, words: int = 0) -> bool:
    """True where a list that has a member ending at `end` goes on with one that begins at `start`, `words` words between."""
    lists = scene.grammar.words
    return _between(lists["list_joins"], lists["list_leads"], words).fullmatch(scene.reading.layer, end, start) is not None
