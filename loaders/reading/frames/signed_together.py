"""Which instruments one verb acts on: its object, those joined to it, before or behind it, and those told besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from loaders.reading.frames.attributes import days_told
from loaders.reading.frames.events import Event
from loaders.reading.frames.instruments import instruments_in, is_about
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.steps import text_only
from loaders.reading.frames.tokens import Instrument
from loaders.reading.phrasing import either

_LEAD = 7  # words of a noun phrase before its noun: ", an amended bilateral air services agreement"
_SHORT = 2  # characters from an instrument to its short name: "memorandum of understanding (MoU)"
_GAP = 120  # characters between two instruments that are one subject
_MOST = 14  # instruments that one sentence may sign


def acted_on(event: Event, found: Sequence[Instrument]) -> list[Instrument]:
    """The instruments that the trigger acts on: its object and those joined to it."""
    assert event.object is not None  # the frame asks for one
    at = event.object[0]
    first = next((index for index, one in enumerate(found) if one.start <= at < one.end or 0 <= at - one.end <= _SHORT), None)
    if first is None:
        return []
    folded = event.scene.reading.folded
    if event.voice == "active" and not (event.behind or text_only(event)) and _indirect(event, found[first].start):
        return []
    first = _whole(event, found, first)
    chosen = [found[first]]
    colon = False
    for one in found[first + 1 :][:_MOST]:
        between = folded[chosen[-1].end : one.start]
        if is_about(chosen[-1], one, folded):
            continue  # "un avenant à la convention culturelle": what the one before is about
        if _said_in(event.scene.grammar.words["said_in"]).search(between) is not None:
            break
        colon = colon or ":" in between or event.scene.grammar.phrases["among"].search(between) is not None
        if (
            one.back
            or (one.definite and not (colon or found[first].definite))
            or one.start - chosen[-1].end > 220
            or not introduced(between, event.scene)
            or _denied_or_loose(between, one, event.scene)
            or _acted_on_again(folded[max(chosen[-1].end, event.end) : one.start], event.scene)
        ):
            break
        if not (event.signs or _and(between, event) or _goes_on(event, found, one)):
            break  # what ends is one accord: "l'accord de pêche, accord révisé en 2019"
        listing = colon or chosen[-1].start > event.start
        acted_before = event.voice in ("passive", "set") or found[first].start < event.start
        if acted_before and one.start > event.start and not (listing or _by_others(event, chosen[-1], one)):
            break
        chosen.append(one)
    return [*_before(event, found, first), *chosen]


def _by_others(event: Event, last: Instrument, one: Instrument) -> bool:
    """True for "a treaty was signed by the presidents, and a protocol by the ministers": the verb is told once."""
    folded, end = event.scene.reading.folded, event.scene.sentence.end
    first, second = (_BY.search(folded, start, stop) for start, stop in ((max(last.end, event.end), one.start), (one.end, end)))
    return first is not None and second is not None and not set(folded[one.end : second.start()]) & set(",;:.")


_BY = re.compile(r" (?:by|par) ")


def _and(between: str, event: Event) -> bool:
    words = f" {between.replace(',', ' ')} ".replace("'", "' ")
    return any(f" {word} " in words for word in event.scene.grammar.conjunctions)


def _goes_on(event: Event, found: Sequence[Instrument], one: Instrument) -> bool:
    """True for the second of three that "and" closes: "negotiating a treaty, a convention and an agreement"."""
    following = next((other for other in found if other.start > one.start), None)
    if one.definite or following is None or following.definite:
        return False
    between = event.scene.reading.folded[one.end : following.start]
    return _and(between, event) and not set(between) & set(";:.") and introduced(between, event.scene)


def _whole(event: Event, found: Sequence[Instrument], first: int) -> int:
    """The instrument that another one is only about: "a memorandum on a strategic partnership was signed"."""
    folded = event.scene.reading.folded
    on_what = _on_what(event.scene.grammar.words["paper_on"])
    while first and found[first].end <= event.start and on_what.match(folded[found[first - 1].end : found[first].start]):
        first -= 1
    return first


@cache
def _said_in(words: frozenset[str]) -> re.Pattern[str]:
    """Before what a saying stands in, which is not signed: "…, said the ministry in a statement"."""
    return re.compile(rf"(?<![a-z])(?:{either(words)}) (?:un|une|le|la|leur|son|a|the|their|its) (?:[a-z]+ )?\Z")


@cache
def _on_what(words: frozenset[str]) -> re.Pattern[str]:
    """Between an instrument and what it is on: " on", " establishing the joint"."""
    return re.compile(rf" (?:{either(words)})(?: [^,;:.]{{0,40}})?\Z")


def _before(event: Event, found: Sequence[Instrument], first: int) -> list[Instrument]:
    """Those joined to the subject of a passive: "un mémorandum sur X et une convention fiscale ont été signés"."""
    if event.voice != "passive" or found[first].start > event.start or (found[first].definite and not event.signs):
        return []
    joined: list[Instrument] = []
    following = found[first]
    for one in reversed(found[:first]):
        between = event.scene.reading.folded[one.end : following.start]
        alike = one.definite == following.definite and (not one.definite or _and(between, event))
        plain = alike and not one.back and one.start >= event.low and not days_told(event.scene, one.end, following.start)
        if not plain or len(between) > _GAP or not introduced(between, event.scene) or ":" in between:
            break
        joined.insert(0, one)
        following = one
    return joined


def told_besides(event: Event, first: Instrument, knowledge: Knowledge) -> list[Instrument]:
    """Those that open the sentence as signed too: "Besides a tax treaty, A and B signed …"."""
    scene, low = event.scene, event.scene.sentence.start
    said = scene.grammar.phrases["beside_them"].match(scene.reading.folded, low)
    comma = scene.reading.folded.find(",", said.end(), event.start) if said is not None else -1
    found = instruments_in(scene, knowledge, low, comma) if comma >= 0 else []
    return [one for one in found if not (one.definite or one.back or one.plural) and one.end <= first.start]


def introduced(between: str, scene: Scene) -> bool:
    """True when the words before an instrument add it to a list: ", un mémorandum", "and a protocol"."""
    words = between.replace("'", "' ").split()[-_LEAD:]
    return any(_joins(word) for word in words) or scene.grammar.phrases["listed"].search(" ".join(words)) is not None


def _denied_or_loose(between: str, one: Instrument, scene: Scene) -> bool:
    """True for ", no convention" and for the "close and continuing partnership" that a memorandum affirms."""
    words = between.replace("'", "' ").split()
    if scene.grammar.phrases["none_of"].search(between) is not None:
        return True
    mark = max((i for i, word in enumerate(words) if word in scene.grammar.conjunctions), default=None)
    if mark is not None and scene.grammar.phrases["acts_on"].search(" ".join(words[mark + 1 :])) is not None:
        return True  # "negotiations on the treaty and reached agreement": another verb's
    behind = words[mark + 1 :] if mark is not None and one.weak and not one.plural else []
    return bool(behind) and not set(behind) & scene.grammar.determiners and one.count is None


def _acted_on_again(between: str, scene: Scene) -> bool:
    """True for "; they had concluded in 2011 a convention": another verb tells of it, and perhaps another day."""
    verb = scene.grammar.phrases["acts_on"].search(between)
    before = between[: verb.start()].split() if verb is not None else []
    return bool(set(before[-2:]) & scene.grammar.modality["have"])


def _joins(word: str) -> bool:
    return word[-1] in ",;:•-–"


def _indirect(event: Event, start: int) -> bool:
    """True for an instrument behind a preposition: "scellent un nouveau cap dans le partenariat" seals no partnership.

    What a mention closes does not count: "signed in Kabul an agreement" signs it.
    """
    layer = event.scene.reading.layer
    between = layer[max(event.end, start - 30) : start]
    words = between[between.rfind("_") + 1 :].replace("'", "' ").split()[-3:]
    if words[-1:] == ["of"] and event.scene.grammar.phrases["quantity"].fullmatch(words[-2 if len(words) > 1 else -1]):
        words = words[:-2]  # "signed a series of accords"
    return any(event.scene.grammar.phrases["indirect"].fullmatch(word) for word in words)
