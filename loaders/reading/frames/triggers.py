"""One pass over a text for every word that the frame stage waits for: triggers, and the words that builders watch for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from loaders.reading.frames.book import Trigger
from loaders.reading.gazetteer import apart
from loaders.reading.model import Reading

Asked = Mapping[str, Mapping[str, Iterable[int]]]
"""Language -> a word or phrase, folded -> the frames, by their position in the book, that ask for it in a certain part."""

Watched = Mapping[str, Mapping[str, Iterable[str]]]
"""Language -> name of a builder -> folded words and phrases, one of which a sentence must have for that builder to be asked."""

_LONGEST_NAME = 60  # characters from where a mention begins within which it swallows a trigger
_MOST_HITS = 40  # triggers read in one sentence: more only in lists of words and hostile text


class Sense(NamedTuple):
    """What a form may be that opens one frame: a noun, a form of a verb, or a set phrase."""

    frame: int  # its position in the book
    noun: bool
    verbs: tuple[Trigger, ...]
    tags: frozenset[str]  # of these
    reflexive: bool  # all of these are
    phrase: bool
    lemmas: tuple[str, ...]

    def lemma(self, reflexive: bool) -> str:
        """The verb meant: "a vu" is a form of "voir", "se sont vus" one of "se voir"."""
        fitting = [lemma for lemma in self.lemmas if lemma.startswith("se ") == reflexive]
        return (fitting or self.lemmas)[0]


class Hit(NamedTuple):
    """A trigger's form in the text, with every reading of it."""

    start: int
    end: int
    triggers: tuple[Trigger, ...]
    senses: tuple[Sense, ...]  # one for each frame that they open


_Meant = tuple[tuple[Trigger, ...], tuple[Sense, ...]]
_END = 3  # letters of a form that accents may tell it by: "signé", "signe"


class _Form(NamedTuple):
    """What the automaton holds for a form."""

    length: int
    folded: str
    triggers: tuple[Trigger, ...]
    senses: tuple[Sense, ...]  # one for each frame of those
    written: Mapping[str, _Meant]  # where accents tell them apart: as it is written, or its end -> what it is then
    names: tuple[str, ...]  # of the builders that wait for it
    asking: tuple[tuple[str, frozenset[int]], ...]  # part -> the frames that ask for it there


_HIT = tuple.__new__  # hits are made by the thousand: this is the quick way to make one


@dataclass(frozen=True, slots=True)
class Found:
    """What the pass finds, by index of the sentence; sentences without any are left out."""

    hits: Mapping[int, tuple[Hit, ...]]
    watched: Mapping[int, Set[str]]  # names of the builders that have something to read there
    asked: Mapping[str, Mapping[int, Set[int]]]  # part -> the frames, by their position in the book, that have it there

    def stretches(self, reading: Reading, name: str) -> Iterator[tuple[int, int]]:
        """Start and end of each sentence that has a word for one builder, in reading order."""
        for index in sorted([index for index, names in self.watched.items() if name in names]):
            yield reading.sentences[index].start, reading.sentences[index].end


class Triggers:
    """The automata of each language; read-only once made."""

    def __init__(
        self, triggers: Mapping[str, Mapping[str, tuple[Trigger, ...]]], watched: Watched, asked: Mapping[str, Asked]
    ) -> None:
        """`triggers`: language -> form -> every reading of it; `asked`: part -> what frames ask for in it."""
        languages = dict.fromkeys((*triggers, *watched, *(name for asking in asked.values() for name in asking)))
        self._parts = tuple(asked)
        self._automata = {
            name: _automaton(
                triggers.get(name, {}), watched.get(name, {}), {part: asking.get(name, {}) for part, asking in asked.items()}
            )
            for name in languages
        }

    def found(self, reading: Reading) -> Found:
        """The trigger forms and the watched words of each sentence that is no boilerplate; linear in the text."""
        automaton = self._automata.get(reading.language)
        if automaton is None:
            return Found({}, {}, {part: {} for part in self._parts})
        folded, starts, sentences = reading.folded, [sentence.start for sentence in reading.sentences], reading.sentences
        layer, text = reading.layer, reading.text
        closed = folded + " "  # no letter stands at its end, nor, counted back from it, before its beginning
        covered = _Covered(reading)
        hits: dict[int, list[Hit]] = {}
        watched: dict[int, set[str]] = {}
        asked: dict[str, dict[int, set[int]]] = {part: {} for part in self._parts}
        ends = [*starts[1:], len(folded)]
        low = high = last = 0  # the sentence of the hit before: the next is mostly of the same one
        opening: list[Hit] = []  # and what is found in it
        watching: set[str] = set()
        there: dict[str, set[int]] = {}
        for after, forms in automaton.iter(reading.apart):
            end = after - 1  # a key's closing space, and the space put before the text
            start = end - forms[0].length
            if closed[end].isalnum() or closed[start - 1].isalnum():
                continue  # beside a letter of another script
            form = forms[0] if folded.startswith(forms[0].folded, start) else _written(forms, folded, start)
            if form is None:
                continue  # with other signs between its words
            if not low <= start < high:
                index = bisect_right(starts, start) - 1
                if index < 0:
                    continue
                low, high, sentence = starts[index], ends[index], sentences[index]
                last = low if sentence.boilerplate else sentence.end
                opening, watching = hits.setdefault(index, []), watched.setdefault(index, set())
                there = {part: indexes.setdefault(index, set()) for part, indexes in asked.items()}
            if end > last:
                continue
            _, _, triggers, senses, written, names, asking = form
            if names:
                watching.update(names)
            for part, frames in asking:
                there[part].update(frames)
            if not triggers or (layer[start] != folded[start] and covered.at(start)):
                continue
            if text[start] in "àÀ" and text.startswith(_PREPOSITION, start):
                continue  # within a date or the name of an organisation the word is none of its own
            if len(opening) < _MOST_HITS:
                if written:
                    word = text[start:end].lower()
                    triggers, senses = written.get(word) or written.get(word[-_END:]) or (triggers, senses)
                opening.append(_HIT(Hit, (start, end, triggers, senses)))
        return Found({index: tuple(known) for index, known in hits.items() if known}, watched, asked)


_PREPOSITION = ("à ", "À ")  # folded like "a": "à des consultations" is no form of "avoir des consultations"


class _Covered:
    """The mentions of a reading that swallow what stands in them."""

    def __init__(self, reading: Reading) -> None:
        self._mentions = reading.mentions
        self._starts = [mention.start for mention in reading.mentions]

    def at(self, offset: int) -> bool:
        """True inside a date, an amount of money or the name of an organisation, a state ("États-Unis") or a place."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self._starts[index] < offset - _LONGEST_NAME:
            return False
        last = self._mentions[index]
        return offset < last.end and (last.mark in "AGCS" or (last.mark == "M" and last.start < offset and not last.codes))


def _by_accents(triggers: tuple[Trigger, ...]) -> Mapping[str, _Meant]:
    """The readings by how they are written, and by how that ends; empty where accents decide nothing."""
    found: dict[str, list[Trigger]] = {}
    for trigger in triggers if len({trigger.text for trigger in triggers}) > 1 else ():
        for key in dict.fromkeys((trigger.text, trigger.text[-_END:])):
            found.setdefault(key, []).append(trigger)
    return {key: (tuple(all_), _senses(all_)) for key, all_ in found.items()}


def _written(forms: tuple[_Form, ...], folded: str, start: int) -> _Form | None:
    return next((form for form in forms if folded.startswith(form.folded, start)), None)


def _senses(triggers: Iterable[Trigger]) -> tuple[Sense, ...]:
    by_frame: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        by_frame.setdefault(trigger.frame, []).append(trigger)
    return tuple([_sense(frame, found) for frame, found in by_frame.items()])


def _sense(frame: int, triggers: Sequence[Trigger]) -> Sense:
    verbs = tuple([trigger for trigger in triggers if trigger.tag not in ("noun", "set")])
    tags = {trigger.tag for trigger in triggers}
    return Sense(
        frame,
        "noun" in tags,
        verbs,
        frozenset(tags - {"noun", "set"}),
        all(trigger.lemma.startswith("se ") for trigger in verbs),
        "set" in tags,
        tuple([trigger.lemma for trigger in triggers]),
    )


def _automaton(
    triggers: Mapping[str, tuple[Trigger, ...]],
    watched: Mapping[str, Iterable[str]],
    asked: Mapping[str, Mapping[str, Iterable[int]]],
) -> Any:
    """An automaton over the forms, each between two spaces and with spaces for all signs; None without any form.

    Its values are those that are then alike ("porte-parole", "porte parole"), with what waits for them.
    """
    watching: dict[str, set[str]] = {}
    for name, words in watched.items():
        for word in words:
            watching.setdefault(word, set()).add(name)
    keys: dict[str, list[_Form]] = {}
    for form in sorted({*triggers, *watching, *(word for asking in asked.values() for word in asking)}):
        names, opening = tuple(sorted(watching.get(form, ()))), triggers.get(form, ())
        asking = tuple([(part, frozenset(words[form])) for part, words in asked.items() if form in words])
        keys.setdefault(apart(form), []).append(
            _Form(len(form), form, opening, _senses(opening), _by_accents(opening), names, asking)
        )
    automaton = ahocorasick.Automaton()
    for key, forms in keys.items():
        automaton.add_word(key, tuple(forms))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
