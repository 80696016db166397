"""Cooperation: sectors that two parties work on together without a named instrument."""

from __future__ import annotations

import re

from graph.model.claims import Reason, Value
from loaders.reading.frames.events import Filler
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of
from loaders.reading.frames.scene import Scene
from loaders.reading.model import DEMONYM, Candidate

_AFTER_NOUN = 60  # characters behind the noun in which its adjectives stand: "coopération militaire, sécuritaire et migratoire"
_BEFORE_NOUN = 45  # characters before it: "security and economic cooperation"
_FAR = re.compile(
    r"(?<![a-z])(?:entre|avec|between|with|qui|which|that|est|sont|a|ont|is|are|has|was|s'|ne|en|dans|sur|[SDGC]_+)(?![a-z])"
)
_NEAR = re.compile(r".*(?:[,;:.]|(?<![a-z])(?:to|of|in|the|their|its|on|a|an|for|by|said|agreed|and that)(?![a-z]))", re.DOTALL)
_JUST, _FEW = 2, 8  # sentences over which an accord is still spoken of, and facts looked through for it
_LOOKED = 120  # characters from joint work to "was discussed"
_MANY = 3  # sectors anywhere in the sentence that are enough where it says plainly that two work together


def cooperation(scene: Scene, knowledge: Knowledge, memory: Memory) -> Candidate | None:
    """Sectors in which the sentence says that two parties work together: two or more, or one that it says plainly."""
    return _working(scene, knowledge, memory) or _of_the_noun(scene, knowledge, memory)


def _working(scene: Scene, knowledge: Knowledge, memory: Memory) -> Candidate | None:
    """ "coopèrent dans la défense et l'énergie", "agreed to deepen cooperation in …"."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    found = scene.grammar.phrases["joint_work"].search(reading.folded, low, high)
    if found is None or reading.quoted(found.start()) or _unsure(scene, knowledge, found.start()):
        return None
    domains = knowledge.domains.find(reading, found.end(), high)
    sure = scene.grammar.phrases["joint_sure"].search(reading.folded, low, high) is not None
    if not domains and sure:
        domains = knowledge.domains.find(reading, low, found.start())
        domains = domains if len(domains) >= _MANY else ()
    if len(domains) < (1 if sure else 2):
        return None
    if _of_people(scene, found.start()):
        return None
    parties = parties_of(scene, found.span(), None, memory)
    return _candidate(scene, found.span(), domains, parties)


def _of_people(scene: Scene, start: int) -> bool:
    """True for "des chefs marocains et espagnols travaillent ensemble": people of two states, no states."""
    named = [a for a in scene.arguments if a.codes and a.start < start]
    return bool(named) and not any(a.acts for a in named) and all(m.mark == DEMONYM for a in named for m in a.mentions)


def _of_the_noun(scene: Scene, knowledge: Knowledge, memory: Memory) -> Candidate | None:
    """ "la coopération militaire entre A et B", "security and economic cooperation with B": the noun's own sectors."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    for found in scene.grammar.phrases["joint_noun"].finditer(reading.layer, low, high):
        if reading.quoted(found.start()) or _unsure(scene, knowledge, found.start()):
            continue
        domains = knowledge.domains.find(reading, *_adjectives(scene, found.start(), found.end()))
        domains = domains or _covered(scene, knowledge, found.end())
        parties = parties_of(scene, found.span(), None, memory) if domains else None
        agreed = scene.grammar.phrases["agrees_on"].search(reading.folded, low, found.start()) is not None
        if parties is not None and (agreed or not parties.inferred):
            return _candidate(scene, found.span(), domains, parties)
    return None


def _covered(scene: Scene, knowledge: Knowledge, start: int) -> tuple[str, ...]:
    """What "la coopération maroco-russe porte sur …" says that it covers: two sectors or more."""
    end = scene.sentence.end
    covers = scene.grammar.phrases["covers"].search(scene.reading.folded, start, min(end, start + _AFTER_NOUN))
    domains = knowledge.domains.find(scene.reading, covers.end(), end) if covers is not None else ()
    return domains if len(domains) > 1 else ()


def _adjectives(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Where the adjectives of the noun stand: behind it in French, before it in English."""
    layer = scene.reading.layer
    if scene.reading.language == "fr":
        limit = min(scene.sentence.end, end + _AFTER_NOUN)
        far = _FAR.search(layer, end, limit)
        return end, far.start() if far is not None else limit
    low = max(scene.sentence.start, start - _BEFORE_NOUN)
    near = _NEAR.match(layer, low, start)
    return (near.end() if near is not None else low), start


def _candidate(scene: Scene, span: tuple[int, int], domains: tuple[str, ...], parties: Filler | None) -> Candidate | None:
    if parties is None or len(parties.codes) != 2 or _of_an_accord(scene, domains, parties):
        return None
    reading = scene.reading
    reasons = (Reason("trigger", reading.text[slice(*span)], *span, "words of joint work"), parties.reason("parties", reading))
    features = frozenset({"party-inferred"} if parties.inferred else ())
    fields: dict[str, Value] = {"parties": parties.codes, "domains": domains}
    return Candidate("cooperation", fields, (scene.sentence.index,), "cooperation/sectors", reasons, features)


def _of_an_accord(scene: Scene, domains: tuple[str, ...], parties: Filler) -> bool:
    """True for the sectors of an accord or a body of the same two, told just before: they are no further cooperation."""
    index = scene.sentence.index
    return any(
        index - fact.sentences[-1] <= _JUST
        and set(_tuple(fact.fields.get("parties"))) == set(parties.codes)
        and set(domains) <= set(_tuple(fact.fields.get("domains")))
        for fact in scene.told[-_FEW:]
        if fact.kind in ("agreement", "body")
    )


def _tuple(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _talked_over(scene: Scene, start: int) -> bool:
    """True for "discussed ways to broaden cooperation in …", where nobody agreed on it."""
    phrases, span = scene.grammar.phrases, (scene.sentence.start, start)
    folded = scene.reading.folded
    said = phrases["talked_over"].search(folded, *span) or phrases["looked_at"].search(
        folded, start, min(scene.sentence.end, start + _LOOKED)
    )
    return said is not None and phrases["agrees_on"].search(scene.reading.folded, *span) is None


def _unsure(scene: Scene, knowledge: Knowledge, start: int) -> bool:
    """True where joint work is only wished for, or is what an accord, a body or a programme named before it covers."""
    folded, low = scene.reading.folded, scene.sentence.start
    before = folded[max(low, start - 70) : start].replace("'", "' ").split()
    wished = set(before) & scene.grammar.modality["none"] or _talked_over(scene, start)
    language = scene.reading.language
    named = (knowledge.instruments[language].phrases, knowledge.bodies[language].nouns.phrases)
    return bool(wished) or any(phrases.find(folded, low, start) for phrases in named)
