"""Who speaks at one place: by verb before and after, by "according to", by "Name: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.reading.model import PERSON, Mention, Reading, Sentence
from loaders.reading.speech_rules import SpeechRules

_AHEAD = 320  # characters after a person in which their verb stands
_BACK = 110  # characters before a person in which an inverted verb stands
_QUOTED_WORDS = 4  # fewer words in quotation marks are a term, not a statement
_ANNOUNCED_WORDS = 2  # the same after a colon
_TERM = 45  # characters after a verb within which even a quoted word counts
_CLOSE = 80  # characters before a person in which "according to" stands
_LABELLED = 6  # characters after "Name:" within which the quotation begins
_IN = (" in ", "in ", " as ", "as ")
_PERSON = re.compile(r" (?:(?:the|its|his|her|their|all|le|la|son|sa|ses|les|leurs?) |l')?(?:S_*+'s |D_*+ )?[PT]_")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Found:
    """One place where somebody speaks."""

    person: int
    sentence: int
    rule: str
    words: str
    start: int
    end: int
    why: str


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Place:
    """A person in a sentence, with what stands before them there."""

    mention: Mention
    sentence: Sentence
    reading: Reading
    rules: SpeechRules
    lead: str

    def found(self, rule: str, start: int, end: int, why: str) -> Found:
        """The person speaks here, as these characters show."""
        value = self.mention.value
        assert isinstance(value, tuple)
        return Found(value[0], self.sentence.index, f"statement/{rule}", self.reading.text[start:end], start, end, why)


def by(mention: Mention, sentence: Sentence, reading: Reading, rules: SpeechRules, told: bool) -> Found | None:
    """Where and how the person of a mention speaks in its sentence, if they do; `told`: a word of saying stands in it."""
    folded = reading.folded
    if folded.endswith("?", 0, sentence.end) and '"' not in folded[sentence.start : sentence.end]:
        return None  # "Is X justified in their demand?"
    lead = reading.layer[max(sentence.start, mention.start - _BACK) : mention.start]
    place = Place(mention, sentence, reading, rules, lead)
    for rule in (*_TOLD, *_QUOTED) if told else _QUOTED:
        found = rule(place)
        if found is not None:
            return found
    return None


def _by_verb(place: Place) -> Found | None:
    layer, end, rules = place.reading.layer, place.mention.end, place.rules
    verb = rules.subject_verb.match(layer, end, min(end + _AHEAD, place.sentence.end))
    if (
        verb is None
        or layer.startswith(rules.no_words, verb.end())
        or not _speaks(verb, place)
        or _of_another(verb, layer, rules)
        or _undergone(verb, place)
    ):
        return None
    told = any(verb[name] for name in ("told", "told2") if name in verb.re.groupindex)
    if (
        told
        or _about(verb, layer, rules)
        or _says(verb.end(), place)
        or place.lead.endswith('" ')
        or _quote_after(place.reading, verb.end(), place.sentence)
    ):
        return place.found("subject-verb", end, verb.end(), "the person is the subject of a verb of saying")
    return None


def _by_inverted_verb(place: Place) -> Found | None:
    start = place.mention.start
    inverted = place.rules.verb_subject.search(place.reading.layer, start - len(place.lead), start)
    if inverted is None or governed(inverted["gap"] + " ", place.rules):
        return None
    if place.reading.layer.startswith("'s ", place.mention.end):
        return None  # "X, in a meeting with Y, said Z's visit was important"
    if inverted["trade"] and '"' not in inverted[0] and not f" {inverted['verb']}".endswith(place.rules.plain):
        return None  # "X, who met Y, avait soutenu l'opposant Z"
    return place.found("verb-subject", inverted.start("verb"), start, "the verb of saying stands before the person")


def _by_according(place: Place) -> Found | None:
    layer, start, end, rules = place.reading.layer, place.mention.start, place.mention.end, place.rules
    low = max(start - len(place.lead), start - _CLOSE)
    according = rules.according.search(layer, low, start)
    if according is not None and not place.mention.why.startswith("several names"):
        return place.found("according", according.start(), start, "what is said is said according to the person")
    if rules.cited.match(layer, end) is not None:
        return place.found("according", start, end, "others quote the person")
    concluding = rules.concluding.match(layer, end)
    if concluding is not None and rules.article.sub("", place.lead).strip() == "et":
        return place.found("subject-verb", end, concluding.end(), "the person is the subject of a verb of saying")
    return None


def _by_words(place: Place) -> Found | None:
    if (
        place.rules.words_of
        and place.lead.endswith(_IN)
        and place.reading.layer.startswith(place.rules.words_of, place.mention.end)
    ):
        return place.found("according", place.mention.start, place.mention.end, "the words are the person's")
    return None


def _by_quoted_label(place: Place) -> Found | None:
    start = place.mention.start
    if place.rules.quoted_label.search(place.reading.layer, start - len(place.lead), start) is None:
        return None
    return place.found("label", start - len(place.lead), place.mention.end, "the name follows the quotation and a colon")


def _by_opening(place: Place) -> Found | None:
    start, end, sentence = place.mention.start, place.mention.end, place.sentence
    opening = place.rules.opening.match(place.reading.layer, sentence.start, start)
    if opening is None or opening.end() != start:
        return None
    if "," in place.reading.text[start : end + 1] or _quote_after(place.reading, end, sentence):
        return place.found("opening", sentence.start, end, "the sentence gives the person's view")
    return None


def _by_participle(place: Place) -> Found | None:
    layer, rules, sentence = place.reading.layer, place.rules, place.sentence
    if not opens(place.mention, sentence, place.reading, rules):
        return None
    gerund = rules.gerund.search(layer, place.mention.end, sentence.end)
    if gerund is not None and (gerund[0].endswith("saying") or _says(gerund.end(), place)):
        return place.found("participle", gerund.start(), gerund.end(), "a participle of saying goes with the subject")
    joined = rules.joined.search(layer, place.mention.end, sentence.end)
    if joined is None or rules.second.match(layer, place.mention.end) or place.reading.quoted(joined.start()):
        return None
    return place.found("joined-verb", joined.start(), joined.end(), "a second verb of the subject is one of saying")


def _by_speaking(place: Place) -> Found | None:
    layer, sentence, start = place.reading.layer, place.sentence, place.mention.start
    speaking = place.rules.speaking.match(layer, sentence.start, start)
    if (
        speaking is None
        or "P_" in layer[sentence.start : start]
        or layer.startswith(place.rules.silent, place.mention.end)
        or layer.startswith("'s ", place.mention.end)
        or place.rules.second.match(layer, place.mention.end)
    ):
        return None
    return place.found(
        "occasion", sentence.start, place.mention.end, "the sentence opens with the occasion at which they speak"
    )


def _by_label(place: Place) -> Found | None:
    start, end = place.mention.start, place.mention.end
    if start > place.sentence.start + 3 or not place.rules.label.match(place.reading.layer, end):
        return None
    single = place.sentence.title and place.reading.folded.startswith((": '", " : '"), end)
    if not single and not _quote_after(place.reading, end, place.sentence, _LABELLED):
        return None
    return place.found("label", start, end + 2, "the quotation follows the name and a colon")


def _by_quotation(place: Place) -> Found | None:
    mention, sentence, reading, rules = place.mention, place.sentence, place.reading, place.rules
    if governed(place.lead, rules) or not _subject_like(rules.article.sub("", place.lead)):
        return None
    if not _quote_after(reading, mention.end, sentence) or not _only_person(mention, reading, sentence):
        return None
    person = reading.person(mention)
    titled = person is not None and bool(person.offices)
    if not titled and ': "' not in reading.folded[mention.end : sentence.end]:
        return None  # words in quotation marks beside somebody without an office are rarely theirs: "a film called …"
    return place.found("quotation", mention.start, mention.end, "the sentence quotes, and speaks of this person only")


_TOLD: tuple[Callable[[Place], Found | None], ...] = (_by_verb, _by_inverted_verb, _by_according, _by_participle, _by_speaking)
_QUOTED: tuple[Callable[[Place], Found | None], ...] = (_by_words, _by_quoted_label, _by_opening, _by_label, _by_quotation)
"""The rules that need a word of saying in the sentence, and those that do not; the first that finds a speaker counts."""


def _says(end: int, place: Place) -> bool:
    """True when what is said follows: "that", a colon, a quotation be it of one word."""
    return place.rules.complement.match(place.reading.layer, end) is not None or term_after(place.reading.layer, end)


def _of_another(verb: re.Match[str], layer: str, rules: SpeechRules) -> bool:
    """True when the subject comes after the verb: "X will meet Y, his counterpart, said the ministry"; or nothing is said."""
    if verb[0].endswith(rules.greets) and _PERSON.match(layer, verb.end()):
        return True
    if "," not in verb[0] or not (verb[0].endswith(rules.plain) or verb[0].rstrip("es").endswith(rules.plain)):
        return False
    return rules.other_voice.match(layer, verb.end()) is not None


def _undergone(verb: re.Match[str], place: Place) -> bool:
    """True for a participle of what others say of the person: "X, accusé de fraude, …", "X, praised by his peers, …"."""
    start = next(verb.start(name) for name in ("told", "told2", "react", "react2") if name in verb.re.groupindex and verb[name])
    text, layer = place.reading.text, place.reading.layer
    word = text[start : verb.end()].split(" ", 1)[0]
    finite = "told2" not in verb.re.groupindex or not (verb["told"] or verb["react"])
    if word.endswith("é"):
        return finite
    direct = verb[0][: start - verb.start()] == ", " and "," not in text[place.mention.start : place.mention.end]
    if not direct or not finite or not word.endswith(("ed", "t")) or verb[0].endswith(place.rules.plain):
        return False  # "the spokesman, X, stressed …": the comma closes what stands before it
    return place.rules.undergone.match(layer, verb.end()) is not None


def _about(verb: re.Match[str], layer: str, rules: SpeechRules) -> bool:
    """True for a verb that says what is said after "de"."""
    starts = [verb.start(name) for name in ("react", "react2") if name in verb.re.groupindex and verb[name]]
    return bool(starts) and rules.about.match(layer, starts[0]) is not None


def _speaks(verb: re.Match[str], place: Place) -> bool:
    """True when the person is the subject: no preposition before, unless "who" follows; past a comma only in its place."""
    lead, rules = place.lead, place.rules
    if verb["relative"]:
        return True
    bare, unnamed = rules.article.sub("", lead), rules.noun.sub("", lead)
    if f" {bare}".endswith(rules.mouthpieces):
        return True  # "the office of X said"
    if rules.joint.search(bare) or f" {bare}".endswith(rules.prepositions):
        return False
    if f" {unnamed}".endswith(rules.prepositions):
        return False  # "par l'actrice X"
    return "," not in verb[0] or _subject_like(bare) or _subject_like(unnamed) or _after_occasion(place)


def _after_occasion(place: Place) -> bool:
    """True for the first person of a sentence that opens with an occasion: "Lors du point de presse la ministre, X, a dit"."""
    lead = place.reading.layer[place.sentence.start : place.mention.start]
    return place.rules.occasion.match(lead) is not None and "P_" not in lead and not governed(lead, place.rules)


def opens(mention: Mention, sentence: Sentence, reading: Reading, rules: SpeechRules) -> bool:
    """True for the first person of a sentence, where a subject may stand."""
    lead = reading.layer[sentence.start : mention.start]
    return "P_" not in lead and not governed(lead, rules) and _subject_like(rules.article.sub("", lead))


def governed(lead: str, rules: SpeechRules) -> bool:
    """True when a word before the person makes them anything but the speaker."""
    return rules.article.sub("", lead).endswith(rules.addressee)


def _subject_like(bare: str) -> bool:
    """True where a subject may stand: at the start of the sentence or of a clause; articles are gone already."""
    return not bare.strip(' "«-') or bare.rstrip().endswith(
        (",", " and", " et", " but", " mais", " that", " que", ";", ":", "'s", '"', ".")
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
