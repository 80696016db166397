"""Trees of letters match exactly what plain lists of phrases, the longest first, match."""

from __future__ import annotations

import random
import re

import pytest

from loaders.reading.phrasing import either, whole_words


def plain(phrases: set[str]) -> str:
    """The list as a plain alternation."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@pytest.mark.parametrize("seed", range(40))
def test_a_tree_finds_what_the_list_finds(seed: int) -> None:
    chance = random.Random(seed)
    phrases = {"".join(chance.choices("ab' -.1", k=chance.randint(1, 6))) for _ in range(chance.randint(1, 12))}
    text = "".join(chance.choices("ab' -.1", k=200))
    for before, after in (("", ""), ("(?<![0-9a-z])", "(?![0-9a-z])")):
        listed = re.compile(f"{before}(?:{plain(phrases)}){after}")
        tree = re.compile(f"(?:{whole_words(phrases) if before else either(phrases)}){after}")
        assert [match.span() for match in tree.finditer(text)] == [match.span() for match in listed.finditer(text)]
        assert [bool(tree.match(text, place)) for place in range(200)] == [
            bool(listed.match(text, place)) for place in range(200)
        ]


def test_of_phrases_that_begin_alike_the_longest_is_taken() -> None:
    match = re.search(either({"a", "a tenu", "a tenu à"}), "il a tenu à dire")
    assert match is not None and match[0] == "a tenu à"


def test_no_phrase_matches_as_an_empty_list_does() -> None:
    assert either(()) == "" == whole_words(())
