"""Where a visit goes: the places after the verb or noun, in lists too; before it; the host who invites or welcomes."""

from __future__ import annotations

import re

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.hosting import here, inviting, of_host, other_half, our_country, there_again, welcoming
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument

DIRECT = frozenset(
    ("visiter", "visit", "tour", "gagner", "regagner", "rejoindre", "rallier", "fouler")
)  # their object is the destination
_CITIES = frozenset(
    ("gagner", "regagner", "rejoindre", "rallier")
)  # which one wins or joins otherwise: only a city is a place here
_REACH = 160
_LINKS = frozenset(
    ("et", "puis", "ensuite", "enfin", ",", ";", "and", "then", "on", "finally", "ainsi", "que", "as", "well", "later")
)
_CUES = {
    "carried": ("to", "in", ""),
    "left": ("for", "to"),
    "back": ("of", "from", "to", "in"),
    "guest": ("of", ""),
    "passed": ("by",),
}
_AIM = re.compile(r",? (?:for|pour) [^.;:]{0,70}")  # "X, for the Group of Seven summit, Y, for …, and Z"
_NEXT = re.compile(r",? (?:for|pour) [^.;:]{3,70}, ?(?:(?:and|et|then|puis|then to|and to|au|a|en) )?")
_HOMEWARD = re.compile(r"(?<![a-z])(?:return|retour|rentr|regagn|back home|flew back|revenu)")
_BACK = 24  # characters from "returned to" to where
_INCLUDES = re.compile(
    r" (?:[a-z]+ ){0,2}(?:includes?|including|will include|comprend|comprendra|inclut|inclura) (?:[a-z]+ ){0,2}"
)
_WHERE_REACH = 60
_ENDING = 45  # characters from "at the end of" to the visit
_ALWAYS = ("to", "in")
_ACTED_ON = ("visit/sent", "visit/welcomed", "visit/taken")  # who travels is the object
_MOST = 6


def destinations(event: Event, visitor: Filler, memory: Memory) -> list[Filler]:
    """Where the visitors go, nearest first; several for a list of countries."""
    if event.frame.id == "visit/hosted":
        host = welcoming(event)
        return [host] if host is not None else []
    if event.frame.id == "visit/visiting":
        return of_host(event, visitor, memory)
    found = _named_after(event, visitor)
    if found or found is None:
        return found or []
    back = _in_return(event, visitor)
    if back is not None:
        return [back]
    if event.frame.id in (
        "visit/left",
        "visit/back",
        "visit/taken",
        "visit/carried",
        "visit/returned",
        "visit/turn",
        "visit/passed",
    ):
        return []
    host = welcoming(event) or inviting(event) or here(event, memory) or there_again(event)
    if host is not None:
        return [host]
    where = _where(event) or _left_after(event)
    if where is not None:
        return [where]
    return our_country(event, visitor, memory) or _named_before(event) or other_half(event, visitor, memory)


def _named_after(event: Event, visitor: Filler) -> list[Filler] | None:
    """The places after the trigger; None where the way there is denied."""
    scene, lemma = event.scene, event.lemma.split(" ")[0]
    direct = event.voice == "active" and lemma in DIRECT
    cues = _CUES.get(event.frame.id.rpartition("/")[2], _ALWAYS)
    if lemma in ("come", "go", "head"):
        cues = ("to", "for") if lemma == "head" else ("to",)  # "came under fire in X"
    if event.frame.id == "visit/left" and _FOR_WHAT.match(scene.reading.folded, event.end) is not None:
        cues = ("for", "to", "in")  # "left for a conference in X"
    if event.lemma == "passer par":
        cues = ("by",)
    if event.frame.id == "visit/paid" and event.voice == "active" and event.object is not None:
        made = _JOURNEY.match(scene.reading.folded, *event.object)
        there = next(iter(scene.after(event.object[1], event.object[1] + _CLOSE)), None) if made is not None else None
        if there is not None and there.cue == "of" and _place(there) and set(there.codes) - set(visitor.codes):
            return [Filler(there.codes, there.start, there.end, "where the journey goes")]  # "faire le voyage de X"
    found: list[Filler] = []
    end = event.end
    first = event.start if direct else event.end  # "visiting" may belong to the name after it
    for argument in scene.after(first, min(scene.sentence.end, event.end + _REACH)):
        if not found and argument.start >= event.high:
            break
        if not _place(argument) and not (lemma == "fouler" and argument.head == "sol"):
            if argument.persons and argument.cue == "" and event.frame.id not in _ACTED_ON:
                break
            if found and _AIM.fullmatch(scene.reading.folded, end, argument.start) is None:
                break
            continue
        goes = argument.cue in cues or (direct and argument.cue == "" and _object(event, argument, lemma))
        goes = goes or (argument.cue == "" and _included(event, argument)) or (argument.cue in ("", "other") and bool(found))
        if event.voice == "noun" and _denied(scene, end, argument):
            return None
        if found and not _goes_on(scene, end, argument):
            break
        if not goes:
            continue
        codes = tuple(code for code in argument.codes if event.frame.id != "visit/back" or code not in visitor.codes)
        if codes:
            found.append(Filler(codes, argument.start, argument.end, "where the visit goes"))
            end = argument.end
    return _once(found)


_FOR_WHAT = re.compile(r"[^.,;:]{0,30} (?:for (?:a|an|the)|pour (?:un|une|la|le)) ")
_JOURNEY = re.compile(r"(?:voyage|deplacement)(?![a-z])")
_CLOSE = 5  # characters from "voyage" to where it goes


def _in_return(event: Event, visitor: Filler) -> Filler | None:
    """Where a visit goes that returns the one told last: "his Lithuanian counterpart paid a return visit"."""
    scene = event.scene
    if len(visitor.codes) != 1:
        return None
    said = scene.grammar.phrases["in_return"].search(
        scene.reading.folded, event.low, min(scene.sentence.end, event.end + _RETURN)
    )
    last = next((fact for fact in reversed(scene.told[-_MOST:]) if said is not None and fact.kind == "visit"), None)
    home = last.fields["from"] if last is not None and last.fields["to"] == visitor.codes[0] else None
    return (
        Filler((home,), event.start, event.end, "the visit told before is returned", inferred=True)
        if isinstance(home, str)
        else None
    )


_RETURN = 20  # characters from "paid" to "a return visit"


def _included(event: Event, argument: Argument) -> bool:
    """True for the first of the states that a tour includes: "his visit includes A, B and C"."""
    between = event.scene.reading.folded[event.end : argument.start]
    return event.voice == "noun" and _INCLUDES.fullmatch(between) is not None


def _object(event: Event, argument: Argument, lemma: str) -> bool:
    """True where the place is the verb's own object, not part of it: "visiter le port, à X" visits no state."""
    if lemma not in _CITIES:
        return True
    between = event.scene.reading.folded[event.end : argument.start].split()
    return not between and all(isinstance(mention.value, str) for mention in argument.mentions)


def _place(argument: Argument) -> bool:
    return any(mention.mark in "SC" for mention in argument.mentions) and not argument.persons


def _denied(scene: Scene, start: int, argument: Argument) -> bool:
    """True where a negation stands between a noun and a place: "sa tournée ne l'a pas conduit à X"."""
    words = scene.tokens[scene.index(start) : scene.index(argument.start)]
    return any(token.text in scene.grammar.modality["negation"] for token in words)


def _goes_on(scene: Scene, end: int, argument: Argument) -> bool:
    """True where an argument continues the list of destinations that ends at `end`: ", au Gabon et au Togo"."""
    if _NEXT.fullmatch(scene.reading.folded, end, argument.start) is not None:
        return True
    between = scene.tokens[scene.index(end) : scene.index(argument.start)]
    grammar = scene.grammar
    return len(between) <= 6 and all(
        token.text in _LINKS or token.text in grammar.cues or token.text in grammar.determiners or token.text[0] == "A"
        for token in between
    )


def _once(found: list[Filler]) -> list[Filler]:
    """The destinations without repeating a state: "à Lomé, au Togo" is one."""
    seen: set[str] = set()
    kept = []
    for filler in found:
        if not set(filler.codes) & seen:
            kept.append(filler)
            seen |= set(filler.codes)
    return kept[:_MOST]


def _named_before(event: Event) -> list[Filler]:
    for argument in event.scene.before(event.start, event.scene.sentence.start):
        if argument.cue in _ALWAYS and argument.mentions[0].mark in "CS" and not argument.persons:
            if _HOMEWARD.search(event.scene.reading.folded, max(0, argument.start - _BACK), argument.start) is not None:
                return []  # "returned to X after a tour of …"
            return [Filler(argument.codes, argument.start, argument.end, "the place named before the verb")]
    return []


_WHERE = re.compile(r",? (?:où|where)(?![a-z])")


def _where(event: Event) -> Filler | None:
    """ "Lomé, où il est arrivé lundi": the place right before où / where."""
    reading, low = event.scene.reading, event.scene.sentence.start
    found = list(_WHERE.finditer(reading.text, low, event.start))
    if not found or event.start - found[-1].end() > _WHERE_REACH:
        return None
    place = next((m for m in reading.mentions_in(low, event.start, "SC") if m.end == found[-1].start() and m.codes), None)
    return None if place is None else Filler(place.codes[:1], place.start, place.end, "the place right before où / where")


def _left_after(event: Event) -> Filler | None:
    """ "a quitté Lima à l'issue d'une visite", "left Lima after a visit": the place that is left."""
    reading, low = event.scene.reading, event.scene.sentence.start
    if event.voice != "noun" or not _at_its_end(event, low):
        return None
    leaves = event.scene.grammar.closing["leaves"]
    for place in reversed(reading.mentions_in(low, event.start, "SC")):
        if place.codes and leaves.search(reading.folded[max(low, place.start - 22) : place.start]) is not None:
            return Filler(place.codes[:1], place.start, place.end, "the place that is left when the visit ends")
    return None


def _at_its_end(event: Event, low: int) -> bool:
    """True for "à l'issue d'une visite", "after a two-day visit"."""
    folded = event.scene.reading.folded
    before = folded[max(low, event.start - _ENDING) : event.start]
    found = list(event.scene.grammar.phrases["at_the_end"].finditer(before))
    return bool(found) and all(letter.isalnum() or letter in " '-" for letter in before[found[-1].end() :])
