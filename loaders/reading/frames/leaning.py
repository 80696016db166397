"""Role rules that lean on words told before: "y", "there", "son ambassade, fermée en 2015", "les deux ambassades"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from loaders.reading.frames.events import EACH_OTHER, Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import leaning_on_pair
from loaders.reading.frames.roles import Rule, fill, where_it_is
from loaders.reading.frames.subjects import unnamed
from loaders.reading.model import PLACE, STATE, Mention, Reading

_BEFORE = {"fr": re.compile(r"(?<![a-z])(?:y|[oO]ù)(?![a-z])"), "en": re.compile(r"(?<![a-z])where(?![a-z])")}
_AFTER = {
    "fr": re.compile(r"(?<![a-z])sur place(?![a-z])"),
    "en": re.compile(r"(?<![a-z])there(?! (?:is|are|was|were|has|have|had|will|would)(?![a-z]))(?![a-z])"),
}
_LOCATIVE = re.compile(r"(?<![a-z])(?:a|au|aux|en|dans|in|at|to|into)(?: (?:la|le|les|the))? \Z")
_HAD = re.compile(r"(?<![a-z])(?:a|ont|avait|avaient|posse[a-z]+|dispos[a-z]+|has|have|had|kept|ran|operated|maintained) ")
_OWN = re.compile(r"(?<![a-z])(?:son|sa|ses|leur|leurs|its|their|his|her)(?: [a-z-]+){0,2} \Z")
_BOTH = re.compile(
    r"(?<![a-z])(?:(?:les|des|aux|leurs|ces) deux|both(?: the| of the)?|(?:the|their|these) two) (?:[a-z-]+ )?\Z"
)
_ANNOUNCED = re.compile(r"(?<![a-z])(?:annonc[a-z]+|announc[a-z]+)(?: [a-z']+){0,3} ?\Z")
_WHOSE = re.compile(r"(?<![a-z])(?:dont|whose)(?![a-z])")
_OF_BOTH = ("established", "restored", "severed")  # changes of ties after which both open or close their missions
_PLAINLY = ("the", "les", "des", "d'", "of", "de", "both", ".", ":", ",")  # before missions that are those of both
_FACTS = 12  # last facts looked through for such a change
_JUST = 2  # sentences over which it still stands
_BACK = 320  # characters back to where "y", "there" may point
_NEAR = 60  # characters between a trigger and the word that points back


def there(event: Event, memory: Memory) -> Filler | None:
    """ "y a ouvert une ambassade", "an embassy there", "où il possède …": the place told last before."""
    pointer = _pointer(event)
    if pointer is None:
        return None
    scene, reading = event.scene, event.scene.reading
    placed, told = places_before(reading, pointer, event.taken)
    found = (placed or told)[-1:]
    if not found:
        return None
    inferred = found[0].end < scene.sentence.start
    relative = reading.text[pointer : pointer + 2].lower() in ("où", "wh")
    if relative and inferred:
        return None  # the place of a relative stands right before it: one of another sentence is none of its own
    listed = _listed(event, pointer) if relative else None
    if listed is not None:
        return listed
    return Filler(found[0].codes, found[0].start, found[0].end, "the place that y / there points back to", inferred=inferred)


def _listed(event: Event, pointer: int) -> Filler | None:
    """ "au Bénin, au Niger et au Togo, où le pays a ouvert des ambassades": all of the list, where several are opened."""
    scene = event.scene
    before = next(iter(scene.before(pointer, scene.sentence.start)), None) if event.several else None
    if before is None or len(before.codes) < 2 or not where_it_is(scene, before.end):
        return None
    codes = tuple(code for code in before.codes if code not in event.taken)
    return Filler(codes, before.start, before.end, "each place of the list that is pointed back to") if codes else None


def places_before(reading: Reading, offset: int, taken: Collection[str]) -> tuple[list[Mention], list[Mention]]:
    """The states and places shortly before an offset, none of the `taken`: those that something is said to be in, and all."""
    told = [
        mention
        for mention in reading.mentions_in(max(0, offset - _BACK), offset, STATE + PLACE)
        if len(mention.codes) == 1 and mention.codes[0] not in taken and mention.end <= offset
    ]
    return [m for m in told if m.mark == PLACE or _LOCATIVE.search(reading.folded[max(0, m.start - 12) : m.start])], told


def _pointer(event: Event) -> int | None:
    """Where the word stands that points back to a place; None when the clause has none."""
    scene, language = event.scene, event.scene.reading.language
    low = max(scene.sentence.start, event.mood.start - _NEAR)
    written = scene.reading.text[low : event.start]  # with accents: "où" is no "ou"
    found = list(_BEFORE[language].finditer(written))
    near = [match for match in found if match.group() != "y" or low + match.end() >= event.mood.start - 4]
    if near:
        return low + near[-1].start()
    high = min(event.high, (event.object[1] if event.object else event.end) + _NEAR)
    after = _AFTER[language].search(scene.reading.folded, event.end, max(high, event.end))
    return after.start() if after else None


def holder(event: Event, memory: Memory) -> Filler | None:
    """Who had what is acted on: "X avait une ambassade à Y, fermée en 2015", "X regrette son ambassade, fermée en 2015"."""
    scene = event.scene
    if event.object is None or event.object[0] > event.start:
        return None
    before = scene.reading.folded[max(scene.sentence.start, event.object[0] - 40) : event.object[0]]
    own = _OWN.search(before) is not None
    if not own and _HAD.search(before) is None:
        return None
    bare = [argument for argument in scene.before(event.object[0], scene.sentence.start) if argument.bare]
    return fill((bare[-1] if own else bare[0]) if bare else None, "who had it")


def both(event: Event, memory: Memory) -> Filler | None:
    """ "les deux ambassades", "both embassies": those of the two whom the article or the sentence before speaks of."""
    scene = event.scene
    if event.object is None:
        return None
    if _BOTH.search(scene.reading.folded[max(scene.sentence.start, event.object[0] - 30) : event.object[0]]) is None:
        return None
    told = scene.told_before
    codes = told.codes if told is not None and len(told.codes) == 2 else memory.pair
    if len(codes) != 2 or any(code in memory.organisations for code in codes):
        return None
    return Filler(codes, *event.object, "the two that the text speaks of", inferred=True)


def those_tied(event: Event, memory: Memory) -> Filler | None:
    """ "A and B restored ties. Embassies will reopen within two months": both whose ties were told just before."""
    scene, index = event.scene, event.scene.sentence.index
    if not event.several or event.object is None:
        return None
    near = (fact for fact in reversed(scene.told[-_FACTS:]) if fact.kind == "relation" and index - fact.sentences[-1] <= _JUST)
    tie = next((fact for fact in near if fact.fields.get("change") in _OF_BOTH), None)
    parties = tie.fields.get("parties") if tie is not None else None
    named = scene.reading.mentions_in(scene.sentence.start, scene.sentence.end, STATE + PLACE + "DGP")
    position = scene.index(event.object[0])
    before = scene.tokens[position - 1] if position else None
    plain = before is None or before.end == event.end or before.text in _PLAINLY  # not "twelve", "more", "their"
    if not isinstance(parties, tuple) or len(parties) != 2 or named or not plain:
        return None
    return Filler(parties, *event.object, "the two whose ties were told just before", inferred=True, way=EACH_OTHER)


def lesser_mission(event: Event, memory: Memory) -> Filler | None:
    """ "son bureau de liaison à Minsk [est élevé] au rang d'ambassade": where the one that is raised stands."""
    low = event.end if event.voice == "active" else event.low
    high = event.object[0] if event.object is not None else event.high
    found = [a for a in event.scene.after(low, high) if a.cue in ("in", "to", "of") and a.codes]
    own = [argument for argument in found if not set(argument.codes) & set(event.taken)]
    return fill(own[0] if own else None, "where the one that is raised stands")


def announcer(event: Event, memory: Memory) -> Filler | None:
    """ "a annoncé la reconnaissance de X", "announced its recognition of X": who announces it does it."""
    scene = event.scene
    before = scene.reading.folded[max(event.low, event.start - 40) : event.start]
    if event.voice != "noun" or _ANNOUNCED.search(before) is None:
        return None
    bare = [argument for argument in scene.before(event.start, event.low) if argument.bare]
    return fill(bare[0] if bare else None, "who announces it")


def visited(event: Event, memory: Memory) -> Filler | None:
    """ "les ressortissants de X sont dispensés de visa à Y": whose soil they may enter."""
    if event.voice not in ("passive", "set"):
        return None
    found = next((a for a in event.scene.after(event.end, event.high) if a.cue in ("to", "in", "by") and a.codes), None)
    return fill(found, "whose soil they may enter")


def officials(event: Event, memory: Memory) -> Filler | None:
    """ "les avoirs de dix responsables biélorusses": whose officials are hit."""
    end = event.object[1] if event.object is not None else event.end
    for argument in event.scene.after(end, min(event.high, end + _NEAR)):
        if argument.codes and argument.head and not set(argument.codes) & set(event.taken):
            return fill(argument, "whose officials are hit")
    return None


def reached(event: Event, memory: Memory) -> Filler | None:
    """ "a regagné Khartoum": the place or state right after a verb of motion."""
    found = next(iter(event.scene.after(event.end, event.high)), None)
    near = found is not None and found.start - event.end <= 8 and all(m.mark in STATE + PLACE for m in found.mentions)
    return fill(found, "where the verb leads") if near else None


def leaning_pair(event: Event, memory: Memory) -> Filler | None:
    """The article's pair, or the only two that the sentence names; none where a third one is spoken of."""
    if event.voice == "active" and unnamed(event, min(event.mood.start, event.start)):
        return None  # "many countries established relations with X"
    span = event.object or (event.start, event.end)
    return leaning_on_pair(event.scene, span, memory)


def whose(event: Event, memory: Memory) -> Filler | None:
    """ "X, dont 900 soldats stationnent à Y", "X, whose soldiers …": whose the relative clause says they are."""
    scene = event.scene
    low = max(scene.sentence.start, event.start - _NEAR)
    found = _WHOSE.search(scene.reading.folded, low, event.start)
    if found is None:
        return None
    bare = [argument for argument in scene.before(found.start() + 1, scene.sentence.start) if argument.bare and argument.codes]
    return fill(bare[0] if bare else None, "whose the relative clause says they are")


def own_of_before(event: Event, memory: Memory) -> Filler | None:
    """ "Its consulate in Jeddah is to reopen": of whom the sentence before spoke, where this one names no subject."""
    scene = event.scene
    if event.object is None:
        return None
    if _OWN.search(scene.reading.folded[max(scene.sentence.start, event.object[0] - 24) : event.object[0]]) is None:
        return None
    bare = [argument for argument in scene.before(event.object[0], scene.sentence.start) if argument.bare and argument.codes]
    ahead = next((a for a in scene.after(event.object[1], scene.sentence.end) if a.bare and a.codes), None)
    fronted = event.voice == "noun" and not bare and ahead is not None and "," in scene.reading.folded[event.end : ahead.start]
    if fronted:
        return fill(ahead, "whose it is, as its sentence goes on")  # "After the closure of its embassies in A, X will …"
    if bare and event.mood.bare:
        return fill(bare[0], "whose it is, as its sentence says")  # "X ferme ses ambassades de A et de B, ouvertes en …"
    low = max(scene.sentence.start, event.object[0] - 24)
    theirs = scene.grammar.closing["of_several"].search(scene.reading.folded, low, event.object[0])
    if bare or theirs is not None or scene.told_before is None or len(scene.told_before.codes) != 1:
        return None  # "closing their embassies": those of several, not of the one before
    place = next((a for a in scene.after(event.object[1], event.high) if a.cue in ("in", "to")), None)
    if place is None or scene.told_before.codes != place.codes:
        return fill(scene.told_before, "of whom the sentence before spoke")
    rest = tuple(code for code in memory.pair if code not in place.codes)  # it stands there, so it is the other's
    return (
        Filler(rest, event.start, event.end, "the other state of the article's pair", inferred=True) if len(rest) == 1 else None
    )


def heading_place(event: Event, memory: Memory) -> Filler | None:
    """ "Dakhla : X et Y ouvrent leurs consulats": the place that heads the sentence."""
    scene = event.scene
    first = next(iter(scene.reading.mentions_in(scene.sentence.start, scene.sentence.start + 30, STATE + PLACE)), None)
    if first is None or first.start != scene.sentence.start or len(first.codes) != 1:
        return None
    if memory.place is not None and memory.place.start == first.start:
        return None  # a dateline heads the article, not what is told
    heads = scene.reading.folded[first.end : first.end + 3].lstrip().startswith((":", "–", "—"))
    return Filler(first.codes, first.start, first.end, "the place that heads the sentence") if heads else None


LEANING: Mapping[str, Rule] = {
    "own of before": own_of_before,
    "heading place": heading_place,
    "whose soldiers": whose,
    "leaning pair": leaning_pair,
    "reached": reached,
    "announcer": announcer,
    "visited": visited,
    "whose officials": officials,
    "there": there,
    "holder": holder,
    "both": both,
    "those tied": those_tied,
    "lesser mission at": lesser_mission,
}
"""The rules that look back, by the name that frames use."""
