"""Role rules of envoys: whom the ambassador in an event serves, where he is accredited, what he must leave or goes back to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, end_of, fill, tied
from loaders.reading.model import PLACE, STATE, Mention, Title

_PLAIN = STATE + "D" + PLACE
_CLOSE = 6  # characters between "quitter" and what is left
_BESIDE_VERB = 30  # characters from "is back" to the post
_DIPLOMATS = re.compile(r"diplomat|ambassad|envoy|consul|attach")


def envoy_of(event: Event, memory: Memory) -> Filler | None:
    """Whom an envoy in the object serves: "l'ambassadeur du Maroc", "the Belgian chargé d'affaires"."""
    found = _envoy(event)
    if found is None:
        return None
    return Filler(found[1].of, found[0], found[0] + 1, "the state the envoy serves") if found[1].of else None


def envoy_at(event: Event, memory: Memory) -> Filler | None:
    """Where an envoy in the object is accredited: "ambassadeur au Mali", "ambassador to Kenya"."""
    found = _envoy(event)
    if found is not None and found[1].place:
        more = _further_posts(event, found[1].place)
        return Filler((found[1].place, *more), found[0], found[0] + 1, "where the envoy is accredited")
    return fill(tied(event, end_of(event), ("to", "in", "from")), "where the envoy is accredited")


def _further_posts(event: Event, first: str) -> tuple[str, ...]:
    """The posts joined to the first: "les ambassadeurs d'Israël à Dublin et à Oslo"."""
    if event.object is None:
        return ()
    for argument in event.scene.after(event.object[1], event.high):
        between = event.scene.reading.folded[argument.start - 14 : argument.start].split()
        joined = argument.cue in ("to", "in") or (argument.cue == "" and not argument.acts)
        if joined and {"et", "and"} & set(between[-3:]) and argument.start - event.object[1] <= 60:
            return tuple(code for code in argument.codes if code != first)
    return ()


def _envoy(event: Event) -> tuple[int, Title] | None:
    low, high = event.object if event.object else (event.start, event.end)
    for mention in event.scene.reading.titles:
        if mention.start < high and low < mention.end and isinstance(mention.value, Title):
            return mention.start, mention.value
    return None


def back_at(event: Event, memory: Memory) -> Filler | None:
    """ "a regagné Khartoum", "is back in Khartoum": where the envoy returns to, unless that is home."""
    found = next((a for a in event.scene.after(event.end, event.high) if a.codes and a.cue in ("", "to", "in")), None)
    if found is None or found.start - event.end > _BESIDE_VERB or not all(m.mark in _PLAIN for m in found.mentions):
        return envoy_at(event, memory)
    return fill(found, "where the envoy returns to")


def left_state(event: Event, memory: Memory) -> Filler | None:
    """ "soixante-douze heures pour quitter le Mali": the state that is to be left."""
    found = None if sends_its_own(event) else next(iter(event.scene.after(event.end, event.high)), None)
    if found is None or found.start - event.end > _CLOSE or any(m.mark not in _PLAIN for m in found.mentions):
        return None
    between = event.scene.reading.folded[event.end : found.start].split()
    return None if event.scene.grammar.conjunctions & set(between) else fill(found, "the state to be left")


def posted_to(event: Event, memory: Memory) -> Filler | None:
    """ "les diplomates qatariens en poste aux Émirats et à Bahreïn": where those who must go are."""
    envoy = _envoy_before(event)
    if envoy is not None and isinstance(envoy.value, Title) and envoy.value.place is not None:
        return Filler((envoy.value.place,), envoy.start, envoy.end, "where the envoy is accredited")
    found = next((a for a in event.scene.before(event.start, event.low) if a.cue in ("to", "in") and a.codes), None)
    return fill(found, "where they are posted")


def envoys_of(event: Event, memory: Memory) -> Filler | None:
    """Whose diplomats the clause speaks of before its verb."""
    folded = event.scene.reading.folded
    for argument in event.scene.arguments:
        noun = argument.head or (folded[max(event.low, argument.start - 24) : argument.start] if argument.cue == "of" else "")
        if argument.end <= event.start and argument.codes and _DIPLOMATS.search(noun):
            return fill(argument, "whose diplomats they are")
    envoy = _envoy_before(event)
    if envoy is None or not isinstance(envoy.value, Title):
        return None
    return Filler(envoy.value.of[:1], envoy.start, envoy.end, "the state the envoy serves")


def _envoy_before(event: Event) -> Mention | None:
    """The last ambassador that the clause speaks of before its verb."""
    titles = [mention for mention in event.scene.reading.titles if event.low <= mention.start < event.start]
    return next(
        (t for t in reversed(titles) if isinstance(t.value, Title) and "ambassador" in t.value.offices and t.value.of), None
    )


def envoy_told(event: Event, memory: Memory) -> Filler | None:
    """ "Il avait 72 heures pour partir": whom the envoy spoken of in the two sentences before serves."""
    reading, index = event.scene.reading, event.scene.sentence.index
    low = reading.sentences[max(0, index - 2)].start
    told = [t for t in reading.titles if low <= t.start < event.start and isinstance(t.value, Title)]
    for title in reversed(told):
        if isinstance(title.value, Title) and "ambassador" in title.value.offices and title.value.of:
            if set(title.value.of) & set(event.taken):
                continue
            return Filler(title.value.of[:1], title.start, title.end, "the envoy told before", inferred=True)
    return None


def sends_its_own(event: Event) -> bool:
    """True for "a renvoyé son ambassadeur à X": nobody expels his own; and for "des ambassadeurs", who may be anybody's."""
    if event.frame.gives.get("change") != "diplomat_expelled" or event.object is None:
        return False
    before = event.scene.reading.folded[max(event.low, event.object[0] - 12) : event.object[0]]
    return event.scene.grammar.closing["own"].search(before) is not None or before.split()[-1:] in (["des"], ["un"], ["une"])


ENVOYS: Mapping[str, Rule] = {
    "envoy of": envoy_of, "envoy at": envoy_at, "back at": back_at, "left state": left_state, "posted to": posted_to,
    "envoys of": envoys_of, "envoy told": envoy_told,
}  # fmt: skip
"""The rules of envoys, by the name that frames use."""
