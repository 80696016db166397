"""How a visit is told: made, planned, postponed or cancelled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model.claims import Value
from loaders.reading.frames.events import Event

_AROUND = 60  # characters before a visit that say that it was over, or given up
_FOLLOWING = re.compile(
    r"(?<![a-z])(?:apres|depuis|lors de|lors d'|au terme de|a l'issue de|after|following|during|since) "
    r"?(?:le |la |l'|les |un |une |the |a |an )?(?:premiere? |derniere? |recente? |recent |first |last )?\Z"
)
_GIVEN_UP = re.compile(
    r"(?<![a-z])(?:called off|calls off|scrap(?:s|ped)|cancel(?:s|led|ed)|drop(?:s|ped)|shel(?:ves|ved)|scrub(?:s|bed)"
    r"|abandon(?:s|ed)|annule|renonce|abandonne) (?:a |his |her |its |the |son |ses |le |tout )?"
    r"(?:plans?|projets?) (?:to|de) (?:[a-z]+ )?\Z"
)
_SET_OUT = re.compile(r"(?<![a-z])(?:quitte|parti[es]*|envolee?|left|departed)[^.;:]{0,60} (?:pour|to|for) (?:se |s'y )?\Z")


def told_as(event: Event) -> Mapping[str, Value] | None:
    """The fields that say how the visit of an event is told; None where it is none."""
    mood = event.mood.mood
    folded, low = event.scene.reading.folded, event.scene.sentence.start
    before = folded[max(low, event.start - _AROUND) : event.start]
    if event.voice == "noun" and mood in ("planned", "postponed", "cancelled") and _FOLLOWING.search(before) is not None:
        return event.frame.gives
    if mood == "planned" and _SET_OUT.search(folded[low : event.start]) is not None:
        return event.frame.gives
    if mood == "planned" and _GIVEN_UP.search(before) is not None:
        return {"status": "cancelled"}
    if mood in ("postponed", "cancelled"):
        return {"status": mood}
    if mood == "done":
        return event.frame.gives
    return event.frame.planned if mood in ("planned", "decided") else None
