"""Role rules that belong to one kind of event: who is stationed where, whose border it is, who gives what to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loaders.reading.frames.enumerated_posts import ENUMERATED
from loaders.reading.frames.envoys import ENVOYS
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.forces import FORCES
from loaders.reading.frames.gifts import GIFTS
from loaders.reading.frames.host_lists import HOST_LISTS, OWN
from loaders.reading.frames.joining import JOINING
from loaders.reading.frames.leaning import LEANING
from loaders.reading.frames.members import MEMBERS
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.partners import PARTNERS
from loaders.reading.frames.posts import POSTS
from loaders.reading.frames.roles import (
    GRAMMAR,
    Rule,
    actor,
    adjective,
    around,
    end_of,
    fill,
    nearest,
    tied,
    topic,
)  # fmt: skip
from loaders.reading.frames.seats import hosts
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tellings import TELLINGS
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import AMOUNT, PLACE, STATE, Title

_ACRONYM = re.compile(r"\([a-z]{2,8}\)")
_CONTINGENTS = 6  # states whose troops one phrase joins
_NOUN = re.compile(r" (?:du|de la|dans le|dans la) [a-z]+ \Z")
_BESIDE = 24  # characters between troops and whose they are: "the troops of the Republic of"
_DESCRIBED = re.compile(r"(?<![a-z])(?:avec|contre|with|against|on|from) (?:l'|le |la |the |its |their |leur )")


def other(event: Event, memory: Memory) -> Filler | None:
    """The other half of the article's pair."""
    if len(memory.pair) != 2 or len(set(event.taken) & set(memory.pair)) != 1:
        return None
    if len(event.taken) > 1 and _DESCRIBED.search(event.scene.reading.folded, event.end, event.high) is None:
        return None  # several act: on whom but each other must at least be described: "avec l'émirat"
    if event.object is not None and event.frame.id == "relation/diplomat-expelled":
        before = event.scene.reading.folded[max(0, event.object[0] - 5) : event.object[0]].split()
        if before and before[-1] in ("un", "une", "des", "a", "an"):
            return None  # of an envoy told of for the first time the text must say whose he is
    rest = tuple(code for code in memory.pair if code not in event.taken)
    if event.frame.kind == "mission" and (not hosts(event, rest[0]) or (len(event.taken) == 1 and event.several)):
        return None  # several missions of one sender stand in several states
    return Filler(rest, event.start, event.end, "the other state of the article's pair", inferred=True)


def paired(event: Event, memory: Memory) -> Filler | None:
    """The subject and the partner that the noun or the verb names: "X a renoué ses relations avec Y"."""
    first = actor(event, memory) or topic(event, memory)
    second = fill(tied(event, end_of(event), ("with", "to")), "partner") or fill(nearest(event, ("with",)), "partner")
    if first is None or second is None or set(first.codes) & set(second.codes):
        return None
    why = "subject and the partner after avec / with"
    return Filler(first.codes + second.codes, min(first.start, second.start), max(first.end, second.end), why)


def of_object(event: Event, memory: Memory) -> Filler | None:
    """ "diplomates de Russie", "the independence of Kosovo", "Kosovo's independence"."""
    found = fill(tied(event, end_of(event), ("of", "from")), "after de / of")
    if found is None and event.object is not None:
        found = fill(tied(event, event.object[1], ("of", "from")), "after de / of")
    return found or _owner(event, memory)


def recognised(event: Event, memory: Memory) -> Filler | None:
    """What is recognised: the object itself, or whose independence or statehood it is."""
    for argument in event.scene.after(event.end, event.high):
        if argument.codes and not set(argument.codes) & set(event.taken) and argument.cue in ("", "of", "poss"):
            return fill(argument, "what is recognised")
    if event.voice == "passive":
        for argument in event.scene.before(event.start, event.low):
            if argument.codes and not set(argument.codes) & set(event.taken):
                return fill(argument, "what is recognised")
    return None


def right_after(event: Event, memory: Memory) -> Filler | None:
    """The state named right after the verb: "a reconnu le Kosovo"."""
    if event.voice == "passive":
        done_to = subject_argument(event)
        plain = done_to is not None and all(mention.mark == "S" for mention in done_to.mentions)
        return fill(done_to, "subject of the passive verb") if plain else None
    found = next(iter(event.scene.after(event.end, event.high)), None)
    if event.voice == "noun":
        if found is None or found.cue != "of" or found.start - event.end > 24 or not _ends(event, found):
            return None
        return fill(found, "what the noun is of") if all(m.mark == "S" for m in found.mentions) else None
    near = found is not None and found.bare and found.start - event.end <= 4 and all(m.mark == "S" for m in found.mentions)
    return fill(found, "the state right after the verb") if near else None


def _ends(event: Event, argument: Argument) -> bool:
    """True where nothing is said of an argument's own: "la reconnaissance du Mali", not "of Mali's role"."""
    after = event.scene.reading.folded[argument.end : argument.end + 3]
    return not after.startswith(("'s", "'"))


def _owner(event: Event, memory: Memory) -> Filler | None:
    for argument in event.scene.arguments:
        if argument.cue == "poss" and event.object is not None and 0 <= event.object[0] - argument.end <= 25:
            return fill(argument, "possessor of the object")
    return None


def nationals(event: Event, memory: Memory) -> Filler | None:
    """ "pour les ressortissants indiens", "for Indian nationals": whose people the measure is for."""
    for argument in event.scene.arguments:
        if event.scene.grammar.phrases["nationals"].fullmatch(argument.head) and argument.start >= event.low:
            return fill(argument, "whose nationals")
    return None


def imposed_on(event: Event, memory: Memory) -> Filler | None:
    """ "imposer des sanctions à X", "sanctions on X": whom the measure hits."""
    for argument in event.scene.after(min(event.end, event.object[1] if event.object else event.end), event.high):
        before = event.scene.reading.folded[max(0, argument.start - 12) : argument.start]
        onto = event.scene.reading.language == "en" and before.rstrip().endswith((" on", " against", " upon"))
        if argument.codes and (onto or argument.cue in ("against", "to")) and not set(argument.codes) & set(event.taken):
            return fill(argument, "whom the measure hits")
    return None


def border(event: Event, memory: Memory) -> Filler | None:
    """ "la frontière rwando-ougandaise", "the border between A and B": the neighbour of who acts."""
    for argument in around(event):
        rest = tuple(code for code in argument.codes if code not in event.taken)
        if len(argument.codes) == 2 and len(rest) == 1 and (argument.cue == "between" or not argument.acts):
            return Filler(rest, argument.start, argument.end, "whose border it is")
    found = fill(tied(event, end_of(event), ("of", "to")), "whose border it is")
    return found if found is not None and not set(found.codes) & set(event.taken) else None


def soldiers(event: Event, memory: Memory) -> Filler | None:
    """ "des soldats rwandais", "Kenyan police officers": whose troops they are."""
    for mention in event.scene.reading.mentions_in(event.low, event.high, AMOUNT):
        if mention.codes and event.object is not None and mention.start < event.object[1] and event.object[0] < mention.end:
            return Filler(mention.codes[:1], mention.start, mention.end, "whose troops are counted")
    found = adjective(event, memory)
    if found is not None and _placed(event, found):
        found = None  # "450 soldats du Nord malien": where they were
    if found is not None and len(found.codes) <= _CONTINGENTS:
        return found  # several where each has a contingent: "les contingents sud-africain et malawite"
    if event.object is None or _own(event):
        return _owner(event, memory)
    adjunct = _adjunct(event)
    if adjunct is not None:
        return adjunct
    leaves = event.frame.gives.get("status") == "withdrawn" and not _leave_another(event)  # "troops from X" were in X
    after = tied(event, event.object[1], ("of",) if leaves else ("of", "from"))
    beside = after is not None and after.start - event.object[1] <= _BESIDE
    return _owner(event, memory) or fill(after if beside else None, "whose troops")


def _leave_another(event: Event) -> bool:
    """True for "troops from X left Y", "soldiers from X pulled out of Y": where they were is told behind the verb."""
    if event.voice != "active" or event.object is None or event.object[1] > event.start:
        return False
    return any(a.codes and all(m.mark in STATE + PLACE for m in a.mentions) for a in event.scene.after(event.end, event.high))


def _placed(event: Event, found: Filler) -> bool:
    """True where another noun stands between the soldiers and a French demonym."""
    if event.object is None or event.scene.reading.language != "fr" or found.start < event.object[1]:
        return False
    return _NOUN.search(event.scene.reading.folded, event.object[1], found.start) is not None


def _adjunct(event: Event) -> Filler | None:
    """ "the Belize Defence Force contingent", "Uganda People's Defence Force soldiers": whose army they are of."""
    if event.object is None or event.scene.reading.language != "en":
        return None
    for argument in event.scene.before(event.object[0] + 1, event.low)[:1]:
        between = event.scene.reading.layer[argument.mentions[-1].end : event.object[0]]
        words = event.scene.grammar.phrases["armed_body"]
        told = _ACRONYM.sub("", between).strip(" 's")
        short = not told and event.scene.reading.text[argument.mentions[-1].start : argument.mentions[-1].end].isupper()
        if argument.mentions[-1].mark == STATE and (short or words.fullmatch(told)) and len(argument.codes) == 1:
            return Filler(argument.codes, argument.start, argument.end, "whose army they are of")
    return None


def _own(event: Event) -> bool:
    """True for "ses troupes", "its soldiers": they are of whom the sentence speaks, not of who is named after them."""
    if event.object is None:
        return False
    before = event.scene.reading.folded[max(event.low, event.object[0] - 30) : event.object[0]]
    return event.scene.grammar.closing["own"].search(before) is not None


def soil(event: Event, memory: Memory) -> Filler | None:
    """Where they serve: the state or place after à / en / in / to."""
    for argument in around(event):
        codes = tuple(code for code in argument.codes if code not in event.taken)
        if codes and argument.cue in ("to", "in") and not any(m.mark in "GTP" for m in argument.mentions):
            return Filler(codes, argument.start, argument.end, "whose soil is named")
    return None


def left_soil(event: Event, memory: Memory) -> Filler | None:
    """Where they leave: the state after de / from, or what is left."""
    whose = event.object[1] if event.object is not None else event.end
    for cues in (("from", "of"), ("in", "to"), ("",)):
        for argument in event.scene.after(event.end, event.high):
            codes = tuple(code for code in argument.codes if code not in event.taken)
            named = any(m.mark in "SC" for m in argument.mentions) and not any(m.mark in "GTP" for m in argument.mentions)
            joined = argument.start < whose < argument.end  # "ses forces du Mali" is read as one
            if codes and named and (argument.cue in cues or joined):
                return Filler(codes, argument.start, argument.end, "whose soil is left")
    return None


def mission_of(event: Event, memory: Memory) -> Filler | None:
    """ "l'ambassade du Togo", "the Iranian embassy": whose mission it is."""
    found = adjective(event, memory) or _owner(event, memory) or fill(_beside_object(event), "whose mission it is")
    return found or _within_title(event) or _before_object(event) or _popes(event)


def _popes(event: Event) -> Filler | None:
    """ "une nonciature a été ouverte": only the Holy See has such missions."""
    if event.object is None or not event.scene.grammar.phrases["popes_posts"].fullmatch(
        event.scene.reading.folded, *event.object
    ):
        return None
    return Filler(("VAT",), *event.object, "whose only such missions are")


def _before_object(event: Event) -> Filler | None:
    """ "the US consulate", "the New Zealand High Commission": whose it is, named right before it."""
    if event.object is None or event.scene.reading.language != "en":
        return None
    for mention in event.scene.reading.mentions_in(event.low, event.object[0], STATE):
        beside = mention.end == event.object[0] - 1 and not isinstance(mention.value, str) and len(mention.codes) == 1
        if beside and OWN.search(event.scene.reading.folded, event.low, mention.start) is None:  # "its X embassy" stands in X
            return Filler(mention.codes, mention.start, mention.end, "whose mission it is")
    return None


def _within_title(event: Event) -> Filler | None:
    """ "un consulat général de X": what reads as a title of X is the mission's own name."""
    if event.object is None:
        return None
    for mention in event.scene.reading.titles:
        if event.object[0] < mention.start <= event.object[1] and isinstance(mention.value, Title) and mention.value.of:
            return Filler(mention.value.of[:1], mention.start, mention.end, "whose mission it is")
    return None


def _beside_object(event: Event) -> Argument | None:
    if event.object is None:
        return None
    for argument in event.scene.arguments:
        if argument.start >= event.object[1]:
            close = argument.start - event.object[1] <= 14
            elsewhere = event.frame.id != "mission/moved" and any(
                a.cue in ("to", "in") for a in event.scene.after(argument.end, event.high)
            )
            if close and all(isinstance(m.value, str) for m in argument.mentions) and not elsewhere:
                return None  # "son ambassade de Bamako" is where it stands
            return argument if close and argument.cue == "of" and any(m.mark in "SDG" for m in argument.mentions) else None
    return None


RULES: Mapping[str, Rule] = {
    **GRAMMAR, **ENVOYS, **GIFTS, **LEANING, **MEMBERS, **JOINING, **POSTS, **HOST_LISTS, **ENUMERATED, **FORCES, **TELLINGS,
    **PARTNERS,
    "other": other, "paired": paired, "of object": of_object, "recognised": recognised, "right after": right_after,
    "for nationals": nationals,
    "imposed on": imposed_on, "on object": imposed_on, "with border": border, "soldiers of": soldiers, "soil": soil,
    "left soil": left_soil, "mission of": mission_of,
}  # fmt: skip
"""Every role rule by the name that frames use."""
