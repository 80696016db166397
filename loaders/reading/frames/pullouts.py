"""Withdrawals told beside others: "après les départs du Mali et du Niger", "Les Français étaient partis en décembre"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.lists import goes_on
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.model import DEMONYM, STATE, Candidate, Mention

_NEAR = 8  # sentences back in which soldiers were told of
_FACTS = 20  # last facts looked through for soldiers
_GONE = 45  # characters from a people to the verb that says they left
_LEAVING = re.compile(
    r"(?<![a-z])(?:departs?|retraits?|desengagements?|withdrawals?|pull-?outs?|departures?|exits?)"
    r" (?:du|de la|de l'|des|de|d'|from)(?: the)? ?(?=S)"
)
_AFTER = re.compile(r"\W*(?:apres|after|following) (?:avoir quitte |having left |leaving )?(?:le |la |l'|les |the )?(?=S)")
_PEOPLE = re.compile(r"(?<![a-z])(?:les|des|the) (?=D)")


def pullouts(scene: Scene, memory: Memory, told: list[Candidate], found: list[Candidate]) -> Iterator[Candidate]:
    """Withdrawals beside `found`, the facts of the sentence; `told`: those of the article before it."""
    here = [fact for fact in found if fact.kind == "deployment"]
    senders = {str(fact.fields["sender"]) for fact in here if "sender" in fact.fields}
    if len(senders) == 1:
        withdrawn = any(fact.fields.get("status") == "withdrawn" for fact in here)
        hosts = {fact.fields.get("host") for fact in here}
        for mention in _places_left(scene, withdrawn):
            if mention.codes[0] not in hosts | senders:
                yield _fact(scene, senders.copy().pop(), mention.codes[0], mention, None)
    near = [fact for fact in told[-_FACTS:] if fact.kind == "deployment" and scene.sentence.index - fact.sentences[-1] <= _NEAR]
    if near and not here:
        yield from _peoples(scene, memory, near[-1])


def _places_left(scene: Scene, withdrawn: bool) -> list[Mention]:
    """The states that the sentence says were left too: after a noun of leaving, or before a withdrawal, after "après"."""
    layer, low, high = scene.reading.layer, scene.sentence.start, scene.sentence.end
    match = _LEAVING.search(layer, low, high) or (_AFTER.match(layer, low, high) if withdrawn else None)
    if match is None:
        return []
    found: list[Mention] = []
    for mention in scene.reading.mentions_in(match.end(), high, STATE):
        joined = not found or goes_on(scene, found[-1].end, mention.start)
        if not joined or len(mention.codes) != 1:
            break
        found.append(mention)
    return found


def _peoples(scene: Scene, memory: Memory, before: Candidate) -> Iterator[Candidate]:
    """ "Les Français étaient partis ; les Américains ont évacué Niamey": peoples that leave as the soldiers told of did."""
    reading, phrases = scene.reading, scene.grammar.phrases
    for match in _PEOPLE.finditer(reading.layer, scene.sentence.start, scene.sentence.end):
        mention = reading.mentions_in(match.end(), match.end() + 1, DEMONYM)[0]
        low, high = scene.clause(mention.start)
        after = mention.end, min(high, mention.end + _GONE)
        denied = phrases["troops_doubt"].search(reading.folded, low, after[1]) is not None
        if reading.text[mention.start].islower() or denied or len(mention.codes) != 1 or reading.quoted(mention.start):
            continue
        gone, host = phrases["troops_gone"].search(reading.folded, *after), before.fields.get("host")
        named = [code for m in reading.mentions_in(mention.end, high, STATE) for code in m.codes]
        if gone is not None and isinstance(host, str) and host != mention.codes[0] and set(named) <= {host}:
            told = date_near(scene, *gone.span(), memory, lead=False)
            yield _fact(scene, mention.codes[0], host, mention, told.date if told is not None else None)


def _fact(scene: Scene, sender: str, host: str, mention: Mention, date: str | None) -> Candidate:
    fields: dict[str, Value] = {"sender": sender, "host": host, "status": "withdrawn"}
    if date is not None:
        fields["date"] = date
    reason = Reason("trigger", scene.reading.words(mention), mention.start, mention.end, "soldiers who left too")
    features = frozenset({"party-inferred"} | ({"date-told"} if date is not None else set()))
    return Candidate("deployment", fields, (scene.sentence.index,), "deployment/left-too", (reason,), features)
