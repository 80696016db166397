"""Who speaks in an interview or a debate told line by line: "Question: …", "R : …", "X: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.reading.model import PERSON, Mention, Reading, Sentence
from loaders.reading.speakers import Found

_QUESTION = re.compile(r"(?:q|question|journaliste|le journaliste|interviewer|reporter)(?: \d+)?\.? ?[:\-–—] ")
_ANSWER = re.compile(r"(?:r|reponse|a|answer)(?: \d+)?\.? ?[:\-–—] ")
_SPOKEN = re.compile(r"(?: \([^)\n]{0,60}\)|,[^:\n]{0,90})? ?:(?: |\n|\Z)")
_OF_INTERVIEW = re.compile(r"(?:interview|entretien|q&a|conversation)[^.\n]{0,60}\Z")
_ASKS = ("?\n", "?\n\n")  # before the line of who answers
_TURNS = 2  # labelled lines that make a dialogue
_LEAD = 8  # sentences at the start among which the one interviewed is named


def by_turn(reading: Reading) -> Iterator[Found]:
    """Everybody who answers in a dialogue: by name before a colon, or behind a bare "R :"."""
    turns = [s for s in reading.sentences if not s.boilerplate and _begins_line(s, reading)]
    named = [(s, m) for s in turns if (m := _labelled(s, reading)) is not None]
    asks = [place for place, _ in named if reading.folded[: place.start].endswith(_ASKS)]
    if len(named) >= _TURNS or asks or (named and reading.folded[named[0][1].end :].lstrip(" ").startswith(":\n")):
        yield from (_found(m, s, reading) for s, m in named)
    answers = [s for s in turns if _ANSWER.match(reading.folded, s.start)]
    asked = any(_QUESTION.match(reading.folded, s.start) for s in turns)
    guest = _guest(reading) if answers and asked else None
    if guest is not None:
        yield from (_found(guest, s, reading) for s in answers[:_TURNS])


def _begins_line(sentence: Sentence, reading: Reading) -> bool:
    return sentence.start == 0 or reading.text[sentence.start - 1] == "\n"


def _labelled(sentence: Sentence, reading: Reading) -> Mention | None:
    """The one person whose name, at a line's start, a colon follows."""
    mention = next(iter(reading.mentions_in(sentence.start, sentence.start + 4, PERSON)), None)
    if mention is None or reading.person(mention) is None or not _SPOKEN.match(reading.folded, mention.end):
        return None
    return mention


def _guest(reading: Reading) -> Mention | None:
    """Who is interviewed: the person named after the word in the first sentences, else the first office-holder there."""
    end = reading.sentences[min(_LEAD, len(reading.sentences) - 1)].end
    people = [m for m in reading.mentions_in(0, end, PERSON) if reading.person(m) is not None]
    asked = [m for m in people if _OF_INTERVIEW.search(reading.folded, max(0, m.start - 90), m.start)]
    held = [m for m in people if (person := reading.person(m)) is not None and person.offices]
    return next(iter((*asked, *held)), None)


def _found(mention: Mention, sentence: Sentence, reading: Reading) -> Found:
    assert isinstance(mention.value, tuple)
    start, end = sentence.start, min(sentence.end, sentence.start + 40)
    why = "the line is theirs in a dialogue"
    return Found(mention.value[0], sentence.index, "statement/label", reading.text[start:end], start, end, why)
