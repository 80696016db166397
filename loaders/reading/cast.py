"""An article's people, ready to be looked up by place, by office and by state."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.reading.model import TITLE, Holding, Mention, Reading, Title
from loaders.reading.register import Entry, Somebody, entries_before, holds_more_than_a_rank

_FEW_OFFICES = 4  # holdings of one person that are looked at
_TELLS = 6  # characters between a word of saying and the title that speaks
# What a name is followed by, or stands behind, who is something else than an office-holder.
_NO_NOUN = r"(?!(?:\w+ment|\w+ly|lui|elle|alors|then|who|himself|herself|en|au|in|on|at|to)\b)"
_OTHERWISE_AFTER = re.compile(
    r", (?:an?|une?|the|le|la|l'|ancien|ancienne|former|de la|de l'|du|of the)(?: |(?<='))[a-z]"
    r"| (?:de|of|from) (?:la |l'|the )?[a-z]"
    r"|, \d\d?,| ?/ ?[a-z]"
    rf"|, {_NO_NOUN}[a-z-]{{4,}}(?: [a-z-]+){{0,2}},"
)
_KIND = r"(?: [a-z-]+(?:istes?|iques?|ites?|ale?|euse?|eux|ive?|ienne?|aire))?"  # "le religieux chiite X"
_OTHERWISE_BEFORE = re.compile(
    rf"(?:(?:(?:le|la|une?|the|an?|d'|du|au|son|sa|his|her|its) |l')(?!cheikh|sheikh|prince|roi|king)[a-z-]{{4,}}{_KIND} "
    r"|(?<![a-z])(?:une?|an|son|sa|his|her|its|[a-z]'s) [a-z-]{4,}, )\Z"
)
CROWD = 60
"""Holders of one office, or people of one state, among whom one is looked for."""


@dataclass(slots=True)
class Cast:
    """An article's people, ready to be looked up by place, by office and by state."""

    people: list[Somebody]
    of_entry: dict[int, int]
    reading: Reading
    starts: list[int]
    says: list[int]  # where words of saying end
    by_office: dict[str, list[Somebody]] = field(default_factory=dict)
    by_state: dict[str, list[int]] = field(default_factory=dict)

    def speaks(self, mention: Mention) -> bool:
        """True where a word of saying stands right before a title: "a dit l'ambassadeur"."""
        index = bisect_left(self.says, mention.start) - 1
        return index >= 0 and mention.start - self.says[index] <= _TELLS

    def is_something_else(self, somebody: Somebody) -> bool:
        """True for who is called something that is no office where they are first named: "an economist"."""
        layer, first = self.reading.layer, somebody.entries[0].mention
        lead = layer[max(0, first.start - 30) : first.start]
        return _OTHERWISE_AFTER.match(layer, first.end) is not None or _OTHERWISE_BEFORE.search(lead) is not None

    def named(self, low: int, high: int, most: int | None = None) -> list[int]:
        """The people named in [low, high), in reading order; of the first `most` names."""
        first, end = bisect_left(self.starts, low), bisect_left(self.starts, high)
        found = self.starts[first : end if most is None else min(end, first + most)]
        return [self.of_entry[start] for start in found if start in self.of_entry]

    def give(self, index: int, title: Title, of: tuple[str, ...], mention: Mention, sentence: int, why: str) -> None:
        """Write down that somebody holds the office of a bare title."""
        somebody = self.people[index]
        if of and somebody.state is None:
            somebody.state, somebody.state_from = of[0], "title"
        where = somebody.entries[max(0, entries_before(somebody, mention.start) - 1)].mention
        how = "title" if of else somebody.state_from
        somebody.holdings.append(Holding(index, title.offices[0], somebody.state, how, mention, where, sentence, why))
        self.by_office.setdefault(title.offices[0], []).append(somebody)

    def enthrone(self, rulers: Iterable[tuple[Mention, str]]) -> None:
        """Who has no office, yet a government of their own, leads it."""
        for mention, office in rulers:
            index, sentence = self.of_entry.get(mention.start), self.reading.sentence_at(mention.start)
            if index is not None and sentence is not None and not holds_more_than_a_rank(self.people[index]):
                title = Mention(TITLE, mention.start, mention.end, (), Title((office,)), "title: who governs")
                self.give(index, Title((office,)), (), title, sentence.index, "the government is theirs")


def cast_of(people: list[Somebody], of_entry: dict[int, int], entries: list[Entry], reading: Reading) -> Cast:
    """The people of one article with their indexes."""
    says = [token.end for token in reading.known("say")]
    cast = Cast(people, of_entry, reading, [entry.mention.start for entry in entries], says)
    for index, somebody in enumerate(people):
        for office in dict.fromkeys(holding.office for holding in somebody.holdings[:_FEW_OFFICES]):
            if len(cast.by_office.setdefault(office, [])) < CROWD:
                cast.by_office[office].append(somebody)
        if somebody.state is not None and len(cast.by_state.setdefault(somebody.state, [])) < CROWD:
            cast.by_state[somebody.state].append(index)
    return cast
