"""Who did the same as the one before: "Ottawa followed suit", "L'Union africaine en a fait autant", "So was Gabon"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import Candidate

_DOES = {"mission": "sender", "deployment": "sender", "aid": "donor", "membership": "state"}
_LONG = 140  # characters of a sentence that does no more than say who did the same


def likewise(scene: Scene, told: Sequence[Candidate], memory: Memory) -> Iterator[Candidate]:
    """The facts of the sentence before, with those who did the same in the place of who did it there."""
    low, high = scene.sentence.start, scene.sentence.end
    before = [fact for fact in told if fact.sentences[-1] == scene.sentence.index - 1]
    if not before or high - low > _LONG or scene.reading.quoted(low):
        return
    found = scene.grammar.phrases["likewise"].search(scene.reading.folded, low, high)
    if found is None:
        return
    who = next((argument for argument in scene.arguments if argument.bare and argument.codes), None)
    if who is None or scene.grammar.modality["negation"] & {token.text for token in scene.tokens}:
        return
    for code in who.codes:
        for fact in before:
            fields = _with(fact, code, memory)
            if fields is not None:
                yield _again(scene, fact, fields, who, found.start(), found.end())


def _with(fact: Candidate, code: str, memory: Memory) -> dict[str, Value] | None:
    """The fields of a fact when another does it; None where nobody does it, or it would be done to oneself."""
    fields = {name: value for name, value in fact.fields.items() if name not in ("personnel", "value", "currency", "date")}
    parties = fields.get("parties")
    if fact.kind == "relation" and isinstance(parties, tuple) and fields.get("by") in parties:
        rest = tuple(party for party in parties if party != fields["by"])
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
