"""Which words of an article are known: those it has without a capital too, and stretches that are words already."""

from __future__ import annotations

import re

from graph.model.folding import fold
from loaders.reading.model import Reading

_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-zß-öø-ÿ]\w{2,}")
_ASKED = 200  # words looked for one by one: beyond that all of them are read at once
_CUTTING = ("head", "portfolio", "institution", "blocked", "honorific", "organisation")


class Common:
    """The words that the text has without a capital somewhere, folded; each is looked for when it is first asked for."""

    def __init__(self, reading: Reading) -> None:
        self._text, self._folded = reading.text, reading.folded
        self._known: dict[str, bool] = {}
        self._all: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._found(word)
        return known

    def _found(self, word: str) -> bool:
        if len(self._known) > _ASKED:
            if self._all is None:
                self._all = frozenset(fold("\n".join(_LOWER_WORD.findall(self._text))).split("\n"))
            return word in self._all
        place = self._folded.find(word) if len(word) > 2 else -1
        while place >= 0:
            match = _LOWER_WORD.match(self._text, place)
            if match is not None and match.end() - place == len(word):
                return True
            place = self._folded.find(word, place + 1)
        return False


class Taken:
    """Which stretches are known words already; asked in reading order, so a pointer does."""

    def __init__(self, reading: Reading) -> None:
        heads = reading.known("head")
        self.heads = {token.end for token in heads}
        self.opening = {token.start for token in heads}
        spans = [(mention.start, mention.end, mention.mark) for mention in reading.mentions]
        cutting: dict[int, tuple[int, int, str]] = {}  # by where they begin: a word's first category counts
        for category in reversed(_CUTTING):
            cutting.update({token.start: (token.start, token.end, category) for token in reading.known(category)})
        self.spans = sorted((*spans, *cutting.values()))
        self.index = 0

    def at(self, start: int, end: int) -> str | None:
        """What kind of known word overlaps [start, end): the mark of a mention, or a category of words."""
        spans, index = self.spans, self.index
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        self.index = index
        for low, high, kind in spans[index : index + 2]:
            if low >= end:
                return None
            if high > start and (len(kind) == 1 or (low <= start and high >= end)):
                return kind
        return None
