"""What became of an instrument: signed, to be signed, ratified by a law; nothing where it is only called for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model.claims import Value
from loaders.reading.frames.events import Event

_RATIFIED: Mapping[str, Value] = {"status": "ratified"}
_ENDS = ("agreement/terminated", "agreement/suspended", "agreement/left")  # whoever decides them has done them
_UNDER_WAY = frozenset(("finaliser", "finalise", "conclude", "clinch"))
_ADJECTIVE = 14  # characters before a noun in which its adjective stands
_ALLOWING = 30  # characters before a noun in which it is allowed


def status_given(event: Event) -> Mapping[str, Value] | None:
    """The fields that an event settles for its instruments; None where its mood tells no fact."""
    given = _given(event)
    if given is None or _hoped(event):
        return None
    if event.signs and event.object is not None and _by_law(event):
        return _RATIFIED if event.mood.mood == "done" else None
    return given


def _given(event: Event) -> Mapping[str, Value] | None:
    mood, frame = event.mood.mood, event.frame
    if event.signs and mood == "done" and text_only(event):
        return {"status": "negotiated"}
    if event.signs and mood == "done" and _still(event):
        return frame.planned if event.voice == "noun" else {"status": "negotiated"}
    if event.signs and mood == "planned" and _enabled(event):
        return frame.gives
    if mood == "done" or (mood == "decided" and (frame.id in _ENDS or _by_vote(event))):
        return frame.gives
    return frame.planned if mood in ("planned", "decided") else None


def _by_vote(event: Event) -> bool:
    """True for "voted to ratify": a parliament's vote does it."""
    votes = event.scene.grammar.phrases["by_vote"]
    return (
        event.frame.id == "agreement/ratified"
        and votes.search(event.scene.reading.folded, event.mood.start, event.start) is not None
    )


_CLAUSE = 130  # characters before an infinitive in which what made it possible stands


def _enabled(event: Event) -> bool:
    """True for "la cérémonie a permis aux ministres de signer …": what was made possible was done."""
    folded, low = event.scene.reading.folded, max(event.low, event.start - _CLAUSE)
    found = event.scene.grammar.phrases["made_possible"].search(folded, low, event.mood.start)
    return found is not None and not set(folded[found.end() : event.mood.start]) & set(";.:")


def _by_law(event: Event) -> bool:
    """True for "a adopté le projet de loi autorisant l'accord": a parliament adopts the law, not the accord."""
    if event.object is None or event.voice != "active":
        return False
    law = event.scene.grammar.phrases["law"]
    return law.search(event.scene.reading.folded, event.end, event.object[0]) is not None


def _still(event: Event) -> bool:
    """True for what is not done yet: "are finalising a treaty", "approved the signing of a treaty"."""
    folded = event.scene.reading.folded
    if event.voice == "noun":
        before = folded[max(event.low, event.start - _ALLOWING) : event.start]
        return event.scene.grammar.closing["allows"].search(before) is not None
    return event.lemma in _UNDER_WAY and folded[event.start : event.end].split(" ")[0].endswith("ing")


_TEXT_OF = re.compile(r"(?<![a-z])(?:text|terms|wording|draft|texte|termes|projet)(?![a-z])")
_AGREEING = ("agreement/announced", "agreement/reached")


def text_only(event: Event) -> bool:
    """True for "agreed the text of a treaty", "finalised the draft": what is agreed is still to be signed."""
    if event.object is None or not (event.frame.id in _AGREEING or event.lemma in _UNDER_WAY):
        return False
    low, high = min(event.end, event.object[1]), max(event.object[0], event.start)
    after = event.scene.reading.folded[event.object[1] : event.object[1] + 6]
    return _TEXT_OF.search(event.scene.reading.folded, low, high) is not None or after == " terms"


def _hoped(event: Event) -> bool:
    """True for "the early conclusion of a treaty": what is only called for."""
    before = event.scene.reading.folded[max(event.low, event.start - _ADJECTIVE) : event.start]
    return event.voice == "noun" and event.scene.grammar.closing["hoped"].search(before) is not None
