"""Role rules of missions in several places, told as a list: beside the noun, behind a colon, in the next sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.lists import members
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, fill
from loaders.reading.frames.scene import Scene
from loaders.reading.model import PLACE, STATE

_BESIDE = 30  # characters from "embassies in" to the first place
_JOINS = re.compile(
    r"\)?(?:,|;| and| et|, and|, et| as well as| ainsi que)"
    r"(?: (?:in|the|of|en|au|aux|a|la|le|les|l'|d'|du|de|republic|republique))* ?\(?"
    r"| (?:in|au|aux|en|a)(?: (?:the|la|le|les))? ?|,? ?\("
)
_INSIDE = re.compile(r"(?<![a-z])(?:in|au|aux|en|a)(?: (?:the|la|le|les))? ?\Z|\(\Z")
_CLOSES = re.compile(r"(?<![a-z])(?:and|et)(?![a-z])")
OWN = re.compile(r"(?<![a-z])(?:its|their|his|her|our) \Z")
"""Before what belongs to who acts."""
_COLON = re.compile(r"[^.;:]{0,60}: ?(?:(?:a|en|au|aux|in|la|le|les|l'|the) ?){0,2}\Z")


def places_listed(event: Event, memory: Memory) -> Filler | None:
    """ "its missions in Nassau in the Bahamas, Dili in East Timor and …", "four more, in A, B and C": all the places named."""
    scene, reading = event.scene, event.scene.reading
    low = event.object[1] if event.object is not None else event.end
    first = next((a for a in scene.after(low, scene.sentence.end) if a.codes and not set(a.codes) & set(event.taken)), None)
    if event.object is None or first is None:
        return None
    lead = reading.folded[low : first.start]
    beside = event.end if low < event.end <= first.start else low  # "two more will open in 2025, in A and B"
    opens = first.cue in ("in", "to") and first.start - beside <= _BESIDE
    opens = opens or scene.grammar.phrases["among_posts"].search(lead) is not None
    opens = opens or (event.several and _COLON.fullmatch(lead) is not None)
    bracketed = first.cue in ("in", "to") and reading.folded[first.end - 1] == ")"  # "in Kapan (Armenia)": a town not known
    if not opens or not (bracketed or all(mention.mark in STATE + PLACE for mention in first.mentions)):
        return None
    codes, last = dict.fromkeys(first.codes), first.end
    if len(first.codes) > 1 and _CLOSES.search(reading.layer, first.start, first.end) is not None:
        return None if first.cue in ("in", "to") else fill(first, "the places named")  # the list is told as one
    towns = all(isinstance(mention.value, str) for mention in first.mentions)
    for mention in reading.mentions_in(first.end, scene.sentence.end, STATE + PLACE):
        between = reading.layer[last : mention.start]
        if len(mention.codes) != 1 or _JOINS.fullmatch(between) is None:
            break
        within = mention.codes[0] in codes and between.strip() == ","  # "Belgrade, Serbia"
        if towns and not within and not isinstance(mention.value, str) and _INSIDE.search(between) is None:
            break  # "in Kyiv, Australia and Canada are leaving": who follows a town is no place of the list
        codes[mention.codes[0]] = None
        last = mention.end
        if _CLOSES.search(between) is not None:
            break
    rest = tuple(code for code in codes if code not in event.taken)
    return Filler(rest, first.start, last, "the places named") if len(rest) > 1 else None


def in_towns(scene: Scene, start: int, end: int) -> bool:
    """True where all names of a stretch are towns: "celles de Nairobi et d'Accra" stand there, be they whose they may."""
    named = scene.reading.mentions_in(start, end, STATE + PLACE)
    return bool(named) and all(isinstance(mention.value, str) for mention in named)


def listed_hosts(event: Event, memory: Memory) -> Filler | None:
    """ "Trois ambassades ouvriront : l'une à X, l'autre à Y": where each of those that are counted stands."""
    scene = event.scene
    one = scene.grammar.phrases["one_of_them"].search(scene.reading.folded, event.end, scene.sentence.end)
    if one is None:
        return None
    placed = [a for a in scene.after(one.start(), scene.sentence.end) if a.cue in ("to", "in") and a.codes]
    codes = tuple(dict.fromkeys(code for argument in placed for code in argument.codes))
    return Filler(codes, placed[0].start, placed[-1].end, "where each of them stands") if len(codes) > 1 else None


def hosts_next(event: Event, memory: Memory) -> Filler | None:
    """ "X ouvrira quatre ambassades. Il s'agit du Kenya, du Ghana et du Togo": where, as the next sentence tells."""
    scene, sentence = event.scene, event.scene.following
    if not event.several or sentence is None:
        return None
    if any(a.codes and a.cue in ("in", "to") for a in scene.after(event.end, scene.sentence.end)):
        return None  # where is said here
    opens = scene.grammar.phrases["lists_places"].match(scene.reading.folded, sentence.start, sentence.end)
    if opens is None:
        return None
    codes, last = members(scene, opens.end(), sentence.end, STATE + PLACE)
    rest = tuple(code for code in codes if code not in event.taken)
    return Filler(rest, opens.start(), last, "the places that the next sentence names") if len(rest) > 1 else None


def named_before(event: Event, memory: Memory) -> Filler | None:
    """ "the Kabul embassy", "its Somalia embassy": the town, or the state after a possessive, right before the noun."""
    scene, what = event.scene, event.object
    if what is None or scene.reading.language != "en":
        return None
    for mention in scene.reading.mentions_in(event.low, what[0], STATE + PLACE):
        if mention.end != what[0] - 1 or len(mention.codes) != 1:
            continue
        if isinstance(mention.value, str) or OWN.search(scene.reading.folded, event.low, mention.start) is not None:
            return Filler(mention.codes, mention.start, mention.end, "the place named right before the noun")
    return None


HOST_LISTS: Mapping[str, Rule] = {
    "hosts listed": listed_hosts, "places listed": places_listed, "hosts next": hosts_next,
    "named before": named_before,
}  # fmt: skip
"""The rules of lists of places, by the name that frames use."""
