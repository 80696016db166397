"""What is noted of an article's people while it is read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from graph.model.folding import fold
from loaders.reading.model import Holding, Mention, Title

_PREFIXES = ("al-", "el-", "ul-", "as-", "ad-", "an-", "ar-", "at-", "az-", "es-", "ed-")  # of three letters each
GENERIC = "minister"
"""The office of a minister whose department is not said."""
SHARED = frozenset(
    {"military_officer", "director", "advisor", "other", "special_envoy", "legislator", "deputy_minister", "consul"}
)
"""Offices that many hold at a time: a bare title of such an office means nobody in particular."""
MOST_ALIKE = 24
"""Persons alike, or places of one person, that are looked at."""


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Said:
    """A title said of a name at one place; `beside` when nothing else stands between them."""

    title: Mention
    of: tuple[str, ...]
    why: str
    beside: bool
    office: str = ""  # where the title tells several, the one of this name


@dataclass(slots=True)
class Entry:
    """One place where a name stands, with what is said there."""

    mention: Mention
    said: list[Said]
    state: str | None
    how: str
    words: tuple[str, ...]  # of the name, as names are compared


@dataclass(slots=True)
class Somebody:
    """A person in the making."""

    words: tuple[str, ...]
    name: str
    entries: list[Entry] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    state: str | None = None
    state_from: str = ""
    gender: str = ""


def title_of(said: Said) -> Title:
    """The title that was said."""
    assert isinstance(said.title.value, Title)
    return said.title.value


def name_words(mention: Mention) -> tuple[str, ...]:
    """The words of a name by which it is compared: folded, without "al-" and full stops."""
    said = fold(str(mention.value)).replace(".", " ").split()
    return tuple([word[3:] if len(word) > 4 and word.startswith(_PREFIXES) else word for word in said]) or ("?",)


def holds_more_than_a_rank(somebody: Somebody) -> bool:
    """True for somebody who holds more than a rank."""
    return any(holding.title.why != "title: rank" for holding in somebody.holdings)


def entries_before(somebody: Somebody, offset: int) -> int:
    """How many of a person's entries begin before an offset."""
    return bisect_left(somebody.entries, offset, key=lambda entry: entry.mention.start)


def last_before(somebody: Somebody, offset: int) -> int | None:
    """Where the person was last named before an offset."""
    count = entries_before(somebody, offset)
    return somebody.entries[count - 1].mention.start if count else None
