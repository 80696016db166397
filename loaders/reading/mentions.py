"""Stage 3: states, peoples, places, organisations, dates and amounts, each marked in the layer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from loaders.reading.amounts import find_amounts
from loaders.reading.changing import replace
from loaders.reading.dating import YEAR, find_dates
from loaders.reading.gazetteer import Token
from loaders.reading.model import PLACE, STATE, Mention, Reading
from loaders.reading.naming import named
from loaders.reading.surroundings import DATELINE_AFTER

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_DATELINES = 4  # paragraphs, the headline included, that may begin with a dateline


def find_mentions(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its tokens and every mention but titles, names and persons."""
    known = lexicon.of(reading)
    tokens = known.gazetteer.tokens(reading.text, reading.apart)
    blank = [(paragraph.start, paragraph.end) for paragraph in reading.paragraphs if paragraph.boilerplate]
    tokens = _outside(tokens, blank)
    names = list(named(reading, tokens, known))
    dated = find_dates(reading.text, reading.folded, _anchors(reading.folded, tokens, blank), known.calendar, reading.published)
    demonyms = {place: mention.codes[0] for mention in names if mention.codes for place in (mention.start, mention.end)}
    units = [(token.start, token.end, token.get("unit")) for token in tokens if "unit" in token.meanings]
    counted = find_amounts(reading.folded, units, demonyms, known.amounts)
    mentions = disjoint([*dated, *counted, *names])
    return reading.having(mentions=mentions, tokens=tuple(tokens), dateline=_dateline(reading, mentions))


def disjoint(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions in reading order without overlaps: the earlier start wins, then the longer, then the one given first."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.start, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _outside(tokens: list[Token], blank: list[tuple[int, int]]) -> list[Token]:
    if not blank:
        return tokens
    kept, index = [], 0
    for token in tokens:
        while index < len(blank) and blank[index][1] <= token.start:
            index += 1
        if index == len(blank) or token.start < blank[index][0]:
            kept.append(token)
    return kept


def _anchors(folded: str, tokens: list[Token], blank: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans = [(token.start, token.end) for token in tokens if "date" in token.meanings]
    spans += [
        match.span() for match in YEAR.finditer(folded) if not any(low <= match.start() < high for low, high in blank[:50])
    ]
    return sorted(spans)


def _dateline(reading: Reading, mentions: tuple[Mention, ...]) -> Mention | None:
    """The place that the article says it was sent from: a city that begins one of the first paragraphs, before a dash."""
    for paragraph in reading.paragraphs[:_DATELINES]:
        if paragraph.title or paragraph.boilerplate:
            continue
        for mention in mentions:
            if mention.start > paragraph.start:
                break
            if mention.start == paragraph.start and mention.mark in PLACE + STATE and isinstance(mention.value, str):
                after = DATELINE_AFTER.match(reading.text, mention.end)
                if after is not None:
                    return replace(mention, mark=PLACE)
    return None
