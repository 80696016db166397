"""The shared words of the reading pipeline: mentions, persons, sentences, candidates, and the Reading that carries them.

Every offset is an index into `Reading.text`, the article as it came; the folded text and the layer have its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.model.claims import Claim, Reason, Source, Value
from graph.model.dates import PartialDate
from loaders.reading.gazetteer import Token, apart
from loaders.reading.lazily import lazily

STATE, DEMONYM, PLACE, ORGANISATION, DATE, AMOUNT, TITLE, NAME, PERSON = "SDCGAMTNP"
"""The marks of mentions. Folded text is lower case, so an upper-case letter of the layer is always a mark."""

_DERIVED = {
    "folded": ("apart", "layer"),
    "mentions": ("layer", "_mention_starts"),
    "sentences": ("_sentence_starts",),
    "clauses": ("_clause_starts",),
    "tokens": ("_by_category",),
}
"""Field of a Reading -> what is worked out from it, and not handed on to a Reading in which the field differs."""

FILLER = "_"
"""Covers the rest of a mention in the layer: a mention reads as one word, `S____`, for `\\w+` and `\\b` alike."""


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class When:
    """The value of a date mention: the day, month or year meant, and how it was told."""

    date: PartialDate  # year None where neither text nor article says it
    anchor: str = "said"  # said | published (hier, mardi) | told (la veille) | nearest (18 juin: the last one) | future
    until: PartialDate | None = None  # the last day of a stretch ("du 3 au 5 mai")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Amount:
    """The value of an amount mention: money (currency given, ISO 4217) or a count of something (unit given)."""

    value: float
    currency: str | None = None
    unit: str | None = None  # personnel | percent | count


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Title:
    """The value of a title mention: the offices it states (`office` tokens of the exchange format) and whose they are."""

    offices: tuple[str, ...]  # two for "vice-premier ministre et ministre de la Défense"
    of: tuple[str, ...] = ()  # codes stated in the title: the states or organisation served; empty when not said
    former: bool = False
    acting: bool = False
    plural: bool = False  # "les ministres", "the two leaders": speaks of several holders
    counterpart: bool = False  # "son homologue": the office is that of another office-holder
    place: str | None = None  # where accredited: "ambassadeur du Maroc au Mali" -> MLI
    text: str = ""
    each: tuple[str, ...] = ()  # of a plural title that tells several departments: the office of each holder, in order


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Mention:
    """A stretch of the text that stands for something; `why` says, for people, how it was understood."""

    mark: str
    start: int
    end: int
    codes: tuple[str, ...] = ()  # S, D, G: agents; C: the state the place lies in; P: the person's agent where known
    value: When | Amount | Title | tuple[int, ...] | str | None = None  # P: indexes into Reading.persons; C, N: the name
    why: str = ""


def known_day(mention: Mention | None) -> PartialDate | None:
    """The date of a mention that tells one with its year; None for any other, and where there is none."""
    when = mention.value if mention is not None else None
    return when.date if isinstance(when, When) and when.date.year is not None else None


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Person:
    """Somebody the article speaks of, with everything it says of them."""

    name: str  # the fullest the article gives
    offices: tuple[tuple[str, str | None], ...] = ()  # (office token, code of the agent served)
    state: str | None = None  # the agent they stand for
    state_from: str = ""  # title | beside | counterpart | dateline | pair: how that is known ("" when it is not)
    mentions: tuple[tuple[int, int], ...] = ()  # offsets, in reading order
    former: bool = False  # only ever called "former", "ex-", "late"
    sure: bool = False  # a title, an honorific or a verb of speech shows a person; else only the capitals do
    gender: str = ""  # m or f where a form of address or a title tells


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Holding:
    """An office that the text gives a person, at one place."""

    person: int  # index into Reading.persons
    office: str
    of: str | None
    of_from: str  # title | beside | counterpart | dateline | pair | ""
    title: Mention
    name: Mention  # where the person is named, or the title itself where a bare title means them
    sentence: int
    why: str


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Paragraph:
    """One line of the text; `boilerplate` lines (share, read also, captions) are kept but not read."""

    start: int
    end: int
    boilerplate: bool = False
    title: bool = False


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Sentence:
    """One sentence, trimmed of white space; `index` is its position in Reading.sentences."""

    index: int
    start: int
    end: int
    paragraph: int
    title: bool = False
    boilerplate: bool = False


class Clause(NamedTuple):
    """A part of a sentence with at most one main verb, as far as punctuation and conjunctions tell."""

    start: int
    end: int
    sentence: int


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, never changed
class Candidate:
    """A fact that a rule proposes, before merging; `fields` as in `schema/kinds.toml`."""

    kind: str
    fields: Mapping[str, Value]
    sentences: tuple[int, ...]
    rule: str
    reasons: tuple[Reason, ...] = ()
    features: frozenset[str] = frozenset()  # what confidence is judged by: "state-guessed", "one-word-name", ...
    guessed: frozenset[str] = frozenset()  # fields whose value the text does not say: likely, and never shown as a fact


@dataclass(frozen=True)
class Reading:
    """An article on its way from text to claims; each stage returns a new one with more in it (`having`)."""

    source: Source
    text: str
    folded: str = ""
    language: str = "fr"
    published: PartialDate | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()  # spans within quotation marks, marks included; sorted, disjoint
    sentences: tuple[Sentence, ...] = ()
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()  # sorted by start, disjoint
    persons: tuple[Person, ...] = ()
    holdings: tuple[Holding, ...] = ()
    pair: tuple[str, ...] = ()  # the article's two main agents; one or none where it has not two
    dateline: Mention | None = None  # the place the article was sent from
    candidates: tuple[Candidate, ...] = ()
    claims: tuple[Claim, ...] = ()
    titles: tuple[Mention, ...] = ()  # every title read, also those that became part of a person
    honoured: frozenset[int] = frozenset()  # starts of names that an honorific stands before
    tokens: tuple[Token, ...] = ()  # every known word, in reading order

    def having(self, **others: Any) -> Reading:
        """The reading with other values of some fields; TypeError names one that it has not. Far quicker than `replace`."""
        made = object.__new__(Reading)
        known = made.__dict__
        known.update(self.__dict__)
        for name, value in others.items():
            if name not in self.__dataclass_fields__:
                raise TypeError(f"a Reading has no {name}")
            known[name] = value
            for derived in _DERIVED.get(name, ()):
                known.pop(derived, None)
        return made

    @lazily
    def layer(self) -> str:
        """The folded text, each mention overwritten by its mark and filler; of the same length."""
        return paint(self.folded, self.mentions)

    @lazily
    def apart(self) -> str:
        """The folded text between two spaces, a space for every character that is no plain letter or digit."""
        return apart(self.folded)

    @lazily
    def _mention_starts(self) -> tuple[int, ...]:
        return tuple([mention.start for mention in self.mentions])

    @lazily
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple([sentence.start for sentence in self.sentences])

    @lazily
    def _clause_starts(self) -> tuple[int, ...]:
        return tuple([clause.start for clause in self.clauses])

    @lazily
    def _by_category(self) -> Mapping[str, Sequence[Token]]:
        found: dict[str, list[Token]] = {}
        for token in self.tokens:
            for category in token.meanings:
                found.setdefault(category, []).append(token)
        return found

    def known(self, category: str) -> Sequence[Token]:
        """The known words of one category, in reading order."""
        return self._by_category.get(category, ())

    def mentions_in(self, start: int, end: int, marks: str = "") -> tuple[Mention, ...]:
        """The mentions that begin in [start, end), of the given marks (all when empty)."""
        starts = self._mention_starts
        low = bisect_left(starts, start)
        found = self.mentions[low : bisect_left(starts, end, low)]
        return tuple([mention for mention in found if mention.mark in marks]) if marks and found else found

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, or the last one that begins before it."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def clauses_of(self, sentence: Sentence) -> tuple[Clause, ...]:
        """The clauses of one sentence, in order."""
        low = bisect_left(self._clause_starts, sentence.start)
        high = bisect_left(self._clause_starts, sentence.end, lo=low)
        return self.clauses[low:high]

    def quoted(self, offset: int) -> bool:
        """True when the offset lies within quotation marks."""
        index = bisect_left(self.quotes, (offset + 1, 0)) - 1
        return index >= 0 and offset < self.quotes[index][1]

    def person(self, mention: Mention) -> Person | None:
        """The person a P mention stands for, when it stands for exactly one."""
        indexes = mention.value if mention.mark == PERSON and isinstance(mention.value, tuple) else ()
        return self.persons[indexes[0]] if len(indexes) == 1 else None

    def words(self, mention: Mention) -> str:
        """The mention's characters, as the article has them."""
        return self.text[mention.start : mention.end]


def paint(folded: str, mentions: tuple[Mention, ...]) -> str:
    """The layer: folded text in which every mention is its mark followed by filler; linear in the text."""
    parts: list[str] = []
    position = 0
    for mention in mentions:
        parts.append(folded[position : mention.start])
        parts.append(mention.mark.ljust(mention.end - mention.start, FILLER))
        position = mention.end
    parts.append(folded[position:])
    return "".join(parts)


def year_of(mention: Mention) -> int | None:
    """The year of a date; None where it is not known, and of what is no date."""
    return mention.value.date.year if isinstance(mention.value, When) else None
