"""Meetings: which named officials met or spoke, each bilateral its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.afterwards import further
from loaders.reading.frames.antecedents import before
from loaders.reading.frames.attributes import date_near, place_name, place_near
from loaders.reading.frames.events import Event
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.participants import sides
from loaders.reading.frames.places import place_before
from loaders.reading.frames.talks_told import acted_on, beside_it, glad, held, once_there, seized, to_come
from loaders.reading.frames.the_two import both
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import Candidate, Person
from loaders.reading.offices import GUESSES

_JOINT = frozenset(
    ["réunion", "sommet", "summit", "coprésider", "co-présider", "co-chair", "chair"]
)  # one meeting of all who take part


def met(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The meetings of one event: none where fewer than two persons of two parties are named."""
    reading = event.scene.reading
    if (
        (event.mood.mood != "done" and not (before(event) or seized(event) or glad(event) or held(event)))
        or reading.quoted(event.start)
        or to_come(event)
        or once_there(event)
        or beside_it(event)
    ):
        return
    hosts, guests, spans = sides(event)
    if not guests and len(hosts) < 2:
        hosts = both(event, memory) or hosts
    if event.frame.id == "meeting/with" and not guests and not _jointly(event, hosts, spans):
        return
    if not guests and event.voice == "noun" and spans and acted_on(event, spans[0]):
        return
    groups = list(_groups(event, hosts, guests, spans))
    for receiving, received in further(event, hosts, guests):
        groups.extend(_groups(event, receiving, received, spans))
    for group in groups:
        people = [reading.persons[index] for index in group]
        apart = (bool(guests) and group[0] in hosts) or event.frame.id == "meeting/sides" or event.voice == "set"
        states = _states(people, memory, apart)
        if len(set(states) - {None}) < 2:
            states = _abroad(event, people, states)
        parties = tuple(dict.fromkeys(state for state in states if state))
        alone = len(parties) < 2 and (all(states) or len(memory.spoken_of) < 2)  # no second state: they are of one
        if len(group) < 2 or alone or not parties or _private(event, people):
            continue
        yield _meeting(event, people, parties, spans, memory)


def _jointly(event: Event, hosts: tuple[int, ...], spans: list[Argument]) -> bool:
    """True for two who do together what one does by meeting: "X et son homologue Y ont passé en revue …"."""
    if event.voice != "active" or len(hosts) != 2 or len(spans) != 1:
        return False
    folded, named = event.scene.reading.folded, spans[0]
    low = max(event.scene.sentence.start, named.start - _BEFORE)
    return event.scene.grammar.phrases["the_two_or_counterpart"].search(folded, low, named.end) is not None


_BEFORE = 12  # characters of "les deux chefs"


GUESSED = (*GUESSES, "counterpart")
"""Ways of knowing a person's state that are guesses: they give way where they would make somebody meet his own side."""


def _states(people: list[Person], memory: Memory, apart: bool) -> list[str | None]:
    """The states of those who met; a guess that leaves only one side is turned to the other half of the pair.

    Where all are guessed, only if they stand `apart`: one receives, the other is received.
    """
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
    if guessed and (len(guessed) < len(people) or apart):
        states[guessed[-1]] = other
    return states


def _private(event: Event, people: list[Person]) -> bool:
    """True for people of whom no office is told, unless they preside or speak by telephone."""
    official = any(person.offices or person.state_from == "counterpart" for person in people)
    return event.frame.id not in _PUBLIC and not official


_PUBLIC = ("meeting/presided", "meeting/sides", "meeting/phone", "meeting/video")


def _abroad(event: Event, people: list[Person], states: list[str | None]) -> list[str | None]:
    """The states of those who met while one of them was on the visit told last: who has no state of his own is his host."""
    names = {person.name for person in people}
    for fact in reversed(event.scene.told[-_RECENT:]):
        visitors, host = fact.fields.get("visitors"), fact.fields.get("to")
        if fact.kind != "visit" or not isinstance(visitors, tuple) or not names & set(visitors) or not isinstance(host, str):
            continue
        if fact.fields.get("status") != "made" or event.scene.sentence.index - fact.sentences[-1] > _RECENT:
            return states
        unsure = [person.state is None or person.state_from in GUESSED for person in people]
        return [
            host if guess and p.name not in visitors else state for p, state, guess in zip(people, states, unsure, strict=True)
        ]
    return states


_RECENT = 8  # facts, and sentences, back to the visit during which somebody is met


def _groups(event: Event, hosts: tuple[int, ...], guests: tuple[int, ...], spans: list[Argument]) -> Iterator[tuple[int, ...]]:
    guests = tuple(index for index in guests if index not in hosts)
    if not hosts and event.voice not in ("active", "set"):
        return
    if not guests:
        yield hosts
        return
    persons = event.scene.reading.persons
    several = event.voice == "noun" and event.scene.reading.folded.endswith("s", event.start, event.end)
    if (event.lemma in _JOINT and not several) or len(hosts) != 1:
        yield (*hosts, *guests)
        return
    host = persons[hosts[0]]
    told = {persons[index].state for index in guests if persons[index].state_from not in GUESSED}
    home = None if host.state_from in GUESSED and host.state in told else host.state
    sides: dict[str | None, list[int]] = {}
    for index in guests:
        sides.setdefault(persons[index].state, []).append(index)
    here = {index for span in spans for index in span.persons}
    together = len(sides) >= _TOGETHER and home not in sides and set(guests) <= here
    if (
        together
        and event.lemma.split(" ")[0] in _RECEIVE
        and not _one_by_one(event, event.scene.sentence.start, event.scene.sentence.end)
    ):
        yield (*hosts, *guests)
        return
    company = sides.pop(home, []) if home is not None and len(sides) > 1 else []
    sure = [index for index in company if persons[index].state_from not in GUESSED]
    apart = any(len(group) > 1 for group in sides.values()) and _one_by_one(event, event.low, event.high)
    for group in sides.values():
        for part in ([index] for index in group) if apart else (group,):
            yield (*hosts, *sure, *part)
    for index in company:
        if index not in sure:
            yield (*hosts, index)


_RECEIVE = frozenset(("recevoir", "accueillir", "receive", "host", "welcome", "accorder", "donner", "grant", "give"))
_TOGETHER = 3  # guests of as many states who are received together


def _one_by_one(event: Event, low: int, high: int) -> bool:
    """True where guests are told apart at [low, high): "successivement", "tour à tour", "in turn", "puis"."""
    return event.scene.grammar.phrases["in_turn"].search(event.scene.reading.folded, low, high) is not None


def _meeting(event: Event, people: list[Person], parties: tuple[str, ...], spans: list[Argument], memory: Memory) -> Candidate:
    scene, reading = event.scene, event.scene.reading
    fields: dict[str, Value] = {"participants": tuple(person.name for person in people), **event.frame.gives}
    if len(parties) >= 2:
        fields["parties"] = parties
    reasons = [event.opening]
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
    if fields.get("format") == "in_person" and event.frame.id in _LIGHT and _by_phone(event):
        fields["format"] = "phone"  # "au cours d'une conversation téléphonique avec X, Y a évoqué …"
    aside = scene.grammar.phrases["sidelines"].search(reading.folded, scene.sentence.start, scene.sentence.end)
    if fields.get("format") == "in_person" and aside is not None:
        fields["format"] = "sidelines"
    return Candidate("meeting", fields, (scene.sentence.index,), event.frame.id, tuple(reasons), frozenset(features))


def by_same_means(found: list[Candidate]) -> list[Candidate]:
    """The candidates, talks that a light verb tells ("X and Y discussed …") given the means that another sentence tells."""
    remote = {
        frozenset(_names(fact)): fact.fields["format"] for fact in found if fact.fields.get("format") in ("phone", "video")
    }
    return [_by_means(fact, remote) for fact in found] if remote else found


def _by_means(fact: Candidate, remote: Mapping[frozenset[str], Value]) -> Candidate:
    means = remote.get(frozenset(_names(fact))) if fact.rule in _LIGHT and "place" not in fact.fields else None
    return fact if means is None else replace(fact, fields={**fact.fields, "format": means})


def _names(fact: Candidate) -> tuple[str, ...]:
    names = fact.fields.get("participants") if fact.kind == "meeting" else None
    return names if isinstance(names, tuple) else ()


_LIGHT = ("meeting/with", "meeting/together")


def _by_phone(event: Event) -> bool:
    """True where the sentence says that they spoke by telephone."""
    scene = event.scene
    return scene.grammar.phrases["by_phone"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end) is not None


def person_features(people: list[Person]) -> set[str]:
    """What is known of the people that tells right from wrong."""
    features = set()
    if any(person.state_from in ("dateline", "pair", "counterpart") or person.state is None for person in people):
        features.add("state-guessed")
    if any(" " not in person.name for person in people):
        features.add("one-word-name")
    return features
