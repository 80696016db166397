"""Whom "les trois pays", "these four member states" stand for: the last list of as many states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from loaders.reading.frames.grammar import Grammar
from loaders.reading.model import STATE, Mention, Reading
from loaders.reading.phrasing import either

COUNTS = {"trois": 3, "quatre": 4, "cinq": 5, "three": 3, "four": 4, "five": 5}
_JOINED = re.compile(
    r"\)?(?:,? (?:et|and|ainsi que|as well as)|,|/)(?: (?:et|and))? ?(?:(?:ses|leurs|its|their) [a-z]+ )?"
    r"(?:(?:de la|de l'|de|du|d'|des|la|le|les|l'|the|au|aux|en|a|in|to|of) ?)*\(?"
)
_BACK = 2500  # characters between a list and what stands for it


@cache
def _counted(light: frozenset[str], nouns: frozenset[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z])(?:les|des|ces|aux|the|these|those|all)(?: (?:{either(light)}))? (?P<count>{either(COUNTS)})"
        rf"(?: (?:{either(light)})){{0,2}} (?:{either(nouns)})(?![a-z])"
    )


def groups(reading: Reading, grammar: Grammar, within: Iterable[tuple[int, int]]) -> tuple[Mention, ...]:
    """A mention of all its states for each group counted in these stretches that a list before it explains."""
    pattern = _counted(grammar.words["group_light"], grammar.words["group_nouns"])
    counted = [match for span in within for match in pattern.finditer(reading.layer, *span)]
    lists = list(_lists(reading)) if counted else []
    found = []
    for match in counted:
        codes = _last(lists, match.start(), COUNTS[match["count"]])
        if codes:
            found.append(Mention(STATE, match.start("count"), match.end(), codes, why="the last list of as many states"))
    return tuple(found)


def _last(lists: Sequence[tuple[int, tuple[str, ...]]], offset: int, count: int) -> tuple[str, ...]:
    for end, codes in reversed(lists):
        if end <= offset and offset - end <= _BACK and len(codes) == count:
            return codes
    return ()


def _lists(reading: Reading) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(end, codes) of each stretch of states that only commas and conjunctions join."""
    codes: list[str] = []
    end = -1
    for mention in reading.mentions:
        if mention.mark != STATE or len(mention.codes) != 1:
            continue
        if codes and _JOINED.fullmatch(reading.layer, end, mention.start) is None:
            yield end, tuple(dict.fromkeys(codes))
            codes = []
        codes.append(mention.codes[0])
        end = mention.end
    if codes:
        yield end, tuple(dict.fromkeys(codes))
