"""Role rules of membership: which state, of which organisation; what the clause leaves out is what the article speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model.folding import fold
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, adjective, around, possessor
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import ORGANISATION

_BEFORE = 200  # characters before a sentence in which the organisation it leans on may be named
_NEAR = 45
_OWN = "son|sa|leur|its|their"
_QUOTED = r"[\"«“ ]*"
_SINCE_ITS = re.compile(rf"(?<![a-z])(?:depuis|apres|avec|since|after|with|upon|before|avant) (?:{_OWN})(?: [a-z-]+)? \Z")
_COMMA = re.compile(r", ?(?:la |le |l'|les |the )?\Z")
_PAST_IT = re.compile(r"\W*(?:\Z|[.,;:!?)»\"”]|A_)")
_CLITIC = re.compile(r"(?<![a-z])l'(?:a|ont|avait|avaient) (?:[a-z]+ )?\Z")
_PRONOUN = re.compile(r" it(?:[ .,]|\Z)")


def organisation(event: Event, memory: Memory) -> Filler | None:
    """The organisation the clause names, the one after the trigger first."""
    for argument in around(event):
        codes = tuple(m.codes[0] for m in argument.mentions if m.mark == ORGANISATION and m.codes)
        if codes and argument.cue != "source" and not (memory.club not in (None, *codes) and _in_aside(event, argument)):
            return Filler(codes, argument.start, argument.end, "the organisation named")
    for mention in event.scene.reading.mentions_in(event.end, event.high, ORGANISATION):
        if event.voice == "set" and mention.codes:
            return Filler(mention.codes[:1], mention.start, mention.end, "the organisation named")
    return None


def _in_aside(event: Event, argument: Argument) -> bool:
    """True for the one of "X, réuni au sein de l'AES, a annoncé son retrait": it tells of X, not what X leaves."""
    if argument.end > event.start or argument.cue not in ("in", "of", "to"):
        return False
    folded = event.scene.reading.folded
    return folded[argument.end : event.start].lstrip(" )").startswith(",") and "," in folded[event.low : argument.start]


def acting_organisation(event: Event, memory: Memory) -> Filler | None:
    """ "L'Union africaine a réagi. Elle a suspendu X": the organisation that the pronoun stands for."""
    found = subject_argument(event)
    if found is None or event.voice != "active":
        return None
    codes = tuple(m.codes[0] for m in found.mentions if m.mark == ORGANISATION and m.codes)
    return Filler(codes, found.start, found.end, "the organisation that acts") if codes else None


def main_organisation(event: Event, memory: Memory) -> Filler | None:
    """The organisation whose members the article is about, else the one named last, where nothing else can be meant."""
    if event.voice == "noun" and _own_noun(event) is None:
        return None
    if event.voice != "noun" and not _nothing_left(event):
        return None  # "the commission leaves its drawer": something is left, and it is no organisation
    code = memory.club or last_named(event) or memory.organisation
    return Filler((code,), event.start, event.end, "the organisation spoken of", inferred=True) if code else None


def _nothing_left(event: Event) -> bool:
    """True where the verb acts on nothing that is named: a pause, a date, what else is told, or "the bloc" follows."""
    scene = event.scene
    if _PAST_IT.match(scene.reading.layer, event.end, min(event.high, event.end + 60)) is not None:
        return True
    high = min(event.high, event.end + 60)
    own = scene.grammar.phrases["own_membership"].match(scene.reading.folded, event.end + 1, high)
    if own is not None and _PAST_IT.match(scene.reading.layer, own.end(), high) is not None:
        return True  # "suspended its membership.", "applied for membership, while …"
    rest = scene.reading.folded[own.end() if own is not None else event.end : high].lstrip()
    phrases = scene.grammar.phrases
    beside = phrases["beside_the_club"].match(rest)
    club = rest[beside.end() :].lstrip() if beside is not None else rest
    return phrases["afterwards"].match(rest) is not None or phrases["the_club"].match(club) is not None


def last_named(event: Event) -> str | None:
    """The organisation named last before the event, in its sentence or shortly before it."""
    scene = event.scene
    near = scene.reading.mentions_in(max(0, scene.sentence.start - _BEFORE), event.start, ORGANISATION)
    return near[-1].codes[0] if near and near[-1].codes else None


def described_organisation(event: Event, memory: Memory) -> Filler | None:
    """ "L'organisation, qui a suspendu X", "left the bloc": the one named last, else the one the article is about."""
    scene = event.scene
    low, high = max(scene.sentence.start, event.start - 60), min(event.high, event.end + 60)
    told = (match for match in scene.grammar.phrases["the_club"].finditer(scene.reading.folded, low, high))
    found = next((match for match in told if not _named_further(event, match.end())), None)
    ahead = found is not None and found.start() >= event.end  # "rejoined the association": the one that members join
    code = (memory.club or last_named(event)) if ahead else (last_named(event) or memory.club)
    if found is None or code is None:
        return None
    return Filler((code,), *found.span(), "the organisation that is described", inferred=True)


def _named_further(event: Event, offset: int) -> bool:
    """True where a name follows what is described: "the bloc of X", "l'union sportive de"."""
    rest = event.scene.reading.folded[offset : offset + 24].split()[:2]
    return bool(rest) and (rest[0] in ("du", "de", "of") or rest[-1] in ("du", "de", "of")) and rest[0].isalpha()


def club(event: Event, memory: Memory) -> Filler | None:
    """The organisation whose members the article is about, where the clause names nothing else that could be meant."""
    return main_organisation(event, memory) if memory.club else None


def entered(event: Event, memory: Memory) -> Filler | None:
    """ "retour au sein de l'Union africaine", "returned to the Commonwealth": the organisation right after the word."""
    for argument in event.scene.after(event.end, event.high):
        codes = tuple(m.codes[0] for m in argument.mentions if m.mark == ORGANISATION and m.codes)
        if argument.start - event.end > _NEAR:
            return None
        if codes:
            return (
                Filler(codes, argument.start, argument.end, "the organisation entered")
                if argument.cue in ("to", "in")
                else None
            )
        if argument.cue != "of":
            return None
    return None


def returned_to(event: Event, memory: Memory) -> Filler | None:
    """ "X, which pulled out in 1972, returned in 1989": the organisation that it is told to have left before."""
    scene = event.scene
    if memory.club is None or event.voice == "noun":
        return None
    before = scene.reading.folded[scene.sentence.start : event.start]
    pause = scene.reading.folded.find(";", event.end, event.high)
    after = scene.after(event.end, pause if pause > 0 else event.high)
    told = scene.grammar.phrases["left_before"].search(before) or scene.grammar.phrases["to_membership"].match(
        scene.reading.folded, event.end + 1
    )
    bare = not any(a.codes for a in after) and told is not None
    return Filler((memory.club,), event.start, event.end, "the organisation it had left", inferred=True) if bare else None


def states_of(argument: Argument | None, why: str) -> Filler | None:
    """The states that an argument names, its organisations left out; None where it names none."""
    if argument is None:
        return None
    codes = tuple(dict.fromkeys(code for m in argument.mentions if m.mark != ORGANISATION for code in m.codes))
    codes = codes or (argument.codes if any(m.mark in "TP" for m in argument.mentions) else ())
    return Filler(codes, argument.start, argument.end, why, argument.persons) if codes else None


def member(event: Event, memory: Memory) -> Filler | None:
    """The state that joins or leaves: subject, possessor, or what the noun is of; never an organisation, never a person."""
    if event.voice == "noun":
        owner = possessor(event, memory) or adjective(event, memory) or _own_noun(event)
        return owner or states_of(_first_state(event), "the state the noun is of")
    found = _opened(event) or _joining(event) or subject_argument(event)
    if found is not None and any(mention.mark in "PT" for mention in found.mentions):
        return None  # a person who leaves an organisation's summit is no member leaving
    return states_of(found, "subject of the verb")


def _joining(event: Event) -> Argument | None:
    """ "with Rwanda and Burundi joining in 2007": who stands between "with" and the participle."""
    if event.scene.reading.language != "en" or not event.scene.reading.folded[event.start : event.end].endswith("ing"):
        return None
    before = event.scene.before(event.start, event.scene.sentence.start)
    return next((a for a in before[:1] if a.cue == "with" and event.start - a.end <= 2), None)


def _own_noun(event: Event) -> Filler | None:
    """ "X a annoncé son retrait", "le retrait de leur pays", "fait son entrée": of whom the words before speak."""
    scene, folded = event.scene, event.scene.reading.folded
    before = folded[max(scene.sentence.start, event.start - 90) : event.start]
    own = re.search(rf"(?<![a-z])(?:{_OWN})(?: [a-z-]+)? {_QUOTED}\Z", before)
    their = scene.grammar.phrases["of_their_country"].match(folded[event.end :].lstrip(' "«»”'))
    if own is None and their is None:
        return None
    if own is not None and _SINCE_ITS.search(before) is not None:
        after = (
            a
            for a in scene.after(event.end, scene.sentence.end)
            if a.bare and _COMMA.search(folded, event.end, a.mentions[0].start)
        )
        return states_of(next(after, None), "whose it is")
    if scene.grammar.phrases["makes_known"].search(before, max(0, len(before) - 84)) is None:
        return None
    bare = [a for a in scene.before(event.start, event.low) if a.bare and any(m.mark in "SDPT" for m in a.mentions)]
    if not bare and scene.grammar.phrases["countries"].search(before) is not None:
        listed = next((a for a in scene.after(event.end, scene.sentence.end) if len(a.codes) > 1 and a.bare), None)
        return states_of(listed, "the countries named after it")
    earlier = [a for a in scene.before(event.low, scene.sentence.start) if a.bare and any(m.mark in "SDPT" for m in a.mentions)]
    return states_of((bare or earlier)[0] if bare or earlier else scene.told_before, "whose it is")


def _opened(event: Event) -> Argument | None:
    """ "Suspendu de l'Union africaine en 2021, X négocie": the subject after a participle that opens the sentence."""
    if event.voice == "noun" or event.start - event.scene.sentence.start > 2:
        return None
    states = (a for a in event.scene.after(event.end, event.scene.sentence.end) if a.bare)
    return next((a for a in states if any(m.mark == "S" for m in a.mentions)), None)


def _first_state(event: Event) -> Argument | None:
    for argument in event.scene.after(event.end, event.high):
        if argument.start - event.end > _NEAR:
            return None
        if argument.cue in ("of", "by") and any(mention.mark in "SDC" for mention in argument.mentions):
            return argument
    return None


def admitted(event: Event, memory: Memory) -> Filler | None:
    """The state that is admitted or suspended: what the verb acts on."""
    if event.voice == "passive":
        owner = next((a for a in event.scene.before(event.start, event.low) if _membership_of(event, a, event.start)), None)
        return states_of(owner or _opened(event) or subject_argument(event), "subject of the passive verb")
    if event.voice == "active" and _admits(event):
        for argument in event.scene.after(event.end, event.high):
            if argument.bare and any(mention.mark != ORGANISATION for mention in argument.mentions):
                return states_of(argument, "object of the verb")
            if _membership_of(event, argument, event.end):
                return states_of(argument, "whose membership it is")
    return None


def _admits(event: Event) -> bool:
    """True for a verb whose object, not whose subject, becomes a member or ceases to be one."""
    return fold(event.lemma).startswith(tuple(event.scene.grammar.words["admits"]))


def _membership_of(event: Event, argument: Argument, near: int) -> bool:
    """True for "la participation du Soudan", "Sudan's membership": what is suspended is his to have."""
    low, high = min(near, argument.start - 24), max(near, argument.end + 16)
    told = event.scene.grammar.phrases["membership"].search(event.scene.reading.folded, max(event.low, low), high)
    return argument.cue in ("of", "poss") and told is not None


def object_pronoun(event: Event, memory: Memory) -> Filler | None:
    """ "the Forum also suspended it", "la SADC l'a réintégrée": the state spoken of before."""
    scene, folded = event.scene, event.scene.reading.folded
    english = _PRONOUN.match(folded, event.end, event.high) is not None
    french = _CLITIC.search(folded[max(scene.sentence.start, event.start - 14) : event.start]) is not None
    if event.voice != "active" or not (english or french):
        return None
    told = states_of(scene.told_before, "who was spoken of before")
    return told if told is not None and len(told.codes) == 1 else spoken_of(event, memory)


def of_state(event: Event, memory: Memory) -> Filler | None:
    """ "la suspension du Mali": the state the noun is of."""
    return (
        (states_of(_first_state(event), "what the noun is of") or possessor(event, memory)) if event.voice == "noun" else None
    )


def suspended_one(event: Event, memory: Memory) -> Filler | None:
    """ "a levé la suspension du Mali", "la suspension qui frappait le Mali", "Mali's suspension": who is let in again."""
    low = event.object[0] if event.object is not None else event.end
    for argument in event.scene.arguments:
        near = argument.start >= low or (argument.cue == "poss" and 0 <= low - argument.end <= 4)
        if near and argument.start < event.high and any(m.mark in "SDC" for m in argument.mentions):
            return states_of(argument, "whose suspension it was")
    return None


def spoken_of(event: Event, memory: Memory) -> Filler | None:
    """The state that the article speaks of, where its pair is a state and the organisation."""
    states = [code for code in memory.pair if code not in memory.organisations]
    told = event.scene.told_before
    if len(memory.pair) != 2 and told is not None and all(mention.mark in "SD" for mention in told.mentions):
        states = [code for code in told.codes if code not in memory.organisations]
    if len(states) != 1:
        return None
    return Filler(tuple(states), event.start, event.end, "the state the article is about", inferred=True)


MEMBERS: Mapping[str, Rule] = {
    "organisation": organisation, "acting organisation": acting_organisation, "main organisation": main_organisation,
    "club": club, "member actor": member, "admitted": admitted, "of state": of_state, "suspended one": suspended_one,
    "state spoken of": spoken_of, "object pronoun": object_pronoun,
    "described organisation": described_organisation, "entered organisation": entered, "club returned to": returned_to,
}  # fmt: skip
"""The rules of membership, by the name that frames use."""
