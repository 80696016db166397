"""Role rules for forces told by their name: whose MINUSMA is, where ATMIS serves, whose "the SADC mission" is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.grammar import any_of
from loaders.reading.frames.inflection import DATA
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, around, fill
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import ORGANISATION, STATE

_CLOSE = 20  # characters from "withdrawal" to the force: "le retrait progressif de la Minusma"
PART = re.compile(
    r"(?<![a-z])(?:a|de|dans|au sein de|avec|sous|of|in|with|within|under|to|for|from) (?:la |le |l'|the |une |un |a )?\Z"
    r"|(?<![a-z])(?:du|au) \Z"
)  # what stands before a force of which a part is spoken of
_BESIDE = 24  # characters between a force and whose it is: "the United Nations peacekeeping mission"


class Force(NamedTuple):
    """A force that a text names: whose it is, where it serves, where it is named."""

    sender: str
    host: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Forces:
    """Forces by folded name: (sender, host)."""

    known: Mapping[str, tuple[str, str]]
    pattern: re.Pattern[str]


@cache
def load_forces(path: Path = DATA / "forces.toml") -> Forces:
    """Read the named forces; BadData names the file and the entry that lacks a key or repeats a name."""
    known: dict[str, tuple[str, str]] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("force", ()):
        if set(entry) != {"names", "sender", "host"}:
            raise BadData(f"{path.name}: {entry}: a force has names, sender and host, and nothing else")
        for name in map(fold, entry["names"]):
            if known.setdefault(name, (entry["sender"], entry["host"])) != (entry["sender"], entry["host"]):
                raise BadData(f"{path.name}: {name!r} stands for two forces")
    return Forces(known, any_of(frozenset(known)))


def forces_in(folded: str, low: int, high: int) -> list[Force]:
    """The forces named in a stretch of folded text, in order."""
    forces = load_forces()
    return [Force(*forces.known[match.group()], *match.span()) for match in forces.pattern.finditer(folded, low, high)]


def _named(event: Event) -> Force | None:
    """The force that the sentence names nearest to the trigger."""
    found = forces_in(event.scene.reading.folded, event.scene.sentence.start, event.scene.sentence.end)
    return min(found, key=lambda force: (abs(force.start - event.start), force.start)) if found else None


def force_soil(event: Event, memory: Memory) -> Filler | None:
    """ "les casques bleus ghanéens de la Finul": where the named force serves."""
    found = _named(event)
    return Filler((found.host,), found.start, found.end, "where the named force serves") if found is not None else None


def force_of(event: Event, memory: Memory) -> Filler | None:
    """ "MINUSMA left Mali", "the SADC mission", "la mission de l'Union africaine": the organisation whose force it is."""
    if event.object is None:
        return None
    start, end = event.object
    if not _leaves(event, start):
        return None
    named = _named(event)
    if named is not None and named.start < end and start < named.end:
        return Filler((named.sender,), named.start, named.end, "whose force it is")
    for argument in event.scene.arguments:
        if any(mention.mark != ORGANISATION for mention in argument.mentions):
            continue
        before = 0 <= start - argument.end <= _BESIDE and not set(event.scene.reading.folded[argument.end : start]) & set(",;")
        after = 0 <= argument.start - end <= _BESIDE and argument.cue in ("of", "by")
        if before or after:
            return fill(argument, "the organisation whose force it is")
    return None


def _leaves(event: Event, start: int) -> bool:
    """True where the force itself leaves: not "the contingents of the force left", nor "their withdrawal from the force"."""
    folded = event.scene.reading.folded
    if event.voice == "noun":
        own = event.scene.grammar.closing["own"].search(folded[max(event.low, event.start - 24) : event.start])
        return own is None and 0 <= start - event.end <= _CLOSE
    return start < event.start and not PART.search(folded, event.low, start)


def force_host(event: Event, memory: Memory) -> Filler | None:
    """ "the AU mission in Somalia": the place tied to the force, or the one that is left."""
    for argument in around(event):
        codes = tuple(code for code in argument.codes if code not in event.taken)
        if codes and argument.cue in ("in", "to", "of", "from", "") and all(m.mark in "SC" for m in argument.mentions):
            return Filler(codes, argument.start, argument.end, "where the force serves")
    return None


def army(event: Event, memory: Memory) -> Filler | None:
    """ "Kenya's troops left": the state that an army, which acts for it, is of."""
    if event.object is None:
        return None
    for argument in event.scene.before(event.object[1], event.low):
        first = argument.mentions[0]
        if first.mark == STATE and not argument.persons and argument.start <= first.start < event.object[0] < argument.end:
            return fill(argument, "whose army it is")
    return None


def behind_possessive(scene: Scene, argument: Argument) -> bool:
    """True for "in Libya's capital": a place told by whose it is."""
    return argument.cue == "poss" and scene.reading.folded.endswith((" in ", " to ", " into "), 0, argument.start)


def soil_of(event: Event, memory: Memory) -> Filler | None:
    """ "in Libya's capital", "to Mali's north": whose town or region it is."""
    for argument in event.scene.after(event.end, event.high):
        if behind_possessive(event.scene, argument) and not set(argument.codes) & set(event.taken):
            return fill(argument, "whose soil is named")
    return None


FORCES: Mapping[str, Rule] = {
    "force soil": force_soil, "force of": force_of, "force host": force_host, "army of": army, "soil of": soil_of,
}  # fmt: skip
"""The rules of named forces, by the name that frames use."""
