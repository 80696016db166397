"""What a frame gives in the mood in which its trigger is told: done, planned, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model.claims import Value
from loaders.reading.frames.events import Event
from loaders.reading.model import DATE, ORGANISATION, known_day

_TO_BE_DONE = ("opened", "reopened", "deployed")  # deciding on it is not yet doing it, as it is with breaking off ties
_APPROVED = 40  # characters before "opening" in which "approved the" stands
_BEFORE_IT = re.compile(r"(?<![a-z])(?:before|avant de|avant d')(?: (?:la|le|l'))? ?(?:la |le |l')?\Z")
_GOVERNED = 130  # characters before a verb in which what governs it stands
_DATED = 14  # characters from a verb to its day: "rejoining it in 2006"


def given(event: Event) -> Mapping[str, Value] | None:
    """The fields that the frame itself settles; None where the mood tells no fact."""
    mood, frame = event.mood.mood, event.frame
    opens = frame.planned is not None and frame.gives.get("status") in _TO_BE_DONE
    if mood == "done" and opens and frame.kind == "mission" and _approved(event):
        mood = "decided"
    if mood == "done" or (mood == "decided" and not opens):
        return frame.gives
    if mood == "planned" and frame.kind == "membership" and _settled(event):
        return frame.gives
    if mood in ("planned", "decided") and frame.planned is not None:
        return {**frame.gives, **frame.planned}
    return None


def _approved(event: Event) -> bool:
    """True for "the Cabinet approved the opening of three missions": what is approved is still to be done."""
    low = max(event.low, event.start - _APPROVED)
    return (
        event.voice == "noun"
        and event.scene.grammar.closing["approves"].search(event.scene.reading.folded[low : event.start]) is not None
    )


def _settled(event: Event) -> bool:
    """True for "agreed to readmit X", which admits it, and "left in 1999 before rejoining in 2006", which happened."""
    scene, low = event.scene, max(event.scene.sentence.start, event.start - _GOVERNED)
    if scene.grammar.phrases["agrees_to"].search(scene.reading.folded, low, event.start) is not None:
        return any(m.mark == ORGANISATION for a in scene.arguments if a.start < event.start for m in a.mentions)
    leaves = event.frame.gives.get("change") == "left"  # "will withdraw from 1 January 2020": on a day that is fixed
    club = next(iter(scene.reading.mentions_in(event.end, event.end + _DATED, ORGANISATION)), None)
    reach = (club.end if club is not None else event.end) + _DATED
    dated = scene.reading.mentions_in(event.end, event.high if leaves else min(reach, scene.sentence.end), DATE)
    fixed = leaves or _BEFORE_IT.search(scene.reading.folded, low, event.start) is not None
    return fixed and any(known_day(mention) is not None for mention in dated)
