"""Sessions that later sentences tell of the last body: "la troisième aura lieu à X", "the first was held in 2019"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near, days_told, place_name
from loaders.reading.frames.bodies import attributes, seats_of, status_of
from loaders.reading.frames.knowledge import Bodies, Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.noun_moods import mood_of_noun
from loaders.reading.frames.ordinals import ORDINAL, ordinal
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.session_numbers import Body, of_this_body, session_of
from loaders.reading.model import PLACE, Candidate

_HEAD = {
    "fr": re.compile(
        r"(?<![a-z])(?:la|le|sa|son|leur|les|ses) (?:(?:prochaine?|derniere?|dernier|precedente?) (?=\d|[a-z]+ieme ))?"
        r"(?P<which>[a-z0-9]+(?:-[a-z]+)?)(?: (?P<noun>[a-z]+))?"
    ),
    "en": re.compile(
        r"(?<![a-z])(?:the|its|their|whose) (?:(?:next|last|previous|upcoming) (?=\d|[a-z]+th ))?"
        r"(?P<which>[a-z0-9]+(?:-[a-z]+)?)(?: (?P<noun>[a-z]+))?"
    ),
}
_MOST = 3  # sessions that one sentence tells of by number
_SAID_OF = 40  # characters from "cette session" to when it was held
_WISHED = 70  # characters from "propose" to the session that is only proposed
_FAR = 14  # sentences after a body in which a bare number still counts its sessions


def numbered(
    scene: Scene, knowledge: Knowledge, memory: Memory, ordinals: Mapping[str, int], last: Candidate
) -> list[Candidate]:
    """The sessions of the last body that a sentence tells of by their number, or as the next or the last one.

    In the sentence of that body itself only those told behind it, each with a day or a verb of its own.
    """
    reading, words = scene.reading, knowledge.bodies[scene.reading.language]
    if scene.sentence.index - last.sentences[-1] > _FAR or last.fields["type"] == "friendship_group":
        return []
    beside = last.sentences[-1] == scene.sentence.index
    start = max(reason.end for reason in last.reasons if reason.role in ("type", "session")) if beside else scene.sentence.start
    heads = [
        (match, which)
        for match in _HEAD[reading.language].finditer(reading.folded, start, scene.sentence.end)
        if (which := _which(scene, match, words, ordinals)) is not None and not reading.quoted(match.start())
    ][:_MOST]
    limits = (*(match.start() for match, _ in heads[1:]), scene.sentence.end)
    counted = (
        _Head(*match.span(), match.end("which"), which, limit, beside or len(heads) > 1)
        for (match, which), limit in zip(heads, limits, strict=False)
    )
    told = (_numbered(scene, head, last, knowledge, memory) for head in counted)
    return [candidate for candidate in told if candidate is not None]


def _which(scene: Scene, match: re.Match[str], words: Bodies, ordinals: Mapping[str, int]) -> int | None:
    """The number of the session meant, 0 for the next or the last one; None where no session is."""
    number = ORDINAL.fullmatch(match["which"])
    value = ordinal(number, ordinals) if number is not None else None
    phrases = scene.grammar.phrases
    if value is None and phrases["inaugural"].fullmatch(match["which"]):
        value = 1
    if value is None and match["noun"] is not None and phrases["inaugural"].fullmatch(match["noun"]):
        return 1 if words.session.fullmatch(match["which"]) else None  # "la session inaugurale"
    if value is None:
        value = 0 if phrases["other_session"].fullmatch(match["which"]) else None
    if value is None:
        return None
    noun = match["noun"]
    if noun is not None and (words.session.fullmatch(noun) or noun == "one"):
        tail = scene.reading.folded[match.end() : match.end() + 4]
        return (
            None if tail.startswith((" de ", " du ", " des", " d'", " of ")) and not of_this_body(scene, match.end()) else value
        )
    follows = phrases["is_held"].match(scene.reading.folded, match.end("which") + 1)
    return value if follows is not None else None


@dataclass(frozen=True, slots=True)
class _Head:
    """A session told by its number: "the 5th session", "la prochaine session"."""

    start: int
    end: int
    counted: int  # where its number ends
    which: int  # its number; 0 for the next or the last one
    limit: int  # where the next one is told
    apart: bool  # others are told in its sentence too: only what stands before `limit` is of it


def _numbered(scene: Scene, head: _Head, last: Candidate, knowledge: Knowledge, memory: Memory) -> Candidate | None:
    """One session of the body told last."""
    reading, kind = scene.reading, str(last.fields["type"])
    mood = mood_of_noun(scene, head.start, head.end).mood
    before = max(scene.clause(head.start)[0], head.start - _WISHED)
    if mood not in ("done", "planned") or scene.grammar.phrases["body_denied"].search(reading.folded, before, head.start):
        return None  # "propose de tenir la première réunion"
    clause = reading.folded[head.counted : head.limit if head.apart else scene.clause(head.start)[1]]
    body = Body(head.start, head.counted, kind, True)
    near = min(head.end + 30, head.limit)
    later = scene.grammar.phrases["body_planned"].search(reading.folded, head.start, near) is not None
    later = later or scene.grammar.phrases["later"].search(clause) is not None
    coming = (mood == "planned" and not head.apart) or later or _TO_COME.search(clause[:60]) is not None
    denied = scene.grammar.phrases["body_denied"].search(clause[:40])
    if denied is not None:
        return None
    fields: dict[str, Value] = {"parties": last.fields["parties"], "type": kind, "status": "planned" if coming else "met"}
    if head.which:
        fields["session"] = head.which
    if head.apart:
        fields.update(_of_its_own(scene, head.start, head.limit))
    else:
        attributes(scene, body, fields, knowledge.bodies[reading.language], knowledge, memory)
    if head.apart and "date" not in fields and scene.grammar.phrases["is_held"].search(clause) is None:
        return None
    fields.pop("name", None)
    if coming and fields.get("date") == str(memory.lead_date):
        del fields["date"]
    if not head.which and "date" not in fields and "seats" not in fields:
        return None
    reasons = (
        Reason("session", reading.text[head.start : head.end], head.start, head.end, "counts the body's sessions"),
        Reason("type", reading.text[body.start : body.end], body.start, body.end, "the body told of before"),
    )
    features = frozenset({"weak", "again"} | ({"session"} if head.which else set()))
    return Candidate("body", fields, (scene.sentence.index,), f"body/{fields['status']}-again", reasons, features)


def _of_its_own(scene: Scene, start: int, end: int) -> dict[str, Value]:
    """The day and the city that [start, end) tells."""
    days = days_told(scene, start, end)
    towns = [
        place_name(argument.mentions[0], scene.reading)
        for argument in scene.arguments
        if argument.mentions[0].mark == PLACE and argument.cue in ("to", "in") and start <= argument.start < end
    ]
    return {**({"date": days[0].date} if days else {}), **({"seats": (towns[0],)} if towns else {})}


_TO_COME = re.compile(r"(?<![a-z])[a-z]{2,}(?:era|iendra|ura|eront|endront)(?![a-z])")


def body_again(
    scene: Scene, knowledge: Knowledge, memory: Memory, ordinals: Mapping[str, int], last: Candidate
) -> Candidate | None:
    """A session of the body told of last: "la prochaine session se tiendra à …", "the commission had last met in …"."""
    reading, words = scene.reading, knowledge.bodies[scene.reading.language]
    found = scene.grammar.phrases["body_again"].search(reading.folded, scene.sentence.start, scene.sentence.end)
    if found is None or reading.quoted(found.start()):
        return None
    body = Body(found.start(), found.end(), str(last.fields["type"]), True)
    session, _ = session_of(scene, body, words, ordinals)
    status, trigger = status_of(scene, body, words, session is not None)
    if status not in ("met", "planned") or trigger == (body.start, body.end):
        return None
    fields: dict[str, Value] = {"parties": last.fields["parties"], "type": body.type, "status": status}
    if session is not None:
        fields["session"] = session
    attributes(scene, body, fields, words, knowledge, memory)
    fields.pop("name", None)
    if session is None and "date" not in fields and "seats" not in fields:
        return None
    reasons = (
        Reason("trigger", reading.text[slice(*trigger)], *trigger, f"says it is {status}"),
        Reason("type", reading.text[body.start : body.end], body.start, body.end, "the body told of before"),
    )
    features = frozenset({"weak", "again"} | ({"session"} if session is not None else set()))
    return Candidate("body", fields, (scene.sentence.index,), f"body/{status}-again", reasons, features)


def body_follow_up(scene: Scene, knowledge: Knowledge, memory: Memory, last: Candidate) -> Candidate | None:
    """The last body with seats or domains that this sentence adds ("cette instance se réunira en alternance à …")."""
    reading = scene.reading
    words = knowledge.bodies[reading.language]
    found = scene.grammar.phrases["body_back"].search(reading.folded, scene.sentence.start, scene.sentence.end)
    if found is None and scene.sentence.index - last.sentences[-1] <= 1:
        found = _pronoun(scene, words)
    if found is None or scene.sentence.index - last.sentences[-1] > 2:
        return None
    fields = dict(last.fields)
    if "seats" not in fields and words.alternating.search(reading.folded, scene.sentence.start, scene.sentence.end):
        seats = seats_of(scene, words)
        if len(seats) >= 2:
            fields["seats"] = seats
    domains = knowledge.domains.find(reading, found.end(), scene.sentence.end)
    if "domains" not in fields and len(domains) >= 2:
        fields["domains"] = domains
    _held(scene, found, words, fields, memory)
    if fields == dict(last.fields):
        return None
    reason = Reason(
        "seats", reading.text[found.start() : found.end()], found.start(), found.end(), "a later sentence speaks of this body"
    )
    return replace(last, fields=fields, sentences=(*last.sentences, scene.sentence.index), reasons=(*last.reasons, reason))


def _held(scene: Scene, found: re.Match[str], words: Bodies, fields: dict[str, Value], memory: Memory) -> None:
    """Add when and where the session told of before was held: "Cette session, qui s'est tenue du 5 au 8 août à X, …"."""
    folded, end = scene.reading.folded, min(scene.sentence.end, found.end() + _SAID_OF)
    held = words.met.search(folded, found.end(), end)
    if held is None or scene.grammar.phrases["body_denied"].search(folded, found.end(), held.start()) is not None:
        return
    told = date_near(scene, held.start(), held.end(), memory, lead=False)
    if told is not None and told.start - held.end() <= _SAID_OF:
        fields["date"] = told.date
    seats = seats_of(scene, words)
    if "seats" not in fields and seats:
        fields["seats"] = seats


def _pronoun(scene: Scene, words: Bodies) -> re.Match[str] | None:
    """The pronoun that opens a sentence and means the body just told of: "Elle siégera tour à tour à X et à Y"."""
    folded, sentence = scene.reading.folded, scene.sentence
    opening = scene.grammar.phrases["body_pronoun"].match(folded, sentence.start)
    if opening is None or words.alternating.search(folded, opening.end(), sentence.end) is None:
        return None
    return opening if words.met.search(folded, opening.end(), sentence.end) else None
