"""What an article is about: where it is sport or the arts, the words of diplomacy are figures of speech."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loaders.reading.gazetteer import Word
from loaders.reading.model import Candidate, Reading, Title
from loaders.reading.tables import DATA, read_table, words

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_CATEGORY = "play"
_DISTINCT = 3  # different words of sport or the arts that an article about them has at least
_CHARACTERS = 400  # of the article for one such word at most: others have one in seven hundred
_PLAIN = ("statement", "office")  # what such articles tell plainly
_GOVERNING = ("head_", "minister_", "deputy_head_")
_DIPLOMATS = frozenset({"ambassador", "minister_foreign_affairs"})
_SAID = frozenset({"of-title", "of-beside"})  # features of an office whose state is said with it


def words_of_play(language: str) -> Iterator[tuple[str, Word]]:
    """The words of sport and the arts of `data/LANGUAGE/matters.toml`, as words of the gazetteer."""
    where = f"{language}/matters.toml"
    table = read_table(DATA / language / "matters.toml", ("sport", "arts"))
    for part in table:
        for phrase in words(table, part, where):
            yield phrase, Word(_CATEGORY, phrase, rank=9)


def literal(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading without what an article on sport or the arts says in the words of diplomacy: "a pact with the net"."""
    if not reading.candidates or not _at_play(reading):
        return reading
    return reading.having(candidates=tuple(one for one in reading.candidates if _meant(one)))


def _at_play(reading: Reading) -> bool:
    """True for an article full of sport or the arts, in which no diplomat and those who govern one state at most act."""
    found = [token.get(_CATEGORY) for token in reading.known(_CATEGORY)]
    if len(set(found)) < _DISTINCT or len(found) * _CHARACTERS < len(reading.text):
        return False
    titles = [title for title in (mention.value for mention in reading.titles) if isinstance(title, Title) and title.of]
    if any(_DIPLOMATS.intersection(title.offices) for title in titles):
        return False
    return len({title.of[0] for title in titles if any(office.startswith(_GOVERNING) for office in title.offices)}) < 2


def _meant(told: Candidate) -> bool:
    """True for who speaks, and for an office with its holder's name: of a government, or of a state that is said."""
    if told.kind != "office":
        return told.kind in _PLAIN
    office = str(told.fields["office"])
    if "described" in told.rule or office == "military_officer":
        return False  # "the white king has fled"; a team's captain
    return office.startswith(_GOVERNING) or bool(_SAID & told.features)
