"""Role rules of missions told in lists, by promise, by removal, and those that a later sentence only points to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graph.model.claims import Reason
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.host_lists import in_towns
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, agent, by, end_of, fill
from loaders.reading.model import ORGANISATION, PLACE, STATE, Candidate

_RIGHT_BEFORE = 3  # characters between who is thanked and "for"
_FOR = re.compile(r"(?:for|pour)(?: the| la| l')? ?\Z")
_ONE = 24  # characters from "after" to the mission that was there first
_EXAMPLE = 14  # characters of "such as the"
_SENTENCES = 2  # sentences over which "the embassy" means the one told last
_LITTLE = 5  # letters of the words that join the names of a list: "ainsi", "celle", "that", "of the"
_OWNED = 14  # characters from "office" to the organisation, or from it: "of the", "que l'", "human rights"
_ITEM = 90  # characters between one mission of a list and the next, its day told between


def thanked(event: Event, memory: Memory) -> Filler | None:
    """ "thanked A and B for resuming …", "gratitude to A for reopening": whose deed it is."""
    scene = event.scene
    before = scene.reading.folded[scene.sentence.start : event.start]
    opens = _FOR.search(before.rstrip(' "«“”'))
    if opens is None or scene.grammar.phrases["thanks"].search(before) is None:
        return None
    low = scene.sentence.start + opens.start()
    found = next(iter(scene.before(low, scene.sentence.start)), None)
    near = found is not None and low - found.end <= _RIGHT_BEFORE
    return fill(found, "whose deed it is") if near else None


def such_as(event: Event, memory: Memory) -> Filler | None:
    """ "Other countries, such as A, B and C, closed their embassies": those named for the others."""
    scene, start = event.scene, min(event.mood.start, event.start)
    if event.voice != "active":
        return None
    for argument in scene.before(start, scene.sentence.start)[:1]:
        lead = scene.reading.folded[max(scene.sentence.start, argument.start - _EXAMPLE) : argument.start]
        opens = scene.grammar.closing["among_posts"].search(lead) is not None
        if opens and scene.reading.folded[argument.end : event.start].lstrip().startswith(","):
            return fill(argument, "named for the others")
    return None


def posts_listed(event: Event, memory: Memory) -> Filler | None:
    """ "several were opened, among them the consulates of A, B and C": whose they are, one after the other."""
    scene = event.scene
    end = end_of(event)
    opens = scene.grammar.phrases["among_posts"].search(scene.reading.folded, end, scene.sentence.end)
    if opens is None or scene.reading.folded.endswith(("would ", "to "), 0, opens.start()):
        opens = _after_others(event, end)  # "would like" names nothing
    if opens is None or scene.grammar.phrases["missions"].search(scene.reading.folded, scene.sentence.start, end) is None:
        return None
    codes: dict[str, None] = {}
    start = last = opens.end()
    for argument in scene.after(opens.end(), scene.sentence.end):
        between = scene.reading.layer[last : argument.start]
        item = not codes or scene.grammar.phrases["missions"].search(between) is not None or not _other_words(between)
        if not item or argument.persons or not argument.codes or argument.start - last > _ITEM:
            break
        codes.update(dict.fromkeys(argument.codes))
        last = argument.end
    if not codes or (by(event, memory) is not None and in_towns(scene, start, last)):
        return None  # "opened by X, among them those of Nairobi and Accra": where they stand
    return Filler(tuple(codes), start, last, "named among them")


def further(event: Event, memory: Memory) -> Filler | None:
    """ "X opens an embassy in Y. More embassies are planned in Z": whose the sentence before was about."""
    scene = event.scene
    if event.object is None:
        return None
    start = max(event.start, event.object[0])
    if event.voice == "noun" or any(a.bare and a.codes for a in scene.before(start, scene.sentence.start)):
        return None
    low = max(scene.sentence.start, event.object[0] - 40)
    more = scene.grammar.closing["further"].search(scene.reading.folded, low, event.object[0])
    told = scene.told_before
    return fill(told, "of whom the sentence before spoke") if more is not None and told and len(told.codes) == 1 else None


def receiver(event: Event, memory: Memory) -> Filler | None:
    """ "X has received promises from A and B to reopen their embassies": who receives them has the embassies."""
    scene = event.scene
    first = next((argument for argument in scene.arguments if argument.codes and argument.end < event.start), None)
    if first is None or not (first.bare or first.head) or set(first.codes) & set(event.taken):
        return None
    got = scene.grammar.phrases["receives"].search(scene.reading.folded, first.end, event.start)
    named = [a for a in scene.after(first.end, event.start) if not set(a.codes) <= {*event.taken, *first.codes}]
    return fill(first, "who is promised it") if got is not None and not named else None


def _after_others(event: Event, end: int) -> re.Match[str] | None:
    """ "the fifth, after the consulate of X": the word before a mission that was there first."""
    scene = event.scene
    found = scene.grammar.phrases["after_posts"].search(scene.reading.folded, end, scene.sentence.end)
    if found is None:
        return None
    start = found.end()
    one = scene.grammar.phrases["one_of_posts"].search(scene.reading.folded, start, min(start + _ONE, scene.sentence.end))
    return found if one is not None else None


def planner(event: Event, memory: Memory) -> Filler | None:
    """ "X will close four missions. The embassies in A, B and C …": whose plans the sentence before told."""
    scene, index, told = event.scene, event.scene.sentence.index, event.scene.told_before
    if event.object is None or event.voice == "noun" or not event.several or told is None or len(told.codes) != 1:
        return None
    low = max(scene.sentence.start, event.object[0] - 40)
    before = scene.reading.sentences[index - 1]
    spoken = scene.grammar.phrases["missions"].search(scene.reading.folded, before.start, before.end)
    definite = scene.grammar.closing["these"].search(scene.reading.folded, low, event.object[0])
    named = any(argument.bare and argument.codes for argument in scene.before(event.start, scene.sentence.start))
    if spoken is None or definite is None or named:
        return None
    return Filler(told.codes, told.start, told.end, "whose plans the sentence before told", inferred=True)


def place_before(event: Event, memory: Memory) -> Filler | None:
    """ "X is a town of consulates. A has opened its own": the town of the sentence before, which spoke of missions too."""
    scene, index = event.scene, event.scene.sentence.index
    if index == 0 or event.object is None or scene.reading.mentions_in(scene.sentence.start, scene.sentence.end, PLACE):
        return None
    before = scene.reading.sentences[index - 1]
    if scene.grammar.phrases["missions"].search(scene.reading.folded, before.start, before.end) is None:
        return None
    towns = {mention.codes: mention for mention in scene.reading.mentions_in(before.start, before.end, PLACE)}
    town = next(iter(towns.values()), None)
    if town is None or len(set(towns)) > 1 or len(town.codes) != 1 or town.codes[0] in event.taken:
        return None
    return Filler(town.codes, town.start, town.end, "the town of the sentence before", inferred=True)


def moved_to(event: Event, memory: Memory) -> Filler | None:
    """ "moves its embassy from X to Y": where it goes."""
    for argument in event.scene.after(end_of(event), event.high):
        if argument.cue == "to" and argument.codes and all(mention.mark in STATE + PLACE for mention in argument.mentions):
            return fill(argument, "where it is moved to")
    return None


def most_spoken_of(event: Event, memory: Memory) -> Filler | None:
    """ "The embassy in X will be closed", "the ministry will open": whose the article is about, far more than anyone."""
    if event.object is None or event.voice == "noun":
        return None
    scene = event.scene
    low = max(scene.sentence.start, event.object[0] - 40)
    ministry = scene.grammar.phrases["own_ministry"].search(scene.reading.folded, scene.sentence.start, event.start)
    definite = scene.grammar.closing["this_one"].search(scene.reading.folded, low, event.object[0])
    there = {code for argument in scene.after(event.object[1], scene.sentence.end) for code in argument.codes}
    if (ministry is None and definite is None) or not there:
        return None
    ranked = sorted(
        ((count, code) for code, count in memory.spoken_of.items() if code not in memory.organisations and code not in there),
        reverse=True,
    )
    if not ranked or ranked[0][0] < 3 or (len(ranked) > 1 and ranked[0][0] < 2 * ranked[1][0]):
        return None
    return Filler((ranked[0][1],), *event.object, "whom the article is about", inferred=True)


def organ(event: Event, memory: Memory) -> Filler | None:
    """ "The European Union opened a delegation in X", "the OAS office in X": the organisation whose it is."""
    if event.object is None:
        return None
    start, end = event.object
    named = [m for m in event.scene.reading.mentions_in(event.low, event.high, ORGANISATION) if len(m.codes) == 1]
    beside = next((m for m in named if 0 <= start - m.end <= _OWNED or 0 <= m.start - end <= _OWNED), None)
    if beside is not None:
        return Filler(beside.codes, beside.start, beside.end, "whose it is")
    found = agent(event, memory)
    return found if found is not None and all(code in memory.organisations for code in found.codes) else None


def _other_words(between: str) -> bool:
    """True where more than little words stands between two names of a list."""
    return any(len(word) > _LITTLE for word in between.replace("_", "").split())


def posts_again(events: Sequence[Event], told: Sequence[Candidate], memory: Memory) -> Iterator[Candidate]:
    """ "The embassy was shut in 1993": that of the mission told last, where the sentence names neither owner nor place."""
    for event in events:
        status = event.frame.gives.get("status")
        if event.frame.kind != "mission" or event.object is None or event.mood.mood not in ("done", "planned"):
            continue
        last = next((fact for fact in reversed(told) if fact.kind == "mission"), None)
        near = last is not None and 0 < event.scene.sentence.index - last.sentences[-1] <= _SENTENCES
        if last is None or not near or not _points_back(event) or not status:
            continue
        again = event.frame.planned if event.mood.mood == "planned" else event.frame.gives
        fields = {name: value for name, value in last.fields.items() if name not in ("date", "status")}
        reading = event.scene.reading
        reasons = [
            event.opening,
            Reason("sender", reading.text[slice(*event.object)], *event.object, "the mission told last"),
        ]
        day = date_near(event.scene, event.start, event.end, memory, lead=False, noun=event.voice == "noun")
        if day is not None:
            fields["date"] = day.date
            reasons.append(Reason("date", reading.text[day.start : day.end], day.start, day.end, day.why))
        fields["status"] = str((again or {}).get("status", status))
        features = frozenset({"party-inferred"} | ({"date-told"} if day is not None else set()))
        yield Candidate("mission", fields, (event.scene.sentence.index,), event.frame.id, tuple(reasons), features)
        return


def _points_back(event: Event) -> bool:
    """True for "the embassy", "cette ambassade" in a clause that names no state or place of its own."""
    scene, what = event.scene, event.object
    if what is None or scene.reading.quoted(event.start):
        return False
    before = scene.reading.folded[max(scene.sentence.start, what[0] - 40) : what[0]]
    definite = scene.grammar.closing["this_one"].search(before) is not None
    named = scene.reading.mentions_in(event.low, event.high, STATE + PLACE + "D")
    return definite and not any(True for _ in named)


POSTS: Mapping[str, Rule] = {
    "thanked": thanked, "such as": such_as, "posts listed": posts_listed, "moved to": moved_to, "receiver": receiver,
    "further": further, "planner": planner, "organ": organ,
    "place before": place_before,
    "most spoken of": most_spoken_of,
}  # fmt: skip
"""The rules of missions, by the name that frames use."""
