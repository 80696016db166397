"""Of whom a relative or a participle right behind a name speaks ("par X, arrivé hier"), and where a verb's clause ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.frames.events import Event
from loaders.reading.frames.tokens import Argument

_RELATIVE = re.compile(r",? (?:qui|who)(?: \w+ment)?(?: [a-z]+ly)? ?\Z")
_BESIDE = re.compile(r",? ?(?:(?:\w+ment|lui-meme|elle-meme|alors|deja|encore|currently|then|just|himself|herself) )?\Z")
_PARTICIPLE = ("é", "ée", "és", "ées", "u", "ue", "us", "ues", "ti", "tie", "tis", "ties")
_ASIDE = re.compile(r", (?:where|who|whom|which|ou|qui|dont|with whom|avec qui|avec lequel|avec laquelle)(?![a-z])")
_CLOSED = re.compile(r", (?:whose|dont) [^,;.]{3,90}, ?(?:also |then |later )?")
_REACH = 30  # characters between a name and what is said of it
_KINDS = ("meeting", "visit")
_CLITIC = re.compile(r"(?<![a-z])(?:l'|le |la |les |lui |leur )(?:a |ont |avait |avaient |aura )?\Z")
_HIM = re.compile(r" (?:him|them|her(?= (?:at|in|on|for|and|during|before|after|later|there|to)\b|[,.;]| A_))")
_WITH_HIM = re.compile(
    r"(?: A_+| [a-z]+){0,2} (?:avec (?:lui|elle|eux)|with (?:him|them|her(?= (?:at|in|on|for|and)\b|[,.;]| A_)))(?![a-z'-])"
)
RECEIVED = frozenset(
    (
        "recevoir",
        "accueillir",
        "rencontrer",
        "retrouver",
        "voir",
        "accorder une audience",
        "donner audience",
        "recevoir en audience",
    )
)
"""Verbs of who receives somebody, whom a French pronoun before them may stand for."""


def antecedent(event: Event) -> Argument | None:
    """The official right before "qui a rencontré …", "arrivé la veille", "en visite à …"; None where others stand between."""
    if event.voice == "noun":
        return None
    scene, start = event.scene, min(event.mood.start, event.start)
    near = scene.before(start, scene.sentence.start)
    if not near:
        return None
    official = next((a for a in near if a.persons), None)
    if official is not None and _CLOSED.fullmatch(scene.reading.folded, official.end, start) is not None:
        return official  # "X, whose father was born in Kenya, travelled"
    named = near[0]
    if not named.persons or start - named.end > _REACH:
        return None
    between = scene.reading.layer[named.end : start]
    if _RELATIVE.fullmatch(between) is not None:
        return named
    beside = event.voice == "set" or event.mood.bare or _bare_participle(event)
    return named if beside and _BESIDE.fullmatch(between) is not None and named.cue != "poss" else None


def _bare_participle(event: Event) -> bool:
    """True for a French participle without auxiliary behind a comma: "X, arrivé mardi"."""
    reading, start = event.scene.reading, event.start
    if reading.language != "fr" or reading.folded[event.mood.start : start].strip(", ") or reading.folded[start - 2] != ",":
        return False
    return reading.text[start : event.end].split(" ")[0].lower().endswith(_PARTICIPLE)


def past_aside(event: Event, found: Argument) -> Argument:
    """The subject whose verb stands behind an aside: "X, where he had met Y, held talks" speaks of X, not of Y.

    In "X met Y before holding talks with Z", X does both.
    """
    scene, start = event.scene, min(event.mood.start, event.start)
    if _LINKED.fullmatch(scene.reading.folded, found.end, event.start) is not None:
        return next((a for a in scene.before(found.start, event.low)[::-1] if a.bare and a.persons), found)
    if found.end > start or not scene.reading.folded.startswith(",", found.end):
        return found
    asides = list(_ASIDE.finditer(scene.reading.folded, event.scene.sentence.start, found.start))
    opening = asides[-1].start() if asides else scene.sentence.start
    subject = next((a for a in scene.before(opening + 1, scene.sentence.start) if a.bare and a.persons), None)
    return subject if asides and subject is not None else found


def before(event: Event) -> bool:
    """True for an infinitive behind "avant de", told as done where the sentence tells of no future: "avant de rencontrer X"."""
    scene, low = event.scene, event.scene.sentence.start
    group = scene.reading.folded[max(low, event.start - _BEFORE) : event.start]
    return _AVANT.search(group) is not None and FUTURE.search(scene.reading.folded, low, event.start) is None


_BEFORE = 24  # characters of "avant d'être ensuite reçu"
_AVANT = re.compile(r"(?<![a-z])avant (?:de |d')(?:s'y |se |s'|y |le |la |l'|les )?(?:etre )?(?:\w+ment )?\Z")
FUTURE = re.compile(
    r"(?<![a-z])(?:[a-z]+(?:era|eront|ira|iront|ura|uront|[dv]ra|[dv]ront)|va|vont|doit|doivent|compte|devrait)(?![a-z])"
)
_LINKED = re.compile(
    r".{0,40}?(?<![a-z])(?:before|after|prior to|avant de|avant d'|apres avoir|apres s'etre)"
    r"(?: [a-z]+ment| later| also)? ?(?:s'y |se |s'|etre )?"
)


def by_pronoun(event: Event) -> bool:
    """True where a pronoun says whom a verb acts on or with: "l'a reçu", "received him", "s'est entretenu avec lui"."""
    reading = event.scene.reading
    if _WITH_HIM.match(reading.layer, event.end) is not None:
        return True
    if reading.language == "en":
        return _HIM.match(reading.layer, event.end) is not None
    before = max(event.low, event.start - 16)
    return event.lemma in RECEIVED and _CLITIC.search(reading.folded, before, event.start) is not None


def with_whom(event: Event, owners: list[Argument]) -> tuple[int, ...]:
    """ "X, avec qui il s'est entretenu", "X, with whom he held talks": who is named right before."""
    scene = event.scene
    found = list(_WHOM.finditer(scene.reading.folded, scene.sentence.start, event.start))
    if not found or event.start - found[-1].end() > _WHOM_REACH:
        return ()
    named = next((a for a in scene.before(found[-1].start() + 1, scene.sentence.start) if a.persons), None)
    if named is None or found[-1].start() - named.end > 2 or named in owners:
        return ()
    return named.persons


_WHOM = re.compile(r",? (?:avec (?:qui|lequel|laquelle)|with whom)(?![a-z])")
_WHOM_REACH = 40  # characters from "avec qui" to its verb


def narrowed(events: Sequence[Event]) -> list[Event]:
    """Events whose clause ends where another verb of the same kind begins: "met X and held talks with Y" are two."""
    if len(events) < 2:
        return list(events)
    told = [event for event in events if not _is_aim(event, events)]
    return [_narrowed(event, told) if event.frame.kind in _KINDS else event for event in told]


def _is_aim(event: Event, events: Sequence[Event]) -> bool:
    """True for the noun of a journey that a verb before it plans: "se rendra à X pour une visite d'État"."""
    scene, low = event.scene, event.scene.sentence.start
    if event.frame.kind != "visit" or event.voice != "noun":
        return False
    if _AIM.search(scene.reading.folded, max(low, event.start - _AIM_REACH), event.start) is None:
        return False
    planned = (
        other for other in events if other.frame.kind == "visit" and other.voice == "active" and other.mood.mood == "planned"
    )
    return any(other.end <= event.start < other.high for other in planned)


_AIM = re.compile(r"(?<![a-z])(?:pour|for) (?:une?|an?|sa|son|his|her|leur|their) [^,;.]*\Z")
_AIM_REACH = 40  # characters of "for a two-day official"


def _narrowed(event: Event, events: Sequence[Event]) -> Event:
    follows = _follows if event.voice in ("active", "passive") else _takes_there
    later = [min(other.mood.start, other.start) for other in events if follows(event, other)]
    return replace(event, high=min(later)) if later else event


def _takes_there(event: Event, other: Event) -> bool:
    """True for the verb that says where a journey goes: "une tournée qui le mènera au Togo"."""
    taken = event.voice == "noun" and other.frame.id == "visit/taken" and other.mood.mood is not None
    return taken and event.end <= other.start < event.high


def _follows(event: Event, other: Event) -> bool:
    """True for a finite verb of the same kind behind an event, within its clause."""
    if other.frame.kind != event.frame.kind or other.voice not in ("active", "passive") or other.mood.bare:
        return False
    finite = other.mood.mood == "done" or "will " in other.scene.reading.folded[other.mood.start : other.start] or before(other)
    return finite and event.end <= min(other.mood.start, other.start) < event.high
