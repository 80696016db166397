"""From an open event to candidates, for the kinds whose fields are roles: relation, mission, membership, deployment, aid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

from graph.model.claims import Reason, Value
from loaders.reading.changing import replace
from loaders.reading.frames.attributes import (
    Told,
    date_near,
    date_since,
    headcount_near,
    money_near,
    place_name,
    place_near,
)
from loaders.reading.frames.chains import chained, in_turn, own_day
from loaders.reading.frames.coming import ahead
from loaders.reading.frames.completing import TOLD_BEFORE, complete
from loaders.reading.frames.enumerated_posts import enumerated, told_apart
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.forces import load_forces
from loaders.reading.frames.further_gifts import gapped
from loaders.reading.frames.given import given
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.mutual import reciprocal
from loaders.reading.frames.parts import RULES
from loaders.reading.frames.quoting import aside, quoted
from loaders.reading.frames.seats import at_home, by_pronoun, guest, misread, one_told
from loaders.reading.frames.verbless import verbless
from loaders.reading.model import Candidate
from loaders.reading.numbers import whole

_MOST = 12  # facts that one enumeration may give: more agents than that is a list of something else


def filled(event: Event, knowledge: Knowledge, memory: Memory) -> Iterator[Candidate]:
    """The facts of one event; none where a role stays empty or the mood tells no fact."""
    gives = given(event)
    if gives is None or aside(event) or (by_pronoun(event) and one_told(event) is None):
        return
    roles = _roles(event, memory)
    if roles is None or (any(filler.inferred for filler in roles.values()) and quoted(event)):
        return
    if any(role not in roles or roles[role].inferred for role in event.frame.named):
        return
    posts = enumerated(replace(event, taken=roles["sender"].codes)) if "sender" in roles else ()
    organs = memory.organisations - {post.code for post in posts}  # none of them has a mission but where its words say so
    numbers = knowledge.numbers[event.scene.reading.language]
    facts = [
        in_turn(event, own_day(event, _candidate(event, fields, roles, knowledge, memory), roles, numbers), roles)
        for fields in ({**gives, **parts} for parts in _combinations(event, roles))
        if _sound(event, fields) and fields.get("host") not in organs
    ]
    facts = [fact for fact in facts if not _vague(fact)]
    for index, fact in enumerate(told_apart(event, facts, posts, knowledge.missions)):
        yield fact
        if index == 0:
            yield from chained(event, fact, roles, numbers)
            yield from verbless(event, fact, roles, knowledge)
        if event.frame.kind == "aid":
            yield from gapped(event.scene, fact, event.end)


def _vague(fact: Candidate) -> bool:
    """True for ties broken with nobody named, on no day told: "X a rompu" is as often a manner of speaking."""
    return fact.fields.get("change") == "severed" and {"party-inferred", "date-inferred"} <= fact.features


def _roles(event: Event, memory: Memory) -> Mapping[str, Filler] | None:
    found: dict[str, Filler] = {}
    for role, rules in event.frame.roles.items():
        filler = _fill(event, memory, rules) or reciprocal(event, found)
        if filler is None:
            if role in event.frame.optional:
                continue
            if event.frame.kind == "relation":
                return _between(event, memory)
            filler = complete(event, memory, role)
            if filler is None:
                return None
        if role == "sender" and misread(event, filler, memory):
            filler = at_home(event, filler, memory)
            if filler is None:
                return None
        filler = guest(event, filler) if role == "sender" else filler
        found[role] = filler
        event = replace(event, taken=(*event.taken, *filler.codes))
    return found


_OF_BOTH = (
    "severed",
    "established",
    "restored",
    "upgraded",
    "border_closed",
    "border_opened",
    "visa_waived",
    "ambassador_returned",
)
_DIPLOMATIC = re.compile("diplomati")
_TIES = ("severed", "restored", "established")


def _between(event: Event, memory: Memory) -> Mapping[str, Filler] | None:
    """Both parties where nobody is said to act: "les relations entre A et B ont été rompues"."""
    filler = RULES["between"](event, memory) or RULES["compound"](event, memory)
    if filler is None and event.frame.gives.get("change") in _OF_BOTH and event.frame.id != "relation/broke-too":
        filler = RULES["subjects"](event, memory)
    if filler is None and event.voice == "passive" and event.object is not None and event.frame.gives.get("change") in _TIES:
        plain = _DIPLOMATIC.search(event.scene.reading.folded, event.low, event.high) is not None
        filler = (RULES["leaning pair"](event, memory) if plain else None) or RULES["told pair"](
            event, memory
        )  # "were broken off"
    return {"parties": filler} if filler is not None and len(filler.codes) == 2 else None


def _fill(event: Event, memory: Memory, rules: tuple[str, ...]) -> Filler | None:
    for name in rules:
        filler = RULES[name](event, memory)
        if filler is None:
            continue
        codes = tuple(_whole(code, event, memory) for code in _meant(event, memory, filler) if code not in event.taken)
        if codes:
            return filler if codes == filler.codes else replace(filler, codes=codes)
    return None


def _whole(code: str, event: Event, memory: Memory) -> str:
    """The organisation that an organ or, of troops, a force belongs to: MINUSCA's soldiers are the UN's."""
    force = load_forces().known.get(code.lower()) if event.frame.kind == "deployment" else None
    return force[0] if force is not None else memory.wholes.get(code, code)


def _meant(event: Event, memory: Memory, filler: Filler) -> tuple[str, ...]:
    """Whom a name stands for: Brussels is the Union where the article names that and not Belgium by its own name."""
    named = event.scene.reading.folded[filler.start : filler.end]
    if filler.codes == ("BEL",) and "EU" in memory.organisations and _BRUSSELS.search(named) and "BEL" not in memory.by_name:
        return ("EU",)
    return filler.codes


_BRUSSELS = re.compile(r"(?:bruxelles|brussels)\Z")


def _combinations(event: Event, roles: Mapping[str, Filler]) -> Iterator[dict[str, Value]]:
    """One set of fields for each fact: a list of states gives one fact each."""
    if "parties" in roles:
        codes = roles["parties"].codes
        if event.frame.symmetric and len(codes) > 2:
            for other in codes[1:_MOST]:
                yield {"parties": (codes[0], other)}
        elif len(codes) >= 2:
            yield {"parties": codes}
        return
    names = list(roles)
    sets = [roles[name].codes[:_MOST] for name in names]
    for codes in list(product(*sets))[:_MOST]:
        part = dict(zip(names, codes, strict=True))
        if len(set(codes)) < len(codes):
            continue
        if event.frame.kind == "relation":
            yield {"parties": (part["by"], part["with"]), "by": part["by"]}
        else:
            yield dict(part)


def _sound(event: Event, fields: Mapping[str, Value]) -> bool:
    """False for an agent that acts on itself."""
    agents = [
        value for name, value in fields.items() if name in ("state", "organisation", "sender", "host", "donor", "recipient")
    ]
    if "parties" in fields and isinstance(fields["parties"], tuple):
        agents.extend(fields["parties"])
    if event.frame.kind == "membership" and str(fields.get("organisation")).lower() in load_forces().known:
        return False  # nobody is a member of a force: "le retrait de la Minusma du Mali"
    if event.frame.kind == "deployment" and any(
        other.kind == "deployment"
        and (other.fields.get("host"), other.fields.get("sender")) == (fields["sender"], fields["host"])
        for other in event.scene.told
    ):
        return False  # who was told to have soldiers there does not receive theirs
    return len(set(agents)) == len(agents) and len(agents) >= 2


def _candidate(
    event: Event, fields: dict[str, Value], roles: Mapping[str, Filler], knowledge: Knowledge, memory: Memory
) -> Candidate:
    reading, scene = event.scene.reading, event.scene
    reasons = [event.opening]
    if event.object is not None:
        reasons.append(Reason("trigger", reading.text[slice(*event.object)], *event.object, "what the trigger acts on"))
    for role, filler in roles.items():
        reasons.append(filler.reason("parties" if event.frame.kind == "relation" else role, reading))
    features = {f"role:{role}" for role, filler in roles.items() if filler.inferred}
    if any(filler.inferred for filler in roles.values()):
        features.add("party-inferred")
    if any(filler.why in TOLD_BEFORE for filler in roles.values()):
        features.add("party-told-before")
    told = (
        date_since(scene, event.start)
        if event.frame.lasting
        else date_near(scene, event.start, event.end, memory, lead=not event.frame.background, noun=event.voice == "noun")
    )
    if told is not None and not told.inferred:
        told = ahead(event, told, fields.get("status") == "planned")
    if told is not None and not _of_text(event, told):
        fields["date"] = told.date
        reasons.append(Reason("date", reading.text[told.start : told.end], told.start, told.end, told.why))
        features.add("date-inferred" if told.inferred else "date-told")
    _details(event, fields, knowledge)
    if "recipient" in roles and len(roles["recipient"].codes) > 1:
        fields.pop("value", None)  # what each of them receives is not said
        fields.pop("currency", None)
    if event.voice == "noun":
        features.add("nominal")
    return Candidate(event.frame.kind, fields, (scene.sentence.index,), event.frame.id, tuple(reasons), frozenset(features))


def _of_text(event: Event, told: Told) -> bool:
    """True for the day of what is only invoked: "established in accordance with the Convention on … of 18 April 1961"."""
    scene = event.scene
    if told.inferred or told.start < event.end:
        return False
    between = scene.reading.folded[event.end : told.start]
    texts = list(scene.grammar.phrases["dated_texts"].finditer(between))
    return bool(texts) and len(between) - texts[-1].end() <= _OF_TEXT and between.split()[-1:] in (["of"], ["du"], ["de"])


_OF_TEXT = 50  # characters from "Convention" to its day: its subject stands between


def _details(event: Event, fields: dict[str, Value], knowledge: Knowledge) -> None:
    """The fields that only one kind has."""
    scene, kind = event.scene, event.frame.kind
    low, high = event.low, event.high
    if kind == "mission":
        what = event.object or (event.start, event.end)
        word = scene.reading.folded[slice(*what)]
        mission = next((name for name, pattern in knowledge.missions.items() if pattern.search(word)), None)
        if mission is not None and "type" not in event.frame.gives:
            fields["type"] = mission
        told = one_told(event) if by_pronoun(event) else None
        if told is not None and "type" in told.fields:
            fields["type"] = told.fields["type"]
        place = place_near(scene, *what)
        if place is not None and place.codes == (fields["host"],):
            fields["place"] = place_name(place, scene.reading)
    if kind == "deployment":
        count = headcount_near(scene, low, high)
        if count is not None:
            fields["personnel"] = count[1]
    if kind == "aid":
        money = money_near(scene, low, high)
        if money is not None and money[1].currency is not None:
            fields["value"], fields["currency"] = whole(money[1].value), money[1].currency
        domains = knowledge.domains.find(scene.reading, event.start, high)
        if domains:
            fields["domains"] = domains
