"""Joint bodies: created, planned, met; their session, seats and founding accord."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near, place_name
from loaders.reading.frames.founding import founded, founded_before, occasion
from loaders.reading.frames.instruments import name_end
from loaders.reading.frames.knowledge import Bodies, Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.noun_moods import mood_of_noun
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.session_numbers import Body, session_of, told_in_the_plural
from loaders.reading.model import PLACE, Candidate

_TELLS = 150  # characters from "a annoncé" to what is announced
_AHEAD = 80  # characters before a body in which its session is said to be prepared or announced
_PLEADED = 60  # characters before a noun in which "plead for" stands
_SOME = 28  # characters from "a delegation of the" to its body
_REACH = 110  # characters from a body's noun to the verb that creates or convenes it


def bodies(
    scene: Scene,
    knowledge: Knowledge,
    memory: Memory,
    ordinals: Mapping[str, int],
    short: dict[str, str],
    last: Candidate | None = None,
) -> Iterator[Candidate]:
    """The bodies that one sentence creates, plans or convenes; `short` gathers their short names, and lets them be used.

    One whose parties the sentence does not name, of the type of the `last` one, is taken for the same.
    """
    reading = scene.reading
    words = knowledge.bodies[reading.language]
    named = words.nouns.phrases.find(reading.folded, scene.sentence.start, scene.sentence.end)
    named = [*named, *_with_peoples(scene, words)]
    if not named:
        return
    barred = [match.span() for match in words.nouns.never.finditer(reading.folded, scene.sentence.start, scene.sentence.end)]
    for start, end, kind in named:
        body = Body(start, end, kind, reading.folded[start:end] in words.nouns.weak)
        _abbreviated(scene, body, short)
        if any(low < end and start < high for low, high in barred) or reading.quoted(start):
            continue
        if scene.grammar.phrases["some_of"].search(reading.folded, max(scene.sentence.start, start - _SOME), start) is not None:
            continue
        candidate = _candidate(scene, body, words, knowledge, memory, ordinals)
        if candidate is not None:
            yield from founded_before(scene, body, _of_the_last(candidate, last))
    for body in _by_short_name(scene, short):
        candidate = _candidate(scene, body, words, knowledge, memory, ordinals)
        if candidate is not None and ("session" in candidate.fields or candidate.fields["status"] == "established"):
            yield candidate


def _with_peoples(scene: Scene, words: Bodies) -> Iterator[tuple[int, int, str]]:
    """Bodies with their peoples inside: "the Joint Thai–Nepali Commission", "la commission thaïlando-népalaise mixte".

    The longer part of the noun stands for it, the peoples beside it.
    """
    side = 1 if scene.reading.language == "fr" else 2
    for match in words.apart.pattern.finditer(scene.reading.layer, scene.sentence.start, scene.sentence.end):
        kind = words.apart.types.get(f"{match[1]} {match[2]}")
        if kind is not None:
            yield match.start(side), match.end(side), kind


def _of_the_last(candidate: Candidate, last: Candidate | None) -> Candidate:
    """The candidate with the parties of the last body, where its own are a guess and the two are of one type."""
    if last is None or "party-inferred" not in candidate.features or last.fields["type"] != candidate.fields["type"]:
        return candidate
    return replace(candidate, fields={**candidate.fields, "parties": last.fields["parties"]})


_SHORT = re.compile(r"\(([A-Z][A-Za-z]{1,7})\)")
_NAME = 70  # characters from a body's noun to its short name in brackets


def _abbreviated(scene: Scene, body: Body, short: dict[str, str]) -> None:
    """Remember "Joint Ministerial Commission (JMC)" under its short name."""
    found = _SHORT.search(scene.reading.text, body.end, min(scene.sentence.end, body.end + _NAME))
    if found is not None:
        short.setdefault(found[1], body.type)


def _by_short_name(scene: Scene, short: Mapping[str, str]) -> Iterator[Body]:
    """The bodies that a sentence calls by a short name told before: "the 8th JMC"."""
    text = scene.reading.text[scene.sentence.start : scene.sentence.end] if short else ""
    for name, kind in short.items():
        found = re.search(rf"(?<![\w(]){re.escape(name)}(?![\w)])", text)
        if found is not None and not scene.reading.quoted(scene.sentence.start + found.start()):
            yield Body(scene.sentence.start + found.start(), scene.sentence.start + found.end(), kind, True)


def _candidate(
    scene: Scene, body: Body, words: Bodies, knowledge: Knowledge, memory: Memory, ordinals: Mapping[str, int]
) -> Candidate | None:
    reading = scene.reading
    session, session_words = session_of(scene, body, words, ordinals)
    if told_in_the_plural(scene, body):
        session = None  # "des groupes de travail": the ordinal beside them is another's
    status, trigger = status_of(scene, body, words, session is not None)
    if status is None:
        return None
    parties = parties_of(scene, (body.start, body.end), None, memory)
    if parties is None or (body.weak and parties.inferred and session is None and status == "met"):
        return None
    fields: dict[str, Value] = {"parties": parties.codes, "type": body.type, "status": status}
    reasons = [
        Reason("type", reading.text[body.start : body.end], body.start, body.end, "noun of a joint body"),
        Reason("trigger", reading.text[slice(*trigger)], *trigger, f"says it is {status}"),
        parties.reason("parties", reading),
    ]
    if session is not None:
        fields["session"] = session
        reasons.append(Reason("session", reading.text[slice(*session_words)], *session_words, "ordinal of the session"))
    inferred = attributes(scene, body, fields, words, knowledge, memory)
    features = {"party-inferred"} if parties.inferred else set()
    features |= {"date-inferred"} if inferred else set()
    features |= {"date-told"} if "date" in fields else set()
    features |= {"weak"} if body.weak else set()
    features |= {"session"} if session is not None else set()
    features |= {"founding"} if words.created.fullmatch(reading.folded[slice(*trigger)]) else set()
    return Candidate("body", fields, (scene.sentence.index,), f"body/{status}", tuple(reasons), frozenset(features))


def status_of(scene: Scene, body: Body, words: Bodies, in_session: bool) -> tuple[str | None, tuple[int, int]]:
    """established, planned or met, with the words that say so; None when the sentence only mentions the body."""
    folded = scene.reading.folded
    low, high = scene.clause(body.start)
    low, high = max(low, body.start - _REACH), min(high, body.end + _REACH)
    made = _near(words.created, folded, body, low, high) or _near(
        words.created_noun, folded, body, max(low, body.start - 40), body.start
    )
    met = _near(words.met, folded, body, low, high)
    aside = founded(scene, body) if made is not None and met is not None else None
    if made is not None and aside is not None and aside.start() <= made[0] < aside.end():
        made = None
    if met is None and made is None and not body.weak:
        met = occasion(scene, body)
    if in_session and met is None:
        found = words.session.search(folded, max(low, body.start - 60), min(high, body.end + 40))
        met = found.span() if found else (body.start, body.end)
    if made is not None and (words.created_noun.fullmatch(folded[slice(*made)]) and _only_wished(scene, made)):
        return None, (0, 0)
    for trigger in (made, met):
        if trigger is not None and scene.grammar.phrases["body_denied"].search(
            folded, max(low, min(trigger[0], body.start) - 30), max(trigger[0], body.start)
        ):
            return None, (0, 0)
    if made is not None and (met is None or _apart(made, body) <= _apart(met, body)) and not in_session:
        return ("planned" if _planned(scene, made, body) else "established"), made
    if met is None:
        return ("planned", (body.start, body.end)) if _dated_ahead(scene, body) else (None, (0, 0))
    if mood_of_noun(scene, body.start, body.end).mood in (None, "cancelled", "postponed"):
        return None, (0, 0)
    return ("planned" if _planned(scene, met, body) else "met"), met


def _only_wished(scene: Scene, noun: tuple[int, int]) -> bool:
    """True where the creation that a noun tells of is not decided: "la création d'une commission est envisagée"."""
    before = max(scene.sentence.start, noun[0] - _PLEADED)
    if scene.grammar.phrases["pleads_for"].search(scene.reading.folded, before, noun[0]) is not None:
        return True
    return mood_of_noun(scene, *noun).mood in (None, "cancelled", "postponed")


def _near(pattern: re.Pattern[str], folded: str, body: Body, low: int, high: int) -> tuple[int, int] | None:
    spans = [
        match.span() for match in pattern.finditer(folded, low, high) if match.end() <= body.start or match.start() >= body.end
    ]
    return min(spans, key=lambda span: (_apart(span, body), span)) if spans else None


def _apart(span: tuple[int, int], body: Body) -> int:
    return span[0] - body.end if span[0] >= body.end else body.start - span[1]


def _planned(scene: Scene, trigger: tuple[int, int], body: Body) -> bool:
    folded = scene.reading.folded
    word = folded[slice(*trigger)]
    low, high = min(trigger[0], body.start), max(trigger[1], body.end)
    if scene.grammar.phrases["later"].search(folded, body.end, scene.clause(body.start)[1]) or _to_come(scene, body):
        return True
    if re.search(r"(?:era|eront|ira|iront|dra|dront|tra|tront|rra|rront)\Z", word.split(" ")[0]):
        return True
    if scene.sentence.index == 0 and folded[max(low - 3, 0) : low] == "to ":
        return True  # a title's "A, B to hold strategic dialogue"
    return (
        scene.grammar.phrases["body_planned"].search(
            folded, max(scene.clause(body.start)[0], low - 35), min(scene.sentence.end, high + 10)
        )
        is not None
    )


def _to_come(scene: Scene, body: Body) -> bool:
    """True for "the 8th session of …, scheduled for May", "a annoncé la tenue de la 8e session de …"."""
    folded, phrases = scene.reading.folded, scene.grammar.phrases
    before = max(scene.sentence.start, body.start - _AHEAD)
    if phrases["body_ahead"].search(folded, before, body.start) is not None:
        return True
    holding = phrases["holding"].search(folded, before, body.start)
    told = max(scene.sentence.start, holding.start() - _TELLS) if holding is not None else 0
    if holding is not None and phrases["announces_session"].search(folded, told, holding.start()) is not None:
        return True
    return _dated_ahead(scene, body)


def _dated_ahead(scene: Scene, body: Body) -> bool:
    """True for a body followed by when it is to meet: "the 8th session of …, scheduled for May"."""
    folded, high = scene.reading.folded, min(scene.sentence.end, body.end + _REACH)
    coming = scene.grammar.phrases["body_coming"].search(folded, body.end, high)
    if coming is None:
        return False
    return folded[: coming.start()].rstrip()[-1] in ",()" or scene.reading.layer[coming.start() - 2] == "_"


def attributes(scene: Scene, body: Body, fields: dict[str, Value], words: Bodies, knowledge: Knowledge, memory: Memory) -> bool:
    """Add the date, seats, name and domains that the sentence gives a body; True where its date is only inferred."""
    reading = scene.reading
    told = date_near(scene, body.start, body.end, memory, lead=fields["status"] == "met")
    if told is not None:
        fields["date"] = told.date
    inferred = told is not None and told.inferred
    seats = seats_of(scene, words)
    if seats:
        fields["seats"] = seats
    end = name_end(scene, body.end, scene.sentence.end)
    name = reading.text[body.start : end].strip(' ,;:.–-»”"')
    if reading.text[body.start].isupper() or len(name) > body.end - body.start + 4:
        fields["name"] = name
    domains = knowledge.domains.find(reading, body.start, scene.sentence.end)
    if domains and fields["status"] != "planned":
        fields["domains"] = domains
    return inferred


def seats_of(scene: Scene, words: Bodies) -> tuple[str, ...]:
    """The cities a body alternates between, else the one city where the sentence says it meets."""
    reading = scene.reading
    cities = [a for a in scene.arguments for m in a.mentions if m.mark == PLACE and (a.cue in ("to", "in", "between", "other"))]
    places = tuple(
        dict.fromkeys(
            place_name(mention, reading)
            for argument in dict.fromkeys(cities)
            for mention in argument.mentions
            if mention.mark == PLACE
        )
    )
    if words.alternating.search(reading.folded, scene.sentence.start, scene.sentence.end):
        every = (
            m for a in scene.arguments for m in a.mentions if m.mark == PLACE or (m.mark == "S" and isinstance(m.value, str))
        )
        return tuple(dict.fromkeys(place_name(m, reading) for m in every))[:4]
    return places[:1]
