"""Whether talks are told to have been held: not those to come or only beside something else, but those one was glad of."""

from __future__ import annotations

import re

from loaders.reading.frames.antecedents import FUTURE
from loaders.reading.frames.events import Event
from loaders.reading.frames.tokens import Argument

_FUTURE_OF = re.compile(
    r"(?<![a-z])(?:will|would|could|may|plans|wants|hopes|[a-z]+rait|[a-z]+raient|[a-z]+era|[a-z]+eront)(?![a-z])"
)
_GLAD = 24  # characters from "it was a pleasure" to the verb
_WHEN = re.compile(r"(?<![a-z])(?:when|where|lorsqu'|lorsque|quand) ?(?:he |she |they |il |elle |ils )")
_GOAL = 40  # characters from "for" to "talks"
_GOVERNED = 160  # characters from "will" to the talks that it governs
_FEW = re.compile(r"(?: ?[a-z'-]+){0,3} ")
_NEXT = re.compile(r"(?: [a-z'-]+){0,3}?(?: | (?:[a-z]+ )?l')")


def beside_it(event: Event) -> bool:
    """True for the summit on whose margins something else is told: "on the sidelines of the summit, she met …"."""
    scene = event.scene
    if event.voice != "noun" or scene.reading.folded.startswith((" entre ", " between "), event.end):
        return False
    low = max(scene.sentence.start, event.start - _GOAL)
    aside = list(scene.grammar.phrases["sidelines"].finditer(scene.reading.folded, low, event.start))
    return bool(aside) and _FEW.fullmatch(scene.reading.folded, aside[-1].end(), event.start) is not None


def acted_on(event: Event, owner: Argument) -> bool:
    """True for who is the object of another verb: "X met Y and Z during the meeting" tells of no meeting of Y and Z."""
    subject = next((a for a in event.scene.before(owner.start, event.low) if a.bare and a.persons), None)
    return owner.bare and owner.end <= event.start and subject is not None and not set(subject.persons) & set(owner.persons)


def seized(event: Event) -> bool:
    """True for an infinitive of what an occasion was used for: "a mis à profit son séjour pour s'entretenir avec X"."""
    scene = event.scene
    if event.mood.mood != "planned" or event.voice == "noun":
        return False
    low, start = event.scene.sentence.start, min(event.mood.start, event.start)
    taken = scene.grammar.phrases["took_chance"].search(scene.reading.folded, low, start)
    return (
        taken is not None
        and not scene.reading.folded.startswith(" to ", taken.end())
        and _FUTURE_OF.search(scene.reading.folded, low, start) is None
    )


def glad(event: Event) -> bool:
    """True for what somebody says he was glad of: "said it was a pleasure to meet X", "s'est dit heureux de rencontrer X"."""
    scene = event.scene
    if event.mood.mood != "planned" or event.voice == "noun":
        return False
    low, start = scene.sentence.start, event.start
    said = scene.grammar.phrases["glad_to"].search(scene.reading.folded, max(low, start - _GLAD), start)
    return said is not None and _FUTURE_OF.search(scene.reading.folded, low, start) is None


def held(event: Event) -> bool:
    """True for talks that were awaited and have been held: "l'entretien tant attendu entre X et Y a enfin eu lieu"."""
    if event.mood.mood != "planned" or event.voice != "noun":
        return False
    return event.scene.grammar.phrases["held_at_last"].search(event.scene.reading.folded, event.end, event.high) is not None


def once_there(event: Event) -> bool:
    """True for what is to come as its main clause is: "will visit Oslo, when he meets X"."""
    folded, low = event.scene.reading.folded, event.scene.sentence.start
    when = list(_WHEN.finditer(folded, max(low, event.start - _GLAD), event.start))
    if not when or event.voice != "active":
        return False
    ahead = event.scene.grammar.phrases["talks_ahead"].search
    return (ahead(folded, low, when[-1].start()) or FUTURE.search(folded, low, when[-1].start())) is not None


def to_come(event: Event) -> bool:
    """True for talks that are only ahead: "will visit Oslo for talks with X", "devait être marquée par un entretien"."""
    scene, folded = event.scene, event.scene.reading.folded
    if event.voice != "noun":
        return False
    low, phrases = max(scene.sentence.start, event.low), scene.grammar.phrases
    prepared = list(phrases["before_talks"].finditer(folded, max(low, event.start - _GOAL), event.start))
    if prepared and _NEXT.fullmatch(folded, prepared[-1].end(), event.start):
        return True
    ahead = phrases["talks_ahead"].search
    aims = phrases["talks_aim"].finditer(folded, max(scene.sentence.start, event.start - _GOAL), event.start)
    aimed = any(_FEW.fullmatch(folded, aim.end(), event.start) for aim in aims)
    if aimed and (ahead(folded, low, event.start) or FUTURE.search(folded, low, event.start)) is not None:
        return True
    subject = next((a for a in scene.before(event.start, low) if a.bare), None)
    said = scene.reading.layer[max(low, event.start - _GOVERNED, subject.end if subject is not None else 0) : event.start]
    found = ahead(said)
    return found is not None and phrases["talks_told"].search(said, found.end()) is None
