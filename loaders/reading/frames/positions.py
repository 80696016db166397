"""Stances and cooperation: declared positions, and sectors worked on together without a named instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.events import Event
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.roles import subject_argument
from loaders.reading.frames.scene import Scene
from loaders.reading.model import Candidate

_TOPIC = 90  # characters of a topic
_TOPIC_STOP = re.compile(r"[;:.,(«»\"“”\n]")


def stance(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The position of one event's subject, a state or an organisation, on what the verb governs."""
    scene, reading = event.scene, event.scene.reading
    if event.mood.mood != "done" or event.voice != "active" or reading.quoted(event.start):
        return
    holder = subject_argument(event)
    if (
        holder is None
        or not holder.codes
        or holder.start < event.low
        or (any(m.mark == "P" for m in holder.mentions) and not _for_country(event))
    ):
        return
    span = _topic(event)
    if span is None:
        return
    for code in holder.codes[:6]:
        fields: dict[str, Value] = {"state": code, **event.frame.gives, "topic": reading.text[slice(*span)]}
        told = date_near(scene, event.start, event.end, memory, lead=False)
        if told is not None:
            fields["date"] = told.date
        reasons = (
            Reason(
                "trigger", reading.text[event.start : event.end], event.start, event.end, f"opens the frame {event.frame.id}"
            ),
            Reason("state", reading.text[holder.start : holder.end], holder.start, holder.end, "subject of the verb"),
            Reason("topic", reading.text[slice(*span)], *span, "what the verb governs"),
        )
        yield Candidate("stance", fields, (scene.sentence.index,), event.frame.id, reasons, frozenset())


def _for_country(event: Event) -> bool:
    """True where an official speaks for his state: "a réitéré le soutien de son pays"."""
    return any(words in event.lemma for words in ("son pays", "country"))


def _topic(event: Event) -> tuple[int, int] | None:
    """The short noun phrase after the verb, articles left out; None where there is none of two words or more."""
    folded, limit = event.scene.reading.folded, min(event.scene.sentence.end, event.end + _TOPIC)
    phrases = event.scene.grammar.phrases
    start = event.end
    for token in event.scene.tokens[event.scene.index(event.end) :]:
        if token.mention or not phrases["topic_leads"].fullmatch(token.text):
            start = token.start
            break
    found = (_TOPIC_STOP.search(folded, start, limit), phrases["topic_ends"].search(folded, start, limit))
    stop = min((match.start() for match in found if match is not None), default=None)
    end = stop if stop is not None else limit
    if stop is None and limit < event.scene.sentence.end:
        end = folded.rfind(" ", start, limit)
    words = folded[start:end].split()
    return (start, start + len(folded[start:end].rstrip())) if len(words) >= 2 and end > start else None


def cooperation(scene: Scene, knowledge: Knowledge, memory: Memory) -> Candidate | None:
    """Two sectors or more in which the sentence says that two parties work together."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    found = scene.grammar.phrases["joint_work"].search(reading.folded, low, high)
    if found is None or reading.quoted(found.start()):
        return None
    domains = knowledge.domains.find(reading, found.end(), high)
    if len(domains) < 2:
        return None
    parties = parties_of(scene, found.span(), None, memory)
    if parties is None or len(parties.codes) != 2:
        return None
    reasons = (
        Reason("trigger", reading.text[found.start() : found.end()], found.start(), found.end(), "words of joint work"),
        parties.reason("parties", reading),
    )
    features = frozenset({"party-inferred"} if parties.inferred else ())
    fields: dict[str, Value] = {"parties": parties.codes, "domains": domains}
    return Candidate("cooperation", fields, (scene.sentence.index,), "cooperation/sectors", reasons, features)
