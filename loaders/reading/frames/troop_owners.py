"""Whose soldiers a phrase speaks of: what qualifies the noun, who supplies them, whose they are said to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.reading.frames.lists import goes_on
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.stationing import owner_before
from loaders.reading.model import AMOUNT, DEMONYM, ORGANISATION, STATE, Mention
from loaders.reading.phrasing import either

_MOST = 6  # states that one phrase joins
_AFTER = 160  # characters after the soldiers in which a list of whose they are ends
_NEXT = 8  # characters from "are" to the first of a list: "the "
_BACK = 70  # characters before the soldiers in which stands whose they are
_FR_OF = re.compile(
    r"(?: [a-z-]+)? (?:venus? |originaires? |issus? |provenant |envoyes? par |fournis? par )?"
    r"(?:du|de la|de l'|des|de|d'|la|le|l'|les) ?\Z"
)
_FR_ADJECTIVE = re.compile(r"(?: (?!de |du |en |au |aux |dans |et |a |qui |par |pour )[a-z-]+)? \Z")
_EN_FROM = re.compile(r"(?: (?:drawn|coming|sent|supplied|provided|contributed))? (?:from|of|by)(?: the)? \Z")
_EN_BEFORE = re.compile(r"(?:'s|')?(?: (?!in |to |and |or |of |for |with |from |by |on |at )[a-z0-9,-]+){0,3} \Z")
_WHOSE = re.compile(r"[ ,]*(?:dont|whose)(?: [a-z'-]+){0,4} ?\Z")
_OWN = re.compile(r"(?<![a-z])(?:ses|leurs|its|their)(?: [a-z]+){0,2} \Z")


@cache
def _supplies(verbs: frozenset[str], light: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{either(verbs)})(?: (?:{either(light)}))*+ \Z")


def owners(scene: Scene, start: int, end: int) -> list[Mention]:
    """The states and organisations whose soldiers stand at [start, end); none where nobody is named."""
    reading = scene.reading
    inside = [m for m in reading.mentions_in(start, end, AMOUNT) if m.codes]
    found = (
        inside[:1]
        or _bracketed(scene, start)
        or _qualifying(scene, start, end)
        or _supplying(scene, start)
        or _contributing(scene, start, end)
        or _whose(scene, start)
    )
    return [m for m in found if not (m.mark == DEMONYM and "EU" in m.codes)]  # "European countries" are not the Union


def _bracketed(scene: Scene, start: int) -> list[Mention]:
    """ "after Burkina Faso (1,717 soldiers) and Bangladesh (1,510)": who stands right before the bracket."""
    before = scene.reading.mentions_in(max(scene.sentence.start, start - _BACK), start, "S")
    near = [m for m in before if scene.reading.layer[m.end : start] == " ("]
    return near[-1:]


def _qualifying(scene: Scene, start: int, end: int) -> list[Mention]:
    """ "militaires français", "soldats du Togo et du Bénin"; "French and German troops", "troops from Chad"."""
    reading, layer = scene.reading, scene.reading.layer
    after = reading.mentions_in(end, min(scene.sentence.end, end + _AFTER), "SDG")
    first = after[0] if after else None
    if reading.language == "fr":
        pattern = _FR_ADJECTIVE if first is not None and first.mark == DEMONYM else _FR_OF
        return _joined(scene, after) if first is not None and pattern.match(layer, end, first.start) is not None else []
    before = [m for m in reading.mentions_in(max(scene.sentence.start, start - _BACK), start, "SDG") if m.end <= start]
    if (
        len(before) > 1
        and before[-1].mark == ORGANISATION
        and before[-2].mark == DEMONYM
        and before[-1].start - before[-2].end < 2
    ):
        before = before[:-1]  # "a Chinese United Nations battalion"
        return _joined(scene, before[::-1], back=True)
    if before and _EN_BEFORE.fullmatch(layer, before[-1].end, start) is not None:
        return _joined(scene, before[::-1], back=True)
    return _joined(scene, after) if first is not None and _EN_FROM.match(layer, end, first.start) is not None else []


def _joined(scene: Scene, mentions: Sequence[Mention], back: bool = False) -> list[Mention]:
    """The first of some mentions and those joined to it."""
    found = [mentions[0]]
    for mention in mentions[1:_MOST]:
        one, other = (mention, found[-1]) if back else (found[-1], mention)
        if not goes_on(scene, one.end, other.start) or mention.mark not in (STATE, DEMONYM):
            break
        found.append(mention)
    return found[::-1] if back else found


def _supplying(scene: Scene, start: int) -> list[Mention]:
    """ "Kenya and Chad supplied the soldiers": the subject of a verb of supplying right before them."""
    words = scene.grammar.words
    found = _supplies(words["supplies_troops"], words["supply_light"]).search(
        scene.reading.folded, max(scene.sentence.start, start - _BACK), start
    )
    owner = owner_before(scene, found.start()) if found is not None else None
    return list(owner.mentions[:_MOST]) if owner is not None else []


def _contributing(scene: Scene, start: int, end: int) -> list[Mention]:
    """ "The main troop contributors are A and B", "A and B are among the contributors": the states that a list names."""
    reading, sentence = scene.reading, scene.sentence
    if scene.grammar.phrases["troop_givers"].fullmatch(reading.folded, start, end) is None:
        return []
    named = scene.grammar.phrases["givers_named"].search(reading.folded, end, sentence.end)
    after = reading.mentions_in(named.end(), sentence.end, STATE) if named is not None else ()
    if named is not None and after and after[0].start - named.end() <= _NEXT:
        return _joined(scene, after)
    owner = owner_before(scene, start)
    said = owner is not None and scene.grammar.phrases["givers_named"].search(reading.folded, owner.end, start) is not None
    return list(owner.mentions[:_MOST]) if owner is not None and said else []


def _whose(scene: Scene, start: int) -> list[Mention]:
    """ "X, dont la centaine de soldats", "X, whose troops", "its own peacekeepers": who was named just before."""
    reading, low = scene.reading, scene.sentence.start
    before = [m for m in reading.mentions_in(max(low, start - _BACK), start, "SG") if m.end <= start]
    if before and _WHOSE.fullmatch(reading.layer, before[-1].end, start) is not None:
        return before[-1:]
    if _OWN.search(reading.folded, max(low, start - 30), start) is None:
        return []
    owner = owner_before(scene, start) or scene.told_before
    plain = owner is not None and owner.codes and all(m.mark in STATE + DEMONYM + ORGANISATION for m in owner.mentions)
    return list(owner.mentions[:_MOST]) if owner is not None and plain else []
