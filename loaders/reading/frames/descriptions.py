"""Words that stand for a state or an organisation named elsewhere: "le sultanat", "les Vingt-Sept", "the kingdom"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.model.folding import fold
from loaders.reading.frames.grammar import any_of
from loaders.reading.frames.inflection import DATA
from loaders.reading.model import DEMONYM, ORGANISATION, STATE, Mention, Reading
from loaders.reading.phrasing import either
from loaders.reading.tables import read_table

_ARTICLE = 7  # characters before a word in which its article stands


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The words of one language, with the codes of those they may stand for."""

    codes: Mapping[str, tuple[str, ...]]
    words: re.Pattern[str]
    article: re.Pattern[str]  # ends where the word begins
    named: re.Pattern[str]  # begins where the word ends: it has a name of its own
    agencies: Mapping[str, str]  # as written -> the state whose agency it is
    agency: re.Pattern[str]
    watched: frozenset[str]  # folded, any of which a text must have


def load_descriptions(path: Path = DATA / "descriptions.toml") -> Mapping[str, Descriptions]:
    """Read `descriptions.toml`; BadData names a key that is missing or strange."""
    tables = read_table(path, ("agencies", "fr", "en"))
    return {language: _descriptions(tables[language], tables["agencies"]) for language in ("fr", "en")}


def _descriptions(table: Mapping[str, Mapping[str, list[str]] | list[str]], agencies: Mapping[str, str]) -> Descriptions:
    words = table["words"]
    codes = {fold(word): tuple(found) for word, found in words.items()} if isinstance(words, Mapping) else {}
    articles, after = (either(map(fold, table[name])) for name in ("articles", "never_before"))
    return Descriptions(
        codes,
        any_of(frozenset(codes)),
        re.compile(rf"(?<![a-z])(?:{articles})(?:(?<=') ?| )\Z"),
        re.compile(rf"-| (?:{after})(?![a-z])| [SDCGN]_"),
        agencies,
        re.compile(rf"(?<![\w-])(?:{either(agencies)})(?![\w-])"),
        frozenset(codes),
    )


def agencies(reading: Reading, words: Descriptions, within: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """A mention of its state for each agency of development in these stretches of plain text: "la KfW", "l'AFD", "JICA"."""
    for match in (match for span in within for match in words.agency.finditer(reading.text, *span)):
        if reading.layer[match.start()].islower() and not reading.mentions_in(match.start(), match.end()):
            yield Mention(STATE, match.start(), match.end(), (words.agencies[match.group()],), why="agency of a state")


def described(reading: Reading, words: Descriptions, within: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """A mention for each such word of these stretches whose article names exactly one that fits; quotations count too."""
    if not within:
        return
    named = {code for m in reading.mentions if m.mark in STATE + DEMONYM + ORGANISATION for code in m.codes}
    organisations = {code for m in reading.mentions if m.mark == ORGANISATION for code in m.codes}
    for match in (match for span in within for match in words.words.finditer(reading.layer, *span)):
        fitting = [code for code in words.codes[match.group()] if code in named]
        before = reading.folded[max(0, match.start() - _ARTICLE) : match.start()]
        if len(fitting) != 1 or words.article.search(before) is None:
            continue
        if words.named.match(reading.layer, match.end()) is None:
            mark = ORGANISATION if fitting[0] in organisations else STATE
            yield Mention(
                mark, match.start(), match.end(), (fitting[0],), why=f"the one {match.group()} that the article names"
            )
