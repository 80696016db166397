"""Which frames, rules and trigger words of the reader a corpus sets off, and which it never does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import Group
from rich.table import Column, Table
from rich.text import Text

from graph.errors import BadQuery
from graph.model.claims import Source
from graph.model.folding import fold
from loaders.reading.frames.book import Frame, FrameBook
from loaders.reading.lexicon import Lexicon
from loaders.reading.merge import merged
from loaders.reading.model import Candidate, Reading
from loaders.reading.reader import STAGES, understand
from loaders.reading.rules import load_rules

FORMATS = ("table", "json")
_BEFORE_MERGING = STAGES[: STAGES.index(merged)]  # merging keeps one rule of several: here each telling counts

Word = tuple[str, str, str]
"""A trigger word: the id of its frame, its language, and the word as the frame file has it (its lemma)."""


@dataclass(frozen=True, slots=True)
class WordUse:
    """How often a trigger word stands in the corpus, in whatever form, and how often it led to a candidate fact."""

    word: str
    language: str
    seen: int
    fired: int


@dataclass(frozen=True, slots=True)
class FrameUse:
    """How often a frame led to a candidate fact, and its words in the languages of the corpus, in the order of the file."""

    id: str
    kind: str
    file: str
    fired: int
    words: tuple[WordUse, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a corpus sets off; `rules` counts candidates of what is no frame: offices, statements, bodies, trade.

    Every rule of `rules.toml` is there, with nought where it never fired.
    """

    sources: int
    frames: tuple[FrameUse, ...]
    rules: tuple[tuple[str, int], ...]

    @property
    def silent(self) -> tuple[FrameUse, ...]:
        """The frames that never fired."""
        return tuple(frame for frame in self.frames if not frame.fired)

    @property
    def silent_rules(self) -> tuple[str, ...]:
        """The other rules that never fired."""
        return tuple(rule for rule, count in self.rules if not count)


@dataclass
class Tally:
    """Counts what readings set off; fed one source after another, so that memory does not grow with their number."""

    lexicon: Lexicon
    sources: int = 0
    languages: set[str] = field(default_factory=set)
    rules: Counter[str] = field(default_factory=Counter)
    seen: Counter[Word] = field(default_factory=Counter)
    fired: Counter[Word] = field(default_factory=Counter)

    @property
    def book(self) -> FrameBook:
        """The frames of the lexicon."""
        return self.lexicon.frames.openings.book

    def add(self, source: Source) -> None:
        """Read a source as far as its candidates, and count them."""
        reading = understand(source, self.lexicon, _BEFORE_MERGING)
        self.sources += 1
        self.languages.add(reading.language)
        for hits in self.lexicon.frames.openings.hits(reading).values():
            for hit in hits:
                self.seen.update({(self.book.frames[one.frame].id, reading.language, one.lemma) for one in hit.triggers})
        for candidate in reading.candidates:
            self.rules[candidate.rule] += 1
            self.fired.update(set(self._words(candidate, reading)))

    def _words(self, candidate: Candidate, reading: Reading) -> Iterator[Word]:
        """The trigger words that a candidate of a frame gives as its reasons."""
        known = self.book.triggers[reading.language]
        for reason in candidate.reasons:
            if reason.role == "trigger":
                for trigger in known.get(fold(reason.words), ()):
                    if self.book.frames[trigger.frame].id == candidate.rule:
                        yield candidate.rule, reading.language, trigger.lemma

    def result(self) -> Coverage:
        """Frames in the order of the book, other rules by name."""
        ids = {frame.id for frame in self.book.frames}
        others = sorted({*load_rules(), *self.rules} - ids)
        return Coverage(self.sources, tuple(map(self._frame, self.book.frames)), tuple((r, self.rules[r]) for r in others))

    def _frame(self, frame: Frame) -> FrameUse:
        uses = [
            WordUse(word, language, self.seen[frame.id, language, word], self.fired[frame.id, language, word])
            for language, words in frame.words.items()
            if language in self.languages
            for word in dict.fromkeys((*words.verbs, *words.nouns, *words.words))
        ]
        return FrameUse(frame.id, frame.kind, frame.file, self.rules[frame.id], tuple(uses))


def coverage(sources: Iterable[Source], lexicon: Lexicon) -> Coverage:
    """What the sources set off; every source is read once."""
    tally = Tally(lexicon)
    for source in sources:
        tally.add(source)
    return tally.result()


def render(result: Coverage, format: str) -> str | Group:
    """The result as JSON text, or as tables: all frames, what never fired, other rules; BadQuery for any other format."""
    if format == "json":
        return json.dumps(_as_object(result), ensure_ascii=False, indent=2)
    if format != "table":
        raise BadQuery(f"there is no format {format!r}; choose {' or '.join(FORMATS)}")
    head = (
        f"{result.sources} sources; {len(result.silent)} of {len(result.frames)} frames never fired, "
        f"{len(result.silent_rules)} of {len(result.rules)} other rules"
    )
    return Group(Text(head), _frames(result), _rules(result))


def _as_object(result: Coverage) -> dict[str, Any]:
    return {
        "sources": result.sources,
        "frames": [
            {
                "id": frame.id,
                "kind": frame.kind,
                "file": frame.file,
                "fired": frame.fired,
                "words": [_word(use) for use in frame.words],
            }
            for frame in result.frames
        ],
        "never_fired": [frame.id for frame in result.silent],
        "rules": dict(result.rules),
        "rules_never_fired": list(result.silent_rules),
    }


def _word(use: WordUse) -> dict[str, Any]:
    return {"word": use.word, "language": use.language, "seen": use.seen, "fired": use.fired}


def _frames(result: Coverage) -> Table:
    table = Table(Column("frame", no_wrap=True), "fired", "in the texts, never fired", "not in the texts", title="Frames")
    for frame in sorted(result.frames, key=lambda frame: (frame.fired, frame.id)):
        idle = [(use.language, f"{use.word} ({use.seen})") for use in frame.words if use.seen and not use.fired]
        absent = [(use.language, use.word) for use in frame.words if not use.seen]
        cells = (frame.id, str(frame.fired), _by_language(idle), _by_language(absent))
        table.add_row(*map(Text, cells), style="" if frame.fired else "bold")
    return table


def _by_language(words: Iterable[tuple[str, str]]) -> str:
    """`fr: signer, parapher`, a line a language."""
    lists: dict[str, list[str]] = {}
    for language, word in words:
        lists.setdefault(language, []).append(word)
    return "\n".join(f"{language}: {', '.join(found)}" for language, found in lists.items())


def _rules(result: Coverage) -> Table:
    table = Table(Column("rule", no_wrap=True), "reads", "fired", title="Other rules")
    reads = load_rules()
    for rule, count in sorted(result.rules, key=lambda item: (item[1], item[0])):
        table.add_row(Text(rule), Text(reads.get(rule, "")), str(count), style="" if count else "bold")
    return table
