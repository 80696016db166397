"""Who speaks where a pronoun does: "a-t-il ajouté", "he said", "ce dernier a précisé"."""

from __future__ import annotations

import re

from loaders.reading.model import PERSON, Reading, Sentence
from loaders.reading.speakers import Found, opens, term_after
from loaders.reading.speech_rules import SpeechRules

RECENT = 3
"""Sentences back that a pronoun's antecedent may stand."""
_SUBJECTS = ("il ", "elle ", "he ", "she ")
_WORDS = re.compile(r"[a-z]+")
_GENDERS = {"il": "m", "he": "m", "celui": "m", "dernier": "m", "elle": "f", "she": "f", "celle": "f", "derniere": "f"}


def by_pronoun(sentence: Sentence, speaker: tuple[int, int] | None, reading: Reading, rules: SpeechRules) -> Found | None:
    """ "a-t-il ajouté", "he said": who spoke just before, else the one person that the sentences before are about."""
    near = rules.pronoun_word.search(reading.layer, sentence.start, sentence.end)
    match = rules.pronoun.search(reading.layer, sentence.start, sentence.end) if near is not None else None
    if match is None or reading.quoted(match.start()):
        return None
    latter = match["latter"] is not None or (match["mark"] is not None and not match["mark"].startswith(_SUBJECTS))
    gender = _gender(match[0])
    if "present" in match.re.groupindex and match["present"] is not None:
        if not (rules.complement.match(reading.layer, match.end()) or term_after(reading.layer, match.end())):
            return None
        speaker = None
    subject = None if latter else _subject_before(match.start(), sentence, reading, rules, gender)
    if subject is not None:
        person, why = subject, "the pronoun goes back to the subject of its sentence"
    elif not latter and speaker is not None and sentence.index - speaker[1] <= RECENT and _fits(reading, speaker[0], gender):
        person, why = speaker[0], "the pronoun goes back to the last speaker"
    else:
        before = [
            m
            for m in reading.mentions_in(reading.sentences[max(0, sentence.index - RECENT)].start, match.start(), PERSON)
            if isinstance(m.value, tuple) and len(m.value) == 1 and _fits(reading, m.value[0], gender)
        ]
        if not before:
            return None
        nearest = [m for m in before if reading.sentence_at(m.start) == reading.sentence_at(before[-1].start)]
        meant = nearest[-1 if latter else 0].value
        assert isinstance(meant, tuple)
        person, why = (
            meant[0],
            f"the pronoun goes back to the {'last' if latter else 'first'} person of the last sentence that has one",
        )
    return Found(
        person, sentence.index, "statement/pronoun", reading.text[match.start() : match.end()], match.start(), match.end(), why
    )


def _subject_before(start: int, sentence: Sentence, reading: Reading, rules: SpeechRules, gender: str) -> int | None:
    """Who opens the sentence in which a pronoun follows."""
    first = next(iter(reading.mentions_in(sentence.start, start, PERSON)), None)
    if first is None or not isinstance(first.value, tuple) or len(first.value) != 1 or reading.quoted(first.start):
        return None
    return first.value[0] if opens(first, sentence, reading, rules) and _fits(reading, first.value[0], gender) else None


def _gender(words: str) -> str:
    """The gender that a pronoun shows; his and her own office show it too."""
    return next((_GENDERS[word] for word in _WORDS.findall(words) if word in _GENDERS), "")


def _fits(reading: Reading, person: int, gender: str) -> bool:
    return not gender or reading.persons[person].gender in ("", gender)
