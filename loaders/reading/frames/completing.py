"""A party that its sentence leaves out, where no rule of the frame finds it: what the article told before fills it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.subjects import unnamed
from loaders.reading.model import Candidate

_ROLES = {"mission": ("sender", "host"), "deployment": ("sender", "host"), "membership": ("state", "organisation")}
_PLAIN = frozenset(
    (
        *("membership/suspended", "membership/suspension-lifted", "membership/rejoined", "membership/returned"),
        *("membership/applied", "membership/became-again"),
        *("deployment/deployed", "deployment/withdrawn", "deployment/kept", "deployment/present", "deployment/has"),
        *("deployment/numbers", "deployment/drawn-from", "deployment/ended"),
        *("mission/opened", "mission/reopened", "mission/closed", "mission/suspended", "mission/raised", "mission/moved"),
    )
)  # frames whose words tell of such an event even where only one party, or none, is named
_SAID = frozenset((("mission/moved", "host"),))  # "is moved to Paris": where to is never that of another mission
_SPOKEN = 12  # sentences over which what was told of the same two still stands
_FACTS = 40  # facts looked through for it
_SEVERAL = 2  # missions told before, all of one state, that make a further one that state's too
_JUST = 2  # sentences over which the same party is still meant
_TITLED = ("host", "state")  # roles that a title which names one other state may fill
_LONGEST = 300  # characters of a title
TOLD_BEFORE = (
    "the other party of what was told before",
    "the same as in what was told just before",
    "the organisation whose members the article is about",
    "the one other state that the title names",
)
"""Why a party was filled in so."""


def complete(event: Event, memory: Memory, role: str) -> Filler | None:
    """Who plays a part that the sentence leaves empty, inferred; None where nobody fits, and for frames that need both."""
    frame = event.frame
    if frame.id not in _PLAIN or (frame.id, role) in _SAID or unnamed(event, min(event.mood.start, event.start)):
        return None
    for why, codes in _ways(event, memory, role):
        left = [code for code in dict.fromkeys(codes) if code not in event.taken and _fits(code, role, memory)]
        if len(left) == 1:
            return Filler((left[0],), event.start, event.end, why, inferred=True)
    return None


def _ways(event: Event, memory: Memory, role: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    index, kind = event.scene.sentence.index, event.frame.kind
    recent = takewhile(lambda fact: index - fact.sentences[-1] <= _SPOKEN, reversed(event.scene.told[-_FACTS:]))
    told = [fact for fact in recent if fact.kind == kind]
    for fact in told:
        if len(set(_parties(fact)) & set(event.taken)) == 1:
            yield TOLD_BEFORE[0], _parties(fact)
            break
    just = {fact.fields.get(role) for fact in told if told[0].sentences[-1] == fact.sentences[-1]}
    if len(just) == 1 and index - told[0].sentences[-1] <= _JUST and role in told[0].fields:
        yield TOLD_BEFORE[1], (str(told[0].fields[role]),)
    placed = any(argument.cue in ("in", "to") and argument.codes for argument in event.scene.arguments)
    if role == "sender" and kind == "mission" and placed:
        senders = [str(fact.fields.get("sender")) for fact in event.scene.told[-_FACTS:] if fact.kind == kind]
        if len(senders) >= _SEVERAL and len(set(senders)) == 1:
            yield TOLD_BEFORE[1], (senders[0],)
    if role == "organisation" and memory.club is not None:
        yield TOLD_BEFORE[2], (memory.club,)
    if role in _TITLED and kind in ("deployment", "membership"):
        yield TOLD_BEFORE[3], _titled(event)


def _parties(fact: Candidate) -> tuple[str, ...]:
    return tuple(str(fact.fields[name]) for name in _ROLES[fact.kind] if name in fact.fields)


def _titled(event: Event) -> tuple[str, ...]:
    """The states that the title names and no role holds yet."""
    reading = event.scene.reading
    line = next((line for line in reading.paragraphs if line.title), None)
    mentions = reading.mentions_in(line.start, min(line.end, line.start + _LONGEST), "SDC") if line is not None else ()
    return tuple(code for mention in mentions for code in mention.codes)


def _fits(code: str, role: str, memory: Memory) -> bool:
    """True for an organisation as what is joined, for a state as where or who; either may send."""
    return role == "sender" or (code in memory.organisations) == (role == "organisation")
