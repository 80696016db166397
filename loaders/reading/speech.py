"""Statements: who is quoted, or reported as saying something; by verb before and after, by "according to", by "Name: …"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.model.claims import Reason
from loaders.reading.interviews import by_turn
from loaders.reading.model import PERSON, Candidate, Person, Reading, Sentence
from loaders.reading.offices import GUESSES, SERVED
from loaders.reading.speakers import Found, by
from loaders.reading.speaking_pronouns import by_pronoun
from loaders.reading.speech_rules import SpeechRules

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon


def find_statements(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with a candidate for every person who is quoted or reported as saying something."""
    rules = lexicon.of(reading).speech
    found: dict[int, list[Found]] = {}
    for one in (*_spoken(reading, rules), *by_turn(reading)):
        found.setdefault(one.person, []).append(one)
    candidates = tuple(_candidate(reading.persons[index], places) for index, places in sorted(found.items()))
    return reading.having(candidates=reading.candidates + candidates)


def _spoken(reading: Reading, rules: SpeechRules) -> Iterator[Found]:
    speaker: tuple[int, int] | None = None  # who spoke last, and in which sentence
    cues = [token.start for token in reading.known("say")]
    for sentence in reading.sentences:
        told = bisect_left(cues, sentence.end) > bisect_left(cues, sentence.start)
        if sentence.boilerplate or not (told or _may_quote(sentence, reading, rules)):
            continue
        mentions = reading.mentions_in(sentence.start, sentence.end, PERSON)
        for mention in mentions:
            if reading.person(mention) is None or reading.quoted(mention.start):
                continue
            one = by(mention, sentence, reading, rules, told)
            if one is not None:
                speaker = (one.person, sentence.index)
                yield one
        announced = ': "' in reading.folded[sentence.start : sentence.end]
        one = by_pronoun(sentence, speaker, reading, rules) if told or announced else None
        if one is not None:
            speaker = (one.person, sentence.index)
            yield one


def _may_quote(sentence: Sentence, reading: Reading, rules: SpeechRules) -> bool:
    folded = reading.folded
    return (
        '"' in folded[sentence.start : sentence.end]
        or ":" in folded[sentence.start : sentence.end]
        or folded.startswith(rules.openings, sentence.start)
    )


def _candidate(person: Person, places: list[Found]) -> Candidate:
    fields: dict[str, str] = {"speaker": person.name}
    if person.state is not None:
        fields["of"] = person.state
    sentences = tuple(sorted({place.sentence for place in places}))
    reasons = [Reason("speaker", place.words, place.start, place.end, place.why) for place in places[:6]]
    if person.state is not None:
        reasons.append(Reason("of", places[0].words, places[0].start, places[0].end, SERVED[person.state_from]))
    features = {place.rule for place in places} | ({"one-word-name"} if " " not in person.name else set())
    features |= {"several-sentences"} if len(sentences) > 1 else set()
    features |= {"untitled"} if not person.offices else set()
    guessed = frozenset({"of"} if person.state_from in GUESSES else ())
    return Candidate("statement", fields, sentences, places[0].rule, tuple(reasons), frozenset(features), guessed)
