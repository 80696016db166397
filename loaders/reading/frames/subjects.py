"""Who the subject of a verb is: before it, shared with another verb, in a relative, a pronoun or a description."""

from __future__ import annotations

import re

from loaders.reading.changing import replace
from loaders.reading.frames.events import Event
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PLACE

_UNNAMED = re.compile(
    r"(?<![a-z])(?:other|several|many|most|some|d'autres|plusieurs|certains|nombreux|few|rares|[0-9]{1,3}) (?:[a-z-]+ ){0,2}"
    r"(?:pays|etats|countries|states|nations|members|membres|governments|capitals|capitales) \Z"
)
_DECISION = 60  # characters before a verb in which the noun that governs it, or its description, stands
_RELATIVES = (" que", " qu'", " ou")
_COUNTED = re.compile(r"(?<![a-z])(?:pays|etats|capitales|countries|states|nations|capitals|governments)(?: [a-z]+){0,3} ?\Z")
_NAMED_AFTER = re.compile(r":|, (?:dont|notamment|parmi lesquels|including|among them|namely|a savoir|such as)(?![a-z])")
_CLITIC_SUBJECT = re.compile(r"(?:il|elle|on|ils|elles|it|they)(?![a-z])")
_CLITIC_BEFORE = re.compile(
    r"(?:(?<![a-z])que |qu'|(?<![a-z])(?:which|that|after|when) )(?:il|elle|ils|elles|it|they)(?![a-z])"
)
_SAID_BEFORE = re.compile(
    r", (?:a|ont|avait|avaient)(?:-t-)? ?(?:[a-z]+ment )?[a-z]+(?:e|it)(?: [a-z]+ment)? (?:le |la |l'|les )?\Z"
)
_SAID_AFTER = re.compile(r" (?:said|says|added|stressed|noted|explained|insisted),")
_OWN_COUNTRY = re.compile(r"(?<![a-z])(?:son pays|(?:his|her) country)(?: [a-z']+){0,2} ?\Z")
_WHICH = frozenset(("which", "who", "that", "qui"))
_UNQUOTED = str.maketrans("", "", '"«»“”')
_OF_WHOM = 5  # words from "decision" to the verb: "the decision of the Republic of X to"
_TO = ("to ", "de ", "d'")


def subject_argument(event: Event) -> Argument | None:
    """The argument that is the verb's subject; several rules ask for it, so a scene remembers what it was."""
    if event.voice == "noun":
        return None
    known = event.scene.subjects
    key = (event.start, event.end, event.mood.start, event.low, event.high, event.voice)
    if key not in known:
        known[key] = _subject(event)
    return known[key]


def _subject(event: Event) -> Argument | None:
    scene, start = event.scene, min(event.mood.start, event.start)
    if event.voice == "set":
        return _of_set_phrase(event)
    if _inverted(event, start):
        return next((argument for argument in scene.after(event.end, event.high) if argument.bare), None)
    if unnamed(event, start):
        return _counted(event, start)
    behind = _antecedent(event, start) or _decider(event)
    if behind is not None:
        return behind
    if described(event, start):
        return _meant_by_description(event, start)
    near = [argument for argument in scene.before(start, event.low) if argument.bare and not _says_aside(event, argument)]
    if near and _CLITIC_BEFORE.search(scene.reading.folded, max(event.low, near[0].end), event.start) is not None:
        return near[-1]  # "X rejoined the bloc, which it had left": the pronoun is the subject of the whole
    if near and _OWN_COUNTRY.search(scene.reading.folded, near[0].end, start) is None:
        # a verb right after a conjunction has the subject of the verb before it: "A accused B, and broke off …"
        shared = scene.grammar.closing["shares"].search(scene.reading.folded[near[0].end : start]) is not None
        return near[-1] if shared else _with_joined(event, near)
    tail = scene.reading.folded[event.end : min(event.high, event.end + 30)]
    inverted = scene.reading.language == "fr" and tail[:1] == "-"
    if inverted:
        return next((argument for argument in scene.after(event.end, event.high) if argument.bare), None)
    if _OWN_COUNTRY.search(scene.reading.folded, max(event.low, start - 24), start) is not None:
        return _fellow(event, start)
    listed = _counted(event, start)
    if listed is not None:
        return listed
    pronoun = _pronoun(event, start)
    earlier = [argument for argument in scene.before(start, scene.sentence.start) if argument.bare]
    if pronoun is not None and not earlier:
        return _meant(event, pronoun)
    if not earlier:
        return None
    opening = scene.reading.folded[event.low : start].lstrip(" ,")
    relative = opening.startswith("qui ") or (opening.startswith(("which ", "who ", "that ")) and pronoun is None)
    return earlier[0] if relative else earlier[-1]


def _with_joined(event: Event, near: list[Argument]) -> Argument:
    """ "Germany joined the United States and Britain in announcing": all of them do it; else the nearest."""
    if len(near) < 2 or event.scene.reading.language != "en" or not event.scene.reading.folded.endswith(" in ", 0, event.start):
        return near[0]
    between = event.scene.reading.folded[near[1].end : near[0].start].split()
    if not between or not between[0].startswith("join"):
        return near[0]
    return replace(near[1], end=near[0].end, codes=tuple(dict.fromkeys(near[1].codes + near[0].codes)))


def _antecedent(event: Event, start: int) -> Argument | None:
    """ "after South Sudan, which joined": who a relative stands right after, its preposition no place's."""
    found = next(iter(event.scene.before(start, event.scene.sentence.start)), None)
    folded = event.scene.reading.folded
    touches = found is not None and (
        folded[found.end : start].strip(" ,") in _WHICH
        or (folded.startswith("that ", start) and not folded[found.end : start].strip(" ,"))
    )
    return found if found is not None and touches and found.cue in ("other", "with", "against", "by") else None


def _decider(event: Event) -> Argument | None:
    """ "the US decision to expel", "la décision de Paris de rappeler": whose decision it is."""
    low = max(event.scene.sentence.start, event.start - _DECISION)
    if not event.scene.reading.folded.endswith(_TO, low, event.start):
        return None
    noun = event.scene.grammar.phrases["decides_to"].search(event.scene.reading.folded, low, event.start)
    if noun is None:
        return None
    tail = event.scene.reading.layer[noun.end() : event.start].translate(_UNQUOTED)
    if set(tail) & set(",;:") or len(tail.split()) > _OF_WHOM:
        return None
    for argument in event.scene.before(event.start, low):
        owns = argument.start >= noun.end() and argument.cue in ("of", "by", "from", "")
        if owns or (argument.end <= noun.start() <= argument.end + _OF_WHOM * 4 and argument.cue != "by"):
            return argument
    return None


def described(event: Event, start: int) -> bool:
    """True where a description is the subject: "days after the tiny island nation severed ties"."""
    low = max(event.scene.sentence.start, start - _DECISION)
    found = list(event.scene.grammar.phrases["described_state"].finditer(event.scene.reading.folded, low, start))
    return bool(found) and not event.scene.reading.folded[found[-1].end() : start].strip()


def _meant_by_description(event: Event, start: int) -> Argument | None:
    """The one state that its sentence, else the sentence before, speaks of; None where there are several."""
    before = event.scene.before(start, event.scene.sentence.start)
    states = [argument for argument in before if argument.bare and all(mention.mark in "SD" for mention in argument.mentions)]
    told = states[0] if states else event.scene.told_before
    if told is None and before and len(before[-1].persons) == 1:
        state = event.scene.reading.persons[before[-1].persons[0]].state
        return replace(before[-1], codes=(state,)) if state is not None else None
    return told if told is not None and len(told.codes) == 1 else None


def _says_aside(event: Event, argument: Argument) -> bool:
    """True for who is only quoted between commas: "Moscou, a dit M. Lavrov, soutient", "Cairo, he said, backs"."""
    folded = event.scene.reading.folded
    after = folded[argument.end : argument.end + 16]
    if after[:1] == "," and _SAID_BEFORE.search(folded, max(event.low, argument.start - 34), argument.start) is not None:
        return True
    opens = folded[max(event.low, argument.start - 2) : argument.start] == ", "
    return opens and _SAID_AFTER.match(after) is not None


def _inverted(event: Event, start: int) -> bool:
    """True right after a French relative: "l'accord que négocient A et B", "à Lomé, où l'a reçu le président"."""
    if event.scene.reading.language != "fr" or event.voice != "active":
        return False
    folded = event.scene.reading.folded
    if _CLITIC_SUBJECT.match(folded, start, event.start) is not None:
        return False  # "qu'il avait quitté"
    return folded[max(event.low, start - 8) : start].rstrip().endswith(_RELATIVES)


def _counted(event: Event, start: int) -> Argument | None:
    """The list after a colon where the subject only counts: "Four countries have rejoined: A, B, C and D"."""
    scene, folded = event.scene, event.scene.reading.folded
    if _COUNTED.search(folded, max(scene.sentence.start, start - 40), start) is None:
        return None
    named = _NAMED_AFTER.search(folded, event.end, scene.sentence.end)
    if named is None:
        return None
    return next((a for a in scene.after(named.end(), scene.sentence.end) if a.start - named.end() < 8 and a.codes), None)


def _fellow(event: Event, start: int) -> Argument | None:
    """Whose country "son pays", "his country" is: that of the last one before it in the sentence, else of who was spoken of."""
    before = event.scene.before(start, event.scene.sentence.start)
    earlier = [argument for argument in before if len(argument.codes) == 1 and argument.mentions[0].mark != PLACE]
    if earlier:
        return earlier[0]
    meant = _meant(event, "pronouns_one")
    persons = [event.scene.reading.persons[index] for index in meant.persons] if meant is not None else []
    if meant is None or meant.codes or len(persons) != 1 or persons[0].state is None:
        return meant
    return replace(meant, codes=(persons[0].state,))  # told before his state was


def _pronoun(event: Event, start: int) -> str | None:
    """The class of pronoun that is the verb's subject: pronouns_one, pronouns_many, or None."""
    near = event.scene.before(start, event.scene.sentence.start)
    reach = 40 if any(argument.bare for argument in near) else 160  # "Il flew to X, sought Y and sat down with Z"
    before = event.scene.reading.folded[max(event.scene.sentence.start, start - reach) : event.start]  # it may be in the group
    for name in ("pronouns_one", "pronouns_many"):
        found = list(event.scene.grammar.phrases[name].finditer(before))
        tail = before[found[-1].end() :] if found else ""
        if found and (reach > 40 or (len(tail) <= 24 + event.start - start and not set(tail) & set(",;:"))):
            return name
    return None


def _meant(event: Event, pronoun: str) -> Argument | None:
    """Whom a pronoun stands for: who the sentence before spoke of, where number and kind agree."""
    found = event.scene.told_before
    if found is None:
        return None
    many = len(found.codes) > 1 or len(found.persons) > 1
    return found if many == (pronoun == "pronouns_many") else None


def _of_set_phrase(event: Event) -> Argument | None:
    """Who a set phrase is said of: the first bare actor before it, else the first after ("En visite à X, le président Y …")."""
    scene = event.scene
    before = [argument for argument in scene.before(event.start, event.low) if argument.bare]
    if before:
        return before[-1]
    return next((argument for argument in scene.after(event.end, scene.sentence.end) if argument.bare), None)


def unnamed(event: Event, start: int) -> bool:
    """True where the subject is some that nobody names: "several countries", "d'autres pays"."""
    layer = event.scene.reading.layer
    found = _UNNAMED.search(layer, max(event.low, start - _DECISION), start)
    return found is not None and _ONE_NAMED.search(layer, event.low, found.start()) is None


_ONE_NAMED = re.compile(r"S_+ (?:and|et) (?:[a-z]+ )?\Z")  # "Russia and six other countries": one of them is named
