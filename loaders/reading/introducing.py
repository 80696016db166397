"""Offices of people who are introduced without a title of their own: by a counterpart's, by one that leads to a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loaders.reading.cast import Cast
from loaders.reading.describing import named_next
from loaders.reading.model import Mention, Sentence, Title
from loaders.reading.register import Entry, holds_more_than_a_rank, title_of

_LEADS_TO_PRONOUN = re.compile(r"[^.;:\"\n]{0,60}?, (?:il|elle|he|she) ")
_NOBODY = ("no ", "aucun ", "aucune ", "premier ", "first ")
_HIS = ("son ", "sa ", "his ", "her ")
_GOVERNING = ("head_", "minister_")
_NEAR = 2  # sentences back in which the other of two counterparts stands


def introduce(bare: Iterable[Mention], entries: Iterable[Entry], cast: Cast) -> None:
    """Give offices to people whom the text introduces so."""
    for mention in bare:
        title, sentence = mention.value, cast.reading.sentence_at(mention.start)
        if isinstance(title, Title) and sentence is not None and title.offices and not (title.plural or title.former):
            index = _meant(title, mention, sentence, cast)
            if index is not None:
                cast.give(index, title, title.of, mention, sentence.index, "described by a title later")
    for entry in entries:
        _other_of_two(entry, cast)


def _meant(title: Title, mention: Mention, sentence: Sentence, cast: Cast) -> int | None:
    folded = cast.reading.folded
    if mention.start - sentence.start < 2 and _LEADS_TO_PRONOUN.match(folded, mention.end) and sentence.index > 0:
        before = cast.reading.sentences[sentence.index - 1]  # "The deal is X's work. Adviser to the president, he …"
        named = _free(dict.fromkeys(cast.named(before.start, before.end)), cast)
        return named[0] if len(named) == 1 else None
    if folded.endswith(_NOBODY, 0, mention.start) and title.of:
        return named_next(title, sentence, cast)  # "No Indian minister had been there. X put that right."
    return None


def _other_of_two(entry: Entry, cast: Cast) -> None:
    """ "X left hours ago. His Chadian counterpart, Minister Y, …": X holds the office of Y."""
    index = cast.of_entry.get(entry.mention.start)
    for said in entry.said:
        title, start = title_of(said), said.title.start
        sentence = cast.reading.sentence_at(start)
        own = cast.reading.folded[max(0, start - 4) : start].endswith(_HIS) or title.text.lower().startswith(_HIS)
        if index is None or sentence is None or not title.counterpart or title.former or title.plural or not own:
            continue
        held = (h.office for h in cast.people[index].holdings if h.title.start != start)
        office = next((office for office in held if office.startswith(_GOVERNING)), None)
        here = [i for i in dict.fromkeys(cast.named(sentence.start, start)) if i != index]
        first = cast.reading.sentences[max(0, sentence.index - _NEAR)].start
        near = here or [i for i in dict.fromkeys(cast.named(first, sentence.start)) if i != index]
        free = _free(near, cast)
        if office is not None and len(free) == 1 and len(near) == 1:
            cast.give(free[0], Title((office,)), (), said.title, sentence.index, "described by a title later")


def _free(people: Iterable[int], cast: Cast) -> list[int]:
    return [index for index in people if not holds_more_than_a_rank(cast.people[index])]
