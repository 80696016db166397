"""What two do to each other: "A et B rouvriront leurs ambassades", "both embassies"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from loaders.reading.frames.events import EACH_OTHER, Event, Filler
from loaders.reading.frames.seats import elsewhere
from loaders.reading.model import PLACE

SHARED = ("severed", "border_closed", "border_opened", "visa_waived", "ambassador_returned")
"""Changes of a tie that two make together, once: not one by each."""


def reciprocal(event: Event, found: Mapping[str, Filler]) -> Filler | None:
    """ "A et B rouvriront leurs ambassades": each does it to the other."""
    filled = list(found.values())
    if len(filled) != 1 or len(filled[0].codes) != 2 or event.frame.kind not in ("mission", "relation"):
        return None
    mutual = event.scene.grammar.phrases["mutual"].search(event.scene.reading.folded, event.low, event.high)
    if filled[0].way == EACH_OTHER:
        return filled[0]
    if mutual is None and not _one_each(event):
        return None
    if event.frame.gives.get("change") in SHARED:
        return None  # "A et B ont rouvert leur frontière": one change of both
    if event.frame.kind == "mission" and (elsewhere(event, filled[0].codes) or _in_third(event, filled[0].codes)):
        return None
    return replace(filled[0], why="each of the two to the other", way=EACH_OTHER)


def _in_third(event: Event, codes: tuple[str, ...]) -> bool:
    """True for "les consulats de A et de B ont ouvert … à Dakhla": a town of neither is named."""
    reading = event.scene.reading
    sent_from = -1 if reading.dateline is None else reading.dateline.start
    towns = [town for town in reading.mentions_in(event.low, event.high, PLACE) if town.start != sent_from]
    return any(not set(town.codes) & set(codes) for town in towns)


_PLURAL = re.compile(r"(?:ambassades|ambassadeurs|missions diplomatiques|embassies|missions|ambassadors|envoys)\Z")


def _one_each(event: Event) -> bool:
    """True for "A et B vont échanger des ambassades", "both embassies": where they stand is told by nothing else."""
    envoys = str(event.frame.gives.get("change", "")).startswith(("ambassador_r",))
    if event.object is None or not (event.frame.kind == "mission" or envoys):
        return False
    scene, folded = event.scene, event.scene.reading.folded
    named = [a for a in scene.after(max(event.object[1], event.end), event.high) if a.codes and a.cue in ("in", "to", "of")]
    return _PLURAL.search(folded[slice(*event.object)]) is not None and not named
