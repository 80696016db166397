"""Role rules of ties between states: who announces together, whom one turns from and to, who is listed in the next sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.host_lists import in_towns
from loaders.reading.frames.lists import members
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, by, fill
from loaders.reading.frames.subjects import unnamed
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PLACE, STATE

_NEXT = 20  # characters from what announces a list to its first name
_OFTEN = 2  # times that something is said to be in a state or go there
_PLACED = re.compile(r"(?<![a-z])(?:in|to|into|from|en|au|aux|du|a|dans)(?: l[ea]| the)? \Z")
_SHORT = 44  # characters between a verb and the place it is about


def announcers(event: Event, memory: Memory) -> Filler | None:
    """ "A and B announced the establishment of ties": who announce together what is theirs."""
    if event.voice != "noun":
        return None
    before = event.scene.reading.folded[max(event.low, event.start - _SHORT) : event.start]
    if event.scene.grammar.phrases["makes_known"].search(before) is None:
        return None
    bare = [argument for argument in event.scene.before(event.start, event.low) if argument.bare]
    return fill(bare[0], "who announce it together") if bare and len(bare[0].codes) >= 2 else None


def turned_from(event: Event, memory: Memory) -> Filler | None:
    """ "de Taipei à Pékin", "from Taipei to Beijing": whom one turns from."""
    return fill(_moved(event)[0], "whom it turns from")


def turned_to(event: Event, memory: Memory) -> Filler | None:
    """ "de Taipei à Pékin", "from Taipei to Beijing": whom one turns to."""
    return fill(_moved(event)[1], "whom it turns to")


def _moved(event: Event) -> tuple[Argument | None, Argument | None]:
    after = [argument for argument in event.scene.after(event.end, event.scene.clause(event.start)[1]) if argument.codes]
    source = next((argument for argument in after if argument.cue in ("from", "of")), None)
    goal = next((argument for argument in after if argument.cue in ("to", "for", "in") and argument is not source), None)
    return source, goal


def listed_next(event: Event, memory: Memory) -> Filler | None:
    """ "Neuf pays ont ouvert un consulat. Il s'agit de A, B et C": who is only counted here and named by the next sentence."""
    scene, sentence, folded = event.scene, event.scene.following, event.scene.reading.folded
    if sentence is None or scene.grammar.phrases["counted_states"].search(folded, event.low, event.start) is None:
        return None
    high = min(sentence.end, sentence.start + _SHORT)
    opens = scene.grammar.phrases["lists_them"].search(folded, sentence.start, high)
    if opens is None:
        return None
    codes, last = members(scene, opens.end(), sentence.end, STATE)
    return Filler(codes, opens.start(), last, "named by the next sentence") if codes else None


def named_after(event: Event, memory: Memory) -> Filler | None:
    """ "The countries that have opened consulates in X are A, B and C": who is only counted before the verb, named after it."""
    scene, folded = event.scene, event.scene.reading.folded
    opens = scene.grammar.phrases["those_who"].search(folded, event.low, event.start)
    after = scene.grammar.phrases["those_are"].search(folded, event.end, scene.sentence.end) if opens is not None else None
    if after is None or event.voice == "noun" or any(a.bare for a in scene.before(event.start, event.low)):
        return None
    first = next(iter(scene.after(after.end(), scene.sentence.end)), None)
    return fill(first if first is not None and first.bare and first.start - after.end() <= _NEXT else None, "named after it")


def seat(event: Event, memory: Memory) -> Filler | None:
    """ "Dakhla abrite les consulats de …", "the city hosts": the place that has them."""
    if event.voice != "active":
        return None
    placed = [
        argument
        for argument in event.scene.before(min(event.start, event.mood.start), event.low)
        if all(mention.mark in STATE + PLACE for mention in argument.mentions) and len(argument.codes) == 1
    ]
    return fill(placed[0] if placed else None, "the place that has them")


def at_home(event: Event, memory: Memory) -> Filler | None:
    """ "est représenté à X", "dans cette ville": the place told last before, where the clause only points to it."""
    scene = event.scene
    points = scene.grammar.phrases["that_place"].search(scene.reading.folded, event.low, event.high)
    if points is None:
        return None
    told = scene.reading.mentions_in(max(0, points.start() - 400), points.start(), STATE + PLACE)
    placed = [mention for mention in told if mention.mark == PLACE and not set(mention.codes) & set(event.taken)]
    if not placed:
        return None
    last = placed[-1]
    before = last.end < scene.sentence.start
    return Filler(last.codes, last.start, last.end, "the place that is pointed back to", inferred=before)


def spoken_place(event: Event, memory: Memory) -> Filler | None:
    """ "La ville de X a vu l'ouverture de …": the town that its sentence speaks of before."""
    if event.scene.grammar.phrases["mutual"].search(event.scene.reading.folded, event.low, event.high) is not None:
        return None  # "their embassies": where each stands is told by who the other is
    for mention in reversed(event.scene.reading.mentions_in(event.scene.sentence.start, event.start, PLACE)):
        if mention == memory.place:
            continue
        if len(mention.codes) == 1 and mention.codes[0] not in event.taken:
            return Filler(mention.codes, mention.start, mention.end, "the town that the sentence speaks of")
    return None


def spoken_soil(event: Event, memory: Memory) -> Filler | None:
    """ "Kenya's contingent, which arrived in June": the state in which the article says most that something is or goes."""
    reading = event.scene.reading
    placed = Counter(
        mention.codes[0]
        for mention in reading.mentions
        if mention.mark in STATE + PLACE
        and len(mention.codes) == 1
        and _PLACED.search(reading.folded, max(0, mention.start - 9), mention.start)
    )
    if memory.place is not None:
        placed.update(memory.place.codes)
    ranked = [(code, count) for code, count in placed.most_common() if code not in event.taken][:2]
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    named = {code for argument in event.scene.after(event.end, event.high) for code in argument.codes}
    if named - {ranked[0][0], *event.taken}:
        return None  # somewhere else is spoken of
    return Filler((ranked[0][0],), event.start, event.end, "where the article says most that something is", inferred=True)


def other_soil(event: Event, memory: Memory) -> Filler | None:
    """The other of the article's pair, where the article says of something that it is in that state or goes there."""
    rest = [code for code in memory.pair if code not in event.taken]
    if len(memory.pair) != 2 or len(rest) != 1:
        return None
    reading = event.scene.reading
    for mention in reading.mentions:
        named = mention.codes == (rest[0],) and mention.mark in STATE + PLACE
        if named and _PLACED.search(reading.folded, max(0, mention.start - 9), mention.start):
            return Filler((rest[0],), event.start, event.end, "the other state of the article's pair", inferred=True)
    return None


def those_of(event: Event, memory: Memory) -> Filler | None:
    """ "trois consulats ont été ouverts : ceux de A, B et C", "ten consulates, among them those of A": whose they are."""
    scene = event.scene
    low = max(event.end, event.object[1] if event.object is not None else event.end)
    found = scene.grammar.phrases["those_of"].search(scene.reading.folded, low, scene.sentence.end)
    if found is None or event.scene.reading.folded.find(".", low, found.start()) >= 0:
        return None
    first = next((a for a in scene.after(found.end(), scene.sentence.end) if a.codes), None)
    owned = event.frame.id == "mission/housed" or by(event, memory) is not None
    if first is None or (owned and in_towns(scene, first.start, first.end)):
        return None  # "opened by X: those of Nairobi and Accra", "X counts nine, those of Nairobi among them": they stand there
    return fill(first if first.start - found.end() <= _NEXT else None, "whose they are, told after it")


def told_of(event: Event, memory: Memory) -> Filler | None:
    """Who the sentence before spoke of, where this one names no state before what happens."""
    scene, told = event.scene, event.scene.told_before
    named = [argument for argument in scene.before(event.start, scene.sentence.start) if argument.codes]
    if unnamed(event, min(event.mood.start, event.start)):
        return None  # "21 countries have opened": not who was spoken of alone
    if told is None or named or len(told.codes) != 1 or any(mention.mark not in "SDPT" for mention in told.mentions):
        return None
    return Filler(told.codes, told.start, told.end, "who the sentence before spoke of", inferred=True)


def on_pronoun(event: Event, memory: Memory) -> Filler | None:
    """ "les sanctions prises contre lui", "sanctions against it": the one state that the sentence before spoke of."""
    found = event.scene.grammar.phrases["against_it"].search(event.scene.reading.folded, event.low, event.scene.sentence.end)
    told = event.scene.told_before
    if found is None or told is None or len(told.codes) != 1:
        return None
    return Filler(told.codes, *found.span(), "who the sentence before spoke of", inferred=True)


TELLINGS: Mapping[str, Rule] = {
    "announcers": announcers, "turned from": turned_from, "turned to": turned_to, "listed next": listed_next,
    "seat": seat, "named after": named_after, "on pronoun": on_pronoun, "those of": those_of, "told of": told_of,
    "town spoken of": spoken_place, "soil spoken of": spoken_soil, "other soil": other_soil, "that place": at_home,
}  # fmt: skip
"""The rules of ties, by the name that frames use."""
