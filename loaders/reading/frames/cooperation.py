"""Cooperation: sectors that two parties work on together without a named instrument."""

from __future__ import annotations

from graph.model.claims import Reason, Value
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.model import Candidate


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
