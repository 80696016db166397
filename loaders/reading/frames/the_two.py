"""Whom "les deux ministres", "their talks" mean: the last two officials of two parties named before."""

from __future__ import annotations

from loaders.reading.frames.events import Event
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.participants import ONE_SIDED
from loaders.reading.frames.scene import Scene
from loaders.reading.model import PERSON
from loaders.reading.offices import GUESSES

_BACK = 700  # characters before in which "the two ministers" were named
_BOTH = 60  # characters from talks to "the two countries' leaders", whose they are


def both(event: Event, memory: Memory) -> tuple[int, ...]:
    """ "Les deux ministres se sont entretenus", "their talks": the last two officials of two parties named before."""
    scene, reading = event.scene, event.scene.reading
    if event.voice == "active" and not event.mood.reflexive and event.lemma in ONE_SIDED:
        return ()  # "les deux ministres ont reçu des lettres"
    word = scene.grammar.phrases["both"].search(reading.folded, event.low, min(event.high, event.end + _BOTH))
    if word is None:
        return ()
    named = [
        index
        for mention in reversed(reading.mentions_in(max(0, event.start - _BACK), event.start, PERSON))
        for index in (mention.value if isinstance(mention.value, tuple) else ())
        if not reading.persons[index].former
    ]
    chosen = _two_of(scene, [index for index in named if _holds(scene, index, word[0])])
    if len(chosen) < 2:
        chosen = _two_of(scene, named)
    if any(reading.persons[index].state is None and not reading.persons[index].offices for index in chosen):
        officials = _two_of(scene, [index for index in named if reading.persons[index].offices])
        chosen = officials if len(officials) >= 2 else chosen
    known = {reading.persons[index].state for index in chosen}
    return (
        tuple(chosen[-2:]) if len(chosen) >= 2 and (not memory.pair or known <= {*memory.pair, None} or len(known) == 2) else ()
    )


_HELD = {"two_heads": ("head_of_",), "two_ministers": ("minister_", "deputy_minister"), "two_envoys": ("ambassador",)}


def _holds(scene: Scene, index: int, said: str) -> bool:
    """True for who holds the office by which two are called: "the two presidents" are no ministers."""
    kinds = [offices for name, offices in _HELD.items() if scene.grammar.phrases[name].search(said) is not None]
    return bool(kinds) and any(office.startswith(kinds[0]) for office, _ in scene.reading.persons[index].offices)


def _two_of(scene: Scene, named: list[int]) -> list[int]:
    """The first two of different parties, the later named last."""
    chosen: list[int] = []
    people = scene.reading.persons
    for index in named:
        states = {people[other].state for other in chosen if people[other].state_from not in GUESSES}
        if index not in chosen and people[index].state not in states:
            chosen.insert(0, index)
        if len(chosen) >= 2:
            break
    return chosen
