"""Whose position it is where no subject names it: "we" of who is quoted, "both presidents", "the organisation", several."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.reading.frames.events import Event
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PERSON, Mention, Title

_WE = re.compile(r"(?<![a-z])(?:we|nous)(?: [a-z]+){0,3} ?\Z")
_BOTH = re.compile(r"(?:both|the two|les deux|the sides|les parties)(?![a-z])")
_MORE = re.compile(r"(?:,? (?:and|et|as well as|ainsi que)|,)(?: (?:by|par))?(?: [a-z-]+){0,4},? ?(?:the |la |le |l'|les )?")
_WHOLE = re.compile(
    r"(?<![a-z])(?:l'organisation|l'union|le bloc|l'alliance|l'institution|la conference"
    r"|the (?:organisation|organization|bloc|union|alliance|body|grouping))(?: [a-z]+){0,5} ?\Z"
)
_TOLD_HIM = re.compile(r"(?<![a-z])(?:he|she|they) (?:was|were|has been) told|(?:lui|leur) a-t-on (?:dit|repondu)")
_REACH = 40  # characters from "we", "the bloc" to the verb
_COUNTED = re.compile(
    r"(?<![a-z])(?:countries|states|nations|members|pays|etats)(?: (?:that|which|who|to|qui|ayant))?(?: [a-z]+){0,2} ?\Z"
)
_OPENS_LIST = re.compile(r"(?<![a-z])(?:include|includes|included|are|were|was|is|sont|comprennent)(?![a-z])|:")
_NEXT = 14  # characters from "include" to the first name
_NO_STATES = frozenset(("UN", "EU", "UNSC"))
_TALK = frozenset(
    ("head_of_state", "head_of_government", "minister_foreign_affairs", "spokesperson", "minister_defence", "ambassador")
)


def widened(event: Event, holder: Argument | None, memory: Memory) -> Argument | None:
    """The holder, or whom "we", "both presidents" or "the organisation" mean where it has no state of its own."""
    scene = event.scene
    if event.voice == "active" and (holder is None or not holder.codes or holder.start > event.end):
        listed = _listed(event)
        if listed is not None:
            return listed
    if holder is not None and not holder.codes and len(memory.pair) == 2:
        both = _BOTH.match(scene.reading.folded, holder.start) is not None
        return replace(holder, codes=memory.pair) if both else holder
    if holder is None and event.voice == "active":
        return _organisation(event, memory)
    return holder


def _listed(event: Event) -> Argument | None:
    """ "The 14 countries that voted against the resolution include A, B and C": who is named after what is counted."""
    scene, folded = event.scene, event.scene.reading.folded
    if _COUNTED.search(folded, max(scene.sentence.start, event.start - _REACH), event.start) is None:
        return None
    opens = _OPENS_LIST.search(folded, event.end, scene.sentence.end)
    after = scene.after(opens.end(), scene.sentence.end) if opens is not None else ()
    if opens is None or not after or after[0].start - opens.end() > _NEXT:
        return None
    first = after[0]
    for argument in after[1:]:
        if _MORE.fullmatch(folded, first.end, argument.start) is None or argument.cue not in ("", "of", "other"):
            break
        if set(argument.codes) & _NO_STATES:
            break
        first = replace(first, end=argument.end, codes=tuple(dict.fromkeys(first.codes + argument.codes)))
    return first if first.codes and not set(first.codes) & _NO_STATES else None


def we(event: Event) -> Argument | None:
    """ "Nous condamnons", "we strongly condemn": the state for which who is quoted, or told of before, speaks."""
    scene, reading = event.scene, event.scene.reading
    low = max(scene.sentence.start, event.start - _REACH)
    plain = event.voice == "set" and reading.folded.startswith("nous ", event.start)
    before = event.voice == "active" and _WE.search(reading.folded, low, event.start) is not None
    if not plain and (not before or scene.before(event.start, low)):
        return None
    for mention in reading.mentions_in(scene.sentence.start, scene.sentence.end, "PTN"):
        codes = _speaks_for(event, mention)
        if codes and not _in_quote(event, mention):
            return Argument(mention.start, mention.end, (mention,), codes, (), "", "", True)
    told = scene.told_before
    if _TOLD_HIM.search(reading.folded, event.end, scene.sentence.end) is not None:
        return None
    if told is None or (len(told.codes) != 1 and not told.persons):
        return None
    codes = _speaks_for(event, told.mentions[0]) if told.mentions[0].mark in "PT" else told.codes
    return replace(told, codes=codes, persons=()) if len(codes) == 1 else None


def _in_quote(event: Event, mention: Mention) -> bool:
    return any(start <= mention.start < end for start, end in event.scene.reading.quotes)


def _speaks_for(event: Event, mention: Mention) -> tuple[str, ...]:
    """The state of an official whose word is his state's."""
    if isinstance(mention.value, Title):
        return mention.value.of[:1] if set(mention.value.offices) & _TALK else ()
    persons = mention.value if mention.mark == PERSON and isinstance(mention.value, tuple) else ()
    for index in persons:
        person = event.scene.reading.persons[index] if isinstance(index, int) else None
        if person is not None and person.state is not None and {office for office, _ in person.offices} & _TALK:
            return (person.state,)
    return ()


def _organisation(event: Event, memory: Memory) -> Argument | None:
    """ "l'assemblée générale de l'organisation a refusé": the one that the article speaks of."""
    scene = event.scene
    found = _WHOLE.search(scene.reading.folded, max(event.low, event.start - _REACH), event.start)
    if found is None or memory.organisation is None:
        return None
    mention = Mention("G", found.start(), found.end(), (memory.organisation,))
    return Argument(found.start(), found.end(), (mention,), (memory.organisation,), (), "", "", True)


def agents(event: Event) -> Argument | None:
    """All whom a passive names: "opposed by A and by two veto-holders, B and C"."""
    after = event.scene.after(event.end, event.high)
    first = next((argument for argument in after if argument.cue == "by" and argument.acts), None)
    if first is None:
        return None
    for argument in after[after.index(first) + 1 :]:
        if _MORE.fullmatch(event.scene.reading.folded, first.end, argument.start) is None or argument.cue not in ("", "by"):
            break
        first = replace(first, end=argument.end, codes=tuple(dict.fromkeys(first.codes + argument.codes)))
    return first
