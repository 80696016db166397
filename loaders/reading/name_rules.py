"""What belongs to a name in one language, read from its name words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.model.folding import fold
from loaders.reading.phrasing import whole_words
from loaders.reading.tables import DATA, read_table, words

LONGEST = 8
"""Words of a name; a longer run of capitals is a list or a heading."""
_UPPER = "".join(character for character in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if character.isupper())
# Inside a name: "Sa'ar", "Papali'i"; no "s", "we'll", "qu'il".
_GLOTTAL = r"(?<=[a-zà-öø-ÿ])(?<![qQ][uU])(?<!ourd)['’](?!(?:s|t|ll|re|ve|d|m)(?!\w))[a-zà-öø-ÿ]\w*+"


@dataclass(frozen=True, slots=True)
class NameRules:
    """What belongs to a name in one language."""

    sequence: re.Pattern[str]  # words of one run, each a group by finditer of `word`
    glued: re.Pattern[str]  # what may stand right before a run and belongs to it: "al-"
    word: re.Pattern[str]
    starts: frozenset[str]
    accented: Mapping[str, str]  # of those with an accent, how they are written: "Grace" is not "grâce"
    also: frozenset[str]  # of those, which begin a name where they have a capital within a sentence
    things: frozenset[str]
    alone: frozenset[str]
    honorific: re.Pattern[str]  # ends where a name begins
    honorifics: frozenset[str]
    addresses: tuple[str, ...]  # the honorifics of several words, each with a space
    closing: frozenset[str]  # the last words of those
    tails: frozenset[str]  # the last two letters of all honorifics, the letter of those of one
    inner: frozenset[str]  # forms of address and titles that go on a name: "Ould Cheikh", "Tiong King Sing"
    given: frozenset[str]  # states whose name is a given name where more of a name follows: "Dominique de Roux"
    articles: tuple[str, ...]  # what stands right after one of these is a thing
    surnames: bool  # whether a state's name right after a given name is a family name: states have articles


def load_names(language: str) -> NameRules:
    """The name words of `data/LANGUAGE/names.toml`."""
    where = f"{language}/names.toml"
    table: dict[str, Any] = read_table(
        DATA / language / "names.toml",
        ("particles", "glued", "honorifics", "starts", "also", "things", "alone", "inner", "given", "articles", "surnames"),
    )
    honorifics = words(table, "honorifics", where)
    particles = "|".join(
        re.escape(phrase) for phrase in sorted(table["particles"], key=lambda item: (-len(item), item)) if phrase != "d'"
    )
    glued = "|".join(re.escape(phrase) for phrase in sorted(table["glued"], key=lambda item: (-len(item), item)))
    rest = rf"(?:\.(?:-?[{_UPPER}]\.)*+|\w*+(?:[-‐‑]\w++|['’][{_UPPER}]\w*+|{_GLOTTAL})*+)(?:['’]s(?!\w))?"
    core = rf"[{_UPPER}]{rest}"
    first = rf"[{_UPPER}](?<!\w.){rest}"  # the letter first: so it is looked for many times faster
    later = rf"(?:(?:{glued})[-‐‑'’ʼ])?{core}"
    gap = rf"(?:[ \u00a0](?:(?:{particles})[ \u00a0](?:la )?)?(?:d['’])?|(?<=[{_UPPER}]\.))"  # "D.Tsogtbaatar", "S.Jaishankar"
    starts, things, alone = (frozenset(words(table, key, where)) for key in ("starts", "things", "alone"))
    return NameRules(
        sequence=re.compile(rf"{first}(?:{gap}{later}){{0,{LONGEST}}}+"),
        glued=re.compile(rf"(?<!\w)(?:{glued})[-‐‑–]\Z"), word=re.compile(rf"(?:(?:{glued})[-‐‑'’])?{core}"),
        starts=starts, accented={fold(word): word for word in table["starts"] if fold(word) not in table["starts"]},
        also=frozenset(words(table, "also", where)), things=things, alone=alone,
        honorific=re.compile(rf"(?:(?:{whole_words(honorifics)})\.? )++\Z"),
        honorifics=frozenset(honorifics),
        addresses=tuple(f"{phrase} " for phrase in honorifics if " " in phrase),
        closing=frozenset(phrase.rpartition(" ")[2] for phrase in honorifics if " " in phrase),
        tails=frozenset(phrase[-2:] for phrase in honorifics),
        inner=frozenset(words(table, "inner", where)),
        given=frozenset(words(table, "given", where)),
        articles=tuple(f"{gap}{word} " for word in words(table, "articles", where) for gap in ' \n"(\''),
        surnames=table["surnames"] is True,
    )  # fmt: skip
