"""What an article is about: in sport and the arts the words of diplomacy are figures of speech, in learning a university's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loaders.reading.gazetteer import Word
from loaders.reading.model import Candidate, Reading, Title
from loaders.reading.tables import DATA, read_table, words

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_CATEGORY = "matter"
_PLAY, _LEARNING, _COURT, _FICTION, _BUSINESS = "play", "learning", "court", "fiction", "business"
_MATTERS = {"sport": _PLAY, "arts": _PLAY, **{matter: matter for matter in (_LEARNING, _COURT, _FICTION, _BUSINESS)}}
# the parts of the file, and what they tell together
_DISTINCT = 3  # different words of a matter that an article about it has at least
_CHARACTERS = 400  # of the article for one such word at most: others have one in seven hundred
_PLAIN = ("statement", "office")  # what such articles tell plainly
_BETWEEN_STATES = ("agreement", "cooperation", "body", "meeting", "visit", "stance")  # what firms do too
_GOVERNING = ("head_", "minister_", "deputy_head_")
_DIPLOMATS = frozenset({"ambassador", "minister_foreign_affairs"})
_SAID = frozenset({"of-title", "of-beside"})  # features of an office whose state is said with it
_OF_HOUSES = frozenset({"director", "other", "secretary_general", "spokesperson", "advisor"})  # and presidents


def words_of_matters(language: str) -> Iterator[tuple[str, Word]]:
    """The words of sport, the arts and learning of `data/LANGUAGE/matters.toml`, as words of the gazetteer."""
    where = f"{language}/matters.toml"
    table = read_table(DATA / language / "matters.toml", tuple(_MATTERS))
    for part, matter in _MATTERS.items():
        for phrase in words(table, part, where):
            yield phrase, Word(_CATEGORY, (matter, phrase), rank=9)


def literal(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading without what an article on sport or the arts says in the words of diplomacy: "a pact with the net".

    In one on learning, the presidents, and what is signed and visited, are those of universities; in one on business what
    is signed is the firms'; in one on a trial, the presidents are judges; in one on a novel or film, all is made up.
    """
    if not reading.candidates:
        return reading
    found: dict[str, list[str]] = {}
    for token in reading.known(_CATEGORY):
        matter, phrase = token.get(_CATEGORY)
        found.setdefault(matter, []).append(phrase)
    kept = reading.candidates
    if _full_of(found.get(_PLAY, []), reading) and not _states_act(reading):
        kept = tuple(one for one in kept if _meant(one))
    if _full_of(found.get(_LEARNING, []), reading) and not _ministers_act(reading):
        kept = tuple(one for one in kept if one.kind in _PLAIN and not _of_a_house(one))
    if _full_of(found.get(_BUSINESS, []), reading) and not _ministers_act(reading):
        kept = tuple(one for one in kept if one.kind not in _BETWEEN_STATES)
    if _full_of(found.get(_COURT, []), reading) and not _ministers_act(reading):
        kept = tuple(one for one in kept if not _presides(one))
    if _full_of(found.get(_FICTION, []), reading):
        kept = tuple(one for one in kept if one.kind == "statement")
    return reading if kept is reading.candidates else reading.having(candidates=kept)


def _full_of(found: list[str], reading: Reading) -> bool:
    return len(set(found)) >= _DISTINCT and len(found) * _CHARACTERS >= len(reading.text)


def _states_act(reading: Reading) -> bool:
    """True where a diplomat, or those who govern two states, are spoken of."""
    titles = _titles_of_states(reading)
    if any(_DIPLOMATS.intersection(title.offices) for title in titles):
        return True
    return len({title.of[0] for title in titles if any(office.startswith(_GOVERNING) for office in title.offices)}) > 1


def _ministers_act(reading: Reading) -> bool:
    """True where somebody who governs a state, by the words of the title, is spoken of."""
    return any(office.startswith(_GOVERNING) for title in _titles_of_states(reading) for office in title.offices) or any(
        office.startswith("minister") for mention in reading.titles for office in getattr(mention.value, "offices", ())
    )


def _titles_of_states(reading: Reading) -> list[Title]:
    return [title for title in (mention.value for mention in reading.titles) if isinstance(title, Title) and title.of]


def _meant(told: Candidate) -> bool:
    """True for who speaks, and for an office with its holder's name: of a government, or of a state that is said."""
    if told.kind != "office":
        return told.kind in _PLAIN
    office = str(told.fields["office"])
    if "described" in told.rule or office == "military_officer":
        return False  # "the white king has fled"; a team's captain
    return office.startswith(_GOVERNING) or bool(_SAID & told.features)


def _presides(told: Candidate) -> bool:
    """True for a president of one name whose state is not said: "le président Martin", a judge."""
    if told.kind != "office" or told.fields["office"] != "head_of_state":
        return False
    return "one-word-name" in told.features and not _SAID & told.features


def _of_a_house(told: Candidate) -> bool:
    """True for a president, vice-chancellor or director whose state is not said: a university has them too."""
    if told.kind != "office" or _SAID & told.features:
        return False
    office = str(told.fields["office"])
    return office in _OF_HOUSES or "head_of_" in office
