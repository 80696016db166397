"""Who speaks at one place: by verb before and after, by "according to", by "Name: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.model import PERSON, Mention, Reading, Sentence
from loaders.reading.speech_rules import SpeechRules

_AHEAD = 320  # characters after a person in which their verb stands
_BACK = 110  # characters before a person in which an inverted verb stands
_QUOTED_WORDS = 4  # fewer words in quotation marks are a term, not a statement
_ANNOUNCED_WORDS = 2  # the same after a colon
_TERM = 45  # characters after a verb within which even a quoted word counts
_CLOSE = 40  # characters before a person in which "according to" stands
_JOINT = re.compile(r"P_*,? (?:and|et) \Z")  # two subjects: what they say is no one's own
_SECOND = re.compile(r"(?: (?:and|et)|,)(?: [a-z']+)? ?P_")  # another subject beside the first
_IN = (" in ", "in ")
_WORDS_OF = ("'s words", "'s view", "'s account", "'s opinion", "' words")


@dataclass(frozen=True, slots=True)
class Found:
    """One place where somebody speaks."""

    person: int
    sentence: int
    rule: str
    words: str
    start: int
    end: int
    why: str


def by(mention: Mention, sentence: Sentence, reading: Reading, rules: SpeechRules, told_here: bool) -> Found | None:
    """Where and how the person of a mention speaks in its sentence, if they do."""
    layer, start, end = reading.layer, mention.start, mention.end
    low = max(sentence.start, start - _BACK)
    lead = layer[low:start]
    verb = rules.subject_verb.match(layer, end, min(end + _AHEAD, sentence.end)) if told_here else None
    if verb is not None and _speaks(verb, lead, rules):
        told = any(verb[name] for name in ("told", "told2") if name in verb.re.groupindex)
        if (
            told
            or _about(verb, layer, rules)
            or rules.complement.match(layer, verb.end())
            or _quote_after(reading, verb.end(), sentence)
            or term_after(layer, verb.end())
        ):
            return _found(
                mention,
                sentence,
                reading,
                "statement/subject-verb",
                end,
                verb.end(),
                "the person is the subject of a verb of saying",
            )
    inverted = rules.verb_subject.search(layer, low, start) if told_here else None
    if inverted is not None and not _governed(inverted["gap"] + " ", rules):
        return _found(
            mention,
            sentence,
            reading,
            "statement/verb-subject",
            inverted.start("verb"),
            start,
            "the verb of saying stands before the person",
        )
    according = rules.according.search(layer, max(low, start - _CLOSE), start) if told_here else None
    if according is not None:
        return _found(
            mention,
            sentence,
            reading,
            "statement/according",
            according.start(),
            start,
            "what is said is said according to the person",
        )
    if told_here and rules.cited.match(layer, end) is not None:
        return _found(mention, sentence, reading, "statement/according", start, end, "others quote the person")
    if lead.endswith(_IN) and layer.startswith(_WORDS_OF, end):
        return _found(mention, sentence, reading, "statement/according", start, end, "the words are the person's")
    if rules.quoted_label.search(layer, low, start) is not None:
        return _found(mention, sentence, reading, "statement/label", low, end, "the name follows the quotation and a colon")
    opening = rules.opening.match(layer, sentence.start, start)
    if (
        opening is not None
        and opening.end() == start
        and ("," in reading.text[start : end + 1] or _quote_after(reading, end, sentence))
    ):
        return _found(
            mention, sentence, reading, "statement/opening", sentence.start, end, "the sentence gives the person's view"
        )
    gerund = rules.gerund.search(layer, end, sentence.end) if told_here and opens(mention, sentence, reading, rules) else None
    if gerund is not None and (
        gerund[0].endswith("saying") or rules.complement.match(layer, gerund.end()) or term_after(layer, gerund.end())
    ):
        why = "a participle of saying goes with the subject"
        return _found(mention, sentence, reading, "statement/participle", gerund.start(), gerund.end(), why)
    joined = rules.joined.search(layer, end, sentence.end) if told_here and opens(mention, sentence, reading, rules) else None
    if joined is not None and not _SECOND.match(layer, end) and not reading.quoted(joined.start()):
        why = "a second verb of the subject is one of saying"
        return _found(mention, sentence, reading, "statement/joined-verb", joined.start(), joined.end(), why)
    if start <= sentence.start + 3 and rules.label.match(layer, end) and _quote_after(reading, end, sentence, 6):
        return _found(
            mention, sentence, reading, "statement/label", start, end + 2, "the quotation follows the name and a colon"
        )
    if (
        not _governed(lead, rules)
        and _subject_like(rules.article.sub("", lead))
        and _quote_after(reading, end, sentence)
        and _only_person(mention, reading, sentence)
    ):
        return _found(
            mention, sentence, reading, "statement/quotation", start, end, "the sentence quotes, and speaks of this person only"
        )
    return None


def _about(verb: re.Match[str], layer: str, rules: SpeechRules) -> bool:
    """True for a verb that says what is said after "de"."""
    starts = [verb.start(name) for name in ("react", "react2") if name in verb.re.groupindex and verb[name]]
    return bool(starts) and rules.about.match(layer, starts[0]) is not None


def _speaks(verb: re.Match[str], lead: str, rules: SpeechRules) -> bool:
    """True when the person is the subject: no preposition before, unless "who" follows; past a comma only in its place."""
    if verb["relative"]:
        return True
    bare = rules.article.sub("", lead)
    if f" {bare}".endswith(rules.mouthpieces):
        return True  # "the office of X said"
    if _JOINT.search(bare) or bare.endswith(rules.prepositions):
        return False
    if rules.noun.sub("", lead).endswith(rules.prepositions):
        return False  # "par l'actrice X"
    return "," not in verb[0] or _subject_like(bare)


def opens(mention: Mention, sentence: Sentence, reading: Reading, rules: SpeechRules) -> bool:
    """True for the first person of a sentence, where a subject may stand."""
    lead = reading.layer[sentence.start : mention.start]
    return "P_" not in lead and not _governed(lead, rules) and _subject_like(rules.article.sub("", lead))


def _governed(lead: str, rules: SpeechRules) -> bool:
    """True when a word before the person makes them anything but the speaker."""
    return rules.article.sub("", lead).endswith(rules.addressee)


def _subject_like(bare: str) -> bool:
    """True where a subject may stand: at the start of the sentence or of a clause; articles are gone already."""
    return not bare.strip(' "«-') or bare.rstrip().endswith(
        (",", " and", " et", " but", " mais", " that", " que", ";", ":", "'s", '"')
    )


def _quote_after(reading: Reading, start: int, sentence: Sentence, within: int = 10_000) -> bool:
    """True when a quotation of some words begins after an offset in the sentence (or runs on from there)."""
    for low, high in _quotes_in(reading, start, min(sentence.end, start + within)):
        announced = reading.folded.endswith((": ", ":"), 0, low)
        if len(reading.text[low:high].split()) >= (_ANNOUNCED_WORDS if announced else _QUOTED_WORDS):
            return True
    return False


def term_after(layer: str, start: int) -> bool:
    """True when a quotation, be it one word, follows a verb within a few words."""
    end = layer.find("\n", start, start + _TERM)
    return '"' in layer[start : start + _TERM if end < 0 else end]


def _quotes_in(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    index = bisect_left(reading.quotes, (start, 0))
    while index < len(reading.quotes) and reading.quotes[index][0] < end:
        yield reading.quotes[index]
        index += 1


def _only_person(mention: Mention, reading: Reading, sentence: Sentence) -> bool:
    others = {m.value for m in reading.mentions_in(sentence.start, sentence.end, PERSON) if not reading.quoted(m.start)}
    return others == {mention.value}


def _found(mention: Mention, sentence: Sentence, reading: Reading, rule: str, start: int, end: int, why: str) -> Found:
    assert isinstance(mention.value, tuple)
    return Found(mention.value[0], sentence.index, rule, reading.text[start:end], start, end, why)
