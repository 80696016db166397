"""Whose delegation travels, who leads it, and who comes along."""

from __future__ import annotations

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.fellows import with_fellows
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import Person

_STAY = "ambassador"
_MOST = 8
_NAMED = 30  # characters from "composée de" to the first name
GROUPS = frozenset(
    ("delegation", "cote", "side", "responsables", "officials", "dirigeants", "emissaires", "leaders", "ministres")
)
"""Words for those who travel for a state."""
_ADJECTIVES = 4  # words from a demonym to "delegation"


def company(event: Event, found: Filler) -> tuple[int, ...]:
    """Who comes along: "accompagné de X", "en compagnie de ses collègues Y et Z"; envoys who live there are left out."""
    scene, persons = event.scene, event.scene.reading.persons
    along: list[int] = []
    for word in scene.grammar.phrases["company"].finditer(scene.reading.folded, scene.sentence.start, scene.sentence.end):
        course = scene.grammar.phrases["in_the_course"].search(scene.reading.folded, word.end(), event.start)
        if event.voice == "noun" and course is not None:
            continue  # "il a déjeuné en compagnie de X au cours de son voyage"
        named = next((a for a in scene.after(word.end() - 3, word.end() + 25) if a.persons), None)
        if named is not None:
            named = with_fellows(scene, named)
            along.extend(index for index in named.persons if index not in found.persons and not stationed(persons[index]))
    return tuple(dict.fromkeys(along))[:_MOST]


def stationed(person: Person) -> bool:
    """True for an ambassador: who lives abroad, whose coming and going is no visit."""
    return bool(person.offices) and all(office == _STAY for office, _ in person.offices)


def of_delegation(scene: Scene, argument: Argument) -> bool:
    """True for a state whose delegation follows: "a US inter-agency delegation", "the Chilean government delegation"."""
    for token in scene.tokens[scene.index(argument.mentions[-1].end) :][:_ADJECTIVES]:
        if token.text == "delegation":
            return True
        if "-" not in token.text and token.text not in scene.grammar.words["delegation_of"]:
            break
    return False


def leaders(scene: Scene, found: Filler) -> tuple[int, ...]:
    """Who leads the delegation that travels: "une délégation togolaise conduite par X"."""
    if found.persons:
        return ()
    leads = scene.grammar.phrases["led"].search(scene.reading.folded, found.end, min(scene.sentence.end, found.end + 40))
    if leads is None:
        return ()
    named = next((a for a in scene.after(leads.end() - 1, leads.end() + 12) if a.persons), None)
    return with_fellows(scene, named).persons if named is not None else ()


def made_up(event: Event) -> Argument | None:
    """Of whom a delegation of no named state is made up: "une délégation, composée de X et de Y, est arrivée"."""
    scene = event.scene
    leads = list(scene.grammar.phrases["led"].finditer(scene.reading.folded, event.low, event.start))
    if not leads or not GROUPS & {token.text for token in scene.tokens if event.low <= token.start < leads[0].start()}:
        return None
    named = next((a for a in scene.after(leads[0].end() - 1, event.start) if a.persons), None)
    return with_fellows(scene, named) if named is not None and named.start - leads[0].end() <= _NAMED else None
