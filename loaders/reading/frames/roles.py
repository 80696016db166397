"""Who plays which part: one small rule a way of saying so, tried in the order that the frame gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from loaders.reading.frames.events import OF_PAIR, Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.subjects import described, subject_argument, unnamed
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PLACE

Rule = Callable[[Event, Memory], Filler | None]
_AGENT = re.compile(r"\s*(?:by|par)(?![a-z])")
_GUESSED = ("pair", "dateline")  # where from a person's state is no more than a guess
_WHERE = {"fr": re.compile(r",? (?:pays |états |villes )?où "), "en": re.compile(r",? (?:countries |states |cities )?where ")}
_NEAR = 60  # characters within which a cue is tied to the noun before it


def fill(argument: Argument | None, why: str) -> Filler | None:
    """An argument as a filler; None when it stands for no agent."""
    if argument is None or not argument.codes:
        return None
    return Filler(argument.codes, argument.start, argument.end, why, argument.persons)


def subject(event: Event, memory: Memory) -> Filler | None:
    """The grammatical subject: the bare actor before the verb, else the one its clause shares with the clause before."""
    return fill(subject_argument(event), "subject of the verb")


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
    """The state whose soil or capital the clause names: "à Nairobi", "in Kenya", "dans la ville de Dakhla"."""
    found = nearest(event, ("in", "to"))
    if found is None and event.frame.kind == "mission":
        town, folded = event.scene.grammar.closing["town_of"], event.scene.reading.folded
        towns = (a for a in around(event) if a.cue == "of" and a.mentions[0].mark == PLACE)
        found = next((a for a in towns if town.search(folded, event.low, a.mentions[0].start)), None)
    return fill(found, "the place named")


def host_of_object(event: Event, memory: Memory) -> Filler | None:
    """ "son ambassade à Nairobi", "its embassy in Kenya": the place tied to the object."""
    found = tied(event, end_of(event), ("in", "to"))
    if found is None:
        found = tied(event, event.object[1] if event.object else event.end, ("in", "to", "of"))
        if found is not None and found.cue == "of" and not _capital(found):
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
    return Filler(memory.pair, event.start, event.end, "the pair of states the article is about", inferred=True, way=OF_PAIR)


def topic(event: Event, memory: Memory) -> Filler | None:
    """The bare actor that opens the sentence, else the one that opens the sentence before in the same paragraph."""
    scene = event.scene
    if event.mood.bare and (event.frame.ergative or event.frame.gives.get("change") == "severed"):
        return None  # "leur frontière, fermée depuis 2020": by whom is not said
    if event.voice == "passive" and _AGENT.match(scene.reading.folded, event.end) is not None:
        return None  # "is recognised by 110 countries": by whom is said, but not by name
    start = min(event.mood.start, event.start)
    if event.voice == "active" and (unnamed(event, start) or described(event, start)):
        return None  # who is described, or only counted, is not the first that the sentence names
    for argument in scene.arguments:
        if argument.end <= event.start and argument.bare and argument.codes:
            if _done_to(event, argument):
                rest = tuple(code for code in memory.pair if code not in argument.codes)
                half = Filler(rest, event.start, event.end, "the other state of the article's pair", inferred=True)
                return half if len(rest) == 1 else None
            if where_it_is(scene, argument.end):
                return None  # "le Bénin et le Togo, où ont été ouvertes des ambassades": they are where, not who
            return Filler(argument.codes, argument.start, argument.end, "who the sentence speaks of", argument.persons, True)
    return None


def where_it_is(scene: Scene, end: int) -> bool:
    """True where a relative clause follows an actor that says what is in it or goes there: "X, où …", "X, where …"."""
    return _WHERE[scene.reading.language].match(scene.reading.text, end) is not None


def _done_to(event: Event, argument: Argument) -> bool:
    """True for "l'ambassadeur mexicain a été expulsé": the envoy's state is not who does it to him, but the other one."""
    if event.frame.gives.get("change") != "diplomat_expelled" or event.object is None:
        return False
    if any(event.scene.reading.persons[index].state_from in _GUESSED for index in argument.persons):
        return False
    return event.voice in ("passive", "set") and argument.start < event.object[1] and event.object[0] < argument.end


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
