"""The number that an ordinal stands for: in digits, Roman or in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

ORDINAL = re.compile(
    r"(?<![a-z0-9])(?:(?P<digits>\d{1,3})\s?(?:e|eme|er|ere|nd|nde|st|rd|th)|(?P<roman>[ivx]{1,5})\s?(?:e|eme)|(?P<word>[a-z]+(?:-[a-z]+)?))(?![a-z0-9])"
)
"""An ordinal in a folded text; a word is one only where the language knows it as such."""
_ROMAN = {"i": 1, "v": 5, "x": 10}


def ordinal(match: re.Match[str], ordinals: Mapping[str, int]) -> int | None:
    """The number that an ordinal stands for, in digits, Roman or in words; None where it is none."""
    if match["digits"]:
        return int(match["digits"])
    if match["roman"]:
        values = [_ROMAN[letter] for letter in match["roman"]]
        return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return ordinals.get(match["word"])
