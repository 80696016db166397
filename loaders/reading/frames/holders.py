"""Whose position it is where no subject names it: "we" of who is quoted, "both presidents", "the organisation", several."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.reading.frames.events import Event
from loaders.reading.frames.lists import goes_on
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PERSON, Mention, Title

_WE = re.compile(r"(?<![a-z])(?:we|nous)(?: [a-z]+){0,3} ?\Z")
_WHOLE = re.compile(r"(?: [a-z]+){0,5} ?")  # words between "the bloc" and its verb
_REACH = 40  # characters from "we", "the bloc" to the verb
_COUNTED = re.compile(r"(?: (?:that|which|who|to|qui|ayant))?(?: [a-z]+){0,2} ?")  # words between "countries" and their verb
_WORDS = 5  # words between two holders: "by A and by two veto-holders, B"
_NEXT = 14  # characters from "include" to the first name
_NO_STATES = frozenset(("UN", "EU", "UNSC"))
SPEAKS_FOR = frozenset((
    "head_of_state", "head_of_government", "deputy_head_of_government", "minister_foreign_affairs", "minister_defence",
    "minister_other", "ambassador", "special_envoy", "spokesperson",
))  # fmt: skip  # officials whose word is their state's


def widened(event: Event, holder: Argument | None, memory: Memory) -> Argument | None:
    """The holder, or whom "we", "both presidents" or "the organisation" mean where it has no state of its own."""
    scene = event.scene
    if event.voice == "active" and (holder is None or not holder.codes or holder.start > event.end):
        listed = _listed(event)
        if listed is not None:
            return listed
    if holder is not None and event.voice in ("active", "set") and set(holder.codes) <= memory.organisations:
        holder = _members(event, holder) or holder
    if holder is not None and not holder.codes and len(memory.pair) == 2:
        both = scene.grammar.phrases["both_sides"].match(scene.reading.folded, holder.start) is not None
        return replace(holder, codes=memory.pair) if both else holder
    if holder is None and event.voice == "active":
        return _organisation(event, memory)
    return holder


def _members(event: Event, club: Argument) -> Argument | None:
    """ "EU member states Slovakia and Greece did not recognise it": the members that are named right after the word."""
    scene = event.scene
    noun = scene.grammar.phrases["member_nouns"].match(scene.reading.folded, club.end + 1)
    named = next(iter(scene.after(noun.end(), event.start)), None) if noun is not None else None
    return named if noun is not None and named is not None and named.start - noun.end() <= 1 and named.codes else None


def _listed(event: Event) -> Argument | None:
    """ "The 14 countries that voted against the resolution include A, B and C": who is named after what is counted."""
    scene, folded = event.scene, event.scene.reading.folded
    phrases, low = scene.grammar.phrases, max(scene.sentence.start, event.start - _REACH)
    nouns = phrases["member_nouns"].finditer(folded, low, event.start)
    if not any(_COUNTED.fullmatch(folded, noun.end(), event.start) for noun in nouns):
        return None
    opens = phrases["lists_members"].search(folded, event.end, scene.sentence.end)
    after = scene.after(opens.end(), scene.sentence.end) if opens is not None else ()
    if opens is None or not after or after[0].start - opens.end() > _NEXT:
        return None
    first = after[0]
    for argument in after[1:]:
        if not goes_on(scene, first.end, argument.start, _WORDS) or argument.cue not in ("", "of", "other"):
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
    before = event.voice in ("active", "set") and _WE.search(reading.folded, low, event.start) is not None
    if not plain and (not before or scene.before(event.start, low)):
        return None
    for mention in reading.mentions_in(scene.sentence.start, scene.sentence.end, "PTN"):
        codes = _speaks_for(event, mention)
        if codes and not _in_quote(event, mention):
            return Argument(mention.start, mention.end, (mention,), codes, (), "", "", True)
    told = scene.told_before
    if scene.grammar.phrases["told_him"].search(reading.folded, event.end, scene.sentence.end) is not None:
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
        return mention.value.of[:1] if set(mention.value.offices) & SPEAKS_FOR else ()
    persons = mention.value if mention.mark == PERSON and isinstance(mention.value, tuple) else ()
    for index in persons:
        person = event.scene.reading.persons[index] if isinstance(index, int) else None
        if person is not None and person.state is not None and {office for office, _ in person.offices} & SPEAKS_FOR:
            return (person.state,)
    return ()


def _organisation(event: Event, memory: Memory) -> Argument | None:
    """ "l'assemblée générale de l'organisation a refusé": the one that the article speaks of."""
    scene, folded = event.scene, event.scene.reading.folded
    found = scene.grammar.phrases["the_club"].search(folded, max(event.low, event.start - _REACH), event.start)
    if found is None or memory.organisation is None or _WHOLE.fullmatch(folded, found.end(), event.start) is None:
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
        if not goes_on(event.scene, first.end, argument.start, _WORDS) or argument.cue not in ("", "by"):
            break
        first = replace(first, end=argument.end, codes=tuple(dict.fromkeys(first.codes + argument.codes)))
    return first
