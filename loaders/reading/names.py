"""Capitalised sequences that may be somebody's name: particles and initials in, institutions and known words out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.reading.model import NAME, Mention, Reading
from loaders.reading.name_runs import BRIEF, Runs
from loaders.reading.renaming import cut, family_names

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_HEADLINE_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")


@dataclass(frozen=True, slots=True)
class Names:
    """What was found: names, the starts of those that an honorific stands before, and of states that are family names."""

    names: list[Mention]
    things: list[Mention]  # after an article: part of a title, perhaps, and nobody
    honoured: set[int]
    swallowed: set[int]


def find_names(reading: Reading, lexicon: Lexicon) -> Names:
    """The N mentions of a reading."""
    rules = lexicon.of(reading).names
    runs = Runs(reading, rules)
    found = Names([], [], set(), set())
    lone: list[Mention] = []  # of headlines, where a verb has a capital too, or of two letters: those that a longer name has
    english = reading.language == "en"
    for sentence in reading.sentences:
        if sentence.boilerplate:
            continue
        headline = english and _title_case(reading.text[sentence.start : sentence.end])
        for run in runs.of(sentence, headline):
            name = " ".join(reading.text[run.start : run.end].split())
            start = run.start if run.honorific is None else run.honorific
            mention = Mention(NAME, start, run.end, value=name, why="capitalised words")
            if run.after_article and run.honorific is None:
                found.things.append(mention)
                continue
            found.swallowed.update(run.swallowed)
            brief = run.end - run.start == BRIEF and name.lower() not in rules.starts
            if run.count == 1 and run.honorific is None and (brief or (headline and sentence.title)):
                lone.append(mention)
                continue
            found.names.append(mention)
            if run.honorific is not None:
                found.honoured.add(start)
    found.names.extend(family_names(found.names, found.swallowed, reading, lexicon.of(reading).mentions.locative))
    found.names[:] = cut(found.names, reading)
    told = {word for mention in found.names for word in str(mention.value).split()}
    found.names.extend(mention for mention in lone if mention.value in told)
    found.names.sort(key=lambda mention: mention.start)
    return found


def _title_case(line: str) -> bool:
    """True for a line in which nearly every longer word has a capital."""
    found = _HEADLINE_WORD.findall(line)
    return len(found) >= 4 and sum(word[0].isupper() for word in found) >= 0.75 * len(found)
