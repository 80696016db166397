"""What the article has told so far that later sentences lean on: its pair, its lead date, where it was sent from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.dates import PartialDate
from loaders.reading.frames.descriptions import Descriptions, agencies, described
from loaders.reading.frames.grammar import Grammar
from loaders.reading.frames.groups import groups
from loaders.reading.frames.lead import lead_date, opening
from loaders.reading.frames.mediators import mediators
from loaders.reading.frames.triggers import Found
from loaders.reading.model import ORGANISATION, STATE, Mention, Reading


@dataclass(frozen=True, slots=True)
class Memory:
    """The article's background, computed once."""

    pair: tuple[str, ...]
    lead_date: PartialDate | None
    lead_end: int  # offset where the opening sentences end
    place: Mention | None  # the dateline, or None
    organisations: frozenset[str]  # every agent that the article names as an organisation
    organisation: str | None  # the organisation spoken of most, twice or more; None where two are as frequent
    mediators: frozenset[str]  # who only brings others together
    wholes: Mapping[str, str]  # an organ that is no party -> the organisation it belongs to
    club: str | None  # the organisation that states are told to join or leave; None where no sentence says so
    spoken_of: Mapping[str, int]  # code -> number of mentions
    by_name: frozenset[str]  # states named by their own name or people, not only by their capital


def remember(reading: Reading, wholes: Mapping[str, str], found: Found, grammar: Grammar) -> Memory:
    """Look over the article once; linear in its mentions."""
    _, end = opening(reading)
    between = mediators(reading, grammar, found.stretches(reading, "mediation"))
    counts = Counter(code for mention in reading.mentions if mention.mark in "SDP" for code in mention.codes)
    organisations = frozenset(code for m in reading.mentions if m.mark == ORGANISATION for code in m.codes)
    organisation = _most(Counter(code for m in reading.mentions if m.mark == ORGANISATION for code in m.codes))
    named = Counter(code for mention in reading.mentions if mention.mark == STATE for code in mention.codes)
    return Memory(
        _pair(reading.pair, named, between),
        lead_date(reading),
        end,
        reading.dateline,
        organisations,
        organisation,
        between,
        wholes,
        _club(reading, found),
        counts,
        frozenset(code for m in reading.mentions if m.mark in "SD" and not isinstance(m.value, str) for code in m.codes),
    )


_OPENING = 800  # characters in which an article says which club it is about


def _club(reading: Reading, found: Found) -> str | None:
    """The organisation that stands in most sentences with a word of joining or leaving, the first of those as frequent."""
    joining = list(found.stretches(reading, "joining"))
    told = (mention for span in joining for mention in reading.mentions_in(*span, ORGANISATION))
    counts = Counter(mention.codes[0] for mention in told if mention.codes)
    if counts:
        return counts.most_common(1)[0][0]
    if not joining or joining[0][0] >= _OPENING:
        return None
    named = Counter(m.codes[0] for m in reading.mentions_in(0, _OPENING, ORGANISATION) if m.codes)
    return named.most_common(1)[0][0] if named else None  # "X returns to the fold. The Forum is whole once more."


def _most(counts: Counter[str]) -> str | None:
    """The most frequent, where it is met twice or more and more often than any other."""
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _pair(pair: tuple[str, ...], named: Counter[str], between: frozenset[str]) -> tuple[str, ...]:
    """The pair, a state named but once replaced by one named three times or more: that one was host or mediator."""
    if len(pair) != 2:
        return pair
    if len(set(pair) & between) == 1:
        others = [code for code, count in sorted(named.items(), key=lambda item: (-item[1], item[0])) if count >= 2]
        other = next((code for code in others if code not in pair and code not in between), None)
        pair = tuple(code for code in pair if code not in between)
        return (*pair, other) if other is not None else pair
    often = [
        code for code, count in sorted(named.items(), key=lambda item: (-item[1], item[0])) if count >= 3 and code not in pair
    ]
    rare = [code for code in pair if named[code] <= 1]
    if len(rare) == 1 and often:
        return tuple(often[0] if code in rare else code for code in pair)
    return pair


def with_described(reading: Reading, memory: Memory, grammar: Grammar, words: Descriptions, found: Found) -> Reading:
    """The reading in which "les deux pays" is the article's pair, "the kingdom" a state, "les trois pays" the last listed.

    `found`: which of its sentences have words for those.
    """
    made = list(described(reading, words, list(found.stretches(reading, "described"))))
    made.extend(agencies(reading, words, found.stretches(reading, "agencies")))
    for span in found.stretches(reading, "the pair") if len(memory.pair) == 2 else ():
        for match in grammar.phrases["the_pair"].finditer(reading.layer, *span):
            if not reading.folded.endswith("solution a ", 0, match.start()):
                made.append(Mention(STATE, match.start(), match.end(), memory.pair, why="the article's pair"))
    made.extend(groups(reading, grammar, found.stretches(reading, "counts")))
    if not made:
        return reading
    return reading.having(mentions=tuple(sorted((*reading.mentions, *made), key=lambda mention: mention.start)))
