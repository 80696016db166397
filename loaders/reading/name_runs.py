"""Runs of capitalised words: where each begins and ends, and which of them may be somebody's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.known_words import Common, Taken
from loaders.reading.model import STATE, Reading, Sentence
from loaders.reading.name_rules import LONGEST, NameRules

BRIEF = 2
"""Letters of the shortest family name: "Xi"."""
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)\Z")
_APOSTROPHES = ("'s", "’s", "'", "’")
_SEVERAL = re.compile(r"[ \u00a0–]")  # in a run of more than one word
_PART = re.compile(r"[-']")
_AFTER_NAME = re.compile(r" (?![IVX]+\Z)[A-Z]{2,3}\Z")  # letters after a name: MP, TD
_OF_LETTERS = re.compile(r"[A-Z]{2,5} d(?:e|u|es) (?:la )?(?=\w*[a-z])")  # "UMP de la Somme"
_ADDRESS = 44  # characters before a name in which its forms of address stand
_HYPHENS = ("-", "‐", "‑", "–")
_GLUED = 6  # letters of "ech-", and what stands before it
_NOT_YET = ("-elect", "-designate")  # "Congresswoman-elect X"
# After these even a state's name is a family name: "M. Montenegro".
_FORMAL = (" m. ", " mm. ", " mme ", " mr ", " mr. ", " mrs ", " mrs. ", " ms ", " ms. ", "\nm. ", "\nmr ", "\nmr. ")


@dataclass(slots=True)
class Run:
    """Words that go on one after the other, [start, end)."""

    start: int
    end: int
    count: int = 1
    honorific: int | None = None  # where the form of address before the name begins
    thing: bool = False
    alone: bool = False
    after_article: bool = False
    swallowed: tuple[int, ...] = ()  # starts of states that are its family name


class Runs:
    """The runs of a reading, sentence by sentence."""

    def __init__(self, reading: Reading, rules: NameRules) -> None:
        self._reading, self._rules = reading, rules
        self._taken, self._common = Taken(reading), Common(reading)

    def of(self, sentence: Sentence, headline: bool) -> Iterator[Run]:
        """Those of a sentence that may be names; in a `headline` nearly every word has a capital."""
        text, rules, last = self._reading.text, self._rules, sentence.start
        for match in rules.sequence.finditer(text, sentence.start, sentence.end):
            run: Run | None = None
            low, high = match.span()
            prefix = rules.glued.search(text, max(last, low - _GLUED), low) if text[low - 1 : low] in _HYPHENS else None
            low, last = prefix.start() if prefix else low, high
            several = prefix is not None or _SEVERAL.search(match[0])
            for word in rules.word.finditer(text, low, high) if several else (match,):
                start, end = word.span()
                possessive = _POSSESSIVE.search(word[0]) if text.endswith(_APOSTROPHES, start, end) else None
                end -= len(possessive[0]) if possessive and end - start > 2 else 0
                longer = self._with(run, start, end, sentence, headline, not possessive and end < high)
                if run is not None and longer is None and self._names(run):
                    yield run
                run = longer
                if possessive and run is not None:
                    if self._names(run):
                        yield run
                    run = None
            if run is not None and self._names(run):
                yield run

    def _with(self, run: Run | None, start: int, end: int, sentence: Sentence, headline: bool, more: bool) -> Run | None:
        """The run with a further word, `more` to follow it, or a new one of it; None where the word ends it or begins none."""
        text, whole, rules = self._reading.text, self._reading.folded, self._rules
        if end - start == 1 and text[end : end + 1] in ("'", "’"):  # "Roi Mohammed VI S'est félicité"
            return None
        folded = whole[start:end]
        plain = folded.rstrip(".")
        kind = self._kind(start, end, folded)
        if run is None and kind is not None and kind not in (STATE, "head"):
            return None  # a known word begins no name
        form = rules.honorific.search(whole, max(0, start - _ADDRESS), end + 1) if plain in rules.closing else None
        if form is not None:  # "Sa Majesté", "His Highness": no part of a name
            if run is not None and run.start >= form.start():
                run.thing = True
            return None
        if kind == "head" and plain in rules.inner and self._honoured(start):
            kind = None  # "Dr. Sultan Al Jaber"
        address = self._address(start, kind) if run is None else None
        within = self._within(run, start, end, kind, plain, sentence, more)
        if kind == STATE and (within or address is not None):
            run = Run(start, end, 0, address) if run is None else run
            run.swallowed = (*run.swallowed, start)
        elif (kind is not None or plain in rules.honorifics) and not within:
            if run is not None and start == run.end + 1 and kind == "institution":
                run.thing = True  # "Permanent Joint Commission"
            return None
        if address is None and self._other_reason(plain, start, sentence, headline, run):
            return None
        if run is None:
            run = Run(start, end, honorific=address, after_article=whole.endswith(rules.articles, 0, start))
        else:
            run.end, run.count = end, run.count + 1
        run.alone = run.count == 1 and plain in rules.alone
        run.thing = run.thing or plain in rules.things or not rules.things.isdisjoint(_PART.split(plain))
        return run

    def _kind(self, start: int, end: int, folded: str) -> str | None:
        """What a word is known as, if anything."""
        if folded.endswith(_NOT_YET):
            return "head"
        kind = self._taken.at(start, end)
        if kind is None and end - start > 3 and self._reading.text[start + 1] in "'’":  # "L'Ambassadeur"
            return self._taken.at(start + 2, end)
        return kind

    def _within(
        self, run: Run | None, start: int, end: int, kind: str | None, plain: str, sentence: Sentence, more: bool
    ) -> bool:
        """True for a known word that is part of a name all the same: "Dominique de Roux", "Ould Cheikh"."""
        rules, whole = self._rules, self._reading.folded
        if run is None:
            given = kind == STATE and more and whole[start:end] in rules.given and end + 1 not in self._taken.opening
            return given and not whole.endswith(("la ", "the "), 0, start)
        surname = kind == STATE and rules.surnames and self._reading.text[start].isupper() and not sentence.title
        return not run.thing and start == run.end + 1 and (plain in rules.inner or surname)

    def _address(self, start: int, kind: str | None) -> int | None:
        """Where the form of address begins that stands right before a name which begins at `start`."""
        whole = self._reading.folded
        known = kind is not None and (kind != STATE or not whole.endswith(_FORMAL, 0, start))
        if known or whole[start - 1 : start] != " " or start - 1 in self._taken.heads:
            return None  # "Crown Prince X": a title, no mere form of address
        form = self._honoured(start)
        return None if form is None else form.start()

    def _honoured(self, start: int) -> re.Match[str] | None:
        """The forms of address right before a name that begins at `start`."""
        folded, rules = self._reading.folded, self._rules
        end = start - 2 if folded[start - 2 : start - 1] == "." else start - 1
        if folded[end - 2 : end] not in rules.tails and folded[end - 1 : end] not in rules.tails:
            return None  # so it is mostly, and cheap to ask
        return rules.honorific.search(folded, max(0, start - _ADDRESS), start)

    def _other_reason(self, folded: str, start: int, sentence: Sentence, headline: bool, run: Run | None) -> bool:
        """True for a word that has a capital for another reason: it begins a sentence or stands in a headline."""
        text, rules = self._reading.text, self._rules
        first = (
            start <= sentence.start + 2
            or (run is None and text[start - 1 : start] in '«“"(')
            or text[start - 2 : start] in (": ", "- ", "« ", "– ", "— ")
        )
        initial = len(folded) == 1 and text[start + 1 : start + 2] == "."  # "A. K. Momen"
        begins = run is None and folded in rules.starts and not initial and not self._other_word(folded, start)
        if run is None and first and (begins or (folded in self._common and len(folded) > 2)):
            return True
        if begins and folded not in rules.also:
            return True
        return (headline or sentence.title) and folded in self._common and len(folded) > 3

    def _other_word(self, folded: str, start: int) -> bool:
        """True for a word that is one of another spelling but for its accents: "Grace", not "grâce"."""
        written = self._rules.accented.get(folded)
        return written is not None and self._reading.text[start + 1 : start + len(folded)] == folded[1:] != written[1:]

    def _names(self, run: Run) -> bool:
        """True for a run that may be a name, no institution and no bare acronym; what is none of it is cut off."""
        text = self._reading.text
        last = _AFTER_NAME.search(text, run.start, run.end) if run.count > 2 else None
        if last is not None:
            run.end, run.count = last.start(), run.count - 1
        if run.thing or (run.honorific is None and self._no_name(run)):
            return False
        self._without_address(run)
        return True

    def _no_name(self, run: Run) -> bool:
        text = self._reading.text
        if run.alone or run.count > LONGEST or _OF_LETTERS.match(text, run.start, run.end):
            return True
        if run.count != 1:
            return False
        name = text[run.start : run.end]
        letters = [character for character in name if character.isalpha()]
        return len(letters) < BRIEF or all(map(str.isupper, letters)) or any(map(str.isdigit, name))

    def _without_address(self, run: Run) -> None:
        """A form of address of several words at the head of a name is none of it: "Tan Sri X"."""
        begin, folded = run.start if run.honorific is None else run.honorific, self._reading.folded
        if not folded.startswith(self._rules.addresses, begin):
            return
        address = next(a for a in self._rules.addresses if folded.startswith(a, begin))
        if run.start < begin + len(address) < run.end:
            run.start, run.honorific = begin + len(address), begin
