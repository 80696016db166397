"""What names that may be one person's share: the keys under which persons are found, so that few names are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from graph.resolution.names import Name, Names, consonants, families


class Keys:
    """The keys of names under the rules of `names`."""

    def __init__(self, names: Names) -> None:
        self._names, self._slips = names, names.rules.slips[0]
        self._stands = _standing(names.rules.initials)

    def family(self, name: Name) -> str:
        """What two spellings of one family name share: its first consonants; a sovereign's number too."""
        return f"{self.bones(name.family)} {name.number}".strip()

    def bones(self, word: str) -> str:
        """What two spellings of one word share: its first letter, or the one that stands for it, and its first consonants."""
        return self._stood(word[:1]) + "".join(map(self._stood, consonants(word)))[:4]

    def pairs(self, name: Name) -> tuple[str, ...]:
        """What full names that may be one share: two words, as they are or joined, or the given name and half a family name.

        Two that differ in a letter of a long family name, or in two words here that are one there, have a key in common.
        """
        strong = [token for token in name.tokens if len(token) > 1]
        found = {" ".join(sorted(map(self.bones, pair))) for pair in (*combinations(strong, 2), *self._in_two(name))}
        if len(strong) > 1:
            given = self.bones(strong[0])
            found.update(f"{given} {half}" for family in families(name) for half in self._halves(family))
        return tuple(sorted(f"{key} {name.number}".strip() for key in found or map(self.bones, strong)))

    def alone(self, name: Name) -> tuple[str, ...]:
        """What a family name alone shares with the full names that it may stand for."""
        return tuple(sorted({self.bones(token) for token in families(name)}))

    def _in_two(self, name: Name) -> Iterator[tuple[str, str]]:
        """A name of more than two words as two, wherever it may be cut: another source may write it so."""
        if len(name.tokens) > 2:
            for place in range(1, len(name.tokens)):
                yield self._names.sound("".join(name.tokens[:place])), self._names.sound("".join(name.tokens[place:]))

    def _halves(self, word: str) -> Iterator[str]:
        """Beginning and end of a word that is long enough for a slip of a letter, which leaves one of the two as it is."""
        length = len(word)
        if length + 1 < self._slips:  # the other may be longer by the letter
            return
        first = self._stood(word[0])
        sizes = (3,) if length < 7 else (4,) if length > 7 else (3, 4)  # of seven letters: one may be of six, or of eight
        for size in sizes:
            yield f"{first}{word[1:size]}-"
            yield f"{first}-{word[-size:]}"

    def _stood(self, letter: str) -> str:
        return self._stands.get(letter, letter)


def _standing(groups: Iterable[frozenset[str]]) -> dict[str, str]:
    """A letter to one that stands for it and for all that these stand for, so that names which may be alike share a key."""
    found: dict[str, str] = {}
    for group in groups:
        reached = {found[letter] for letter in group if letter in found}
        least = min({*group, *reached})
        found.update((letter, least) for letter in group)
        found.update((letter, least) for letter, other in [*found.items()] if other in reached)
    return found
