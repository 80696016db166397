"""The article's pair: the two agents that it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from loaders.reading.model import DEMONYM, ORGANISATION, PLACE, STATE, TITLE, Mention, Reading

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_NEVER = frozenset({"UN"})  # nearly always the forum, not a side


def find_pair(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its pair: the headline's first two states, else the most spoken of; mere places count last."""
    titles = [(sentence.start, sentence.end) for sentence in reading.sentences if sentence.title]
    before = [span for title in titles for span in _told_after(reading, title)]
    headline = [
        mention
        for title in titles
        for mention in reading.mentions_in(*title)
        if not any(start <= mention.start < end for start, end in before)
    ]
    named = _codes(headline, STATE + DEMONYM + TITLE, lexicon)
    counted = Counter(_repeated(reading.mentions, STATE + DEMONYM + TITLE, lexicon))
    ranked = [code for code, _ in counted.most_common()]  # equals stay in the order of the text
    places = _codes(headline, PLACE, lexicon) if len(named) < 2 else []
    organisations = [
        code for mention in headline if mention.mark == ORGANISATION for code in mention.codes if code not in _NEVER
    ]
    together = _together(reading, lexicon) if len(named) != 2 else []
    named = together if len(named) > 2 and together and set(together) <= set(named) else named
    ranked = together if together and set(named) <= set(together) else ranked
    pair = list(dict.fromkeys([*named, *ranked[:2], *places, *organisations]))[:2]
    if len(named) == 1 and organisations and organisations[0] not in pair:
        pair = [named[0], organisations[0]] if counted.get(ranked[0] if ranked[0] != named[0] else "", 0) < 2 else pair
    if len(pair) == 1 and not organisations:
        pair += _only_other(reading, pair[0], lexicon)
    return reading.having(pair=tuple(pair))


_AFTER = re.compile(r"(?<![a-z])(?:apres|after) (?:(?:l[ea]s? |l'|the )?S_+(?:, (?:et |and )?| et | and )?)+(?<=, )")


def _told_after(reading: Reading, title: tuple[int, int]) -> list[tuple[int, int]]:
    """Where states stand that somebody had been to before: "Au Sénégal, après l'Algérie et la Mauritanie, …"."""
    return [found.span() for found in _AFTER.finditer(reading.layer, *title)]


_JOINED = re.compile(r"S_+(?: \(S_+\))? (?:et|and)(?: l[ea]s?| the)? ?(?:l')?(S_+)")
_LEAD = 4  # sentences in which the two that an article is about are named side by side


def _together(reading: Reading, lexicon: Lexicon) -> list[str]:
    """The two states that begin one of the first sentences: "La Zambie et l'Angola ont convenu …"."""
    for sentence in reading.sentences[1:_LEAD]:
        first = next(iter(reading.mentions_in(sentence.start, sentence.end, STATE)), None)
        joined = (
            _JOINED.match(reading.layer, first.start, sentence.end) if first and first.start - sentence.start < _OPENS else None
        )
        if joined is not None:
            codes = _codes(reading.mentions_in(joined.start(), joined.end(), STATE), STATE, lexicon)
            return codes if len(codes) == 2 else []
    return []


_OPENS = 12  # characters before the first state of a sentence that opens with it: "Jeudi, le "


def _only_other(reading: Reading, one: str, lexicon: Lexicon) -> list[str]:
    """The one other state of whose cities an article speaks that names a single agent: "le président chilien … à Lima"."""
    others = [code for code in _codes(reading.mentions, PLACE, lexicon) if code != one]
    forums = any(mention.mark == ORGANISATION for mention in reading.mentions)
    return others if len(others) == 1 and not forums else []


def _repeated(mentions: Iterable[Mention], marks: str, lexicon: Lexicon) -> list[str]:
    return [code for mention in mentions if mention.mark in marks for code in mention.codes if code in lexicon.reference.states]


def _codes(mentions: Iterable[Mention], marks: str, lexicon: Lexicon) -> list[str]:
    return list(dict.fromkeys(_repeated(mentions, marks, lexicon)))
