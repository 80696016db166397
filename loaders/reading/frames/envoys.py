"""Role rules of envoys: whom the ambassador in an event serves, and where he is accredited."""

from __future__ import annotations

from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, end_of, fill, tied
from loaders.reading.model import Title


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


ENVOYS: Mapping[str, Rule] = {"envoy of": envoy_of, "envoy at": envoy_at}
"""The rules of envoys, by the name that frames use."""
