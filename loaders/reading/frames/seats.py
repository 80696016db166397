"""Where a mission may stand, and whose it may be: what guesses of its host and its sender must agree with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.changing import replace
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.model import PLACE, STATE, Candidate

_MEMBER = re.compile(r"(?<![a-z])(?:(?:pays|etats?|membres?) d|(?:country|state|member)s? (?:of|in))")
_STANDS = 30  # characters from "embassy" to "in X": those of the town's article, "the state of", "of the republic"
_OPENING = 2  # sentences that tell whom an article is about: its title and the first after it
_THEIRS = 4  # sentences over which "their embassies" are those told before
_LAST = 12  # facts looked through for them


def hosts(event: Event, code: str) -> bool:
    """True where a mission that is told without its place may stand in the pair's other state, and nowhere else is named.

    That state must be named by the article's opening, this sentence or the one before, and no mission of the same sender
    may have been told to stand elsewhere.
    """
    scene, reading = event.scene, event.scene.reading
    index = scene.sentence.index
    near = (*reading.sentences[:_OPENING], *reading.sentences[max(0, index - 1) : index + 1])
    named = any(
        code in m.codes for sentence in near for m in reading.mentions_in(sentence.start, sentence.end, STATE + PLACE + "D")
    )
    told = {f.fields.get("host") for f in scene.told[-_LAST:] if f.kind == "mission" and f.fields.get("sender") in event.taken}
    places = {c for m in reading.mentions_in(scene.sentence.start, scene.sentence.end, PLACE) for c in m.codes}
    return named and told <= {code} and places <= {code, *event.taken}


def at_home(event: Event, sender: Filler, memory: Memory) -> Filler | None:
    """ "Washington ordered the closure of the consulate in Houston": it is of the other of the pair, not of where it stands."""
    pair = memory.pair
    if not _stands_in(event, sender) or len(pair) != 2 or not set(sender.codes) < set(pair):
        return None
    rest = tuple(code for code in pair if code not in sender.codes)
    return Filler(rest, event.start, event.end, "the other state of the article's pair", inferred=True)


def _stands_in(event: Event, sender: Filler) -> bool:
    """True where the mission is said to stand in the state that is taken for its sender."""
    if event.object is None:
        return False
    end = event.object[1]
    after = next(iter(event.scene.after(end, event.scene.sentence.end)), None)
    if after is None or after.cue not in ("in", "to") or after.start - end > _STANDS:
        return False
    return sender.codes == after.mentions[0].codes and "," not in event.scene.reading.folded[end : after.start]


def guest(event: Event, sender: Filler) -> Filler:
    """ "A and B agreed to open an embassy in B": that of A, where one mission is told of two; else the sender as it is."""
    what = event.object
    if event.frame.kind != "mission" or what is None or len(sender.codes) < 2 or event.several:
        return sender
    after = next(iter(event.scene.after(what[1], event.scene.sentence.end)), None)
    if after is None or after.cue not in ("in", "to") or after.start - what[1] > _STANDS or len(after.codes) != 1:
        return sender
    rest = tuple(code for code in sender.codes if code not in after.codes)
    return replace(sender, codes=rest) if rest and len(rest) < len(sender.codes) else sender


def _of_guessed_person(event: Event, sender: Filler, memory: Memory) -> bool:
    """True for one whose state is guessed, where the article speaks more of another: "Kuleba explained the opening of …"."""
    people = [event.scene.reading.persons[index] for index in sender.persons]
    guessed = bool(people) and all(person.state_from in ("pair", "dateline") for person in people)
    said = max((memory.spoken_of.get(code, 0) for code in sender.codes), default=0)
    return guessed and any(count > said for code, count in memory.spoken_of.items() if code not in memory.organisations)


def misread(event: Event, sender: Filler, memory: Memory) -> bool:
    """True for a sender that no mission has: the state it is said to stand in; a union whose members' missions are meant."""
    if event.frame.kind != "mission" or event.object is None:
        return False
    folded, (start, end) = event.scene.reading.folded, event.object
    if _stands_in(event, sender):
        return True  # "the closure of the embassy in X": not that of X
    if _of_guessed_person(event, sender, memory):
        return True
    if any(code in memory.organisations for code in sender.codes) and _MEMBER.search(folded, sender.start, sender.end):
        return True  # "the first country of the Union to open an embassy"
    return sender.why == "demonym on the noun" and sender.codes == ("EU",) and folded[start:end].split()[0].endswith("s")


def one_told(event: Event) -> Candidate | None:
    """ "B a fermé la sienne": the mission told in this sentence or the one before, of which the pronoun is one more."""
    index = event.scene.sentence.index
    last = next((fact for fact in reversed(event.scene.told[-_LAST:]) if fact.kind == "mission"), None)
    return last if last is not None and index - last.sentences[-1] <= 1 else None


def by_pronoun(event: Event) -> bool:
    """True where what is opened or shut is told by a pronoun."""
    if event.frame.kind != "mission" or event.object is None:
        return False
    return event.scene.grammar.phrases["own_posts"].fullmatch(event.scene.reading.folded, *event.object) is not None


def elsewhere(event: Event, codes: Sequence[str]) -> bool:
    """ "A et B ont rouvert leurs ambassades", after theirs in X: one of the two was just told to have its mission there."""
    index = event.scene.sentence.index
    return any(
        fact.kind == "mission"
        and index - fact.sentences[-1] <= _THEIRS
        and fact.fields.get("sender") in codes
        and fact.fields.get("host") not in codes
        for fact in event.scene.told[-_LAST:]
    )
