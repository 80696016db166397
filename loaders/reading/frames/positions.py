"""Stances and cooperation: declared positions, and sectors worked on together without a named instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.events import Event
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.roles import subject_argument
from loaders.reading.frames.scene import Argument, Scene
from loaders.reading.model import Candidate, Mention

_TOPIC = 90  # characters of a topic
_ADJECTIVES = re.compile(r"'?s?(?: (?!and |et |or |ou )[a-z-]{3,}){0,2} ")
_OWN = re.compile(r"(?<![a-z])(?:its|their|son|sa|leur)(?: (?:full|[a-z-]{4,})(?:,? (?:et |and )?[a-z-]{4,})?)? \Z")
_OWN_REACH = 48  # characters from "its firm" to the noun, and from the verb to "its"
_ADVERB = re.compile(r" (?:(?:once|yet|again|more|de|encore|nouveau|a|une|fois|plus|on|of|[a-z]{3,}(?:ment|ly)|A_+) ){0,3}")
_OF = 22  # characters from "le soutien" to whose it is
_PUT_IN = re.compile(r",\s(?:(?:a|ont)-t-(?:il|elle|ils|elles|on)|(?:he|she|it|they) (?:said|added))[^,;.]{0,30},\s?")
_LEAD = re.compile(r"[\s,]*(?:(?:the|its|their|la|le|les|l'|sa|son|ses|and|et|but|mais) ?)*")
_COUNTED = re.compile(r"M_|[0-9]+ ")
_TOPIC_STOP = re.compile(r"[;:.,(«»\"“”\n]")


def stance(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The position of one event's subject, a state or an organisation, on what the verb governs."""
    scene, reading = event.scene, event.scene.reading
    if event.mood.mood != "done" or reading.quoted(event.start):
        return
    holder = _holder(event)
    if holder is None or not holder.codes or (any(m.mark == "P" for m in holder.mentions) and not _for_country(event)):
        return
    span = _topic_before(event) if event.voice == "passive" else _topic(event, _topic_start(event, holder))
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


def _holder(event: Event) -> Argument | None:
    """Whose position it is: the subject, the agent of a passive, whose support a noun tells of."""
    scene = event.scene
    if event.voice == "noun":
        declared = _declared(event)
        if declared is not None:
            return _holder(declared)
        owner = next((a for a in scene.before(event.start, event.low) if a.cue == "poss" and _tied(event, a.end)), None)
        after = next(iter(scene.after(event.end, event.high)), None)
        tied = after is not None and after.cue == "of" and after.start - event.end <= _OF
        return owner or (after if tied else None)
    if event.voice == "passive":
        return next((a for a in scene.after(event.end, event.high) if a.cue == "by" and a.acts), None)
    holder = subject_argument(event)
    if holder is None or holder.start >= event.low:
        return holder
    told_before = holder is scene.told_before and not holder.persons
    same_sentence = holder.start >= scene.sentence.start and not holder.persons
    return holder if told_before or same_sentence else None


def _tied(event: Event, end: int) -> bool:
    """True when nothing but "'s" and up to two adjectives stand between an owner and the noun."""
    return event.start - end <= 4 or _ADJECTIVES.fullmatch(event.scene.reading.layer, end, event.start) is not None


def _declared(event: Event) -> Event | None:
    """The event of the verb in "reiterated its firm opposition to": who declares it holds it; None without such a verb."""
    layer, grammar = event.scene.reading.layer, event.scene.grammar
    own = _OWN.search(layer, max(event.low, event.start - _OWN_REACH), event.start)
    if own is None:
        return None
    verbs = list(
        grammar.phrases["declares"].finditer(event.scene.reading.folded, max(event.low, own.start() - _OWN_REACH), own.start())
    )
    if not verbs or _ADVERB.fullmatch(layer, verbs[-1].end(), own.start()) is None:
        return None
    return replace(event, start=verbs[-1].start(), mood=replace(event.mood, voice="active", start=verbs[-1].start()))


def _topic_start(event: Event, holder: Argument) -> int:
    """Where the topic may begin: after the verb, or after whose support the noun tells of; words put in between left out."""
    start = holder.end if event.voice == "noun" and holder.start > event.end else event.end
    aside = _PUT_IN.match(event.scene.reading.folded, start)
    return aside.end() if aside is not None else start


def _topic_before(event: Event) -> tuple[int, int] | None:
    """What a passive says is supported or opposed: the words of the clause before its verb, where they name it."""
    folded, end = event.scene.reading.folded, event.mood.start
    start = max(event.low, end - _TOPIC)
    lead = _LEAD.match(folded, start, end)
    start = lead.end() if lead is not None else start
    words = folded[start:end].split()
    plain = len(words) >= 2 and not _TOPIC_STOP.search(folded, start, end) and start <= event.low + 12
    return (start, start + len(folded[start:end].rstrip())) if plain else None


def _for_country(event: Event) -> bool:
    """True where an official speaks for his state: "a réitéré le soutien de son pays"."""
    return any(words in event.lemma for words in ("son pays", "country"))


def _topic(event: Event, start: int) -> tuple[int, int] | None:
    """The short noun phrase after the verb, articles left out; None where there is none of two words or more."""
    folded, limit = event.scene.reading.folded, min(event.scene.sentence.end, start + _TOPIC)
    phrases = event.scene.grammar.phrases
    for token in event.scene.tokens[event.scene.index(start) :]:
        if token.mention or not phrases["topic_leads"].fullmatch(token.text):
            start = token.start
            break
    found = (_TOPIC_STOP.search(folded, start, limit), phrases["topic_ends"].search(folded, start, limit))
    stop = min((match.start() for match in found if match is not None), default=None)
    end = stop if stop is not None else limit
    if stop is None and limit < event.scene.sentence.end:
        end = folded.rfind(" ", start, limit)
    if _COUNTED.match(event.scene.reading.layer, start) is not None:
        return None  # families, firms, projects by number: aid, no position
    words = folded[start:end].split()
    named = len(words) >= 2 or (len(words) == 1 and any(m.start <= start < m.end for m in _named(event, start, end)))
    return (start, start + len(folded[start:end].rstrip())) if named and end > start else None


def _named(event: Event, start: int, end: int) -> tuple[Mention, ...]:
    """States and organisations in a stretch: one of them is topic enough ("their support for Taiwan")."""
    return event.scene.reading.mentions_in(start, end, "SG")


def cooperation(scene: Scene, knowledge: Knowledge, memory: Memory) -> Candidate | None:
    """Two sectors or more in which the sentence says that two parties work together."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    found = scene.grammar.phrases["joint_work"].search(reading.folded, low, high)
    if found is None or reading.quoted(found.start()):
        return None
    if _unsure(scene, knowledge, found.start()):
        return None
    domains = knowledge.domains.find(reading, found.end(), high)
    sure = scene.grammar.phrases["joint_sure"].search(reading.folded, low, high) is not None
    if len(domains) < (1 if sure else 2):
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


def _unsure(scene: Scene, knowledge: Knowledge, start: int) -> bool:
    """True where joint work is only wished for, or is what an accord or a programme named before it covers."""
    folded, low = scene.reading.folded, scene.sentence.start
    before = folded[max(low, start - 70) : start].replace("'", "' ").split()
    wished = set(before) & scene.grammar.modality["none"]
    return bool(wished) or any(True for _ in knowledge.instruments[scene.reading.language].phrases.find(folded, low, start))
