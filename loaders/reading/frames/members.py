"""Role rules of membership: which state, of which organisation; what the clause leaves out is what the article speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, adjective, around, possessor, subject_argument
from loaders.reading.frames.scene import Argument
from loaders.reading.model import ORGANISATION

_BODY = "bloc|groupe|club|organisation|institution|association|alliance|union|pacte|communaute|groupement|instance"
_ENGLISH_BODY = "bloc|group|grouping|club|body|organi[sz]ation|association|alliance|union|pact|community|fold|institution"
_DESCRIBED = re.compile(
    rf"(?<![a-z])(?:(?:l'|le |la |du |de l'|de la )(?:{_BODY})|the (?:{_ENGLISH_BODY}))(?! [a-z]+ (?:du|de|of) )(?![a-z])"
)
_AFTERWARDS = (
    "en|in|on|le|since|depuis|after|apres|before|avant|again|and|et|when|lorsque|quand|by|par|over|amid"
    "|lors|a la suite|a l'issue|as an?(?: [a-z]+){1,2} member|comme (?:nouveau )?membre|once|last|this|cette|hier|yesterday"
)
_OPEN = re.compile(
    rf"\W*(?:\Z|[.,;:!?)»\"”]|A_|(?:{_AFTERWARDS})(?![a-z])"
    rf"|(?:from |of |out of |to |into )?the (?:{_ENGLISH_BODY})(?![a-z])"
    rf"|(?:du |le |au |a l'|l'|de l'|de la |la |au sein (?:du |de l'|de la ))(?:{_BODY})(?![a-z]))"
)
_COUNTRIES = re.compile(r"(?<![a-z])(?:pays|etats|countries|states|nations|membres|members)(?![a-z])")
_ANNOUNCES = re.compile(
    r"(?<![a-z])(?:annonc|announc|notifi|confirm|decid|act[ea]|fai[ts]|font|made|making|formali|complet|achev|declar|effectu)[a-z]*"
    r"(?: [a-z']+){0,4} \Z"
)
_BEFORE = 200  # characters before a sentence in which the organisation it leans on may be named
_OWN = re.compile(r"(?<![a-z])(?:son|sa|leur|its|their)(?: [a-z-]+)? \Z")
_MEMBERSHIP = re.compile(r"(?<![a-z])(?:membership|participation|adhesion|qualite de membre|droits?)(?![a-z])")
_LEFT = re.compile(r"(?<![a-z])(?:quitt|retir|sorti|left|withdr|pulled out|quit)")
_CLITIC = re.compile(r"(?<![a-z])l'(?:a|ont|avait|avaient) (?:[a-z]+ )?\Z")
_NEAR = 45
_ADMITS = ("admit", "admettre", "readmit", "réadmettre", "réintégrer", "suspend", "expel", "exclure", "accueillir", "accepter",
           "welcome", "accept", "reinstate")  # fmt: skip


def organisation(event: Event, memory: Memory) -> Filler | None:
    """The organisation the clause names, the one after the trigger first."""
    for argument in around(event):
        codes = tuple(m.codes[0] for m in argument.mentions if m.mark == ORGANISATION and m.codes)
        if codes and argument.cue != "source":
            return Filler(codes, argument.start, argument.end, "the organisation named")
    return None


def acting_organisation(event: Event, memory: Memory) -> Filler | None:
    """ "L'Union africaine a réagi. Elle a suspendu X": the organisation that the pronoun stands for."""
    found = subject_argument(event)
    if found is None or event.voice != "active":
        return None
    codes = tuple(m.codes[0] for m in found.mentions if m.mark == ORGANISATION and m.codes)
    return Filler(codes, found.start, found.end, "the organisation that acts") if codes else None


def main_organisation(event: Event, memory: Memory) -> Filler | None:
    """The organisation whose members the article is about, else the one named last, where nothing else can be meant."""
    scene = event.scene
    after = scene.reading.layer[event.end : min(event.high, event.end + 60)]
    if event.voice == "noun" and _own_noun(event) is None:
        return None
    if event.voice != "noun" and _OPEN.match(after) is None:
        return None  # "the commission leaves its drawer": something is left, and it is no organisation
    code = memory.club or _last_named(event) or memory.organisation
    return Filler((code,), event.start, event.end, "the organisation spoken of", inferred=True) if code else None


def _last_named(event: Event) -> str | None:
    scene = event.scene
    near = scene.reading.mentions_in(max(0, scene.sentence.start - _BEFORE), event.start, ORGANISATION)
    return near[-1].codes[0] if near and near[-1].codes else None


def described_organisation(event: Event, memory: Memory) -> Filler | None:
    """ "L'organisation, qui a suspendu X", "left the bloc": the one named last, else the one the article is about."""
    scene = event.scene
    found = _DESCRIBED.search(
        scene.reading.folded, max(scene.sentence.start, event.start - 60), min(event.high, event.end + 40)
    )
    ahead = found is not None and found.start() >= event.end  # "rejoined the association": the one that members join
    code = (memory.club or _last_named(event)) if ahead else (_last_named(event) or memory.club)
    if found is None or code is None:
        return None
    return Filler((code,), *found.span(), "the organisation that is described", inferred=True)


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
    after = scene.after(event.end, event.high)
    bare = not any(a.codes for a in after) and _LEFT.search(before) is not None
    return Filler((memory.club,), event.start, event.end, "the organisation it had left", inferred=True) if bare else None


def _states(argument: Argument | None, why: str) -> Filler | None:
    if argument is None:
        return None
    codes = tuple(dict.fromkeys(code for m in argument.mentions if m.mark != ORGANISATION for code in m.codes))
    codes = codes or (argument.codes if any(m.mark in "TP" for m in argument.mentions) else ())
    return Filler(codes, argument.start, argument.end, why, argument.persons) if codes else None


def member(event: Event, memory: Memory) -> Filler | None:
    """The state that joins or leaves: subject, possessor, or what the noun is of; never an organisation, never a person."""
    if event.voice == "noun":
        owner = possessor(event, memory) or adjective(event, memory) or _own_noun(event)
        return owner or _states(_first_state(event), "the state the noun is of")
    found = _opened(event) or subject_argument(event)
    if found is not None and any(mention.mark in "PT" for mention in found.mentions):
        return None  # a person who leaves an organisation's summit is no member leaving
    return _states(found, "subject of the verb")


def _own_noun(event: Event) -> Filler | None:
    """ "X a annoncé son retrait", "X fait son entrée": of whom the clause, else the sentence before, speaks."""
    scene = event.scene
    before = scene.reading.folded[max(scene.sentence.start, event.start - 70) : event.start]
    own = _OWN.search(before)
    if own is None or _ANNOUNCES.search(before[: own.start()]) is None:
        return None
    bare = [a for a in scene.before(event.start, event.low) if a.bare and any(m.mark in "SDPT" for m in a.mentions)]
    if not bare and _COUNTRIES.search(before) is not None:
        listed = next((a for a in scene.after(event.end, scene.sentence.end) if len(a.codes) > 1 and a.bare), None)
        return _states(listed, "the countries named after it")
    earlier = [a for a in scene.before(event.low, scene.sentence.start) if a.bare and any(m.mark in "SDPT" for m in a.mentions)]
    return _states((bare or earlier)[0] if bare or earlier else scene.told_before, "whose it is")


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
        return _states(_opened(event) or subject_argument(event), "subject of the passive verb")
    if event.voice == "active" and event.lemma.startswith(_ADMITS):
        for argument in event.scene.after(event.end, event.high):
            if argument.bare:
                return _states(argument, "object of the verb")
            if argument.cue in ("of", "poss") and _MEMBERSHIP.search(event.scene.reading.folded, event.end, argument.end + 14):
                return _states(argument, "whose membership it is")
    return None


def object_pronoun(event: Event, memory: Memory) -> Filler | None:
    """ "the Forum also suspended it", "la SADC l'a réintégrée": the state spoken of before."""
    scene, folded = event.scene, event.scene.reading.folded
    english = folded[event.end : event.end + 4] in (" it.", " it,", " it ", " it")
    french = _CLITIC.search(folded[max(scene.sentence.start, event.start - 14) : event.start]) is not None
    if event.voice != "active" or not (english or french):
        return None
    told = _states(scene.told_before, "who was spoken of before")
    return told if told is not None and len(told.codes) == 1 else spoken_of(event, memory)


def of_state(event: Event, memory: Memory) -> Filler | None:
    """ "la suspension du Mali": the state the noun is of."""
    return (_states(_first_state(event), "what the noun is of") or possessor(event, memory)) if event.voice == "noun" else None


def suspended_one(event: Event, memory: Memory) -> Filler | None:
    """ "a levé la suspension du Mali", "la suspension qui frappait le Mali", "Mali's suspension": who is let in again."""
    low = event.object[0] if event.object is not None else event.end
    for argument in event.scene.arguments:
        near = argument.start >= low or (argument.cue == "poss" and 0 <= low - argument.end <= 4)
        if near and argument.start < event.high and any(m.mark in "SDC" for m in argument.mentions):
            return _states(argument, "whose suspension it was")
    return None


def spoken_of(event: Event, memory: Memory) -> Filler | None:
    """The state that the article speaks of, where its pair is a state and the organisation."""
    states = [code for code in memory.pair if code not in memory.organisations]
    if len(states) != 1 or len(memory.pair) != 2:
        return None
    return Filler(tuple(states), event.start, event.end, "the state the article is about", inferred=True)


MEMBERS: Mapping[str, Rule] = {
    "organisation": organisation, "acting organisation": acting_organisation, "main organisation": main_organisation,
    "club": club, "member actor": member, "admitted": admitted, "of state": of_state, "suspended one": suspended_one,
    "state spoken of": spoken_of, "object pronoun": object_pronoun,
    "described organisation": described_organisation, "entered organisation": entered, "club returned to": returned_to,
}  # fmt: skip
"""The rules of membership, by the name that frames use."""
