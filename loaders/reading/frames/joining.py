"""Role rules of joining: who founds, who is listed as new, who applies, and which organisation a plain "members" means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.members import last_named, main_organisation, spoken_of, states_of
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, around
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import DATE, ORGANISATION, STATE

_LIST = 46  # characters between what announces a list of states and its first one
_WORDS = 10  # words between two states of one list, the names of what is no state among them
_ENDS = re.compile(r"[.;:()]|(?<![a-z])(?:a|ont|est|sont|qui|que|has|have|is|are|was|were|who|which|while|that)(?![a-z])")
_BESIDE = 40  # characters between an application and whose it is
_BY = re.compile(r"(?<![a-z])(?:by|par)(?![a-z])")
_COUNTED = 34  # characters from "by" to "countries": "by the twelve founding member"
_OBJECT = 12  # characters from a verb to its object, or from a demonstrative to its noun
_OF_IT = re.compile(r" (?:of|de) ?")
_FOUNDED = 24  # characters from "founded" to what is founded


def founders(event: Event, memory: Memory) -> Filler | None:
    """ "founded in 1960 by A, B and C", "by five countries: A …", "A and B founded": two or more states that found it."""
    scene, end = event.scene, event.scene.sentence.end
    after = scene.after(event.end, end)
    found = next((argument for argument in after if argument.cue == "by" and _plain(argument)), None)
    told = _by_members(event, end)
    if found is None and told is not None:
        found = next((a for a in after if a.start >= told and a.cue in ("", "of") and _plain(a)), None)
    if found is None and event.voice == "active":
        found = subject_argument(event)
    return states_of(found, "who founded it") if found is not None and len(found.codes) >= 2 and _plain(found) else None


def _by_members(event: Event, end: int) -> int | None:
    """Where "by five countries", "par les dirigeants de", "by 12 member states –" ends; None where it is not said."""
    folded = event.scene.reading.folded
    for match in _BY.finditer(folded, event.end, end):
        noun = event.scene.grammar.phrases["member_nouns"].search(folded, match.end(), min(match.end() + _COUNTED, end))
        if noun is not None and not set(folded[match.end() : noun.start()]) & set(",;:()"):
            return noun.end()
    return None


def founded(event: Event, memory: Memory) -> Filler | None:
    """ "ORG was founded by …", "A and B founded ORG": the organisation itself, no part or mission of it."""
    after = event.scene.after(event.end, event.high)
    if event.voice == "active" and after and after[0].start - event.end <= _FOUNDED and after[0].bare:
        return _club(after[0], "what is founded")
    before = [argument for argument in event.scene.before(event.start, event.scene.sentence.start) if argument.bare]
    return _club(before[0] if before else None, "what is founded")


def founding_list(event: Event, memory: Memory) -> Filler | None:
    """ "the new members are A and B", "les nouveaux membres : A, B": those that the words announce."""
    for argument in event.scene.after(event.end, event.scene.sentence.end):
        between = event.scene.reading.folded[event.end : argument.start]
        if any(mention.mark == ORGANISATION for mention in argument.mentions) or argument.cue == "of":
            continue  # "the new members of X are A and B"
        told = event.scene.grammar.phrases["are_the_members"].search(between) is not None or _bracketed(between)
        if not told or len(between) > _LIST or argument.mentions[0].mark != STATE:
            return None
        return _listed(event, argument)
    return None


def _listed(event: Event, first: Argument) -> Filler:
    """The states of a list that begins with an argument; names that are no states may stand between them."""
    reading, codes, last = event.scene.reading, dict.fromkeys(first.mentions[0].codes), first.mentions[0].end
    for mention in reading.mentions_in(last, event.scene.sentence.end, STATE):
        between = reading.layer[last : mention.start]
        if len(between.replace("_", "").split()) > _WORDS or _ENDS.search(between) is not None:
            break
        codes.update(dict.fromkeys(mention.codes))
        last = mention.end
    return Filler(tuple(codes), first.start, last, "named as members")


def _bracketed(between: str) -> bool:
    return between.rstrip().endswith((":", "(", "–", "—", "-"))


def joined_by(event: Event, memory: Memory) -> Filler | None:
    """ "they were later joined by A (1961)": who joins, with the day on which it did so."""
    found = next((a for a in event.scene.after(event.end, event.scene.sentence.end) if a.cue == "by"), None)
    if found is None or not _plain(found) or found.start - event.end > _FOUNDED:
        return None
    dated = event.scene.reading.mentions_in(event.start, event.scene.sentence.end, DATE)
    return states_of(found, "by whom it was joined") if dated else None


def joined_club(event: Event, memory: Memory) -> Filler | None:
    """What is joined where it is the subject: "the bloc was joined by", "they were joined by" members of the one named last."""
    before = [argument for argument in event.scene.before(event.start, event.low) if argument.bare]
    named = _club(before[0] if before else None, "what is joined")
    if named is not None:
        return named
    told = event.scene.grammar.phrases["the_members"].search(event.scene.reading.folded, event.low, event.start)
    code = memory.club or last_named(event)
    return Filler((code,), *told.span(), "the organisation spoken of", inferred=True) if told and code else None


def members_club(event: Event, memory: Memory) -> Filler | None:
    """ "became full members": of the organisation named last, where the words say of nothing else."""
    end = event.object[1] if event.object is not None else event.end
    rest = event.scene.reading.folded[end : end + 12].split()[:1]
    of_it = _OF_IT.match(event.scene.reading.folded, end)
    if of_it is not None and event.scene.grammar.phrases["the_club"].match(event.scene.reading.folded, of_it.end()) is not None:
        rest = []  # "the founding countries of the organisation"
    if rest and rest[0].startswith(("of", "de", "du", "des", "d'")):
        return None
    code = last_named(event) or memory.club
    return Filler((code,), event.start, end, "the organisation named last", inferred=True) if code else None


def applied_club(event: Event, memory: Memory) -> Filler | None:
    """ "submitted its application in Geneva": to the organisation whose members the article is about."""
    reach = min(event.end + _BESIDE, event.high)
    told = event.scene.grammar.phrases["applications"].search(event.scene.reading.folded, event.end, reach)
    code = (memory.club or last_named(event)) if told is not None else None
    return Filler((code,), *told.span(), "the organisation spoken of", inferred=True) if told and code else None


def its_own(event: Event, memory: Memory) -> Filler | None:
    """ "X suspended its membership": X; where an organisation did it, the state that the sentence named last before."""
    scene = event.scene
    own = scene.grammar.phrases["own_membership"].match(scene.reading.folded, event.end + 1, event.high)
    if own is None or event.voice != "active":
        return None
    named = [a for a in scene.before(event.start, scene.sentence.start) if any(m.mark in "SD" for m in a.mentions)]
    return states_of(named[0], "whose membership it is") if named else None


def described_one(event: Event, memory: Memory) -> Filler | None:
    """ "readmits the country", "suspendu l'adhésion du pays", "The country, …, was suspended": the state named last before."""
    scene, folded = event.scene, event.scene.reading.folded
    start = scene.sentence.start
    if event.voice == "passive":
        if scene.grammar.phrases["described_state"].match(folded, start) is None or _states_between(event, start, event.start):
            return None
        low = scene.reading.sentences[scene.sentence.index - 1].start if scene.sentence.index else start
        named = _states_between(event, low, start)
        return named if named is not None and len(named.codes) == 1 else None
    if event.voice != "active":
        return None
    told = scene.grammar.phrases["described_state"].match(folded, event.end + 1, event.high)
    if told is None:
        what = scene.grammar.phrases["membership"].search(folded, event.end, min(event.end + _OBJECT, event.high))
        if what is None or scene.grammar.phrases["of_their_country"].match(folded, what.end() + 1) is None:
            return None
    last = [m for m in scene.reading.mentions_in(start, event.start, STATE) if len(m.codes) == 1 and m.value is None]
    if last:
        return Filler(last[-1].codes, last[-1].start, last[-1].end, "who is described", inferred=True)
    found = states_of(scene.told_before, "who is described") or spoken_of(event, memory)
    return found if found is not None and len(found.codes) == 1 else None


def _states_between(event: Event, low: int, high: int) -> Filler | None:
    """The states named by their name in a stretch; None where none is."""
    named = [m for m in event.scene.reading.mentions_in(low, high, STATE) if len(m.codes) == 1 and m.value is None]
    codes = tuple(dict.fromkeys(mention.codes[0] for mention in named))
    return Filler(codes, named[0].start, named[-1].end, "who is described", inferred=True) if codes else None


def applicant(event: Event, memory: Memory) -> Filler | None:
    """ "la candidature de X", "X's membership application", "its bid": whose it is."""
    if event.object is None:
        return None
    low, high = event.object
    for argument in around(event):
        near = 0 <= argument.start - high <= _BESIDE or 0 <= low - argument.end <= _BESIDE
        if near and argument.cue in ("of", "poss") and _plain(argument):
            return states_of(argument, "whose application it is")
    folded = event.scene.reading.folded
    if event.scene.grammar.closing["own_thing"].search(folded, max(event.scene.sentence.start, low - 30), low) is None:
        return None
    told = states_of(event.scene.told_before, "who was spoken of before")
    return told if told is not None and len(told.codes) == 1 else None


def decided_by(event: Event, memory: Memory) -> Filler | None:
    """The organisation that lets in or turns away: that named, else the one spoken of; none where a single state decides."""
    decider = subject_argument(event) if event.voice == "active" else _by(event)
    if decider is not None and all(mention.mark in "SD" for mention in decider.mentions):
        return None  # "Ankara approved Sweden's bid": a member's consent is no admission
    for argument in around(event):
        named = _club(argument, "the organisation named")
        if named is not None:
            return named
    return main_organisation(event, memory) or _last(event, memory)


def _last(event: Event, memory: Memory) -> Filler | None:
    code = memory.club or last_named(event)
    return Filler((code,), event.start, event.end, "the organisation spoken of", inferred=True) if code else None


def _by(event: Event) -> Argument | None:
    return next((argument for argument in event.scene.after(event.end, event.high) if argument.cue == "by"), None)


def _club(argument: Argument | None, why: str) -> Filler | None:
    if argument is None:
        return None
    codes = tuple(m.codes[0] for m in argument.mentions if m.mark == ORGANISATION and m.codes)
    return Filler(codes, argument.start, argument.end, why) if codes else None


def _plain(argument: Argument) -> bool:
    """True for states named by their name, none for their officials, towns or organisations."""
    return bool(argument.codes) and all(mention.mark == "S" for mention in argument.mentions)


def _main_between(event: Event, low: int) -> list[Argument]:
    """The arguments between a word and the event, those of a clause that begins with "when" left out."""
    when = event.scene.grammar.phrases["when"].search(event.scene.reading.folded, low, event.start)
    return [a for a in event.scene.before(event.start, low) if when is None or a.start < when.start()]


def withdrawn(event: Event, memory: Memory) -> Filler | None:
    """ "withdrew Gambia from the Commonwealth", "a retiré son pays de la CEDEAO": the state that a leader takes out."""
    after = event.scene.after(event.end, event.high)
    if after and after[0].bare and after[0].start - event.end <= _OBJECT and _plain(after[0]):
        return states_of(after[0], "the state that is taken out")
    own = event.scene.grammar.phrases["his_country"].match(event.scene.reading.folded, event.end + 1)
    if own is None or event.voice != "active":
        return None
    return states_of(subject_argument(event), "whose country it is") or states_of(
        event.scene.told_before, "whose country it is"
    )


def led(event: Event, memory: Memory) -> Filler | None:
    """ "President X applied to rejoin": the state whose leader or minister acts for it."""
    found = subject_argument(event) if event.voice == "active" else None
    if found is None or len(found.codes) != 1 or not any(mention.mark in "PT" for mention in found.mentions):
        return None
    return states_of(found, "whose leader acts")


def suspended_before(event: Event, memory: Memory) -> Filler | None:
    """ "This suspension was lifted in 2004": whom the sentence before spoke of."""
    if event.object is None:
        return None
    low = max(event.scene.sentence.start, event.object[0] - _OBJECT)
    opens = not event.scene.reading.folded[event.scene.sentence.start : event.object[0]].strip()
    this = event.scene.grammar.closing["this_one"].search(event.scene.reading.folded, low, event.object[0])
    told = states_of(event.scene.told_before, "who was spoken of before")
    return told if (opens or this is not None) and told is not None and len(told.codes) == 1 else None


def left_before(event: Event, memory: Memory) -> Filler | None:
    """ "X left in 1972, when others recognised Y, and returned in 1989": who left is who comes back."""
    scene = event.scene
    left = list(scene.grammar.phrases["left_before"].finditer(scene.reading.folded, scene.sentence.start, event.start))
    if not left or event.voice == "noun" or any(a.bare and _plain(a) for a in _main_between(event, left[-1].end())):
        return None
    before = [a for a in scene.before(left[-1].start(), scene.sentence.start) if a.bare]
    return states_of(before[0], "who is told to have left") if before and _plain(before[0]) else None


JOINING: Mapping[str, Rule] = {
    "founders": founders, "founded": founded, "members listed": founding_list, "joined by": joined_by,
    "joined club": joined_club, "members' club": members_club, "applied club": applied_club, "its own": its_own,
    "described one": described_one, "applicant": applicant, "decided by": decided_by, "withdrawn": withdrawn,
    "leader's state": led, "suspended before": suspended_before, "left before": left_before,
}  # fmt: skip
"""The rules of joining, by the name that frames use."""
