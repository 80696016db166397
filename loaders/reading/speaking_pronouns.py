"""Who speaks where a pronoun does: "a-t-il ajouté", "he said", "ce dernier a précisé"."""

from __future__ import annotations

import re

from loaders.reading.model import PERSON, Reading, Sentence
from loaders.reading.speakers import Found, opens, term_after
from loaders.reading.speech_rules import SpeechRules

RECENT = 3
"""Sentences back that a pronoun's antecedent may stand."""
_SUBJECTS = ("il ", "elle ", "he ", "she ")
_LEAD = 100  # characters before the first such word in which its verb stands: "a, ce matin encore, déclaré celui-ci"
_AHEAD = 2  # sentences ahead in which the person of an opening quotation is named
_WORDS = re.compile(r"[a-z]+")
_GENDERS = {
    "il": "m", "he": "m", "celui": "m", "dernier": "m", "elle": "f", "she": "f", "celle": "f", "derniere": "f",
    "lui": "m", "him": "m", "her": "f"}  # fmt: skip


def by_pronoun(sentence: Sentence, speaker: tuple[int, int] | None, reading: Reading, rules: SpeechRules) -> Found | None:
    """ "a-t-il ajouté", "he said": who spoke just before, else the one person that the sentences before are about."""
    near = rules.pronoun_word.search(reading.layer, sentence.start, sentence.end)
    if near is None:
        return None
    match = rules.pronoun.search(reading.layer, max(sentence.start, near.start() - _LEAD), sentence.end)
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
        meant: tuple[int, str] | None = subject, "the pronoun goes back to the subject of its sentence"
    elif not latter and speaker is not None and sentence.index - speaker[1] <= RECENT and _fits(reading, speaker[0], gender):
        meant = speaker[0], "the pronoun goes back to the last speaker"
    else:
        meant = _named_before(match.start(), sentence, latter, gender, reading) or _named_after(sentence, gender, reading)
    if meant is None:
        return None
    start, end = match.span()
    return Found(meant[0], sentence.index, "statement/pronoun", reading.text[start:end], start, end, meant[1])


def _people(start: int, end: int, gender: str, reading: Reading) -> list[tuple[int, int]]:
    """Where single people are meant in a stretch, and who."""
    mentions = reading.mentions_in(start, end, PERSON)
    single = [(m.start, m.value[0]) for m in mentions if isinstance(m.value, tuple) and len(m.value) == 1]
    return [(place, person) for place, person in single if _fits(reading, person, gender)]


def _named_before(start: int, sentence: Sentence, latter: bool, gender: str, reading: Reading) -> tuple[int, str] | None:
    """The first person, or the last, of the last sentence that has one."""
    first = reading.sentences[max(0, sentence.index - RECENT)].start
    before = _people(first, start, gender, reading)
    if not before:
        return None
    last = reading.sentence_at(before[-1][0])
    nearest = [person for place, person in before if reading.sentence_at(place) == last]
    which = "last" if latter else "first"
    return nearest[-1 if latter else 0], f"the pronoun goes back to the {which} person of the last sentence that has one"


def _named_after(sentence: Sentence, gender: str, reading: Reading) -> tuple[int, str] | None:
    """Who the next sentences begin with, where nobody has been named yet: "It is over," she said. Minister X …"."""
    if any(m.start < sentence.start for m in reading.mentions_in(0, sentence.start, PERSON)):
        return None
    end = reading.sentences[min(len(reading.sentences) - 1, sentence.index + _AHEAD)].end
    after = _people(sentence.end, end, gender, reading)
    return (after[0][1], "the pronoun goes ahead to the first person named") if after else None


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
