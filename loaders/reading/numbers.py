"""Numbers as texts write them: digits with either decimal sign, and number words of both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.tables import DATA, read_table

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:[ \u00a0\u202f']\d{3}(?!\d))*|[a-z]+")
_SCORE, _UNITS = 20, 10
_LONGEST = 60  # characters; a longer stretch is no number


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language, folded."""

    decimal: str
    joiners: frozenset[str]
    words: Mapping[str, float]
    multipliers: Mapping[str, float]
    ordinals: Mapping[str, float]

    def value(self, folded: str) -> float | None:
        """What a folded phrase such as `3,1 milliards`, `1 500` or `twenty-five` is worth; None when it is no number."""
        if len(folded) > _LONGEST:
            return None
        total, current, seen, last, unit = 0.0, 0.0, False, 0.0, 0.0  # last: what a factor right before has made; unit: a word
        for token in _TOKEN.findall(folded):
            if token[0].isdigit():
                current, last = current + self.digits(token), 0.0
            elif token in self.words:
                word = self.words[token]
                scores = word == _SCORE and 1 < unit < _UNITS  # "quatre-vingt-dix" is four times twenty and ten
                current, last, unit = current + (unit * (word - 1) if scores else word), 0.0, word
            elif token in self.multipliers and last:
                total, last = total - last + last * self.multipliers[token], 0.0  # "1.2 lakh crore", "mille milliards"
            elif token in self.multipliers:
                factor = self.multipliers[token]
                scaled = (current or 1.0) * factor
                total, current = (total + scaled, 0.0) if factor >= 1000 else (total, scaled)
                last = scaled if factor >= 1000 else 0.0
            elif token in self.joiners:
                continue
            else:
                return None
            seen = True
        return total + current if seen else None

    def digits(self, token: str) -> float:
        """A figure in digits: groups of three are thousands, else the sign is a decimal one."""
        plain = re.sub(r"[ \u00a0\u202f']", "", token)
        thousands = "." if self.decimal == "," else ","
        if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{self.decimal}\d+)?", plain):
            plain = plain.replace(thousands, "")
        plain = plain.replace(self.decimal, ".")
        if plain.count(".") > 1 or "," in plain:
            head, _, tail = plain.replace(",", ".").rpartition(".")
            plain = head.replace(".", "") + ("." + tail if len(tail) != 3 else tail)
        return float(plain)


def whole(value: float) -> int | float:
    """A number as it is written: without the point where nothing stands behind it."""
    return int(value) if value == int(value) else value


def load_numbers(language: str) -> NumberWords:
    """The number words of `data/LANGUAGE/numbers.toml`."""
    path = DATA / language / "numbers.toml"
    table = read_table(path, ("decimal", "joiners", "words", "multipliers", "ordinals"))
    for part in ("words", "multipliers", "ordinals"):
        for word, value in table[part].items():
            if not isinstance(value, int | float) or value <= 0:
                raise BadData(f"{language}/numbers.toml: {part}.{word} must be a positive number")
    folded = {
        part: {fold(word): float(value) for word, value in table[part].items()} for part in ("words", "multipliers", "ordinals")
    }
    return NumberWords(
        table["decimal"], frozenset(table["joiners"]), folded["words"], folded["multipliers"], folded["ordinals"]
    )
