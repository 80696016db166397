"""Of which of two states somebody is likelier, by the names that are common there, read from `data/naming.toml`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.tables import DATA, read_table, words

_GIVEN, _GIVEN_LAST, _FAMILY, _END, _BEGIN = 1.5, 1.0, 3.0, 1.2, 1.0
"""What each sign weighs; a name that n cultures share counts 1 / √n for each of them."""
_CLEAR = 1.0  # by how much the first must lead: right in 104 of 110 office-holders of articles not read before
_PARTS = ("states", "given", "family", "ends", "begins")
_LONGEST = 10  # letters of the longest ending or beginning

Shared = Mapping[str, tuple[str, ...]]
"""A name, ending or beginning -> the cultures that have it."""


@dataclass(frozen=True, slots=True)
class NameCultures:
    """What names are common where; folded."""

    states: Mapping[str, tuple[str, ...]]  # culture -> codes of its states
    given: Shared
    family: Shared
    ends: Shared
    begins: Shared

    def likelier(self, name: str, *among: Collection[str]) -> str | None:
        """The one of several states where such a name is clearly more common, of the first group in which one is; else None."""
        cultures = self._cultures(fold(name).replace(".", " ").split()) if any(len(states) > 1 for states in among) else {}
        return next(filter(None, (self._clear(cultures, states) for states in among)), None) if cultures else None

    def _clear(self, cultures: Mapping[str, float], states: Collection[str]) -> str | None:
        scores: dict[str, float] = dict.fromkeys(sorted(states), 0.0)
        for culture, score in cultures.items():
            for state in self.states[culture]:
                if state in scores:
                    scores[state] = max(scores[state], score)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        return ranked[0][0] if len(ranked) > 1 and ranked[0][1] - ranked[1][1] >= _CLEAR else None

    def _cultures(self, said: list[str]) -> Mapping[str, float]:
        found: dict[str, float] = defaultdict(float)
        parts = said + [part for word in said if "-" in word for part in word.split("-")]
        for index, word in enumerate(parts):
            _add(found, self.given.get(word, ()), _GIVEN if index < len(said) - 1 or len(said) == 1 else _GIVEN_LAST)
            _add(found, self.family.get(word, ()), _FAMILY)
        later = said[1:] or said
        ended = {c for word in later for n in range(1, min(_LONGEST, len(word) - 1)) for c in self.ends.get(word[-n:], ())}
        begun = {c for word in later for n in range(1, min(_LONGEST, len(word) - 2)) for c in self.begins.get(word[:n], ())}
        begun |= {culture for word in said[:-1] for culture in self.begins.get(word, ())}  # "ben", "von" on their own
        for cultures, weight in ((ended, _END), (begun, _BEGIN)):
            for culture in cultures:
                found[culture] += weight
        return found


def _add(found: dict[str, float], cultures: tuple[str, ...], weight: float) -> None:
    for culture in cultures:
        found[culture] += weight / len(cultures) ** 0.5


def load_cultures(path: Path = DATA / "naming.toml") -> NameCultures:
    """The table, checked; BadData names the culture and the key at fault."""
    shared: dict[str, dict[str, list[str]]] = {part: defaultdict(list) for part in _PARTS[1:]}
    states: dict[str, tuple[str, ...]] = {}
    for entry in read_table(path, ("culture",))["culture"]:
        culture = entry.get("id", "a culture")
        where = f"{path.name}: {culture}"
        if set(entry) != {"id", *_PARTS} or culture in states:
            raise BadData(f"{where} must have an id of its own, {', '.join(_PARTS)}")
        for part, known in shared.items():
            for word in words(entry, part, where):
                known[word].append(culture)
        if not entry["states"] or not all(isinstance(code, str) and code.isupper() for code in entry["states"]):
            raise BadData(f"{where}: states must be a list of codes")
        states[culture] = tuple(entry["states"])
    return NameCultures(states, *({word: tuple(of) for word, of in known.items()} for known in shared.values()))
