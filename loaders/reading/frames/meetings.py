"""Meetings: which named officials met or spoke, each bilateral its own."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near, place_name, place_near
from loaders.reading.frames.events import Event
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.places import place_before
from loaders.reading.frames.roles import subject_argument
from loaders.reading.frames.scene import Argument, Scene
from loaders.reading.model import PERSON, Candidate, Person

_MOST = 12  # persons in one meeting
_JOINT = frozenset(
    ["réunion", "sommet", "summit", "coprésider", "co-présider", "co-chair", "chair"]
)  # one meeting of all who take part
_BACK = 700  # characters before in which "the two ministers" were named
_MEETS = ("", "with", "to", "by", "between")


def met(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The meetings of one event: none where fewer than two persons of two parties are named."""
    reading = event.scene.reading
    if event.mood.mood != "done" or reading.quoted(event.start):
        return
    hosts, guests, spans = _sides(event)
    if not guests and len(hosts) < 2:
        hosts, spans = _both(event, memory) or hosts, spans
    for group in _groups(event, hosts, guests):
        people = [reading.persons[index] for index in group]
        parties = tuple(dict.fromkeys(state for state in _states(people, memory) if state))
        if len(group) < 2 or (len(parties) < 2 and all(person.state for person in people)):
            continue
        yield _meeting(event, people, parties, spans, memory)


GUESSED = ("pair", "dateline", "counterpart")
"""Ways of knowing a person's state that are guesses: they give way where they would make somebody meet his own side."""


def _states(people: list[Person], memory: Memory) -> list[str | None]:
    """The states of those who met; a guess that leaves only one side is turned to the other half of the pair."""
    states: list[str | None] = [person.state for person in people]
    if None in states and len(memory.pair) == 2 and set(states) <= {*memory.pair, None}:
        missing = [code for code in memory.pair if code not in states]
        for index, state in enumerate(states):  # who is unknown stands for what is missing of the pair, in reading order
            if state is None and missing:
                states[index] = missing.pop(0)
        return states
    if len(set(states)) != 1 or states[0] not in memory.pair or len(memory.pair) != 2:
        return states
    other = next(code for code in memory.pair if code != states[0])
    guessed = [index for index, person in enumerate(people) if person.state_from in GUESSED]
    if guessed and len(guessed) < len(people):
        states[guessed[-1]] = other
    return states


def _both(event: Event, memory: Memory) -> tuple[int, ...]:
    """ "Les deux ministres se sont entretenus", "their talks": the last two officials of two parties named before."""
    scene, reading = event.scene, event.scene.reading
    if not scene.grammar.phrases["both"].search(reading.folded, event.low, min(event.high, event.end + 20)):
        return ()
    chosen: list[int] = []
    for mention in reversed(reading.mentions_in(max(0, event.start - _BACK), event.start, PERSON)):
        indexes = mention.value if isinstance(mention.value, tuple) else ()
        for index in indexes:
            person = reading.persons[index]
            states = {reading.persons[other].state for other in chosen}
            if index not in chosen and not person.former and person.state not in states:
                chosen.insert(0, index)
        if len(chosen) >= 2:
            break
    known = {reading.persons[index].state for index in chosen}
    return tuple(chosen[-2:]) if len(chosen) >= 2 and (not memory.pair or known <= {*memory.pair, None}) else ()


def _sides(event: Event) -> tuple[tuple[int, ...], tuple[int, ...], list[Argument]]:
    """Who receives or acts, who is received, and the arguments that name them."""
    scene = event.scene
    if event.voice == "noun":
        first = [a for a in scene.arguments if a.cue == "between" and a.persons and 0 <= a.start - event.end <= 40]
        if first:
            return _persons(scene, first[:1]), (), first[:1]
        owners = _owners(event)
    else:
        found = subject_argument(event)
        owners = [found] if found is not None and found.persons else _persons_before(event)
    others = [
        a for a in scene.arguments
        if a.persons and a not in owners and _takes_part(event, a, owners)
    ]  # fmt: skip
    if not owners:  # those met with are known, but not by whom
        others = [a for a in others if a.cue in ("", "between") and len(a.persons) > 1]
    return _persons(scene, owners), _persons(scene, others), [*owners, *others]


def _takes_part(event: Event, argument: Argument, owners: list[Argument]) -> bool:
    """True for persons acted on or met with in the trigger's clause."""
    if not (event.low <= argument.start < event.high):
        return False
    if 0 <= argument.start - event.end <= 5 and event.voice == "active":
        return True  # "called on X": the preposition is the verb's own
    if argument.cue not in _MEETS:
        return False
    if event.scene.grammar.phrases["onlooking"].search(
        event.scene.reading.folded, max(event.low, argument.start - 45), argument.start
    ):
        return False
    if event.voice == "noun":
        return argument.cue == "with" and argument.start >= event.start - 60
    if argument.start >= event.end:
        return True
    return not owners and argument.cue == ""


def _owners(event: Event) -> list[Argument]:
    """Whose meeting the noun tells of: after de, the possessor, else who the sentence speaks of."""
    scene = event.scene
    for argument in scene.after(event.end, min(event.high, event.end + 60)):
        if argument.cue == "of" and argument.persons:
            return [argument]
    return _persons_before(event)


def _persons_before(event: Event) -> list[Argument]:
    scene = event.scene
    before = [a for a in scene.before(event.start, scene.sentence.start) if a.persons and a.cue in ("", "poss", "of", "by")]
    in_clause = [a for a in before if a.start >= event.low and a.cue == ""]
    return in_clause[:1] or [a for a in before if a.cue == ""][:1] or before[:1]


def _persons(scene: Scene, arguments: list[Argument]) -> tuple[int, ...]:
    indexes = dict.fromkeys(index for argument in arguments for index in argument.persons)
    return tuple(index for index in indexes if not scene.reading.persons[index].former)[:_MOST]


def _groups(event: Event, hosts: tuple[int, ...], guests: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    guests = tuple(index for index in guests if index not in hosts)
    if not hosts and event.voice != "active":
        return
    if not guests:
        yield hosts
        return
    persons = event.scene.reading.persons
    if event.lemma in _JOINT or len(hosts) != 1:
        yield (*hosts, *guests)
        return
    home = persons[hosts[0]].state
    sides: dict[str | None, list[int]] = {}
    for index in guests:
        sides.setdefault(persons[index].state, []).append(index)
    company = sides.pop(home, []) if home is not None and len(sides) > 1 else []
    for group in sides.values():
        yield (*hosts, *company, *group)


def _meeting(event: Event, people: list[Person], parties: tuple[str, ...], spans: list[Argument], memory: Memory) -> Candidate:
    scene, reading = event.scene, event.scene.reading
    fields: dict[str, Value] = {"participants": tuple(person.name for person in people), **event.frame.gives}
    if len(parties) >= 2:
        fields["parties"] = parties
    reasons = [
        Reason("trigger", reading.text[event.start : event.end], event.start, event.end, f"opens the frame {event.frame.id}")
    ]
    reasons += [
        Reason("participants", reading.text[a.start : a.end], a.start, a.end, "who acts" if index == 0 else "who is met")
        for index, a in enumerate(spans[:6])
    ]
    features = person_features(people)
    told = date_near(scene, event.start, event.end, memory)
    if told is not None:
        fields["date"] = told.date
        reasons.append(Reason("date", reading.text[told.start : told.end], told.start, told.end, told.why))
        features.add("date-inferred" if told.inferred else "date-told")
    place = place_near(scene, event.start, event.end)
    if place is not None:
        features.add("place")
    place = place or place_before(scene, event.start, memory)
    if place is not None:
        fields["place"] = place_name(place, reading)
    aside = scene.grammar.phrases["sidelines"].search(reading.folded, scene.sentence.start, scene.sentence.end)
    if fields.get("format") == "in_person" and aside is not None:
        fields["format"] = "sidelines"
    return Candidate("meeting", fields, (scene.sentence.index,), event.frame.id, tuple(reasons), frozenset(features))


def person_features(people: list[Person]) -> set[str]:
    """What is known of the people that tells right from wrong."""
    features = set()
    if any(person.state_from in ("dateline", "pair", "counterpart") or person.state is None for person in people):
        features.add("state-guessed")
    if any(" " not in person.name for person in people):
        features.add("one-word-name")
    return features
