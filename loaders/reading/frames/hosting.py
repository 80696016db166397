"""Where a visit goes that names no place: to who welcomes, invites or meets the visitor, here, to the pair's other half."""

from __future__ import annotations

import re

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.subjects import subject_argument

OTHER_HALF = "the other state of the article's pair"
_OURS = 40  # characters from "en visite" to "dans notre pays"
_SEVERAL = re.compile(
    r"(?<![a-z])(?:(?:two|three|four|five|six|seven|eight|multi|[2-9])-?(?:nation|country|state|leg|stop)"
    r"|(?:deux|trois|quatre|cinq|six|sept|huit|plusieurs) (?:pays|etats|etapes))(?![a-z])"
)
_COUNTED = 24  # characters of "five-nation " before a tour
_DEFINITE = (" the ", " this ", " la ", " le ", " cette ", " ce ")
_HITHER = frozenset(
    ("venir", "arriver", "arrive", "land", "atterrir", "touch down", "fly in")
)  # towards where the article speaks from
_REACH = 160


def welcoming(event: Event) -> Filler | None:
    """Whose guest somebody is who is welcomed on arrival."""
    if event.frame.id not in ("visit/welcomed", "visit/hosted"):
        return None
    if event.voice == "active":
        found = subject_argument(event)
    else:
        found = next((a for a in event.scene.after(event.end, event.high) if a.cue == "by"), None)
    if found is None or not found.codes:
        return None
    return Filler(found.codes[:1], found.start, found.end, "who welcomes them on arrival")


def inviting(event: Event) -> Filler | None:
    """ "à l'invitation de son homologue togolais": the visit goes to the one who invites."""
    scene = event.scene
    word = scene.grammar.phrases["invitation"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    if word is None:
        return None
    found = next((a for a in scene.after(word.end() - 2, word.end() + 30) if a.codes and a.cue in ("of", "")), None)
    owner = next((a for a in scene.before(word.end(), word.start() - 60) if a.cue == "poss" and a.codes), None)
    host = found or owner
    return None if host is None else Filler(host.codes[:1], host.start, host.end, "who invites them", inferred=True)


def our_country(event: Event, visitor: Filler, memory: Memory) -> list[Filler]:
    """ "en visite dans notre pays": that of the official who meets the visitor, else the dateline's."""
    scene, high = event.scene, min(event.scene.sentence.end, event.end + _OURS)
    said = scene.grammar.phrases["our_country"].search(scene.reading.folded, event.end, high)
    return of_host(event, visitor, memory) if said is not None else []


def here(event: Event, memory: Memory) -> Filler | None:
    """ "arrived here": the dateline."""
    words = event.scene.reading.folded[event.end : event.end + 24].split()[:3]
    if memory.place is None or not memory.place.codes or not {"here", "ici"} & set(words):
        return None
    return Filler(memory.place.codes, event.end, event.end + 1, "here: where the article was sent from", inferred=True)


def of_host(event: Event, visitor: Filler, memory: Memory) -> list[Filler]:
    """Where somebody is "visiting": the state whose official meets him, else where the article was sent from."""
    others = [a for a in event.scene.arguments if len(a.codes) == 1 and a.acts and not set(a.codes) & set(visitor.codes)]
    hosts = {a.codes[0] for a in others if a.bare or a.cue in ("in", "to")}
    if len(hosts) == 1:
        host = next(a for a in others if a.codes[0] in hosts)
        return [Filler(host.codes, host.start, host.end, "who meets the visitor")]
    home = memory.place.codes[:1] if memory.place is not None else ()
    if not hosts and home and not set(home) & set(visitor.codes):
        return [Filler(home, event.start, event.end, "where the article was sent from", inferred=True)]
    return other_half(event, visitor, memory) if not hosts else []


def there_again(event: Event) -> Filler | None:
    """ "s'y est rendu", "y effectue une visite": the place named last."""
    reading = event.scene.reading
    before = reading.folded[max(0, min(event.mood.start, event.start) - 4) : event.start].replace("'", "' ").split()
    if reading.language != "fr" or "y" not in before:
        return None
    places = [m for m in reading.mentions_in(max(0, event.start - _REACH), event.start, "SC") if m.codes]
    if not places:
        return None
    return Filler(places[-1].codes[:1], places[-1].start, places[-1].end, "y: the place named last", inferred=True)


def other_half(event: Event, visitor: Filler, memory: Memory) -> list[Filler]:
    """The other state of the article's pair, for who arrives, or whose own journey a noun tells of."""
    home = _turned_home(event, visitor, memory)
    if home is not None:
        return [home]
    if len(memory.pair) != 2 or len(visitor.codes) != 1 or visitor.codes[0] not in memory.pair or _of_several(event):
        return []
    if event.voice != "noun" and event.frame.id not in ("visit/paid", "visit/visiting") and event.lemma not in _HITHER:
        return []
    if event.voice == "noun" and visitor.start < event.start and _definite(event):
        return []  # "X welcomed the visit": told before, of whoever it was
    rest = tuple(code for code in memory.pair if code != visitor.codes[0])
    return [Filler(rest, event.start, event.end, OTHER_HALF, inferred=True)]


def _definite(event: Event) -> bool:
    return event.scene.reading.folded.endswith(_DEFINITE, event.scene.sentence.start, event.start)


def _of_several(event: Event) -> bool:
    """True for a journey to several states, "begins five-nation tour": the article's pair does not tell which."""
    start, end = event.object if event.object is not None else (event.start, event.end)
    return _SEVERAL.search(event.scene.reading.folded, max(event.scene.sentence.start, start - _COUNTED), end) is not None


def _turned_home(event: Event, visitor: Filler, memory: Memory) -> Filler | None:
    """The dateline, for who arrives there and was only guessed to be at home there: "ASTANA – He arrived on Thursday"."""
    place = memory.place
    people = [event.scene.reading.persons[index] for index in visitor.persons]
    if place is None or event.lemma not in _HITHER or set(visitor.codes) != set(place.codes[:1]) or len(memory.pair) != 2:
        return None
    if (
        not people
        or any(person.state_from not in ("dateline", "pair") for person in people)
        or place.codes[0] not in memory.pair
    ):
        return None
    return Filler(place.codes[:1], event.start, event.end, "where the article was sent from", inferred=True)
