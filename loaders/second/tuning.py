"""The constants of the second reader, read from `data/second.toml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from graph.errors import BadData
from loaders.reading.tables import read_table

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Tuning:
    """Confidences are shares in [0, 1], lengths are characters, `answer_bytes` bytes; the file says what each is for."""

    ceiling: float
    ceiling_both: float
    longest_article: int
    shortest_quote: int
    longest_quote: int
    longest_value: int
    most_facts: int
    answer_bytes: int
    give_up_after: int
    seed: int

    def joint(self, first: float, second: float) -> float:
        """How sure a fact is that both readers tell, as if each erred independently of the other; to three digits."""
        both = 1 - (1 - first) * (1 - min(second, self.ceiling))
        return max(first, round(min(self.ceiling_both, both), 3))


def load_tuning(path: Path = DATA / "second.toml") -> Tuning:
    """Read the constants; BadData names a key that is missing, unknown or out of its range."""
    table = read_table(path, (field.name for field in fields(Tuning)))
    for field in fields(Tuning):
        value = table[field.name]
        share = field.type == "float"
        if type(value) not in ((int, float) if share else (int,)) or not 0 < value <= (1 if share else 10**9):
            raise BadData(f"{path.name}: {field.name} must be a {'share between 0 and 1' if share else 'whole number above 0'}")
    return Tuning(**table)
