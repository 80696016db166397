"""What is told of a force by its name: how many it has, since when it is deployed, that its mandate ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near, date_since
from loaders.reading.frames.forces import PART, Force, forces_in
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.model import AMOUNT, Amount, Candidate

_AROUND = 70  # characters around a force in which words tell what became of it
_OF_FORCE = re.compile(
    r"[ -]*(?:(?:strong|soldats|hommes|troops|members|de|du|des|of|from|the|la|le|les|l') ?)*"
)  # what stands between a number and the force that has so many: "6,000-strong", "soldats de la"
_COUNT = 45  # characters from a force to how many it has
_MOST = 4  # forces read in one sentence


def named_forces(scene: Scene, memory: Memory, found: list[Candidate]) -> Iterator[Candidate]:
    """One fact for each force that the sentence says is deployed, counted or ended; `found`: the sentence's own facts."""
    reading, phrases = scene.reading, scene.grammar.phrases
    forces = forces_in(reading.folded, scene.sentence.start, scene.sentence.end)[:_MOST]
    if forces and not _itself(scene, forces[0]):
        return
    known = {(fact.fields.get("sender"), fact.fields.get("host")) for fact in found}
    for force in forces:
        low, high = scene.clause(force.start)
        near = max(low, force.start - _AROUND), min(high, force.end + _AROUND)
        if (force.sender, force.host) in known or phrases["force_doubt"].search(reading.folded, *near) or reading.quoted(low):
            continue
        known.add((force.sender, force.host))
        ends = phrases["force_ends"].search(reading.folded, *near)
        there = phrases["force_there"].search(reading.folded, *near)
        count = None if ends is not None else _count(scene, force)
        if ends is not None or there is not None or count is not None:
            yield _fact(scene, memory, force, "withdrawn" if ends is not None else "deployed", count)


def _itself(scene: Scene, force: Force) -> bool:
    """False for "the contingents of the force left", "peacekeepers deployed in UNAMID": a part of it is spoken of."""
    folded, low = scene.reading.folded, max(scene.sentence.start, force.start - _AROUND)
    part = PART.search(folded, low, force.start) is not None
    return not part or scene.grammar.phrases["troop_nouns"].search(folded, low, force.start) is None


def _count(scene: Scene, force: Force) -> int | None:
    """How many the force has, told right beside it; not those of one contingent."""
    for mention in scene.reading.mentions_in(force.start - _COUNT, force.end + _COUNT, AMOUNT):
        amount = mention.value
        if isinstance(amount, Amount) and amount.unit == "personnel" and not mention.codes:
            between = scene.reading.layer[min(mention.end, force.end) : max(mention.start, force.start)]
            sent = mention.end <= force.start and _OF_FORCE.fullmatch(between) is None
            if not sent and not set(between) & set("SDC") and scene.grammar.phrases["no_contingent"].search(between) is None:
                return int(amount.value)
    return None


def _fact(scene: Scene, memory: Memory, force: Force, status: str, count: int | None) -> Candidate:
    fields: dict[str, Value] = {"sender": force.sender, "host": force.host, "status": status}
    if count is not None:
        fields["personnel"] = count
    told = date_since(scene, force.start) if count is not None else date_near(scene, force.start, force.end, memory, lead=False)
    if told is not None:
        fields["date"] = told.date
    reason = Reason("trigger", scene.reading.text[force.start : force.end], force.start, force.end, "a force told by its name")
    features = frozenset({"date-told"} if told is not None else ())
    return Candidate("deployment", fields, (scene.sentence.index,), "deployment/named-force", (reason,), features)
