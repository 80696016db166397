"""Whose words tell of an event: the reporter's own, or those of somebody quoted."""

from __future__ import annotations

from loaders.reading.frames.events import Event

_TOLD_IN_WORDS = ("relation", "mission")  # what officials announce of these is so: "nous avons fermé nos frontières"
_FEW_WORDS = 72  # characters of a quotation that only marks words of a sentence that goes on: "leur « retrait immédiat »"


def aside(event: Event) -> bool:
    """True where the words are somebody's own (a long quotation) or a question."""
    reading = event.scene.reading
    if reading.folded[event.scene.sentence.end - 1 : event.scene.sentence.end] == "?":
        return True
    return reading.quoted(event.start) and event.frame.kind not in _TOLD_IN_WORDS and not _few_words(event)


def quoted(event: Event) -> bool:
    """True within a quotation of more than a few words."""
    return event.scene.reading.quoted(event.start) and not _few_words(event)


def _few_words(event: Event) -> bool:
    """True where no more than a few words are quoted, within a sentence that is the reporter's own."""
    reading, sentence = event.scene.reading, event.scene.sentence
    quote = next((span for span in reading.quotes if span[0] <= event.start < span[1]), None)
    if quote is None or quote[1] - quote[0] > _FEW_WORDS or quote[0] <= sentence.start:
        return False
    inside = reading.text[quote[0] + 1 : quote[1] - 1].strip()
    return inside[:1].islower() and inside[-1:] not in "!?"
