"""Who is named beside those who meet: who leads those received, who receives them, looks on, or is only written to."""

from __future__ import annotations

import re

from loaders.reading.frames.events import Event
from loaders.reading.frames.tokens import Argument

_TO_HIM = re.compile(r"(?<![a-z])(?:lui|leur) (?:[a-z]+ )?\Z")
_AND_HIS = re.compile(r",? (?:and|et)(?: (?:his|her|their|son|sa|ses|leur|leurs))?(?: [a-z]+)? ")
_LED = 16  # characters of "headed by the "


def received_by(event: Event, led: list[Argument]) -> bool:
    """True for "the delegation led by X was received by Y": who receives it leads no side."""
    if len(led) < 2:
        return False
    receives = event.scene.grammar.phrases["receives"]
    return receives.search(event.scene.reading.folded, led[0].end, led[1].start) is not None


def handed(event: Event) -> bool:
    """True where a pronoun says who is handed a message: "lui a remis un message …"."""
    return _TO_HIM.search(event.scene.reading.folded, event.low, event.start) is not None


def of_the_same(event: Event, argument: Argument) -> bool:
    """True for the second of two of whom something is received: "welcomed the decision by X and his counterparts Y and Z"."""
    before = next(iter(event.scene.before(argument.start, event.end)), None)
    if before is None or not before.persons or before.cue not in ("by", "of") or leading(event, before):
        return False
    return _AND_HIS.fullmatch(event.scene.reading.folded, before.end, argument.start) is not None


def leading(event: Event, argument: Argument) -> bool:
    """True for who leads those received: "a delegation led by X"."""
    scene = event.scene
    low = max(event.end, argument.start - _LED)
    return scene.grammar.phrases["led"].search(scene.reading.folded, low, argument.start + 1) is not None


def onlooking(event: Event, argument: Argument) -> bool:
    """True for who only looks on: "en présence de X", "flanked by Y"."""
    folded, looks_on = event.scene.reading.folded, event.scene.grammar.phrases["onlooking"]
    return looks_on.search(folded, max(event.low, argument.start - 45), argument.start) is not None
