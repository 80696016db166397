"""One pass over a text for every word that the frame stage waits for: triggers, and the words that builders watch for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from loaders.reading.frames.book import Trigger
from loaders.reading.model import Reading

Objects = Mapping[str, Mapping[str, Iterable[int]]]
"""Language -> what triggers act on, folded -> the frames, by their position in the book, that ask for it."""

Watched = Mapping[str, Mapping[str, Iterable[str]]]
"""Language -> name of a builder -> folded words and phrases, one of which a sentence must have for that builder to be asked."""

_LONGEST_NAME = 60  # characters from where a mention begins within which it swallows a trigger
_MOST_HITS = 40  # triggers read in one sentence: more only in lists of words and hostile text


class Hit(NamedTuple):
    """A trigger's form in the text, with every reading of it."""

    start: int
    end: int
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the pass finds, by index of the sentence; sentences without any are left out."""

    hits: Mapping[int, tuple[Hit, ...]]
    watched: Mapping[int, Set[str]]  # names of the builders that have something to read there
    objects: Mapping[int, Set[int]]  # the frames, by their position in the book, whose object stands there


class Triggers:
    """The automata of each language; read-only once made."""

    def __init__(self, triggers: Mapping[str, Mapping[str, tuple[Trigger, ...]]], watched: Watched, objects: Objects) -> None:
        """`triggers`: language -> form -> every reading of it."""
        languages = dict.fromkeys((*triggers, *watched, *objects))
        self._automata = {
            name: _automaton(triggers.get(name, {}), watched.get(name, {}), objects.get(name, {})) for name in languages
        }

    def found(self, reading: Reading) -> Found:
        """The trigger forms and the watched words of each sentence that is no boilerplate; linear in the text."""
        automaton = self._automata.get(reading.language)
        if automaton is None:
            return Found({}, {}, {})
        folded, starts, sentences = reading.folded, [sentence.start for sentence in reading.sentences], reading.sentences
        layer, text = reading.layer, reading.text
        closed = folded + " "  # no letter stands at its end, nor, counted back from it, before its beginning
        covered = _Covered(reading)
        hits: dict[int, list[Hit]] = {}
        watched: dict[int, set[str]] = {}
        objects: dict[int, set[int]] = {}
        for last, (length, triggers, names, frames) in automaton.iter(folded):
            start = last + 1 - length
            if closed[last + 1].isalnum() or closed[start - 1].isalnum():
                continue  # within a longer word
            index = bisect_right(starts, start) - 1
            if index < 0 or sentences[index].boilerplate or last >= sentences[index].end:
                continue
            if names:
                watched.setdefault(index, set()).update(names)
            if frames:
                objects.setdefault(index, set()).update(frames)
            if not triggers or (layer[start] != folded[start] and covered.at(start)) or text.startswith(_PREPOSITION, start):
                continue  # within a date or the name of an organisation the word is none of its own
            known = hits.setdefault(index, [])
            if len(known) < _MOST_HITS:
                fitting = _as_written(triggers, text[start : last + 1].lower()) if len(triggers) > 1 else triggers
                known.append(Hit(start, last + 1, fitting))
        return Found({index: tuple(known) for index, known in hits.items()}, watched, objects)


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


def _as_written(triggers: tuple[Trigger, ...], written: str) -> tuple[Trigger, ...]:
    """The readings whose accents are those of the text; all of them where its accents decide nothing."""
    exact = tuple([trigger for trigger in triggers if trigger.text == written])
    return exact or tuple([trigger for trigger in triggers if trigger.text[-3:] == written[-3:]]) or triggers


def _automaton(
    triggers: Mapping[str, tuple[Trigger, ...]], watched: Mapping[str, Iterable[str]], objects: Mapping[str, Iterable[int]]
) -> Any:
    """An automaton whose values are a form's length, readings, builders and frames that wait for it; None without any form."""
    watching: dict[str, set[str]] = {}
    for name, words in watched.items():
        for word in words:
            watching.setdefault(word, set()).add(name)
    automaton = ahocorasick.Automaton()
    for form in sorted({*triggers, *watching, *objects}):
        names, frames = tuple(sorted(watching.get(form, ()))), frozenset(objects.get(form, ()))
        automaton.add_word(form, (len(form), triggers.get(form, ()), names, frames))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
