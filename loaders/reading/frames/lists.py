"""What stands between two members of a list: "A, B et C", "from A and from the B", "au Mali, en Éthiopie et à Djibouti"."""

from __future__ import annotations

import re
from functools import cache

from loaders.reading.frames.scene import Scene
from loaders.reading.phrasing import either


@cache
def _between(joins: frozenset[str], leads: frozenset[str], words: int) -> re.Pattern[str]:
    """A comma, "and" or both, then as many words as may stand before the next member, then its prepositions and articles."""
    gap = rf"(?: [a-z-]+){{0,{words}}},? ?" if words else " ?"
    return re.compile(rf"(?:,? (?:{either(joins)})|,)(?:{gap})(?:(?:{either(leads)}) ?)*")


def goes_on(scene: Scene, end: int, start: int, words: int = 0) -> bool:
    """True where a list that has a member ending at `end` goes on with one that begins at `start`, `words` words between."""
    lists = scene.grammar.words
    return _between(lists["list_joins"], lists["list_leads"], words).fullmatch(scene.reading.layer, end, start) is not None
