"""Who plays which part: one small rule a way of saying so, tried in the order that the frame gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PLACE

Rule = Callable[[Event, Memory], Filler | None]
_RELATIVES = (" que", " qu'", " ou")
_AGENT = re.compile(r"\s*(?:by|par)(?![a-z])")
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
_UNNAMED = re.compile(
    r"(?<![a-z])(?:other|several|many|most|some|d'autres|plusieurs|certains|nombreux|few|rares) (?:[a-z-]+ ){0,2}"
    r"(?:pays|etats|countries|states|nations|members|membres|governments|capitals|capitales) \Z"
)
_WHICH = frozenset(("which", "who", "that", "qui"))
_DECISION = 60  # characters before a verb in which the noun that governs it, or its description, stands
_UNQUOTED = str.maketrans("", "", '"«»“”')
_OF_WHOM = 5  # words from "decision" to the verb: "the decision of the Republic of X to"
_TO = ("to ", "de ", "d'")
_NEAR = 60  # characters within which a cue is tied to the noun before it


def fill(argument: Argument | None, why: str) -> Filler | None:
    """An argument as a filler; None when it stands for no agent."""
    if argument is None or not argument.codes:
        return None
    return Filler(argument.codes, argument.start, argument.end, why, argument.persons)


def subject(event: Event, memory: Memory) -> Filler | None:
    """The grammatical subject: the bare actor before the verb, else the one its clause shares with the clause before."""
    return fill(subject_argument(event), "subject of the verb")


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
    if _UNNAMED.search(scene.reading.layer, max(event.low, start - _DECISION), start) is not None:
        return _counted(event, start)
    behind = _antecedent(event, start) or _decider(event)
    if behind is not None:
        return behind
    if _described(event, start):
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


def _described(event: Event, start: int) -> bool:
    """True where a description is the subject: "days after the tiny island nation severed ties"."""
    low = max(event.scene.sentence.start, start - _DECISION)
    found = list(event.scene.grammar.phrases["described_state"].finditer(event.scene.reading.folded, low, start))
    return bool(found) and not event.scene.reading.folded[found[-1].end() : start].strip()


def _meant_by_description(event: Event, start: int) -> Argument | None:
    """The one state that its sentence, else the sentence before, speaks of; None where there are several."""
    before = event.scene.before(start, event.scene.sentence.start)
    states = [argument for argument in before if argument.bare and all(mention.mark in "SD" for mention in argument.mentions)]
    told = states[0] if states else event.scene.told_before
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


def actor(event: Event, memory: Memory) -> Filler | None:
    """Who does it, in whatever voice."""
    if event.voice == "active":
        return subject(event, memory)
    found = by(event, memory)
    if found is not None and event.voice == "noun" and _of_another_verb(event, found):
        found = None
    if found is not None or event.voice == "passive":
        return found
    if event.voice == "set":
        first, what = subject_argument(event), event.object or (0, 0)
        inside = first is not None and first.start < what[1] and what[0] < first.end
        return None if inside else fill(first, "subject of the verb")
    return possessor(event, memory) or _qualified(event, [(event.start, event.end)], 2)


def _of_another_verb(event: Event, found: Filler) -> bool:
    """True for the agent of a later verb: "la cérémonie d'ouverture a été présidée par X" tells not who opens."""
    auxiliaries = event.scene.grammar.modality["be"]
    between = event.scene.tokens[event.scene.index(end_of(event)) : event.scene.index(found.start)]
    return any(token.text in auxiliaries for token in between)


def target(event: Event, memory: Memory) -> Filler | None:
    """Whom it is done to, in whatever voice."""
    if event.voice == "passive":
        return fill(subject_argument(event), "subject of the passive verb")
    if event.voice == "noun":
        return fill(tied(event, event.end, ("of",)), "what the noun is of")
    for argument in event.scene.after(event.end, event.high):
        if argument.bare:
            return fill(argument, "object of the verb")
        if argument.cue in ("by", "other"):
            return None
    return None


def agent(event: Event, memory: Memory) -> Filler | None:
    """Who acts: the subject of an active verb, else only who stands after "par", "by"."""
    return subject(event, memory) if event.voice == "active" else by(event, memory)


def by(event: Event, memory: Memory) -> Filler | None:
    """The agent after "par", "by"."""
    return fill(nearest(event, ("by",)), "agent after par / by")


def between(event: Event, memory: Memory) -> Filler | None:
    """Two or more after "entre", "between"."""
    found = next((a for a in around(event) if a.cue == "between" and len(a.codes) >= 2), None)
    return fill(found, "named between / entre")


def subjects(event: Event, memory: Memory) -> Filler | None:
    """Two or more that are the subject together, or the agents of a passive together."""
    found = subject_argument(event) if event.voice in ("active", "set") else nearest(event, ("by",))
    return fill(found, "joined subjects") if found is not None and len(found.codes) >= 2 else None


def compound(event: Event, memory: Memory) -> Filler | None:
    """A compound demonym on the noun: "les relations franco-maliennes", "Sino-Indian ties"."""
    for argument in around(event):
        if len(argument.mentions) == 1 and argument.mentions[0].mark in "DS" and len(argument.codes) >= 2 and not argument.acts:
            return fill(argument, "compound demonym")
    what = event.object or (event.start, event.end)
    for argument in event.scene.arguments:
        joined = len(argument.mentions) == 2 and len(argument.codes) == 2 and 0 <= what[0] - argument.end <= 20
        between = event.scene.reading.folded[argument.mentions[0].end : argument.mentions[-1].start].strip()
        if joined and between in ("-", "–", "—"):
            return fill(argument, "two names joined by a hyphen")
    return None


def possessor(event: Event, memory: Memory) -> Filler | None:
    """ "Mali's decision", "l'ambassade du Mali": whose the trigger or its object is."""
    start = min(event.start, event.object[0]) if event.object else event.start
    for argument in event.scene.before(start, event.low):
        if argument.cue == "poss" and start - argument.end <= 25:
            return fill(argument, "possessor before the noun")
    return None


def genitive(event: Event, memory: Memory) -> Filler | None:
    """ "de", "du", "of" after the trigger or its object."""
    return fill(tied(event, end_of(event), ("of",)), "after de / of")


def adjective(event: Event, memory: Memory) -> Filler | None:
    """A demonym on the trigger's noun or its object: "l'ambassade russe", "Belgian diplomats"."""
    spans = [event.object] if event.object else []
    if event.voice == "noun":
        spans.append((event.start, event.end))
    return _qualified(event, spans, 22)


def _qualified(event: Event, spans: list[tuple[int, int]], reach: int) -> Filler | None:
    for argument in event.scene.arguments:
        first = argument.mentions[0]
        if first.mark != "D" or len(first.codes) != 1:
            continue
        follows = reach if event.scene.reading.language == "fr" else 2  # an English one stands before its noun
        if any(0 <= first.start - end <= follows or 0 <= start - first.end <= reach for start, end in spans):
            return fill(argument, "demonym on the noun")
    return None


def locative(event: Event, memory: Memory) -> Filler | None:
    """The state whose soil or capital the clause names: "à Nairobi", "in Kenya"."""
    return fill(nearest(event, ("in", "to")), "the place named")


def host_of_object(event: Event, memory: Memory) -> Filler | None:
    """ "son ambassade à Nairobi", "its embassy in Kenya": the place tied to the object."""
    found = tied(event, end_of(event), ("in", "to"))
    if found is None:
        found = tied(event, event.object[1] if event.object else event.end, ("in", "to", "of"))
        if found is not None and not _capital(found):
            return None
    return fill(found, "the place tied to the noun")


def _capital(argument: Argument) -> bool:
    """True for governments named by their capital: "ses ambassades de Bamako et de Ouagadougou" stand there."""
    return all(isinstance(mention.value, str) and mention.mark in "SC" for mention in argument.mentions)


def cued(cue: str, words: str) -> Rule:
    """A rule that takes the nearest actor with a cue, the one after the trigger first."""

    def rule(event: Event, memory: Memory) -> Filler | None:
        return fill(nearest(event, (cue,)), f"after {words}")

    rule.__doc__ = f"The nearest actor after {words}."
    return rule


def object_with(event: Event, memory: Memory) -> Filler | None:
    """ "ses relations avec X", "ties to X": the partner tied to the object."""
    return fill(tied(event, end_of(event), ("with", "to")), "partner of the noun")


def pair(event: Event, memory: Memory) -> Filler | None:
    """The two states that the article is about."""
    if len(memory.pair) != 2:
        return None
    return Filler(memory.pair, event.start, event.end, "the pair of states the article is about", inferred=True)


def topic(event: Event, memory: Memory) -> Filler | None:
    """The bare actor that opens the sentence, else the one that opens the sentence before in the same paragraph."""
    scene = event.scene
    if event.mood.bare and event.frame.ergative:
        return None  # "leur frontière, fermée depuis 2020": by whom is not said
    if event.voice == "passive" and _AGENT.match(scene.reading.folded, event.end) is not None:
        return None  # "is recognised by 110 countries": by whom is said, but not by name
    start = min(event.mood.start, event.start)
    unnamed = _UNNAMED.search(scene.reading.layer, max(event.low, start - _DECISION), start) is not None
    if event.voice == "active" and (unnamed or _described(event, start)):
        return None  # who is described, or only counted, is not the first that the sentence names
    for argument in scene.arguments:
        if argument.end <= event.start and argument.bare and argument.codes:
            return Filler(argument.codes, argument.start, argument.end, "who the sentence speaks of", argument.persons, True)
    return None


def around(event: Event) -> Iterable[Argument]:
    """The arguments of the clause: those after the trigger first, each side nearest first."""
    yield from event.scene.after(event.end, event.high)
    yield from event.scene.before(event.start, event.low)


def nearest(event: Event, cues: tuple[str, ...]) -> Argument | None:
    """The nearest argument with one of the cues, after the trigger first."""
    return next((argument for argument in around(event) if argument.cue in cues and argument.codes), None)


def tied(event: Event, position: int, cues: tuple[str, ...]) -> Argument | None:
    """The first argument after a position, where it stands close and has one of the cues."""
    for argument in event.scene.after(position, event.high):
        if argument.start - position > _NEAR:
            return None
        if argument.cue in cues and argument.codes:
            return argument
        if argument.bare:
            return None
    return None


def end_of(event: Event) -> int:
    """Where the trigger and its object end."""
    return max(event.end, event.object[1]) if event.object else event.end


GRAMMAR: Mapping[str, Rule] = {
    "subject": subject, "actor": actor, "agent": agent, "target": target, "by": by, "between": between, "subjects": subjects,
    "compound": compound, "possessor": possessor, "of": genitive, "adjective": adjective,
    "locative": locative, "host of object": host_of_object, "object with": object_with,
    "with": cued("with", "avec / with"), "against": cued("against", "contre / against"), "to": cued("to", "à / to"),
    "in": cued("in", "en / in"), "from": cued("from", "de / from"), "for": cued("for", "pour / for"),
    "pair": pair, "topic": topic,
}  # fmt: skip
"""The rules of grammar by the name that frames use; `parts.py` adds those of one kind of event."""
