"""Visits: who travels, from which party, to which state; made, planned, postponed or cancelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.model.claims import Reason, Value
from loaders.reading.changing import replace
from loaders.reading.frames.antecedents import by_pronoun
from loaders.reading.frames.attributes import date_near, place_name
from loaders.reading.frames.company import company, stationed
from loaders.reading.frames.destinations import DIRECT, destinations
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.homes import TURNED
from loaders.reading.frames.hosting import OTHER_HALF
from loaders.reading.frames.meetings import GUESSED, person_features
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.travellers import SAID, other_official, traveller
from loaders.reading.frames.trips import after_the_news, first_day, later_stop, told_as
from loaders.reading.model import PLACE, STATE, Candidate, Mention, Person
from loaders.reading.offices import GUESSES

_RETURNED = "visit/returned"
_RECEIVING = ("recevoir", "accueillir", "receive", "host", "welcome", "greet")
_REACH = 120
_MOST = 6


def made(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The visits of one event: one for each sending party and destination."""
    status = told_as(event)
    reading = event.scene.reading
    if status is None or reading.quoted(event.start) or _towards_a_verb(event) or _only_invited(event):
        return
    visitor = traveller(event)
    if visitor is None:
        return
    goals = destinations(event, visitor, memory)
    if goals and (goals[0].why == OTHER_HALF or set(goals[0].codes) <= set(visitor.codes)):
        subject = other_official(event, visitor)
        visitor, goals = (subject, destinations(event, subject, memory)) if subject is not None else (visitor, goals)
    for goal in goals[:_MOST]:
        for host in goal.codes[:_MOST]:
            if host not in memory.organisations:
                first = host == goals[0].codes[0]
                yield from (found if first else later_stop(found) for found in _to(event, host, goal, visitor, status, memory))
    yield from _likewise(event, visitor, status, memory)
    if goals and status.get("status") == "made":
        yield from _stops_before(event, visitor, memory)


def _stops_before(event: Event, visitor: Filler, memory: Memory) -> Iterator[Candidate]:
    """The stops of a journey that open its sentence: "Après le Togo et le Bénin, le ministre X a fait étape à Lima"."""
    scene = event.scene
    first = next((a for a in scene.arguments if a.mentions[0] is not scene.reading.dateline), None)
    if first is None or first.end >= visitor.start or first.persons or len(visitor.codes) != 1 or event.voice != "active":
        return
    folded = scene.reading.folded
    led = _AFTER.search(folded, max(0, first.start - _DATELINE), first.mentions[0].start)
    if (
        led is None
        or not folded.startswith(",", first.end)
        or any(mention.mark not in STATE + PLACE for mention in first.mentions)
    ):
        return
    goal = Filler(first.codes, first.start, first.end, "the stop told before")
    for host in first.codes[:_MOST]:
        if host not in (*visitor.codes, *memory.organisations):
            stop = _visit(event, visitor.codes[0], host, visitor, goal, {"status": "made"}, memory)
            kept = {name: value for name, value in stop.fields.items() if name not in ("date", "place")}
            yield replace(
                stop, fields=kept, reasons=stop.reasons[:3], features=stop.features - {"date-told", "date-inferred", "place"}
            )


_AFTER = re.compile(r"(?<![a-z])(?:apres|after) (?:le |la |l'|les |the )?\Z")
_DATELINE = 20  # characters of "Après les"


def _to(
    event: Event, host: str, goal: Filler, visitor: Filler, status: Mapping[str, Value], memory: Memory
) -> Iterator[Candidate]:
    """The visits to one state: one for each party that travels there."""
    persons = event.scene.reading.persons
    if visitor.persons and all(stationed(persons[index]) for index in visitor.persons):
        return
    with_them = company(event, visitor)
    for sender in visitor.codes[:_MOST] or _left_behind(event) or _from_pair(host, memory):
        if _serves_another(visitor, sender, event):
            continue
        if event.frame.id == _RETURNED and sender in memory.organisations:
            continue  # "a regagné Bruxelles": who serves an organisation goes home to its seat
        if event.frame.id == _RETURNED and _guessed(visitor, event):
            yield replace(_visit(event, host, host, visitor, goal, status, memory), features=frozenset((TURNED,)))
            continue
        home = sender if sender != host else _turned(visitor, host, event, memory)
        if home in memory.organisations and _guessed(visitor, event):
            continue  # the pair's other half is an organisation: nobody's home
        if home is not None and home != host and _plausible(event, visitor, host, goal, memory):
            theirs = tuple(index for index in with_them if persons[index].state == home or _unsure(persons[index]))
            all_ = replace(visitor, persons=tuple(dict.fromkeys((*visitor.persons, *theirs))))
            journey = _visit(event, home, host, all_, goal, status, memory)
            yield journey if sender == home else replace(journey, features=journey.features | {TURNED})
    for index in with_them:
        state = persons[index].state
        if state is not None and not _unsure(persons[index]) and state not in (*visitor.codes, host):
            alone = replace(visitor, codes=(state,), persons=(index,), why="who comes along")
            yield _visit(event, state, host, alone, goal, status, memory)


def _serves_another(visitor: Filler, sender: str, event: Event) -> bool:
    """True where all who are named as travellers are told to be of another party: "Avant X, le président Y s'est rendu …"."""
    people = [event.scene.reading.persons[index] for index in visitor.persons]
    return bool(people) and not any(_unsure(person) or person.state == sender for person in people)


def _left_behind(event: Event) -> tuple[str, ...]:
    """Where a visitor of unknown state sets out: "a quitté Lomé pour se rendre à Paris"."""
    scene = event.scene
    if event.frame.id == "visit/left":
        left = next((a for a in scene.after(event.end, event.high) if a.start - event.end <= _CLOSE), None)
    else:
        word = scene.grammar.closing["leaves"]
        places = [a for a in scene.before(event.start, event.low) if not a.persons and a.mentions[0].mark in "SC"]
        left = next((a for a in places if word.search(scene.reading.folded[max(event.low, a.start - 22) : a.start])), None)
    return left.codes[:1] if left is not None and not left.persons and left.cue == "" else ()


_CLOSE = 4  # characters from "left" to what is left


def _unsure(person: Person) -> bool:
    return person.state is None or person.state_from in GUESSES  # "ses collègues éthiopien, X, et somalien, Y" are told


def _towards_a_verb(event: Event) -> bool:
    """True for "vient de signer", "venu de Lomé": what has just been done, or where somebody is from."""
    if not event.lemma.startswith("venir") or event.voice == "noun":
        return False
    return event.scene.reading.folded.startswith((" de ", " d'", " du ", " des "), event.end)


_INVITED = re.compile(r"(?<![a-z])invit[a-z]* (?:[^.;]{0,90} )?(?:to|a|de|d') ?\Z")


def _only_invited(event: Event) -> bool:
    """True for the infinitive of an invitation: "the invitation of Speaker X to visit Iran"."""
    low = event.scene.sentence.start
    said = event.scene.reading.folded[low : event.start]
    invited = next((argument for argument in event.scene.before(event.start, low) if argument.bare and argument.persons), None)
    if invited is not None and event.scene.reading.folded.startswith((" is to ", " are to "), invited.end):
        return False  # "At the invitation of X, Y is to visit Z"
    return event.mood.mood == "planned" and "accept" not in said and _INVITED.search(said) is not None


def _likewise(event: Event, visitor: Filler, status: Mapping[str, Value], memory: Memory) -> Iterator[Candidate]:
    """ "la visite de X à Y et celle de Z à W": the second one."""
    scene = event.scene
    if event.voice != "noun" and event.frame.id != "visit/paid":
        return
    word = scene.grammar.phrases["that_of"].search(scene.reading.folded, event.end, scene.sentence.end)
    after = scene.after(word.end() - 3, word.end() + _REACH) if word is not None else ()
    if len(after) < 2 or not after[0].persons or after[1].cue not in ("to", "in"):
        return
    owner, place = after[0], after[1]
    if owner.cue != "of":
        return
    if len(owner.codes) == 1 and place.codes and place.codes[0] != owner.codes[0]:
        other = Filler(owner.codes, owner.start, owner.end, "whose visit it is", owner.persons)
        goal = Filler(place.codes, place.start, place.end, "where the visit goes")
        again = replace(event, start=word.start(), end=word.end()) if word is not None else event
        yield _visit(again, owner.codes[0], place.codes[0], other, goal, status, memory)


def _turned(visitor: Filler, host: str, event: Event, memory: Memory) -> str | None:
    """Where visitors come from whose state was a guess, and would make the visit start where it ends.

    Who goes to see something in a country ("visiter le port") may be at home there: only who arrives or stays is turned.
    """
    if event.voice == "active" and event.lemma.split(" ")[0] in DIRECT:
        return None
    return next(iter(_left_behind(event) or _from_pair(host, memory)), None) if _guessed(visitor, event) else None


def _guessed(visitor: Filler, event: Event) -> bool:
    """True where no visitor's state is told."""
    people = [event.scene.reading.persons[index] for index in visitor.persons]
    return visitor.why not in SAID and bool(people) and all(person.state_from in GUESSED for person in people)


def _plausible(event: Event, visitor: Filler, host: str, goal: Filler, memory: Memory) -> bool:
    """False for a visitor of guessed state where the guess has nothing to lean on.

    Half of the pair is a guess only for a visit to the other half; and what is seen on a tour ("visiter le port, à X")
    may lie at home, unless the state itself is the verb's object.
    """
    if not _guessed(visitor, event) and event.frame.id != _RETURNED:
        return True
    if not any(event.scene.reading.persons[index].offices for index in visitor.persons):
        return False  # a painter, a coach
    if not _guessed(visitor, event):
        return True
    if goal.inferred and goal.why == OTHER_HALF:
        return False
    people = [event.scene.reading.persons[index] for index in visitor.persons]
    if any(person.state_from == "pair" for person in people) and host not in memory.pair and not _main(visitor, memory):
        return False
    toured = event.voice == "active" and event.lemma.split(" ")[0] in DIRECT
    word = event.scene.reading.folded[event.end : goal.start].replace("'", "' ").split()[-1:]
    return not toured or not word or event.scene.grammar.cues.get(word[0]) not in ("to", "in")


_OFTEN = 3  # mentions of the state that an article is mainly about


def _main(visitor: Filler, memory: Memory) -> bool:
    """True where a guessed state is the one of the pair that the article speaks of most, or where it was sent from."""
    others = [memory.spoken_of.get(code, 0) for code in memory.pair if code not in visitor.codes]
    mine = max((memory.spoken_of.get(code, 0) for code in visitor.codes), default=0)
    home = memory.place.codes if memory.place is not None else ()
    return (bool(visitor.codes) and set(visitor.codes) <= set(home)) or (mine >= _OFTEN and mine > max(others, default=0))


def receivers(event: Event) -> tuple[str, ...]:
    """The names of those who receive or welcome somebody: they are at home."""
    if event.lemma not in _RECEIVING:
        return ()
    if event.voice == "active":
        found = subject_argument(event)
        received = any(argument.persons for argument in event.scene.after(event.end, event.high))
        taking = [found] if found is not None and (received or by_pronoun(event)) else []
    else:
        taking = [argument for argument in event.scene.after(event.end, event.high) if argument.cue == "by"]
    plain = (argument for argument in taking if len(argument.codes) <= len(argument.persons))  # who "the President" is, is sure
    return tuple(event.scene.reading.persons[index].name for argument in plain for index in argument.persons)


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


def _visit(
    event: Event, sender: str, host: str, visitor: Filler, goal: Filler, status: Mapping[str, Value], memory: Memory
) -> Candidate:
    scene, reading = event.scene, event.scene.reading
    fields: dict[str, Value] = {"from": sender, "to": host, **status}
    people = [person for person in (reading.persons[index] for index in visitor.persons) if _of_party(person, sender)]
    if people:
        fields["visitors"] = tuple(person.name for person in people)
    reasons = [
        event.opening,
        visitor.reason("from", reading),
        goal.reason("to", reading),
    ]
    features = person_features(people) if people else {"nobody-named"}
    if goal.inferred:
        features.add("party-inferred")
    told = first_day(event, status.get("status"), date_near(scene, event.start, event.end, memory))
    if told is not None:
        fields["date"] = told.date
        if status.get("status") == "made" and after_the_news(told.date, reading):
            fields["status"] = "planned"  # "goes on a tour on Thursday", "la visite, le 20 mai, de X à Y"
        reasons.append(Reason("date", reading.text[told.start : told.end], told.start, told.end, told.why))
        features.add("date-inferred" if told.inferred else "date-told")
    place = _place(event, host) or _capital(event, host, goal)
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


def _capital(event: Event, host: str, goal: Filler) -> Mention | None:
    """The capital by which the destination itself is named: "s'envole pour Lima"."""
    found = event.scene.reading.mentions_in(goal.start, goal.end, STATE)
    return next((mention for mention in found if mention.codes == (host,) and isinstance(mention.value, str)), None)
