"""Actors that commas and conjunctions join: one argument of several."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from loaders.reading.changing import replace
from loaders.reading.frames.grammar import Grammar
from loaders.reading.frames.tokens import SAYS, STEPS, Argument, Token
from loaders.reading.model import DEMONYM, ORGANISATION, PERSON, PLACE, STATE, TITLE, Reading

_OPENING = 60  # characters of a sentence before its subject: "In a setback for A, B and C announced"


def joined(
    reading: Reading, grammar: Grammar, single: list[Argument], tokens: Sequence[Token], starts: Sequence[int]
) -> tuple[Argument, ...]:
    """Arguments with those joined by commas and conjunctions made one; each is looked at once."""
    found: list[Argument] = []
    closed: set[int] = set()  # ends of lists that "et" has closed: a comma after them begins something else
    for position, argument in enumerate(single):
        last = found[-1] if found else None
        if last is not None and _said_again(reading, last, argument):
            found[-1] = replace(last, end=argument.end + 1)
            continue
        if last is not None and _continues(grammar, last, argument, tokens, starts):
            between = {token.text for token in tokens[bisect_left(starts, last.end) : bisect_left(starts, argument.start)]}
            if last.end in closed and not between & _AND:
                found.append(argument)
                continue
            opens = _opens_clause(last, argument) or _opens_with_club(last, argument)
            if not between & _AND and opens and not _listed(single, position, tokens, starts):
                found.append(argument)
                continue
            if between & _AND and not _like(last, tokens, starts):
                closed.add(argument.end)
            found[-1] = replace(
                last,
                end=argument.end,
                mentions=last.mentions + argument.mentions,
                codes=tuple(dict.fromkeys(last.codes + argument.codes)),
                persons=tuple(dict.fromkeys(last.persons + argument.persons)),
                acts=last.acts or (argument.acts and not _shares_head(last, argument)),
            )
        else:
            found.append(argument)
    return tuple(itertools.chain.from_iterable(_clausal(reading, grammar, argument, tokens, starts) for argument in found))


def _said_again(reading: Reading, last: Argument, argument: Argument) -> bool:
    """True for the second of "la République démocratique du Congo (RDC)", "the African Union (AU)"."""
    one, other = last.mentions[-1], argument.mentions[0]
    bracketed = reading.folded[one.end : other.start] == " (" and reading.folded[other.end : other.end + 1] == ")"
    return bracketed and one.codes == other.codes and other.mark in STATE + ORGANISATION


def _shares_head(last: Argument, argument: Argument) -> bool:
    """True for the second people of "les soldats rwandais et burundais": what it qualifies stands before the first."""
    people = argument.mentions[0].mark == DEMONYM and last.mentions[-1].mark == DEMONYM
    return people and not argument.head and bool(last.head)


def _clausal(
    reading: Reading, grammar: Grammar, argument: Argument, tokens: Sequence[Token], starts: Sequence[int]
) -> tuple[Argument, ...]:
    """A list right before a verb whose preposition is not the list's: "After A and B left", "In a blow to A, B and C said"."""
    if argument.cue in ("", "between", "poss") or len(argument.mentions) < 2:
        return (argument,)
    following = bisect_left(starts, argument.end)
    if following >= len(tokens) or SAYS.match(tokens[following].text) is None:
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


def _opens_with_club(last: Argument, argument: Argument) -> bool:
    """True for a state behind an organisation with a cue: "Admis en 2012 au sein de l'OTAN, le Monténégro …"."""
    mixed = last.mentions[-1].mark == ORGANISATION and argument.mentions[0].mark == STATE
    return mixed and last.cue not in ("", "between") and argument.cue == ""


def _listed(single: Sequence[Argument], position: int, tokens: Sequence[Token], starts: Sequence[int]) -> bool:
    """True where a list that commas join is closed by "et", "and" within the next few actors."""
    for one, other in itertools.pairwise(single[position : position + STEPS]):
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


def _goes_elsewhere(last: Argument, argument: Argument) -> bool:
    """True for an official without preposition behind a place with one."""
    official = argument.mentions[0].mark in PERSON + TITLE and argument.cue == ""
    return official and last.cue in ("to", "in", "from") and not last.persons and last.mentions[-1].mark in STATE


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
    if _goes_elsewhere(last, argument) and between and between[0].text == ",":
        return False  # "s'est rendu au Togo, et le président X …"
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
