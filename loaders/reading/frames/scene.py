"""What a frame sees of a sentence: its words, and its actors with the cue before each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from loaders.reading.frames.arguments import arguments_of
from loaders.reading.frames.grammar import TOKEN, Grammar
from loaders.reading.frames.tokens import Argument, Instrument, Token
from loaders.reading.lazily import lazily
from loaders.reading.model import Candidate, Reading, Sentence

_REMEMBERED = 400  # characters after which a pronoun no longer reaches back over sentences without an actor
_TOKEN = tuple.__new__  # tokens are made by the thousand: this is the quick way to make one


class Scene:
    """One sentence laid out for the frames: its words and its actors, each laid out when they are first asked for."""

    def __init__(
        self,
        reading: Reading,
        grammar: Grammar,
        sentence: Sentence,
        previous: Scene | None = None,
        told: Sequence[Candidate] = (),
    ) -> None:
        """`previous`: the scene before it in the article; `told`: the facts found so far."""
        self.reading = reading
        self.grammar = grammar
        self.sentence = sentence
        self.subjects: dict[tuple[int, int, int, int, int, str], Argument | None] = {}  # of verbs, as roles.py found them
        self.instruments: dict[tuple[int, int], Sequence[Instrument]] = {}  # of stretches, as instruments.py found them
        self._previous = previous
        self.told = told

    @lazily
    def tokens(self) -> tuple[Token, ...]:
        """Words, marks and mentions in reading order."""
        found = TOKEN.finditer(self.reading.layer, self.sentence.start, self.sentence.end)
        return tuple([_TOKEN(Token, (match[0], match.start(), match.end())) for match in found])

    @lazily
    def starts(self) -> tuple[int, ...]:
        """Where each token begins."""
        return tuple([token[1] for token in self.tokens])

    @lazily
    def arguments(self) -> tuple[Argument, ...]:
        """The actors, those of a list joined, in reading order."""
        return arguments_of(self.reading, self.grammar, self.sentence, self.tokens, self.starts)

    @lazily
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each clause."""
        return tuple([(clause.start, clause.end) for clause in self.reading.clauses_of(self.sentence)])

    @lazily
    def told_before(self) -> Argument | None:
        """Who the sentence before spoke of: what "il", "she", "ils" may stand for."""
        waiting: list[Scene] = []  # scenes before this one that speak of nobody by name, the nearest first
        scene = self._previous
        while scene is not None and scene._names is None and "told_before" not in scene.__dict__:
            waiting.append(scene)
            scene = scene._previous
        told = None if scene is None else scene._speaks_of(scene.__dict__.get("told_before"))
        for scene in reversed(waiting):
            scene.__dict__["told_before"] = told
            told = scene._speaks_of(told)
        return told

    @lazily
    def _names(self) -> Argument | None:
        """The first bare official of the sentence, else its first bare actor."""
        bare = [argument for argument in self.arguments if argument.bare and (argument.codes or argument.persons)]
        return next((argument for argument in bare if argument.persons), bare[0] if bare else None)

    def _speaks_of(self, told: Argument | None) -> Argument | None:
        """Whom it names, else whom its pronoun stands for, else who was `told` of before and not too far back."""
        if self._names is not None or told is None:
            return self._names
        start = self.sentence.start
        opening = self.reading.folded[start : start + 12]
        if any(self.grammar.phrases[name].match(opening) for name in ("pronouns_one", "pronouns_many")):
            return told
        return told if start - told.end < _REMEMBERED else None

    @property
    def following(self) -> Sentence | None:
        """The sentence after this one; None after the last."""
        return next(iter(self.reading.sentences[self.sentence.index + 1 : self.sentence.index + 2]), None)

    def clause(self, offset: int) -> tuple[int, int]:
        """The clause that holds an offset, the whole sentence when none does."""
        for span in self.clauses:
            if span[0] <= offset < span[1]:
                return span
        return self.sentence.start, self.sentence.end

    def before(self, offset: int, low: int) -> tuple[Argument, ...]:
        """The arguments that end before an offset and begin at `low` or later, nearest first."""
        return tuple([argument for argument in reversed(self.arguments) if low <= argument.start and argument.end <= offset])

    def after(self, offset: int, high: int) -> tuple[Argument, ...]:
        """The arguments that begin in [offset, high), nearest first."""
        return tuple([argument for argument in self.arguments if offset <= argument.start < high])

    def index(self, offset: int) -> int:
        """The position of the first token that begins at an offset or later."""
        return bisect_left(self.starts, offset)
