"""What the whole article shows of its names: headlines cut to the name, towns and states that are somebody's family name."""

from __future__ import annotations

import re

from graph.model.folding import fold
from loaders.reading.model import NAME, PLACE, STATE, Mention, Reading

_ARTICLES = ("le ", "du ", "au ", "la ", "en ", "l'")
_WHY = "capitalised words"


def family_names(names: list[Mention], swallowed: set[int], reading: Reading, locative: re.Pattern[str]) -> list[Mention]:
    """States and towns that are names of people: "Montenegro" where a Luis Montenegro is, "Hue" after Vuong Dinh Hue."""
    surnames = {reading.folded[m.start : m.end] for m in reading.mentions if m.start in swallowed}
    lengths = {words[-1]: len(words) for name in names if len(words := fold(str(name.value)).split()) > 1}
    titled = {token.end + 1 for token in reading.known("head")} if lengths else set()
    found: list[Mention] = []
    for mention in reading.mentions if surnames or lengths else ():
        word = reading.folded[mention.start : mention.end]
        length = lengths.get(word, 0)
        last = length > 2 or (length == 2 and mention.start in titled)  # "President Lagos" after Ricardo Lagos
        if mention.start in swallowed or not (word in surnames if mention.mark == STATE else mention.mark == PLACE and last):
            continue
        if reading.folded.endswith(_ARTICLES, 0, mention.start) or _placed(mention, reading, locative):
            continue
        swallowed.add(mention.start)
        found.append(Mention(NAME, mention.start, mention.end, value=reading.words(mention), why=_WHY))
    return found


def _placed(mention: Mention, reading: Reading, locative: re.Pattern[str]) -> bool:
    """True for a town that something is in; a state after such a word may still be a person: "to Montenegro"."""
    return mention.mark == PLACE and locative.search(reading.folded, max(0, mention.start - 24), mention.start) is not None


def cut(names: list[Mention], reading: Reading) -> list[Mention]:
    """The names, those of the headline without the verb that has a capital too: "Ana Diaz Presents Credentials"."""
    told = {str(name.value) for name in names if not _heads(name, reading)}
    last = {name.rpartition(" ")[2] for name in told}
    return [_cut(name, told, last) if " " in str(name.value) and _heads(name, reading) else name for name in names]


def _heads(name: Mention, reading: Reading) -> bool:
    sentence = reading.sentence_at(name.start)
    return sentence is not None and sentence.title


def _cut(name: Mention, told: set[str], last: set[str]) -> Mention:
    words = str(name.value).split()
    if str(name.value) in told:
        return name
    for count in range(len(words) - 1, 0, -1):
        first = " ".join(words[:count])
        if first in (told if count > 1 else last):
            end = name.end - len(" ".join(words[count:])) - 1
            return Mention(NAME, name.start, end, value=first, why=_WHY)
    return name
