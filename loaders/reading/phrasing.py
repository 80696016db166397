"""Expressions that match any phrase of a list, written as a tree of letters: the cost does not grow with the list."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Tree = dict[str, "_Tree"]  # letter -> what may follow; the empty string marks the end of a phrase


def either(phrases: Iterable[str]) -> str:
    """An expression that matches any of the phrases, the longest first; to be put between parentheses by the caller."""
    return "|".join(letter + _tail(tree) for letter, tree in _branches(_tree(phrases)))


def whole_words(phrases: Iterable[str]) -> str:
    """The same, where no letter or digit stands right before; each phrase is tried only where its first letter stands."""
    return "|".join(
        f"{letter}(?<![a-z0-9]{letter}){_tail(tree)}" for letter, tree in _branches(_tree(phrases))
    )  # the letter first: an expression that begins with a known letter is searched many times faster


def _tree(phrases: Iterable[str]) -> _Tree:
    root: _Tree = {}
    for phrase in phrases:
        node = root
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return root


def _branches(tree: _Tree) -> list[tuple[str, _Tree]]:
    return [(re.escape(letter), tree[letter]) for letter in sorted(tree) if letter]


def _tail(tree: _Tree) -> str:
    """What may follow a letter: of phrases that begin alike the longest is tried first, as in a list ordered by length."""
    branches = [letter + _tail(after) for letter, after in _branches(tree)]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)}{'|' if '' in tree else ''})"
