"""Folding: one spelling for what a reader takes as the same letter, so that names meet whatever their case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_SAME = {
    "'": "’‘‚‛ʼʹ´`′＇",
    '"': "“”„‟«»″＂",
    "-": "‐‑‒–−﹣－",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "o": "øØ",
    "d": "đĐðÐ",
    "l": "łŁ",
    "h": "ħĦ",
    "i": "ıİ",
    "t": "ŧŦ",
}
"""Marks and letters that Unicode does not decompose. The em dash is left alone: it parts clauses, it joins no names."""

_BLOCKS = ((0x20, 0x250), (0x370, 0x530), (0x1E00, 0x2000))
"""Latin, Greek and Cyrillic letters, plain and accented. Others have no case, or occur in no text that is read."""

_PUNCTUATION = (0x2000, 0x2100)


def _table() -> Iterator[tuple[int, str]]:
    """What each character becomes; common ones that stay are told too, since one that is missing costs five times as much."""
    kinds = {variant: kind for kind, variants in _SAME.items() for variant in variants}
    yield from ((ordinal, chr(ordinal)) for ordinal in (*range(_BLOCKS[0][1]), *range(*_PUNCTUATION)))
    yield from ((ord(variant), kind) for variant, kind in kinds.items())
    for first, end in _BLOCKS:
        for character in map(chr, range(first, end)):
            base = unicodedata.normalize("NFD", character)[0].lower()
            folded = kinds.get(base, base)
            if len(folded) == 1 and folded != character:
                yield ord(character), folded


_FOLDING = dict(_table())


def fold(text: str) -> str:
    """Lower case, no accents, one kind of apostrophe, hyphen, quote and space, character for character.

    The result has the length of the text, so an offset in one is an offset in the other. Folding twice changes nothing.
    Accents written as characters of their own stay: a text is brought to Unicode NFC before it is read.
    """
    return text.translate(_FOLDING)
