"""Who belongs together: officials of one list, each with his state, and those who lead the two sides of a meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import DEMONYM, NAME, PERSON, STATE, TITLE, Mention

_BACK = 4  # officials before one that may begin his list
_REACH = 30  # characters from "led by" to who leads
_MOST = 12  # officials of one list
_NEAR = 300  # characters back to the first of a list
_LIST = 900  # characters of one list
_OBJECT = 45  # characters from "led" to the side that is led
_SUBJECT = 200  # characters of a title and name before "led"
_NAMED = 40  # characters from "parmi lesquels" to who is named
_CLOSE = 14  # characters between a name and "is heading"
_SIDES = 400  # characters from the words on one side to those on the other


def with_fellows(scene: Scene, argument: Argument) -> Argument:
    """An argument with all officials of its list: "X of A, Y of B and Z of C", "d'A, X, et de B, Y"."""
    whole = _onward(scene, argument)
    for earlier in scene.before(argument.start, max(scene.sentence.start, argument.start - _NEAR))[:_BACK]:
        if earlier.persons and not set(earlier.persons) & set(whole.persons):
            longer = _onward(scene, earlier)
            if set(whole.persons) <= set(longer.persons):
                return longer
    return whole


def _onward(scene: Scene, argument: Argument) -> Argument:
    """An argument with those whom the list that begins with it goes on to name, up to the one that "and" closes it with."""
    if not argument.persons:
        return argument
    last = next(mention for mention in reversed(argument.mentions) if mention.mark == PERSON)
    position, comma, closed = last.end, False, False
    waiting: list[Mention] = []
    joined: list[Mention] = []
    for mention in scene.reading.mentions_in(position, min(scene.sentence.end, position + _LIST)):
        words = [token.text for token in scene.tokens[scene.index(position) : scene.index(mention.start)]]
        if not all(_links(word, scene) for word in words):
            break
        comma, closed = comma or "," in words or ";" in words, closed or bool(_AND & set(words))
        if mention.mark == PERSON and isinstance(mention.value, tuple):
            if not (comma or closed) or (closed and _acts_anew(scene, argument, mention)):
                break
            waiting.append(mention)
            if closed:
                joined, waiting = [*joined, *waiting], []
            comma = closed = False
        elif mention.mark not in STATE + DEMONYM + TITLE + NAME:
            break
        position = mention.end
    return _extended(argument, joined[:_MOST])


_AND = frozenset(("et", "and", "ainsi", "puis", "&"))


def _links(word: str, scene: Scene) -> bool:
    """True for a word that may stand between two officials of one list, or between one and his state."""
    grammar = scene.grammar
    if word in grammar.determiners or word in grammar.light or word in grammar.government or word in ("(", ")", "'s"):
        return True
    if word in _AND or word in (",", ";", "que", "well", "as") or grammar.cues.get(word) in ("of", "from"):
        return True
    return grammar.phrases["peers"].fullmatch(word) is not None


def _acts_anew(scene: Scene, argument: Argument, mention: Mention) -> bool:
    """True for who begins a clause of his own: "met X of A, and Y said": no fellow of those after a verb."""
    if argument.bare and argument.start <= scene.sentence.start + _REACH:
        return False
    following = scene.index(mention.end)
    word = scene.tokens[following].text if following < len(scene.tokens) else ""
    table = scene.grammar.modality
    return word in table["have"] or word in table["be"] or word in table["planned"] or word.endswith(("ed", "ent", "said"))


def _extended(argument: Argument, joined: list[Mention]) -> Argument:
    if not joined:
        return argument
    persons = [index for mention in joined if isinstance(mention.value, tuple) for index in mention.value]
    codes = [code for mention in joined for code in mention.codes]
    return replace(
        argument,
        end=joined[-1].end,
        mentions=(*argument.mentions, *joined),
        persons=tuple(dict.fromkeys((*argument.persons, *persons))),
        codes=tuple(dict.fromkeys((*argument.codes, *codes))),
    )


def named_of_many(scene: Scene, host: Argument) -> list[Argument]:
    """Who is named behind those received: "Plusieurs ministres ont été reçus par X, parmi lesquels le Togolais Y"."""
    word = scene.grammar.phrases["for_example"].search(scene.reading.folded, host.end, scene.sentence.end)
    if word is None or any(argument.persons for argument in scene.before(host.start, scene.sentence.start)):
        return []
    named = next((a for a in scene.after(word.end() - 1, scene.sentence.end) if a.persons), None)
    return [with_fellows(scene, named)] if named is not None and named.start - word.end() <= _NAMED else []


def listed_after(scene: Scene) -> tuple[int, ...]:
    """Whom the lines after a sentence name: "a reçu deux ambassadeurs. Il s'agit de : - X, …"."""
    reading, sentence = scene.reading, scene.sentence
    enumerates = scene.grammar.phrases["enumerates"]
    heads = reading.folded[sentence.start : sentence.end].rstrip().endswith(":")
    found: list[int] = []
    for following in reading.sentences[sentence.index + 1 : sentence.index + 2 + _MOST]:
        line = reading.paragraphs[following.paragraph].start
        opening = enumerates.match(reading.folded, following.start)
        named = reading.mentions_in(following.start, following.end, PERSON)[:1]
        if opening is not None and not heads:
            heads = True
            if not named:
                continue
        elif not heads or _BULLET.match(reading.text, line) is None or not named:
            break
        first = named[0].value
        found.extend(first if isinstance(first, tuple) else ())
    people = reading.persons
    return tuple(index for index in dict.fromkeys(found) if people[index].offices and not people[index].former)


_BULLET = re.compile(r"\s*(?:[-–—•*·▪►✔]|\(?\d{1,2}\s?[.)°/-])")


def side_leaders(scene: Scene, start: int) -> tuple[int, ...]:
    """Who lead the two sides: "A's delegation was led by X, while Y headed B's side", from `start` to the next sentence."""
    reading, sentence = scene.reading, scene.sentence
    following = next(iter(reading.sentences[sentence.index + 1 : sentence.index + 2]), None)
    end = following.end if following is not None and not following.boilerplate else sentence.end
    found: list[int] = []
    low = max(sentence.start, start - _LIST)
    for word in scene.grammar.phrases["leads_side"].finditer(reading.folded, low, min(end, start + _SIDES)):
        leader = _leader(scene, word.start(), word.end())
        found.extend(index for index in leader if not reading.persons[index].former)
    return tuple(dict.fromkeys(found))[:2]


def _leader(scene: Scene, start: int, end: int) -> tuple[int, ...]:
    """Who leads a side by the words at [start, end): the agent behind "led by", the subject of "led the delegation"."""
    reading = scene.reading
    said = reading.folded[start:end]
    beside: Sequence[Mention] = ()
    if said.endswith((" by", " par", " de", " du", " of")):
        beside = reading.mentions_in(end, end + _REACH, PERSON)[:1]
    elif scene.grammar.phrases["side"].search(reading.folded, end, end + _OBJECT) is not None:
        beside = [m for m in reading.mentions_in(max(0, start - _SUBJECT), start, PERSON) if start - m.end <= _CLOSE][-1:]
    return tuple(index for mention in beside if isinstance(mention.value, tuple) for index in mention.value)
