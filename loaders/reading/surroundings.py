"""What stands around a name of a state or city, and what it shows: a place, a family name, the end of a title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.model.folding import fold
from loaders.reading.gazetteer import Token
from loaders.reading.model import PLACE, Mention, Reading
from loaders.reading.name_rules import NameRules

_NATIONAL = frozenset(("head_of_state", "head_of_government", "minister_foreign_affairs", "minister_defence", "ambassador"))
"""Offices that only a state has, none of its provinces."""
_OF_STATE = "V"  # the head "secretary of state", which provinces have too
BEFORE = 40
"""Characters before a name that may decide what it is."""
_CAPITALISED_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w'’-]*)\.? \Z")
_CAPITALISED_BEFORE_OF = re.compile(r"(?P<word>[^\W\d_][\w'’-]*)\.? (?:de |del |de la )?\Z")  # no word of English
_CAPITALISED_AFTER = re.compile(r" (?P<word>[^\W\d_][\w'’-]*)")
DATELINE_AFTER = re.compile(r"(?! (?!le [0-9])[a-zà-ÿ])[^.\n]{0,60}?(?:\)? ?[-–—:] |\) ?[-–—:]?)")
"""After the city from which an article was sent."""
_SENT_FROM = re.compile(
    r"(?:, ?[A-Z0-9][^.\n]{0,40}?)?(?: ?\([^)\n]{2,40}\))? ?[-–—:](?: |\Z)"
)  # after a city that is a state too
_OF_A_TITLE = (
    " of ",
    " of the ",
    " for ",
    " to ",
    " in ",
    " de ",
    " du ",
    " d'",
    " de la ",
    " de l'",
    " en ",
    " au ",
    " aux ",
    " pour ",
)
_SHOWS_STATE = (
    " to ",
    " in ",
    " of ",
    " from ",
    " for ",
    " with ",
    " and ",
    " le ",
    " la ",
    " les ",
    "l'",
    " du ",
    " des ",
    " au ",
    " aux ",
    " en ",
    " de ",
    "d'",
)  # before a name that is a state whatever follows


@dataclass(frozen=True, slots=True)
class MentionRules:
    """Words around a name that decide what it is, compiled; all patterns end at the name, or begin after it."""

    locative: re.Pattern[str]
    place_noun: re.Pattern[str]
    place_noun_after: re.Pattern[str] | None
    capital_before: re.Pattern[str] | None
    capital_after: re.Pattern[str] | None
    language_before: re.Pattern[str]
    language_after: re.Pattern[str] | None
    coordination: frozenset[str]
    capitals: Mapping[str, str]  # state -> the name of its capital


def in_capitals(text: str, token: Token) -> bool:
    """True for a short acronym in a line that is all capitals: there it may be any word."""
    if token.end - token.start > 3 or token.words[0].shape != "upper":
        return False
    around = re.findall(r"[^\W\d_]{3,}", text[max(0, token.start - 30) : token.start] + " " + text[token.end : token.end + 30])
    return len(around) > 1 and all(word.isupper() for word in around[:4])


def beside_a_name(text: str, start: int, end: int, titled: bool = False) -> bool:
    """True when a capitalised word stands right beside an ambiguous name: `Michael Jordan`, `Maurice Camara`.

    `titled`: what follows is a title, which a state may stand before: `Jordan Foreign Minister`.
    """
    after = _CAPITALISED_AFTER.match(text, end)
    if after is not None and after["word"][0].isupper() and not titled:
        return True
    before = _CAPITALISED_BEFORE.search(text, max(0, start - BEFORE), start)
    if before is None or not before["word"][0].isupper():
        return False
    lead = before.start()
    return lead > 1 and text[lead - 1] not in "\n" and text[lead - 2] not in ".!?:\n" and len(before["word"]) > 2


def after_title(tokens: list[Token], index: int, folded: str) -> bool:
    """True for a state that ends a title: "Country Director for Ghana X", "le sultan d'Oman X"."""
    before = tokens[index - 1] if index > 0 else None
    if before is None or folded[before.end : tokens[index].start] not in _OF_A_TITLE:
        return False
    return any(before.get(kind) for kind in ("head", "portfolio", "institution"))


def before_title(tokens: list[Token], index: int) -> bool:
    """True for a name right before a title of a government: `Jordan Foreign Minister`, not `Georgia Governor`."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.start != tokens[index].end + 1:
        return False
    head = following.get("head")
    return following.get("portfolio") is not None or (head is not None and head[1] in _NATIONAL and head[0] != _OF_STATE)


def given_name(token: Token, following: Token | None, reading: Reading, names: NameRules) -> bool:
    """True for a state's name right before an unknown capitalised word, without article: `Israel Katz`, `Kenya Airways`."""
    start, end, text = token.start, token.end, reading.text
    if text[start:end].isupper() or not text[start:end].isalpha() or (following is not None and following.start == end + 1):
        return False
    after = _CAPITALISED_AFTER.match(text, end)
    if after is None or not after["word"][0].isupper() or after["word"].isupper() or len(after["word"]) < 3:
        return False
    if reading.folded.endswith(_SHOWS_STATE, 0, start):
        return False
    if text[start - 1 : start] in ("-", "–") or fold(after["word"]) in names.things | names.starts:
        return False  # "the Peru-Norway Joint Commission"
    sentence = reading.sentence_at(start)
    return sentence is not None and not sentence.title


def family_name(tokens: list[Token], index: int, text: str, folded: str, names: NameRules) -> bool:
    """True for a city's name right after a capitalised word that may be a given name: `Rodrigo Mendoza`."""
    start = tokens[index].start
    pattern = _CAPITALISED_BEFORE if names.surnames else _CAPITALISED_BEFORE_OF
    before = pattern.search(text, max(0, start - BEFORE), start)
    if before is None or not before["word"][0].isupper() or (index > 0 and tokens[index - 1].end > before.start()):
        return False
    word = folded[before.start("word") : before.end("word")]
    if before["word"].isupper() or (len(word) > 3 and "." in before[0]):
        return False  # an acronym, or the end of a sentence
    return len(word) > 2 and word not in names.starts and word not in names.things


def locative(folded: str, start: int, rules: MentionRules) -> bool:
    """True after a word of place: "à", "near", "the airport of"."""
    low = max(0, start - BEFORE)
    return rules.locative.search(folded, low, start) is not None or rules.place_noun.search(folded, low, start) is not None


def is_place(token: Token, previous: Mention | None, text: str, folded: str, rules: MentionRules) -> bool:
    """True when a capital is where something is, not the government that sits there."""
    start, end = token.start, token.end
    if locative(folded, start, rules) or (rules.place_noun_after and rules.place_noun_after.match(folded, end)):
        return True
    if previous is not None and previous.mark == PLACE and folded[previous.end : start] in rules.coordination:
        return True
    if start > 0 and text[start - 1] == "(":
        return True
    dateline = DATELINE_AFTER if token.get("state") is None else _SENT_FROM
    line_start = start == 0 or text[start - 1] == "\n"
    return line_start and (dateline.match(text, end) is not None and text[end : end + 1] in ",( -–—")
