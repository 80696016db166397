"""What a frame sees of a sentence: its words, and its actors with the cue before each."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from loaders.reading.frames.grammar import PLAIN, TOKEN, Grammar
from loaders.reading.model import DEMONYM, NAME, ORGANISATION, PERSON, PLACE, STATE, TITLE, Mention, Reading, Sentence, Title

ACTORS = STATE + DEMONYM + PLACE + ORGANISATION + PERSON + TITLE
_SAYS = re.compile(
    r"(?:said|says|had|has|have|was|were|is|are|did|will|left|quit|withdrew|broke|cut|took|went|began|became|met|sent|[a-z]{3,}ed"
    r"|ont|avaient|auront|vont)\Z"
)
_MANY = frozenset(("pays", "countries", "nations", "states", "governments", "gouvernements", "capitales", "capitals"))
_COMPOUND = ("-led", "-run", "-ruled", "-controlled", "-backed", "-held", "-torn", "-hit", "-stricken")  # "on junta-led Niger"
_OPENING = 60  # characters of a sentence before its subject: "In a setback for A, B and C announced"
_ADJECTIVES = 3  # words between a noun and its determiner: "the tiny Pacific island nation of"
_REMEMBERED = 400  # characters after which a pronoun no longer reaches back over sentences without an actor
_STEPS = 9  # words looked back over from an actor to its cue: longer noun phrases are rare and cost time


class Token(NamedTuple):
    """A word, mark or mention of the layer."""

    text: str
    start: int
    end: int

    @property
    def mention(self) -> bool:
        """True when the token covers a mention."""
        return self.text[0].isupper()


_TOKEN = tuple.__new__  # tokens are made by the thousand: this is the quick way to make one


@dataclass(frozen=True, slots=True)
class Argument:
    """One actor or several joined ones ("le Mali, le Niger et le Burkina"), and what ties them to the clause."""

    start: int  # of the noun phrase, its cue left out
    end: int
    mentions: tuple[Mention, ...]
    codes: tuple[str, ...]  # the agents they stand for, in order, without repetition
    persons: tuple[int, ...]  # indexes into Reading.persons
    cue: str  # a cue of grammar.py; "poss" before its noun; "" for a bare one
    head: str = ""  # the noun a demonym or a possessive qualifies, where it is no government
    acts: bool = True  # may do things: a government, an official; False for "Belgian beer", "à Rabat"

    @property
    def bare(self) -> bool:
        """True for a subject or an object: no cue, and able to act."""
        return self.cue == "" and self.acts


class Scene:
    """One sentence laid out for the frames: its words and its actors, each laid out when they are first asked for."""

    def __init__(self, reading: Reading, grammar: Grammar, sentence: Sentence, previous: Scene | None = None) -> None:
        """`previous`: the scene before it in the article."""
        self.reading = reading
        self.grammar = grammar
        self.sentence = sentence
        self.subjects: dict[tuple[int, int, int, int, int, str], Argument | None] = {}  # of verbs, as roles.py found them
        self._previous = previous

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, marks and mentions in reading order."""
        found = TOKEN.finditer(self.reading.layer, self.sentence.start, self.sentence.end)
        return tuple([_TOKEN(Token, (match[0], match.start(), match.end())) for match in found])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token begins."""
        return tuple([token[1] for token in self.tokens])

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The actors, those of a list joined, in reading order."""
        return _arguments(self)

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each clause."""
        return tuple([(clause.start, clause.end) for clause in self.reading.clauses_of(self.sentence)])

    @cached_property
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

    @cached_property
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

    def clause(self, offset: int) -> tuple[int, int]:
        """The clause that holds an offset, the whole sentence when none does."""
        for span in self.clauses:
            if span[0] <= offset < span[1]:
                return span
        return self.sentence.start, self.sentence.end

    def before(self, offset: int, low: int) -> tuple[Argument, ...]:
        """The arguments that end before an offset and begin at `low` or later, nearest first."""
        return tuple(argument for argument in reversed(self.arguments) if low <= argument.start and argument.end <= offset)

    def after(self, offset: int, high: int) -> tuple[Argument, ...]:
        """The arguments that begin in [offset, high), nearest first."""
        return tuple(argument for argument in self.arguments if offset <= argument.start < high)

    def index(self, offset: int) -> int:
        """The position of the first token that begins at an offset or later."""
        return bisect_left(self.starts, offset)


def _arguments(scene: Scene) -> tuple[Argument, ...]:
    """The actors of a sentence; linear in its length."""
    reading, sentence, grammar, tokens, starts = scene.reading, scene.sentence, scene.grammar, scene.tokens, scene.starts
    found_at = ((bisect_left(starts, m.start), m) for m in reading.mentions_in(sentence.start, sentence.end, ACTORS))
    single = [
        _argument(reading, grammar, tokens, position, mention)
        for position, mention in found_at
        if position < len(starts) and starts[position] == mention.start
    ]
    return _joined(reading, grammar, [argument for argument in single if argument is not None], tokens, starts)


def _argument(reading: Reading, grammar: Grammar, tokens: Sequence[Token], position: int, mention: Mention) -> Argument | None:
    title = mention.value if isinstance(mention.value, Title) else None
    codes = title.of if title is not None else mention.codes
    persons = mention.value if mention.mark == PERSON and isinstance(mention.value, tuple) else ()
    head, government, first, last = _head(grammar, tokens, position, mention, reading.language)
    if head in _MANY and mention.mark == DEMONYM and "EU" in codes:
        return None  # "several European countries" are not the Union
    cue, start = _cue(grammar, tokens, first)
    acts = True
    if mention.mark == DEMONYM:
        acts = government
        if not government and not head:
            acts = cue in ("", "with", "between", "by") and reading.language == "fr"
    elif mention.mark == PLACE:
        acts = False
    if head and not government and mention.mark != DEMONYM:
        cue, acts = "poss", False
    if cue == "" and first > 2 and mention.mark == STATE and _beyond_a_town(grammar, tokens, first):
        cue = "in"
    if cue == "other" and reading.language == "en" and position + 1 < len(tokens) and _SAYS.match(tokens[position + 1].text):
        cue = ""  # "a day after Kigali said": a conjunction, no preposition
    if reading.dateline is not None and reading.dateline.start == mention.start:
        acts = False  # "BEIJING – Iran agreed": the place it was written at does nothing
    start = min(start, mention.start)
    return Argument(start, last, (mention,), tuple(dict.fromkeys(codes)), tuple(persons), cue, head, acts)


def _beyond_a_town(grammar: Grammar, tokens: Sequence[Token], first: int) -> bool:
    """True for the state after a town that no list knows: "in Nanyuki, Kenya"."""
    if tokens[first - 1].text != "," or tokens[first - 2].text[0] != NAME:
        return False
    cue, _ = _cue(grammar, tokens, first - 2)
    return cue in ("in", "to")


def _head(
    grammar: Grammar, tokens: Sequence[Token], position: int, mention: Mention, language: str
) -> tuple[str, bool, int, int]:
    """The noun an actor qualifies, whether that is a government, the first token of the phrase, where the phrase ends."""
    if language == "en":
        return _english_head(grammar, tokens, position, mention)
    if mention.mark == DEMONYM and position:
        noun = tokens[position - 1]
        if noun.text[0] == "M":
            return "personnel", False, position - 1, mention.end  # "200 soldats britanniques"
        back = position - 1
        if noun.text in ("federal", "militaire", "transitoire", "voisin", "royal") and back:
            noun, back = tokens[back - 1], back - 1
        if noun.text in grammar.government:
            return noun.text, True, back, mention.end
        found = _ministry(grammar, tokens, position)
        if found is not None:
            return tokens[found].text, True, found, mention.end
        if noun.text.isalpha() and not noun.mention and noun.text not in grammar.determiners and noun.text not in grammar.cues:
            return noun.text, False, back, mention.end
    return "", False, position, mention.end


def _ministry(grammar: Grammar, tokens: Sequence[Token], position: int) -> int | None:
    """The token of "ministère" in "ministère des Affaires étrangères belge"."""
    for back in range(position - 1, max(-1, position - 8), -1):
        if tokens[back].text in ("ministere", "ministeres", "autorites", "gouvernement", "chancellerie"):
            return back
        if tokens[back].mention or tokens[back].text in (",", ".", ";", "et", "avec", "par", "a", "en"):
            return None
    return None


def _english_head(grammar: Grammar, tokens: Sequence[Token], position: int, mention: Mention) -> tuple[str, bool, int, int]:
    after = position + 1
    possessive = after < len(tokens) and tokens[after].text in ("'s", "'")
    if possessive:
        after += 1
    if mention.mark != DEMONYM and not possessive:
        return "", False, position, mention.end
    skipped = 0
    while after < len(tokens) and skipped < 3 and tokens[after].text in grammar.light:
        if tokens[after].text in grammar.government and not _noun_follows(grammar, tokens, after):
            break
        after, skipped = after + 1, skipped + 1
    if after < len(tokens) and not tokens[after].mention:
        noun = tokens[after]
        ceremony = noun.text == "state" and after + 1 < len(tokens) and tokens[after + 1].text in ("visit", "visits", "dinner")
        if noun.text in grammar.government and not ceremony:
            return noun.text, True, position, noun.end
        if noun.text[0].isalpha() and noun.text not in grammar.cues and noun.text not in grammar.conjunctions:
            return noun.text, False, position, mention.end
        if possessive:
            return noun.text, False, position, mention.end
    return ("'s" if possessive else ""), False, position, mention.end


def _noun_follows(grammar: Grammar, tokens: Sequence[Token], position: int) -> bool:
    following = position + 1
    return following < len(tokens) and tokens[following].text in grammar.government


def _cue(grammar: Grammar, tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """The cue before the phrase that begins at token `first`, and the offset where the phrase begins without it."""
    position, start, cue = first - 1, tokens[first].start, ""
    for _ in range(_STEPS):
        if position < 0:
            return cue, start
        text = tokens[position].text
        long = _long_cue(grammar, tokens, position)
        if long is not None and long[1] > 1:
            return long[0], start
        if long is not None and cue == "":
            cue, position = long[0], position - 1
            if cue != "of":
                return cue, start
            continue
        if cue == "of":
            if text in grammar.government:  # "avec le gouvernement du Mali"
                position = _before_adjectives(grammar, tokens, position - 1)
                cue, start = "", tokens[position + 1].start
                continue
            return cue, start
        if (
            text in grammar.determiners
            or text in grammar.light
            or text.endswith(_COMPOUND)
            or text in ("(", "«", '"', "“", "'")
        ):
            start, position = tokens[position].start, position - 1
            continue
        return cue, start
    return cue, start


def _before_adjectives(grammar: Grammar, tokens: Sequence[Token], position: int) -> int:
    """Where the determiner of a noun stands, adjectives between passed over: "with the small island [nation] of X"."""
    for back in range(position, max(-1, position - _ADJECTIVES - 1), -1):
        token = tokens[back]
        if token.text in grammar.determiners:
            return back
        if token.mention or not token.text.isalpha() or token.text in grammar.cues or token.text in grammar.conjunctions:
            break
    return position


def _long_cue(grammar: Grammar, tokens: Sequence[Token], position: int) -> tuple[str, int] | None:
    """The longest cue whose last word is the token at `position`, and its number of words."""
    final = tokens[position].text
    for length in grammar.cue_lengths.get(final, ()):
        if length == 1:
            return (grammar.cues[final], 1) if final in grammar.cues else None
        if length > position + 1:
            continue
        words = [token.text for token in tokens[position - length + 1 : position]]
        lead = "".join(word if word.endswith("'") else word + " " for word in words)
        cue = grammar.cues.get(lead + final) or grammar.cues.get(lead + PLAIN.get(final, final))
        if cue is not None:
            return cue, length
    return None


def _joined(
    reading: Reading, grammar: Grammar, single: list[Argument], tokens: Sequence[Token], starts: Sequence[int]
) -> tuple[Argument, ...]:
    """Arguments with those joined by commas and conjunctions made one; each is looked at once."""
    joined: list[Argument] = []
    closed: set[int] = set()  # ends of lists that "et" has closed: a comma after them begins something else
    for position, argument in enumerate(single):
        last = joined[-1] if joined else None
        if last is not None and _continues(grammar, last, argument, tokens, starts):
            between = {token.text for token in tokens[bisect_left(starts, last.end) : bisect_left(starts, argument.start)]}
            if last.end in closed and not between & _AND:
                joined.append(argument)
                continue
            if not between & _AND and _opens_clause(last, argument) and not _listed(single, position, tokens, starts):
                joined.append(argument)
                continue
            if between & _AND and not _like(last, tokens, starts):
                closed.add(argument.end)
            joined[-1] = replace(
                last,
                end=argument.end,
                mentions=last.mentions + argument.mentions,
                codes=tuple(dict.fromkeys(last.codes + argument.codes)),
                persons=tuple(dict.fromkeys(last.persons + argument.persons)),
                acts=last.acts or argument.acts,
            )
        else:
            joined.append(argument)
    return tuple(itertools.chain.from_iterable(_clausal(reading, grammar, argument, tokens, starts) for argument in joined))


def _clausal(
    reading: Reading, grammar: Grammar, argument: Argument, tokens: Sequence[Token], starts: Sequence[int]
) -> tuple[Argument, ...]:
    """A list right before a verb whose preposition is not the list's: "After A and B left", "In a blow to A, B and C said"."""
    if argument.cue in ("", "between", "poss") or len(argument.mentions) < 2:
        return (argument,)
    following = bisect_left(starts, argument.end)
    if following >= len(tokens) or _SAYS.match(tokens[following].text) is None:
        return (argument,)
    if argument.cue == "other":
        return (replace(argument, cue=""),) if reading.language == "en" else (argument,)
    first, rest = argument.mentions[0], argument.mentions[1:]
    apart = reading.folded[first.end : rest[0].start].lstrip().startswith(",")
    opens = argument.start <= tokens[0].start + _OPENING and tokens[0].text in grammar.cues and not argument.persons
    if not (apart and opens) or any(mention.mark not in STATE + ORGANISATION for mention in argument.mentions):
        return (argument,)
    codes = tuple(dict.fromkeys(code for mention in rest for code in mention.codes))
    return (
        replace(argument, end=first.end, mentions=(first,), codes=first.codes),
        replace(argument, start=rest[0].start, mentions=rest, codes=codes, cue="", acts=True),
    )


def _opens_clause(last: Argument, argument: Argument) -> bool:
    """True behind a phrase with a cue and a comma for officials, or states after people: "À l'invitation de X, le ministre"."""
    people = argument.mentions[0].mark in PERSON + TITLE or last.mentions[-1].mark in PERSON + TITLE
    return last.cue not in ("", "between") and argument.cue == "" and people


def _listed(single: Sequence[Argument], position: int, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """True where a list that commas join is closed by "et", "and" within the next few actors."""
    for one, other in itertools.pairwise(single[position : position + _STEPS]):
        between = [token.text for token in tokens[bisect_left(starts, one.end) : bisect_left(starts, other.start)]]
        if len(between) > 4:
            return False
        if _AND & set(between):
            return True
    return False


_ATTRIBUTES = frozenset(("said", "says", "announced", "confirmed", "reported", "added"))


def _attributes(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].text in _ATTRIBUTES


_AND = frozenset(("et", "and", "ainsi", "&"))
_PLACED = frozenset(("in", "to"))  # "en Guinée et au Togo": the article of a state's name decides between them


def _after_aside(last: Argument, argument: Argument, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """True for the second of "Avant X, Y a quitté …", "Unlike X, Y left …": an aside, then the subject."""
    low, high = bisect_left(starts, last.end), bisect_left(starts, argument.mentions[0].start)
    following = bisect_left(starts, argument.end)
    more = following < len(tokens) and tokens[following].text in ("et", "and", ",", "ou", "or")
    return tokens[low].text == "," and not {token.text for token in tokens[low:high]} & _AND and not more


def _like(argument: Argument, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """True after "comme", "like": "Comme A et B, C a quitté …" says it of all three."""
    position = bisect_left(starts, argument.start) - 1
    return position >= 0 and tokens[position].text in ("comme", "like", "instar")


def _continues(grammar: Grammar, last: Argument, argument: Argument, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    if last.cue == "other" and len(last.mentions) == 1 and _after_aside(last, argument, tokens, starts):
        return False
    if argument.mentions[0].mark == PLACE and last.mentions[-1].mark in "SG" and last.cue not in ("to", "in", "from", "of"):
        return argument.cue in ("", last.cue) and argument.start - last.end <= 5
    if (argument.mentions[0].mark == PLACE) != (last.mentions[-1].mark == PLACE):
        return False
    if argument.head != last.head and (argument.head and last.head) and not (argument.acts and last.acts):
        return False
    low, high = bisect_left(starts, last.end), bisect_left(starts, argument.mentions[0].start)
    between = tokens[low:high]
    if not between or len(between) > 7:
        return False
    words = [token.text for token in between]
    pairs = {f"{one} {two}" for one, two in itertools.pairwise(words)}
    if not (set(words) & grammar.conjunctions or pairs & grammar.conjunctions):
        return False
    if last.cue == "source" and argument.cue == "" and words[0] == ",":
        return False  # "Selon X, A et B vont …"
    if "que" in words and not {"ainsi", "meme"} & set(words):
        return False  # "après ses homologues, que l'Espagne reconnaîtra …"
    if words == [","] and argument.cue == "" and last.cue != "" and _attributes(tokens, bisect_left(starts, argument.end)):
        return False  # "sent soldiers to Russia, Seoul said"
    if argument.cue not in ("", last.cue, "poss") and not {argument.cue, last.cue} <= _PLACED:
        return False
    return all(word in grammar.joining for word in words)
