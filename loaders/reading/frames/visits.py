"""Visits: who travels, from which party, to which state; made, planned, postponed or cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near, place_name
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.meetings import GUESSED, person_features
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import subject_argument
from loaders.reading.frames.scene import Argument
from loaders.reading.model import PLACE, Candidate, Mention, Person

_DIRECT = ("visiter", "visit", "tour", "gagner")  # verbs whose object is the destination
_HITHER = ("venir", "come", "arriver", "arrive")  # towards where the article speaks from
_RECEIVING = ("recevoir", "accueillir", "receive", "host", "welcome", "greet")
_NEAR = 90
_MOST = 6


def made(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The visits of one event: one for each sending party and destination."""
    status = _status(event)
    reading = event.scene.reading
    if status is None or reading.quoted(event.start):
        return
    visitor = _visitor(event)
    if visitor is None:
        return
    goals = _destinations(event, visitor, memory)
    for filler in goals[:_MOST]:
        for host in filler.codes[:_MOST]:
            if host in memory.organisations:
                continue
            for sender in visitor.codes[:_MOST] or _from_pair(host, memory):
                home = sender if sender != host else _turned(visitor, host, event, memory)
                if home is not None and home != host and _plausible(event, visitor, host, filler, memory):
                    yield _visit(event, home, host, visitor, filler, status, memory)


def _turned(visitor: Filler, host: str, event: Event, memory: Memory) -> str | None:
    """Where visitors come from whose state was a guess, and would make the visit start where it ends.

    Who goes to see something in a country ("visiter le port") may be at home there: only who arrives or stays is turned.
    """
    if event.voice == "active" and event.lemma.split(" ")[0] in _DIRECT:
        return None
    return next(iter(_from_pair(host, memory)), None) if _guessed(visitor, event) else None


def _guessed(visitor: Filler, event: Event) -> bool:
    """True where no visitor's state is told."""
    people = [event.scene.reading.persons[index] for index in visitor.persons]
    return bool(people) and all(person.state_from in GUESSED for person in people)


def _plausible(event: Event, visitor: Filler, host: str, goal: Filler, memory: Memory) -> bool:
    """False for a visitor of guessed state where the guess has nothing to lean on.

    Half of the pair is a guess only for a visit to the other half; and what is seen on a tour ("visiter le port, à X")
    may lie at home, unless the state itself is the verb's object.
    """
    if not _guessed(visitor, event):
        return True
    people = [event.scene.reading.persons[index] for index in visitor.persons]
    home = memory.place.codes if memory.place is not None else ()
    if (
        any(person.state_from == "pair" for person in people)
        and host not in memory.pair
        and not set(visitor.codes) <= set(home)
    ):
        return False
    toured = event.voice == "active" and event.lemma.split(" ")[0] in _DIRECT
    between = event.scene.reading.folded[event.end : goal.start].replace("'", "' ").split()
    return not toured or all(word in event.scene.grammar.determiners for word in between)


def receivers(event: Event) -> tuple[str, ...]:
    """The names of those who receive or welcome somebody: they are at home."""
    if event.lemma not in _RECEIVING:
        return ()
    if event.voice == "active":
        found = subject_argument(event)
        taking = [found] if found is not None else []
    else:
        taking = [argument for argument in event.scene.after(event.end, event.high) if argument.cue == "by"]
    return tuple(event.scene.reading.persons[index].name for argument in taking for index in argument.persons)


def travelling(candidate: Candidate, at_home: frozenset[str]) -> bool:
    """False for a visit by somebody who receives others in the same article and whose state is but a guess."""
    visitors = candidate.fields.get("visitors")
    if candidate.kind != "visit" or "state-guessed" not in candidate.features or not isinstance(visitors, tuple):
        return True
    return not set(visitors) <= at_home


def _from_pair(host: str, memory: Memory) -> tuple[str, ...]:
    """Where a visitor of unknown state comes from: the other state of the article's pair."""
    if len(memory.pair) != 2 or host not in memory.pair:
        return ()
    return tuple(code for code in memory.pair if code != host)


def _status(event: Event) -> Mapping[str, Value] | None:
    mood = event.mood.mood
    if mood in ("postponed", "cancelled"):
        return {"status": mood}
    if mood == "done":
        return event.frame.gives
    return event.frame.planned if mood in ("planned", "decided") else None


def _visitor(event: Event) -> Filler | None:
    """Who travels: the subject, or whose visit the noun tells of."""
    scene = event.scene
    if event.voice == "noun":
        for argument in scene.after(event.end, min(event.high, event.end + _NEAR)):
            if argument.cue in ("of", "by", "for") and any(m.mark in "PTSDG" for m in argument.mentions):
                return _traveller(argument, "whose visit it is")
            if argument.cue in ("to", "in"):
                break
        before = [a for a in scene.before(event.start, scene.sentence.start) if _travels(a)]
        owner = next((a for a in before if a.cue == "poss" and event.start - a.end <= 30), None)
        if owner is None and _told_before(event):
            return None  # "ce déplacement": a visit that an earlier sentence told, whoever speaks of it now
        return _traveller(owner or next((a for a in before if a.cue == ""), None), "who the sentence speaks of")
    if event.voice == "passive":
        return None
    found = subject_argument(event)
    return _traveller(found, "subject of the verb") if found is not None and _travels(found) else None


def _told_before(event: Event) -> bool:
    folded = event.scene.reading.folded
    return event.scene.grammar.closing["back"].search(folded, max(0, event.start - 20), event.start) is not None


def _traveller(argument: Argument | None, why: str) -> Filler | None:
    """An argument as traveller: its agents, or officials whose agent the text does not say."""
    if argument is None or not (argument.codes or argument.persons):
        return None
    return Filler(argument.codes, argument.start, argument.end, why, argument.persons)


def _travels(argument: Argument) -> bool:
    """True for officials and delegations; a bare state does not travel, its delegation does."""
    return any(mention.mark in "PT" for mention in argument.mentions) or argument.head in ("delegation", "team", "cote", "side")


def _destinations(event: Event, visitor: Filler, memory: Memory) -> list[Filler]:
    scene = event.scene
    direct = event.voice == "active" and event.lemma.split(" ")[0] in _DIRECT
    found: list[Filler] = []
    for argument in scene.after(event.end, min(event.high, event.end + 160)):
        named = any(mention.mark in "SC" for mention in argument.mentions) and not argument.persons
        if not named:
            if argument.persons and argument.cue == "":
                break
            continue
        if argument.cue in ("to", "in") or (direct and argument.cue == "" and not found):
            found.append(Filler(argument.codes, argument.start, argument.end, "where the visit goes"))
            if len(argument.mentions) == 1 and argument.mentions[0].mark == PLACE:
                break
    if found:
        return _first_states(found)
    for argument in scene.before(event.start, scene.sentence.start):
        if argument.cue in ("to", "in") and argument.mentions[0].mark in "CS" and not argument.persons:
            return [Filler(argument.codes, argument.start, argument.end, "the place named before the verb")]
    return _other_half(event, visitor, memory)


def _first_states(found: list[Filler]) -> list[Filler]:
    """The destinations without repeating a state."""
    seen: set[str] = set()
    kept = []
    for filler in found[:2]:
        if not set(filler.codes) & seen:
            kept.append(filler)
            seen |= set(filler.codes)
    return kept[:1]


def _other_half(event: Event, visitor: Filler, memory: Memory) -> list[Filler]:
    if len(memory.pair) != 2 or len(visitor.codes) != 1 or visitor.codes[0] not in memory.pair:
        return []
    if event.voice != "noun" and event.frame.id != "visit/paid" and event.lemma not in _HITHER:
        return []
    rest = tuple(code for code in memory.pair if code != visitor.codes[0])
    return [Filler(rest, event.start, event.end, "the other state of the article's pair", inferred=True)]


def _visit(
    event: Event, sender: str, host: str, visitor: Filler, goal: Filler, status: Mapping[str, Value], memory: Memory
) -> Candidate:
    scene, reading = event.scene, event.scene.reading
    fields: dict[str, Value] = {"from": sender, "to": host, **status}
    people = [person for person in (reading.persons[index] for index in visitor.persons) if _of_party(person, sender)]
    if people:
        fields["visitors"] = tuple(person.name for person in people)
    reasons = [
        Reason("trigger", reading.text[event.start : event.end], event.start, event.end, f"opens the frame {event.frame.id}"),
        visitor.reason("from", reading),
        goal.reason("to", reading),
    ]
    features = person_features(people) if people else {"nobody-named"}
    if goal.inferred:
        features.add("party-inferred")
    told = date_near(scene, event.start, event.end, memory)
    if told is not None:
        fields["date"] = told.date
        reasons.append(Reason("date", reading.text[told.start : told.end], told.start, told.end, told.why))
        features.add("date-inferred" if told.inferred else "date-told")
    place = _place(event, host)
    if place is not None:
        fields["place"] = place_name(place, reading)
        features.add("place")
    return Candidate("visit", fields, (scene.sentence.index,), event.frame.id, tuple(reasons), frozenset(features))


def _of_party(person: Person, sender: str) -> bool:
    """True for a visitor who serves the sending party, as far as the text tells."""
    return person.state in (sender, None) or person.state_from in GUESSED


def _place(event: Event, host: str) -> Mention | None:
    """The city of the destination state that the sentence names."""
    scene = event.scene
    found = [m for m in scene.reading.mentions_in(scene.sentence.start, scene.sentence.end, PLACE) if m.codes == (host,)]
    return min(found, key=lambda m: (abs(m.start - event.end), m.start)) if found else None
