"""Whether a word that may be a noun or a verb is a noun: what stands before it, and what it heads."""

from __future__ import annotations

import re

from loaders.reading.frames.scene import Scene
from loaders.reading.frames.triggers import Hit
from loaders.reading.model import DATE

_BEFORE_NOUNS = frozenset(("after", "following", "during", "before", "for", "in", "from", "bilateral", "official"))
_NOMINAL = frozenset(
    (
        "'s",
        "'",
        "of",
        "by",
        "official",
        "first",
        "state",
        "premiere",
        "planned",
        "scheduled",
        "forthcoming",
        "upcoming",
        "surprise",
        "unannounced",
        "landmark",
        "historic",
        "de",
        "d'",
        "du",
        "des",
        "au",
        "aux",
        "en",
    )
)  # besides determiners: words that a noun follows
_OWNED_BY = (" de ", " du ", " des ", " d'", " officielle ", " entre ", " of ", " by ", " between ")
_HELD = re.compile(r" A_+,? (?:entre|between) ")  # "Rencontre hier entre X et Y"
_CLITICS = frozenset(("la", "le", "les", "l'"))


def heads(scene: Scene, hit: Hit) -> bool:
    """True for "Visite de X à Y", "X : signature d'un accord": it opens a line or follows a colon, a noun before its owner."""
    position = scene.index(hit.start)
    opens = position == 0 or scene.tokens[position - 1].text == ":"
    return opens and (
        scene.reading.folded.startswith(_OWNED_BY, hit.end) or _HELD.match(scene.reading.layer, hit.end) is not None
    )


_AUXILIARIES = frozenset(("will", "would", "shall", "to", "should", "could", "may", "might"))
_LASTING = ("-day", "-nation", "-country", "-week", "-hour")  # "a two-day visit to join" is no verb


def after_determiner(scene: Scene, start: int) -> bool:
    """True behind an article, a possessive or what else only a noun follows."""
    position = scene.index(start) - 1
    if position < 0:
        return False
    text = scene.tokens[position].text
    if text == "first" and position and scene.tokens[position - 1].text in _AUXILIARIES:
        return False  # "will first visit X"
    if text in scene.grammar.determiners or text in _NOMINAL or text.endswith(_LASTING):
        return True
    if scene.reading.language == "en":
        return text[0] == "D" or _taken_as_noun(scene, position) or _described(scene, position)
    return text in _CLITICS


def _taken_as_noun(scene: Scene, position: int) -> bool:
    """True behind a verb that only a noun follows: "postpones visit", "to hold meeting with", places and days between."""
    back = position
    while back > 0 and scene.tokens[back].mention and position - back < _ADJECTIVES:
        back -= 1
    return scene.tokens[back].text in scene.grammar.words["takes_noun"]


def _described(scene: Scene, position: int) -> bool:
    """True for adjectives behind an article or possessive: "his second overseas trip", "her May 2-4 visit" are nouns."""
    back = position
    while back > 0 and position - back < _ADJECTIVES and _describes(scene, back):
        back -= 1
    before = scene.tokens[back].text
    return back < position and (before in scene.grammar.determiners or before in _NOMINAL or before == "'s")


_ADJECTIVES = 3  # words between an article and its noun


def _describes(scene: Scene, position: int) -> bool:
    word = scene.tokens[position].text
    return "-" in word or word[0] == DATE or word in scene.grammar.words["describing"]


def after_preposition(scene: Scene, hit: Hit) -> bool:
    """True for an English plural behind a preposition or adjective: "after talks", "key talks" are no verbs."""
    position = scene.index(hit.start) - 1
    if scene.reading.language != "en" or position < 0 or scene.reading.folded[hit.end - 1] != "s":
        return False
    word = scene.tokens[position].text
    return word in _BEFORE_NOUNS or word in scene.grammar.words["describing"]


def after_people(scene: Scene, start: int) -> bool:
    """True right after a word for a people: a French participle may follow it, a noun does not."""
    position = scene.index(start) - 1
    return position >= 0 and scene.tokens[position].text[0] == "D"
