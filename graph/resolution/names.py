"""Names of persons, places and instruments, compared across French and English spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from graph.resolution.rules import NameRules

_WORD = re.compile(r"[^\W_]+")
_REGNAL = re.compile(r"(?<=\s)(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\Z")
_HIGH = re.compile("[\u0300-\U0010ffff]")  # no mark that combines with a letter comes before these
_VOWELS = re.compile(r"(?<=.)[aeiou]+")
_VOWEL_RUNS = re.compile(r"[aeiou]+")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Lower case without accents: `Hanoï` and `HANOI` are one."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return parts if parts.isascii() else _HIGH.sub(_unaccented, parts)


def _unaccented(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def words(text: str) -> tuple[str, ...]:
    """The words of a text in plain letters."""
    return tuple(_WORD.findall(plain(text)))


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """What follows a word's first letter, without its vowels."""
    return _VOWEL_RUNS.sub("", word[1:])


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name by sound: given and family names without titles and particles; `number` for a sovereign's."""

    tokens: tuple[str, ...]
    number: str = ""

    @property
    def family(self) -> str:
        """The last name; the only one where there is but one."""
        return self.tokens[-1]

    @property
    def full(self) -> bool:
        """Whether the name tells more than a family name."""
        return len(self.tokens) > 1 or bool(self.number)


class Names:
    """Folding and comparison of persons' names under one set of rules."""

    def __init__(self, rules: NameRules) -> None:
        self.rules = rules
        self._sovereigns = {self.sound(plain(name)): self.sound(plain(row[0])) for row in rules.sovereigns for name in row}
        self._rows = {self.sound(plain(name)): number for number, row in enumerate(rules.unlike) for name in row}
        self.fold = lru_cache(maxsize=50_000)(self._fold)
        self.compare = lru_cache(maxsize=200_000)(self._compare)

    def _fold(self, name: str) -> Name:
        number = _REGNAL.search(name.strip())
        letters = name[: number.start()] if number else name
        letters = plain(letters.casefold().translate(dict(self.rules.letters)).replace("'", "").replace("’", ""))
        for form, whole in self.rules.compounds:
            letters = form.sub(whole, letters)
        strong = self._untitled(_WORD.findall(letters))
        strong = [token for token in strong[:-1] if token not in self.rules.particles] + strong[-1:]
        tokens = tuple(self.sound(token) for token in strong) or ("",)
        if number:
            return Name(tuple(self._sovereigns.get(token, token) for token in tokens), number.group())
        return Name(tokens)

    def _untitled(self, tokens: list[str]) -> list[str]:
        strong = [token for token in tokens if token not in self.rules.titles] or tokens
        few = [token for token in strong if token not in self.rules.optional_titles]
        return few if len([token for token in few if token not in self.rules.particles]) > 1 else strong

    def sound(self, word: str) -> str:
        """How a word sounds, one spelling for the French and the English way of writing it."""
        if len(word) < 3:
            return word
        for form, sound in self.rules.sounds:
            word = form.sub(sound, word)
        return word

    def _compare(self, one: Name, other: Name) -> str:
        """`same`, `similar` (one is shorter), `initial`, `family` or `first` (one is such a name alone), or `different`."""
        if one.number != other.number:
            return "different"
        if sorted(one.tokens) == sorted(other.tokens):
            return "same" if one.full else "family"
        if not one.full or not other.full:
            return self._alone(*((one, other) if not one.full else (other, one)))
        if len(one.tokens) != len(other.tokens) and self._alike("".join(one.tokens), "".join(other.tokens), 1.0):
            return "same"  # written in one word here, in two there
        return self._aligned(*sorted((one, other), key=lambda name: (len(name.tokens), name.tokens)))

    def _alone(self, alone: Name, whole: Name) -> str:
        if any(self._alike(alone.family, name, self.rules.similar_family) for name in families(whole)):
            return "family"
        first = (
            whole.full and not alone.full and alone.family == whole.tokens[0]
        )  # `Xi` of `Xi Jinping`, `Abiy` of `Abiy Ahmed`
        return "first" if first and not alone.number else "different"

    def _aligned(self, short: Name, long: Name) -> str:
        """Every name of the shorter form must be found in the longer one, the family name first."""
        # A shorter form may drop given names; one of three names without the longer one's first is a parent's or a child's.
        if len(short.tokens) > 2 and not self._same_given(short.tokens[0], long.tokens[0]):
            return "different"
        families = [token for token in long.tokens[1:] if self._alike(short.family, token, self.rules.similar_family)]
        if not families or (families != [long.family] and long.family not in families and len(short.tokens) < 2):
            return "different"
        remaining = list(long.tokens)
        remaining.remove(long.family if long.family in families else families[-1])
        initials = False
        for given in short.tokens[:-1]:
            found = next((token for token in remaining if self._same_given(given, token)), None)
            if found is None:
                found = next((token for token in remaining if _initial(given, token)), None)
                initials = True
            if found is None:
                return "different"
            remaining.remove(found)
        if initials:
            return "initial"
        return "similar" if remaining or len(short.tokens) < len(long.tokens) else "same"

    def _same_given(self, one: str, other: str) -> bool:
        """Given names differ in their vowels from language to language: `Muhammad`, `Mohamed`."""
        if self._unlike(one, other):
            return False
        bones = _VOWELS.sub("", one)
        return self._alike(one, other, self.rules.similar_given) or (len(bones) > 2 and bones == _VOWELS.sub("", other))

    def _alike(self, one: str, other: str, floor: float) -> bool:
        """The same consonants and about the same vowels; or a slip of a letter or two in a long name."""
        if one == other:
            return True
        if min(len(one), len(other)) < 3 or not self._first(one[0], other[0]) or self._unlike(one, other):
            return False
        bones, length = consonants(one), max(len(one), len(other))
        if bones == consonants(other) and (len(bones) > 2 or JaroWinkler.similarity(one, other) >= floor):
            return True
        slips = sum(length >= letters for letters in self.rules.slips)
        return Levenshtein.distance(one, other, score_cutoff=slips) <= slips

    def _unlike(self, one: str, other: str) -> bool:
        """Whether two words are known as spellings of two names."""
        return one in self._rows and other in self._rows and self._rows[one] != self._rows[other]

    def _first(self, one: str, other: str) -> bool:
        """Whether two first letters are the same, or stand for each other."""
        return one == other or any(one in group and other in group for group in self.rules.initials)


def families(name: Name) -> tuple[str, ...]:
    """The words by which a person may be called alone: the last one, and of a long name those between the first and it."""
    return name.tokens[-1:] if len(name.tokens) < 3 else name.tokens[1:]


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]


class Phrases:
    """Comparison of short phrases (names of instruments, topics) by the content words they share."""

    def __init__(self, generic: frozenset[str]) -> None:
        self._generic = generic
        self._content = lru_cache(maxsize=50_000)(self._content_words)

    def likeness(self, one: str, other: str) -> float | None:
        """The share of the shorter phrase's content words found in the other; None where a phrase has none."""
        mine, theirs = self._content(one), self._content(other)
        if not mine or not theirs:
            return None
        short, long = sorted((mine, theirs), key=lambda found: (len(found), sorted(found)))
        return sum(any(_same_word(word, candidate) for candidate in long) for word in short) / len(short)

    def _content_words(self, text: str) -> frozenset[str]:
        return frozenset(word for word in words(text) if (len(word) > 3 or word.isdigit()) and word not in self._generic)


def _same_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 4 and JaroWinkler.similarity(one, other) >= 0.9)
