"""Several instruments in one event: which of them a number counts, a list opens or spells out, and whom each binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.reading.frames.events import WITH_PARTNER, Event, Filler
from loaders.reading.frames.instruments import name_end
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument, Instrument
from loaders.reading.model import Candidate

_CLOSE = 40  # characters from an instrument to its own partner
_NAMED_NEXT = 30  # characters of what stands before the noun: ", an amended extradition treaty"
_COUNTED = re.compile(r", (?:an?|une?|the|la|le|l') ?")
_COMMA = re.compile(r",? (?:et|and) |, ")
_ON = re.compile(
    r"(?:,| et| and) (?=(?:sur|on|en matiere|relatif|relative|relating|concernant|concerning) "
    r"(?!the (?:first|second|last|final|margins|sidelines|occasion) ))"
)


def heads(event: Event, one: Instrument, chosen: list[Instrument]) -> bool:
    """True for "Accords signés :", which only opens the list of those it means."""
    if not one.plural or one is not chosen[0]:
        return False
    until = chosen[1].start if len(chosen) > 1 else event.scene.sentence.end
    return ":" in event.scene.reading.folded[max(one.end, event.end) : until]


def in_count(event: Event, one: Instrument, chosen: list[Instrument]) -> bool:
    """True for the second of "huit accords et mémorandums", "ten treaties, protocols and MoUs": the number counts it too."""
    if not one.plural or one is chosen[0] or chosen[0].count is None:
        return False
    position = chosen.index(one)
    between = event.scene.reading.folded[chosen[position - 1].end : one.start]
    return between.strip() in ("et", "and", ",", ", and", "ou", "or", "et de", "et d'", ", de", ", d'")


def each_named(scene: Scene, one: Instrument, told: Candidate, knowledge: Knowledge) -> Iterator[Candidate]:
    """ "des traités sur la pêche et sur la fiscalité": one for each that is named by what it is about; else as it is."""
    end = name_end(scene, one.end, scene.sentence.end, lists=True)
    pieces = _pieces(_ON, scene.reading.folded, one.end, end) if one.count is None else _in_turn(scene, one)
    if len(pieces) < 2:
        yield told
        return
    for piece in pieces:
        found = knowledge.domains.find(scene.reading, *piece)
        fields = {**told.fields, "name": scene.reading.text[slice(*piece)].strip(" ,")}
        fields.pop("count", None)
        fields.pop("domains", None)
        fields.update({"domains": found} if found else {})
        yield replace(told, fields=fields, features=(told.features - {"plural"}) | {"listed"})


def _in_turn(scene: Scene, one: Instrument) -> list[tuple[int, int]]:
    """What each of those counted is about: "trois accords portant respectivement sur A, B et C", "two: on A and on B"."""
    folded, limit = scene.reading.folded, scene.sentence.end
    said = scene.grammar.phrases["respectively"].search(folded, one.end, limit)
    if said is None:
        colon = folded.find(":", one.end, limit)
        pieces = _pieces(_ON, folded, colon + 1, limit) if colon > 0 else []
    elif scene.reading.language == "fr":
        pieces = _pieces(_COMMA, folded, said.end(), _closed(folded, said.end(), limit))
    else:
        pieces = _pieces(_COMMA, folded, one.end, said.start())
    return pieces if len(pieces) == one.count else []


def _closed(folded: str, start: int, end: int) -> int:
    """Where a list ends that "et" closes: at the comma behind it."""
    comma = folded.find(",", folded.find(" et ", start, end), end)
    return comma if comma > 0 else end


def _pieces(cut: re.Pattern[str], folded: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [match.span() for match in cut.finditer(folded, start, end)]
    return list(zip((start, *(last for _, last in cuts)), (*(first for first, _ in cuts), end), strict=True))


def spelled_out(event: Event, chosen: list[Instrument], named: int) -> bool:
    """True for "two accords, an extradition treaty and a protocol": those named are those counted."""
    first = chosen[0]
    opens = _COUNTED.match(event.scene.reading.folded, first.end) if first.count is not None and len(chosen) > 1 else None
    return opens is not None and first.count == named and chosen[1].start - opens.end() <= _NAMED_NEXT


def added(event: Event, chosen: list[Instrument]) -> bool:
    """True for "trois accords, ainsi qu'un protocole": the named one is none of those counted."""
    between = event.scene.reading.folded[chosen[0].end : chosen[1].start]
    return ":" not in between and event.scene.grammar.phrases["among"].search(between) is None


def bilateral(event: Event, one: Instrument, parties: Filler) -> list[Filler]:
    """ "A et B ont signé avec C" binds A with C and B with C, as do "treaties with A and B"; else all together."""
    if len(parties.codes) < 3 or parties.way != WITH_PARTNER or _many_sided(event, one):
        return [parties]
    partner = next((a for a in event.scene.arguments if a.cue == "with" and set(a.codes) <= set(parties.codes)), None)
    actors = tuple(code for code in parties.codes if partner is not None and code not in partner.codes)
    if partner is not None and len(actors) == 1 and (one.plural or _unjoined(event, partner)):
        return [replace(parties, codes=(*actors, code)) for code in partner.codes]
    if partner is None or len(partner.codes) != 1:
        return [parties]
    return [replace(parties, codes=(code, *partner.codes)) for code in parties.codes if code not in partner.codes]


def _many_sided(event: Event, one: Instrument) -> bool:
    """True for "un accord tripartite", "a trilateral agreement": it binds all together."""
    low, high = max(event.low, one.start - _NAMED_NEXT), one.end + _NAMED_NEXT
    return event.scene.grammar.phrases["many_sided"].search(event.scene.reading.folded, low, high) is not None


def _unjoined(event: Event, partner: Argument) -> bool:
    """True for a headline's "treaty with X, Y": one with each."""
    scene = event.scene
    words = set(scene.reading.folded[partner.start : partner.end].replace("'", "' ").split())
    return scene.sentence.index == 0 and not words & {"et", "and", "&"}


def own_partner(event: Event, one: Instrument, chosen: list[Instrument], parties: Filler) -> Filler:
    """The parties of one of several: "a treaty with X and a protocol with Y" are with each their own."""
    if one is chosen[0] or one not in chosen or parties.way != WITH_PARTNER:
        return parties
    limit = next((other.start for other in chosen if other.start > one.start), one.end + _CLOSE)
    tied = (a for a in event.scene.arguments if a.cue == "with" and len(a.codes) == 1 and one.end <= a.start < limit)
    found = next((a for a in tied if a.start - one.end <= _CLOSE), None)
    if found is None or set(found.codes) & set(parties.codes):
        return parties
    return replace(parties, codes=(parties.codes[0], *found.codes), end=max(parties.end, found.end))
