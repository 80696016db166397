"""The words of a sentence, its actors with the cue before each, and its instruments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from loaders.reading.model import Mention

SAYS = re.compile(
    r"(?:said|says|had|has|have|was|were|is|are|did|will|left|quit|withdrew|broke|cut|took|went|began|became|met|sent|[a-z]{3,}ed"
    r"|ont|avaient|auront|vont)\Z"
)
STEPS = 9  # words looked back over from an actor to its cue: longer noun phrases are rare and cost time


class Token(NamedTuple):
    """A word, mark or mention of the layer."""

    text: str
    start: int
    end: int

    @property
    def mention(self) -> bool:
        """True when the token covers a mention."""
        return self.text[0].isupper()


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Argument:
    """One actor or several joined ones ("le Mali, le Niger et le Burkina"), and what ties them to the clause."""

    start: int  # of the noun phrase, its cue left out
    end: int
    mentions: tuple[Mention, ...]
    codes: tuple[str, ...]  # the agents they stand for, in order, without repetition
    persons: tuple[int, ...]  # indexes into Reading.persons
    cue: str  # a cue of grammar.py; "poss" before its noun; "" for a bare one
    head: str = ""  # the noun a demonym or a possessive qualifies, where it is no government
    acts: bool = True  # may do things: a government, an official; False for "Belgian beer", "à Rabat"

    @property
    def bare(self) -> bool:
        """True for a subject or an object: no cue, and able to act."""
        return self.cue == "" and self.acts


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Instrument:
    """A noun of instruments in its sentence."""

    start: int
    end: int
    type: str
    weak: bool
    plural: bool
    count: int | None  # "onze accords"
    back: bool  # "cet accord": speaks of one told before
    definite: bool  # "l'accord"
