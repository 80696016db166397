"""Accords that a sentence only leans on ("under the treaty between X and Y"), or that it says the content of."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.events import Filler
from loaders.reading.frames.instruments import described, instruments_in
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import own_parties
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Instrument
from loaders.reading.model import Candidate

_LEANS = 34  # characters from "under" to the instrument: "under the terms of a 2011 military cooperation agreement"
_NEAR = 50  # characters from an instrument to "with X"
_MOST = 4
_OPENS = 40  # characters from the start of a sentence to the noun it opens with: "The new bilateral investment treaty"
_SOLEMN = ("treaty", "convention", "protocol", "memorandum")  # of the weak nouns


def invoked(scene: Scene, knowledge: Knowledge, memory: Memory) -> Iterator[Candidate]:
    """The accords that a sentence leans on, with no status, where their own words name both parties or one of the pair."""
    reading, sentence = scene.reading, scene.sentence
    for one in instruments_in(scene, knowledge, sentence.start, sentence.end)[:_MOST]:
        before = reading.folded[max(sentence.start, one.start - _LEANS) : one.start]
        found = scene.grammar.phrases["leans_on"].search(before)
        if one.weak or one.plural or one.back or reading.quoted(one.start):
            continue
        if found is None or set(before[found.end() :]) & set(",;:"):
            yield from _described(scene, one, knowledge)
            continue
        parties = _own(scene, one) or _with(scene, one, memory) or _brokered(scene, one, memory)
        if parties is None or len(parties.codes) != 2:
            continue
        yield _told(scene, one, parties, (one.start - len(before) + found.start(), one.start), "leans on it", knowledge)


def _described(scene: Scene, one: Instrument, knowledge: Knowledge) -> Iterator[Candidate]:
    """ "L'accord ferroviaire entre X et Y vise à …": an accord that opens a sentence which says what is in it."""
    if not one.definite or one.start - scene.sentence.start > _OPENS:
        return
    parties = _own(scene, one)
    if parties is None or len(parties.codes) != 2:
        return
    start = max(one.end, parties.end)
    said = scene.grammar.phrases["provides"].match(scene.reading.folded, start + 1, scene.sentence.end)
    if said is not None:
        yield _told(scene, one, parties, said.span(), "says what is in it", knowledge)


def _told(
    scene: Scene, one: Instrument, parties: Filler, trigger: tuple[int, int], why: str, knowledge: Knowledge
) -> Candidate:
    reading, sentence = scene.reading, scene.sentence
    fields: dict[str, Value] = {"parties": parties.codes, "type": one.type}
    described(scene, one, fields, knowledge, sentence.end)
    reasons = (
        Reason("trigger", reading.text[slice(*trigger)], *trigger, why),
        Reason("type", reading.text[one.start : one.end], one.start, one.end, "noun of an instrument"),
        parties.reason("parties", reading),
    )
    features = frozenset({"definite"} | ({"party-inferred"} if parties.inferred else set()))
    return Candidate("agreement", fields, (sentence.index,), "agreement/invoked", reasons, features)


def _own(scene: Scene, one: Instrument) -> Filler | None:
    """Both, where the instrument names them itself: "under the pact, a U.S.-led force" names none."""
    found = own_parties(scene, (one.start, one.end))
    return None if found is None or "," in scene.reading.layer[one.end : found.start] else found


def _with(scene: Scene, one: Instrument, memory: Memory) -> Filler | None:
    """The pair, one of which stands behind the instrument after "avec", "with"."""
    tied = (a for a in scene.arguments if a.cue == "with" and len(a.codes) == 1 and 0 <= a.start - one.end <= _NEAR)
    partner = next(tied, None)
    if partner is None or len(memory.pair) != 2 or partner.codes[0] not in memory.pair:
        return None
    return Filler(memory.pair, partner.start, partner.end, "the pair, one of which stands after with", inferred=True)


def _brokered(scene: Scene, one: Instrument, memory: Memory) -> Filler | None:
    """The pair, where a third has brokered what is between them: "under a deal brokered by X"."""
    found = scene.grammar.phrases["brokered"].search(scene.reading.folded, one.end, min(scene.sentence.end, one.end + _NEAR))
    third = next((a for a in scene.arguments if found is not None and a.codes and 0 <= a.start - found.end() <= _LEANS), None)
    if third is None or found is None or len(memory.pair) != 2 or set(third.codes) & set(memory.pair):
        return None
    return Filler(memory.pair, found.start(), found.end(), "the pair, brought together by a third", inferred=True)
