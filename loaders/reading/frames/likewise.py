"""Who did the same as the one before: "Ottawa followed suit", "L'Union africaine en a fait autant", "So was Gabon"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import DATE, Candidate, known_day

_DOES = {"mission": "sender", "deployment": "sender", "aid": "donor", "membership": "state"}
_RELATIVE = re.compile(r",? (?:qui|laquelle|lequel|which|who)(?![a-z])")
_REACH = 2  # sentences over which "the same" points back
_BESIDE = 30  # characters from who does the same to the words that say so
_LONG = 140  # characters of a sentence that does no more than say who did the same


def likewise(scene: Scene, told: Sequence[Candidate], memory: Memory) -> Iterator[Candidate]:
    """The facts of the sentence before, with those who did the same in the place of who did it there."""
    low, high = scene.sentence.start, scene.sentence.end
    if told and told[-1].sentences[-1] == scene.sentence.index:
        yield from _besides(scene, told, memory)
        return
    last = max((fact.sentences[-1] for fact in told), default=-_REACH - 1)
    before = [fact for fact in told if fact.sentences[-1] == last] if scene.sentence.index - last <= _REACH else []
    if not before or high - low > _LONG or scene.reading.quoted(low):
        return
    alike = (scene.grammar.phrases[name].search(scene.reading.folded, low, high) for name in ("likewise", "does_same"))
    found = min(filter(None, alike), key=lambda match: (match.start(), -match.end()), default=None)
    if found is None:
        return
    who = next((argument for argument in scene.arguments if argument.bare and argument.codes), None)
    words = {token.text for token in scene.tokens if not found.start() <= token.start < found.end()}
    if who is None or scene.grammar.modality["negation"] & words:
        return
    yield from _alike(scene, before, memory, who, found)


def _besides(scene: Scene, told: Sequence[Candidate], memory: Memory) -> Iterator[Candidate]:
    """ "X cut ties with Y, four days after Z did the same": who is said to have done so beside, in one sentence."""
    low = told[-1].reasons[0].end
    for found in scene.grammar.phrases["does_same"].finditer(scene.reading.folded, low, scene.sentence.end):
        who = next((argument for argument in scene.before(found.start(), low) if _may_do(scene, argument)), None)
        if who is None or found.start() - who.end > _BESIDE or scene.reading.quoted(low):
            continue
        between = set(scene.reading.folded[who.end : found.start()].replace("'", "' ").split())
        if not between & (scene.grammar.modality["negation"] | scene.grammar.modality["none"]):
            own = [fact for fact in told if fact.sentences[-1] == scene.sentence.index]
            yield from _alike(scene, own, memory, who, found)


def _may_do(scene: Scene, argument: Argument) -> bool:
    """True for an actor, and for one that a relative goes on with: "celui de la Turquie, laquelle en a fait autant"."""
    relative = _RELATIVE.match(scene.reading.folded, argument.end) is not None
    return bool(argument.codes) and (argument.bare or relative)


def _day(scene: Scene, fact: Candidate, memory: Memory, found: re.Match[str]) -> dict[str, Value]:
    """When another does it: the day named after it, else that of the first where it is said to be the same."""
    told = next(iter(scene.reading.mentions_in(found.end(), scene.sentence.end, DATE)), None)
    alone = told is not None and fact.sentences[-1] == scene.sentence.index
    if told is None and fact.sentences[-1] != scene.sentence.index:
        day = date_near(scene, *found.span(), memory, lead=False)
        if day is not None:
            return {"date": day.date}
    date = known_day(told)
    if date is not None and (alone or not _same(scene)):
        return {"date": str(date)}
    return {"date": fact.fields["date"]} if _same(scene) and "date" in fact.fields else {}


def _same(scene: Scene) -> bool:
    return scene.grammar.phrases["same_day"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end) is not None


def _alike(
    scene: Scene, before: Sequence[Candidate], memory: Memory, who: Argument, found: re.Match[str]
) -> Iterator[Candidate]:
    for code in who.codes:
        for fact in before:
            fields = _with(fact, code, memory)
            if fields is not None:
                yield _again(scene, fact, {**fields, **_day(scene, fact, memory, found)}, who, found.start(), found.end())


def _with(fact: Candidate, code: str, memory: Memory) -> dict[str, Value] | None:
    """The fields of a fact when another does it; None where nobody does it, or it would be done to oneself."""
    fields = {name: value for name, value in fact.fields.items() if name not in ("personnel", "value", "currency", "date")}
    parties = fields.get("parties")
    if fact.kind == "relation" and isinstance(parties, tuple) and fields.get("by") in parties:
        rest = tuple(party for party in parties if party != fields["by"])
        if code in rest:
            return {**fields, "parties": (code, str(fields["by"])), "by": code} if len(parties) == 2 else None  # tit for tat
        return {**fields, "parties": (code, *rest), "by": code} if code not in parties else None
    role = _DOES.get(fact.kind)
    if fact.kind == "membership" and code in memory.organisations:
        role = "organisation"
    if role is None or code in fields.values():
        return None
    return {**fields, role: code}


def _again(scene: Scene, fact: Candidate, fields: Mapping[str, Value], who: Argument, start: int, end: int) -> Candidate:
    text = scene.reading.text
    reasons = (
        *fact.reasons,
        Reason("trigger", text[start:end], start, end, "does the same as the one before"),
        Reason("by", text[who.start : who.end], who.start, who.end, "who does the same"),
    )
    features = fact.features | {"party-inferred"}
    sentences = (*fact.sentences, scene.sentence.index)
    return replace(fact, fields=fields, sentences=sentences, reasons=reasons, features=frozenset(features))
