"""Who travels: the subject, whose visit a noun tells of, who is sent or welcomed, who leads a delegation, who comes along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from loaders.reading.frames.antecedents import antecedent, past_aside
from loaders.reading.frames.company import GROUPS, leaders, made_up, of_delegation
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PERSON, TITLE

_NEAR = 160  # characters from a noun of travel to whose it is
_OPENING = 60  # characters within which a phrase still opens its sentence: "Lors d'une visite à X, le ministre Y …"
_BY_NAME = frozenset(("arrivée", "venue", "passage", "arrival", "coming", "escale", "étape"))  # told of people or of goods
_DATELINE = 40  # characters of a dateline before the first word
_ONE = ("un", "une", "a", "an")
_CRAFT = 22  # characters from "l'avion" to whose it is
_MOST = 8
_SENT_REACH = 40  # characters from "welcomed" to whom
_SENT, _LEADS = "who is sent", "who leads the delegation"
SAID = frozenset((_SENT, _LEADS))
"""Ways of finding travellers that themselves tell whose they are, whatever else is known of them."""


def traveller(event: Event) -> Filler | None:
    """Who travels in an event, with the agents they stand for; None where nobody is said to."""
    found = _WAYS.get(event.frame.id.rpartition("/")[2], _by_voice)(event)
    if found is None:
        return None
    led = leaders(event.scene, found)
    return replace(found, persons=led, why=_LEADS) if led else found


def _by_voice(event: Event) -> Filler | None:
    if event.voice == "noun":
        return _of_noun(event)
    if event.voice == "passive":
        return _agent(event)
    found = antecedent(event) or subject_argument(event)
    found = past_aside(event, found) if found is not None and event.voice == "active" else found
    if found is None or (found.end <= event.start and not travels(event.scene, found)):
        found = _next_official(event) or found
    if found is None and event.voice == "active":
        found = _aboard(event) or _whose_turn(event) or made_up(event)
    if found is None and event.voice == "active" and _DELEGATION.search(event.scene.reading.folded, event.low, event.start):
        led = event.scene.told_before
        return filler(led, "who leads the delegation told of") if led is not None and led.persons else _last_traveller(event)
    if event.voice == "set" and found is not None and found.start >= event.end and not _opens(event):
        return None
    return filler(found, "subject of the verb") if found is not None and travels(event.scene, found) else None


def _aboard(event: Event) -> Argument | None:
    """Whose aircraft arrives: "l'avion du président X a atterri à …", "X's plane landed in …"."""
    scene = event.scene
    for argument in scene.before(event.start, event.low):
        start = max(event.low, argument.start - _CRAFT)
        beside = scene.reading.folded[start : argument.mentions[0].start] if argument.cue == "of" else argument.head
        if argument.persons and argument.cue in ("of", "poss") and scene.grammar.phrases["craft"].search(beside) is not None:
            return argument
    return None


def _whose_turn(event: Event) -> Argument | None:
    """Whose turn it is to travel: "c'est au tour de X de se rendre à …", "it was the turn of X to visit …"."""
    scene = event.scene
    found = next((a for a in scene.before(event.start, scene.sentence.start) if a.persons and a.cue == "of"), None)
    if found is None or event.start - found.end > _NEXT or "," in scene.reading.folded[found.end : event.start].strip(", "):
        return None
    start = max(scene.sentence.start, found.start - _TURN)
    turn = scene.grammar.phrases["turn_to"].search(scene.reading.folded, start, found.start + _TURN)
    return found if turn is not None else None


_NEXT, _TURN = 16, 12  # characters from whose turn it is to the verb, and around "tour de"


_DELEGATION = re.compile(r"(?<![a-z])(?:la|cette|la meme|the|this|the same) delegation (?!de |d'|du |of |from )")


def other_official(event: Event, found: Filler) -> Filler | None:
    """The subject who met somebody "during a visit", where `found` is whom he met: who receives somebody does not travel."""
    scene = event.scene
    officials = [a for a in scene.before(event.start, event.low) if a.bare and a.persons]
    if event.voice != "noun" or len(officials) < 2 or officials[0].start != found.start:
        return None
    subject, met = officials[-1], officials[0]
    receives = scene.grammar.phrases["receives"].search(scene.reading.folded, subject.end, met.start)
    return filler(subject, "who the sentence speaks of") if receives is None else None


def _next_official(event: Event) -> Argument | None:
    """ "Arrivé mardi à X, le ministre Y …": the official whom the participle that opens the sentence describes."""
    scene = event.scene
    if event.start - scene.sentence.start > _DATELINE:
        return None
    found = next((a for a in scene.after(event.end, scene.sentence.end) if a.bare and a.persons), None)
    closes = found is not None and scene.reading.folded[event.end : found.start].rstrip().endswith(",")
    return found if closes else None


def _of_noun(event: Event) -> Filler | None:
    """ "la visite de X à Y", "a visit to Y by X", "X's visit"; else who the sentence speaks of."""
    scene, strict = event.scene, event.lemma.split(" ")[0] in _BY_NAME
    before = [a for a in scene.before(event.start, scene.sentence.start) if travels(scene, a)]
    owner = next((a for a in before if a.cue == "poss" and event.start - a.end <= 30), None)
    if owner is not None:
        return filler(owner, "whose visit it is")
    passed = False
    for argument in scene.after(event.end, min(event.high, event.end + _NEAR)):
        if argument.cue in ("of", "by", "for") and travels(scene, argument) and not _invites(scene, argument):
            return filler(argument, "whose visit it is")
        if argument.cue in ("to", "in", "for"):
            passed = True
        elif passed or argument.bare:
            break
    if (strict and not _owned(event)) or _told_before(event):
        return None  # "ce déplacement" was told before, whoever speaks of it now
    owner = next((a for a in before if a.cue == ""), None)
    told = scene.told_before
    if owner is None and told is not None and len(told.persons) == 1 and _owned(event) and _begins(event):
        owner = _who_follows(event) or told  # "His two-day visit, which began on Monday, …"
    if owner is None and _opens(event):
        owner = next((a for a in scene.after(event.end, scene.sentence.end) if a.bare and travels(scene, a)), None)
    folded = scene.reading.folded
    if owner is None and folded.startswith(_GOAL, event.end) and _THE.fullmatch(folded, scene.sentence.start, event.start):
        return _last_traveller(event)
    return filler(owner, "who the sentence speaks of")


_THE = re.compile(r"(?:the|la|le) (?:[a-z-]+ )?")  # "The visit to X" that opens a sentence: of who travelled last


_GOAL = (" to ", " a ", " au ", " aux ", " en ")


def _invites(scene: Scene, argument: Argument) -> bool:
    """True for who invites: "on the invitation of President X", "à l'invitation du président X"."""
    low = max(scene.sentence.start, argument.start - _INVITING)
    return scene.grammar.phrases["invitation"].search(scene.reading.folded, low, argument.mentions[0].start) is not None


_INVITING = 24  # characters from "invitation" to who invites


def _opens(event: Event) -> bool:
    """True for a phrase that opens its sentence and says itself of nobody: "Lors de sa visite à X, …", "En visite à X, …"."""
    scene = event.scene
    if event.start - scene.sentence.start > _OPENING:
        return False
    before = scene.tokens[: scene.index(event.start)]
    if event.voice == "set":
        return sum(token.text[0].isalpha() and not token.mention for token in before) <= 1
    own = any(token.text in _ONE or scene.grammar.phrases["own"].fullmatch(token.text) for token in before[-3:])
    return own and not any(argument.bare for argument in scene.before(event.start, scene.sentence.start))


def _owned(event: Event) -> bool:
    """True for "son arrivée", "his arrival": of who the sentence speaks of."""
    scene = event.scene
    position = scene.index(event.start) - 1
    word = scene.tokens[position].text if position >= 0 else ""
    return scene.grammar.phrases["own"].fullmatch(word) is not None and word not in ("leur", "leurs", "their")


def _begins(event: Event) -> bool:
    """True where the noun and its owner begin the sentence: "His two-day visit began"."""
    scene = event.scene
    return event.start - scene.sentence.start <= _FIRST and "," not in scene.reading.folded[scene.sentence.start : event.start]


def _who_follows(event: Event) -> Argument | None:
    """Whose visit opens the sentence: "During his visit to X, Prime Minister Y …", unless Y is at home there."""
    scene = event.scene
    if scene.grammar.phrases["in_the_course"].match(scene.reading.folded, scene.sentence.start) is None:
        return None
    after = scene.after(event.end, scene.sentence.end)
    owner = next((a for a in after if a.bare and a.persons), None)
    where = {code for a in after if a.cue in ("to", "in") and not a.persons for code in a.codes}
    closes = owner is not None and scene.reading.folded[event.end : owner.start].rstrip().endswith(",")
    return owner if closes and owner is not None and owner.codes and not where & set(owner.codes) else None


_FIRST = 30  # characters of "His two-day official"


def _told_before(event: Event) -> bool:
    folded = event.scene.reading.folded
    return event.scene.grammar.closing["back"].search(folded, max(0, event.start - 20), event.start) is not None


def _agent(event: Event) -> Filler | None:
    """Who travels where the visit is what the verb acts on: "la visite effectuée à X par Y"."""
    if event.object is None:
        return None
    found = next((a for a in event.scene.after(event.end, event.high) if a.cue == "by" and travels(event.scene, a)), None)
    return filler(found, "agent after par / by")


def _acted_on(event: Event) -> Filler | None:
    """Who is sent or welcomed: the object of the verb, the subject of the passive."""
    scene = event.scene
    if event.voice == "noun":
        return None
    if event.voice == "passive":
        found = subject_argument(event)
    else:
        cue = "to" if event.lemma == "play host" else ""
        found = next(
            (a for a in scene.after(event.end, event.high) if a.cue == cue and a.mentions[0].mark in (PERSON, TITLE)), None
        )
    if found is None or not travels(scene, found) or "," in scene.reading.folded[event.end : found.start]:
        return None
    sender = subject_argument(event) if event.voice == "active" and event.frame.id == "visit/sent" else None
    if sender is not None and len(sender.codes) == 1 and not sender.persons:
        return Filler(sender.codes, found.start, found.end, _SENT, found.persons)
    return filler(found, "who is sent or welcomed")


def _hosted(event: Event) -> Filler | None:
    """Whom a state welcomes: "Peru welcomed Chilean President X"; only named officials of another state."""
    host, guest = subject_argument(event) if event.voice == "active" else None, _acted_on(event)
    if host is None or host.persons or len(host.codes) != 1 or guest is None or not guest.persons:
        return None
    official = all(event.scene.reading.persons[index].offices for index in guest.persons)
    return guest if official and guest.start - event.end <= _SENT_REACH and guest.codes != host.codes else None


def _visiting(event: Event) -> Filler | None:
    """ "met visiting Chilean Prime Minister X": who is named right after."""
    scene = event.scene
    found = next((a for a in scene.arguments if a.persons and a.start <= event.end + 5 and a.end > event.end), None)
    return filler(found, "who is said to be visiting")


def _taken(event: Event) -> Filler | None:
    """Whom a journey takes somewhere: "sa tournée le conduira à X", "a tour that has taken him to X"."""
    scene = event.scene
    for argument in (*scene.after(event.end, event.high)[:1], *scene.before(event.start, scene.sentence.start)):
        if travels(scene, argument) and argument.cue in ("", "of", "poss"):
            return filler(argument, "whom the journey takes there")
    told = event.scene.told_before
    if told is not None and told.persons:
        return filler(told, "who the sentence before spoke of")
    return _last_traveller(event)


def _last_traveller(event: Event) -> Filler | None:
    """Who "his tour" is of, where nobody else was spoken of since: who travels in the last visit told, not far back."""
    scene, reading = event.scene, event.scene.reading
    visit = next((fact for fact in reversed(scene.told[-_MOST:]) if fact.kind == "visit" and fact.fields.get("visitors")), None)
    if visit is None or scene.sentence.index - visit.sentences[-1] > _SENTENCES:
        return None
    names, sender = visit.fields["visitors"], visit.fields["from"]
    if not isinstance(names, tuple) or not isinstance(sender, str):
        return None
    people = tuple(index for index, person in enumerate(reading.persons) if person.name in names)
    return Filler((sender,), event.start, event.end, "who travels in the visit told last", people)


_SENTENCES = 3  # sentences back to the visit told last


_WAYS: Mapping[str, Callable[[Event], Filler | None]] = {
    "sent": _acted_on,
    "welcomed": _acted_on,
    "hosted": _hosted,
    "visiting": _visiting,
    "taken": _taken,
    "carried": _taken,
}


def filler(argument: Argument | None, why: str) -> Filler | None:
    """An argument as traveller: its agents, or officials whose agent the text does not say."""
    if argument is None or not (argument.codes or argument.persons):
        return None
    return Filler(argument.codes, argument.start, argument.end, why, argument.persons)


def travels(scene: Scene, argument: Argument) -> bool:
    """True for officials and delegations; a bare state does not travel, its delegation does."""
    if any(mention.mark in (PERSON, TITLE) for mention in argument.mentions):
        return True
    words = scene.reading.folded[max(scene.sentence.start, argument.start - 14) : argument.mentions[0].start]
    before = argument.head in GROUPS or (argument.acts and bool(GROUPS & set(words.replace("'", " ").split())))
    return before or of_delegation(scene, argument)
