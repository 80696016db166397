"""Stage 8: the frames of every sentence, as candidates added to the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.reading.frames.agreements import signed
from loaders.reading.frames.anniversaries import anniversary
from loaders.reading.frames.antecedents import narrowed
from loaders.reading.frames.bodies import bodies
from loaders.reading.frames.contingents import contingents
from loaders.reading.frames.cooperation import cooperation
from loaders.reading.frames.events import Event
from loaders.reading.frames.filling import filled
from loaders.reading.frames.following import follow_up
from loaders.reading.frames.further_gifts import further_gifts
from loaders.reading.frames.homes import coherent
from loaders.reading.frames.invoked import invoked
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.likewise import likewise
from loaders.reading.frames.listing import heads_list, listed, named_in, opens_signing, parts_of
from loaders.reading.frames.meetings import by_same_means, met
from loaders.reading.frames.members_again import members_again
from loaders.reading.frames.memory import Memory, remember, with_described
from loaders.reading.frames.named_forces import named_forces
from loaders.reading.frames.posts import posts_again
from loaders.reading.frames.pullouts import pullouts
from loaders.reading.frames.ratifying import ratified_again
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.sessions import body_again, body_follow_up, numbered
from loaders.reading.frames.stances import stance
from loaders.reading.frames.standing import told_by_year
from loaders.reading.frames.stationing import stationed
from loaders.reading.frames.told_gifts import told_gifts
from loaders.reading.frames.trade import trade
from loaders.reading.frames.triggers import Found
from loaders.reading.frames.trips import given_up
from loaders.reading.frames.troop_steps import troop_steps
from loaders.reading.frames.visas import waived
from loaders.reading.frames.visits import made, receivers, travelling
from loaders.reading.model import AMOUNT, Amount, Candidate, Reading

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_NEAR_HEADING = 3  # sentences after a heading that may say in running text what it counts
_OF_TIES = ("relation", "mission")  # kinds whose verbs are the same: relations and missions are established alike
_FEW = 6  # last facts that a sentence may say somebody else did too
_LIST_LINES = 30  # sentences after a heading that may belong to its list


@dataclass
class _Run:
    """What one run over an article gathers; made anew for each article."""

    knowledge: Knowledge
    memory: Memory
    found: list[Candidate] = field(default_factory=list)
    accord: int | None = None  # position of the last accord in `found`
    body: int | None = None
    heading: Candidate | None = None
    heading_sentence: int = 0
    topics: bool = False  # the lines of the list say what each instrument is about, without naming it
    short: dict[str, str] = field(default_factory=dict)  # short names of bodies, with their type
    at_home: set[str] = field(default_factory=set)  # the names of those who received somebody
    scene: Scene | None = None  # the last one
    figures: bool = False  # some sentence spoke of trade
    unfillable: frozenset[int] = frozenset()  # frames that nothing of the article can fill
    troops: bool = False  # the article counts people in uniform somewhere

    @property
    def leans(self) -> bool:
        """True once something was told that a sentence without any name may add to."""
        return self.accord is not None or self.body is not None or self.heading is not None


def read_frames(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with a candidate for each fact that a frame finds; one pass for triggers, then each sentence once."""
    knowledge = lexicon.frames
    triggers = knowledge.openings.triggers.found(reading)
    grammar = knowledge.grammar[reading.language]
    run = _Run(knowledge, remember(reading, knowledge.wholes, triggers, grammar))
    whole = reading
    reading = with_described(reading, run.memory, grammar, knowledge.descriptions[reading.language], triggers)
    run.unfillable = knowledge.openings.unfillable(reading)
    run.troops = any(isinstance(m.value, Amount) and m.value.unit == "personnel" for m in reading.mentions if m.mark == AMOUNT)
    for sentence in reading.sentences:
        if sentence.boilerplate:
            continue
        worth = sentence.index in triggers.hits or run.leans or reading.folded[sentence.end - 1] == ":"
        if worth or reading.mentions_in(sentence.start, sentence.end):
            run.scene = Scene(reading, grammar, sentence, run.scene, run.found)
            _read_sentence(run, run.scene, triggers)
    run.found.extend(list(waived(run.found, run.memory)))
    at_home = frozenset(run.at_home)
    return whole.having(
        candidates=(*whole.candidates, *(found for found in coherent(by_same_means(run.found)) if travelling(found, at_home)))
    )


def _read_sentence(run: _Run, scene: Scene, triggers: Found) -> None:
    watched = triggers.watched.get(scene.sentence.index, frozenset())
    opened = list(run.knowledge.openings.events(scene, triggers, run.unfillable))
    events = narrowed(_alone(opened)) if len(opened) > 1 else opened
    before = len(run.found)
    for event in events:
        run.found.extend(_facts(event, run))
    _read_accords(run, scene, "instruments" in watched, before)
    figure = _last_figure(run, scene)
    run.figures = run.figures or "trade" in watched
    if "trade" in watched or (figure is not None and figure.sentences[-1] == scene.sentence.index - 1):
        run.found.extend(trade(scene, run.knowledge.trade[scene.reading.language], run.memory, figure))
    _read_troops(run, scene, watched, before)
    if "aid" in watched or (before and run.found[before - 1].kind == "aid"):
        run.found.extend(list(told_gifts(scene, run.memory, run.knowledge, run.found, before)))
    if any(fact.kind == "aid" for fact in run.found[before:]):
        run.found.extend(list(further_gifts(scene, run.knowledge.trade[scene.reading.language].numbers, run.found, before)))
    if "clubs" in watched:
        run.found.extend(list(members_again(scene, run.memory, run.found, before)))
    if "anniversaries" in watched:
        began = anniversary(scene, run.knowledge.anniversaries[scene.reading.language], run.memory)
        run.found.extend([began] if began is not None else [])
    if events and not any(fact.kind == "mission" for fact in run.found[before:]):
        run.found.extend(list(posts_again(events, run.found[max(0, before - _FEW) : before], run.memory)))
    if "likewise" in watched:
        run.found.extend(list(likewise(scene, run.found[before:] or run.found[-_FEW:], run.memory)))
    told = {fact.kind for fact in run.found[before:]}
    if _read_bodies(run, scene, "bodies" in watched):
        told.add("body")
    if "cooperation" in watched and not told & {"agreement", "body"}:
        joint = cooperation(scene, run.knowledge, run.memory)
        if joint is not None:
            run.found.append(joint)
    if run.body is not None and run.found[run.body].sentences[-1] != scene.sentence.index:
        extended = body_follow_up(scene, run.knowledge, run.memory, run.found[run.body])
        run.found[run.body] = extended or run.found[run.body]


def _read_accords(run: _Run, scene: Scene, named: bool, before: int) -> None:
    """What a sentence tells beside the accords found in it, those from `before` on, or of those found earlier."""
    accords = [index for index in range(before, len(run.found)) if run.found[index].kind == "agreement"]
    if not accords:
        _lean_on_accord(run, scene, named)
        return
    run.accord = accords[-1]
    taken = _named_by(run.found[index] for index in accords)
    _open_list(run, scene, run.found[run.accord])
    years = told_by_year(scene, run.knowledge, run.memory) if named else ()
    run.found.extend(fact for fact in years if not taken & _named_by((fact,)))


def _named_by(accords: Iterable[Candidate]) -> set[int]:
    """Where the nouns of accords begin."""
    return {reason.start for accord in accords for reason in accord.reasons if reason.role == "type"}


def _read_troops(run: _Run, scene: Scene, watched: Set[str], before: int) -> None:
    """Soldiers told by number, as a phrase, as a named force, withdrawn, and what became of those told earlier."""
    if run.troops:
        run.found.extend(stationed(scene, run.memory))
    if "troops" in watched:
        run.found.extend(list(contingents(scene, run.memory, run.found)))
    if "forces" in watched:
        run.found.extend(list(named_forces(scene, run.memory, run.found[before:])))
    if "withdrawals" in watched:
        run.found.extend(list(pullouts(scene, run.memory, run.found[:before], run.found[before:])))
    run.found.extend(list(troop_steps(scene, run.found, before)))


def _last_figure(run: _Run, scene: Scene) -> Candidate | None:
    """The last trade figure, where it was told within the sentences before."""
    near = [fact for fact in run.found[-_FEW:] if fact.kind == "trade"] if run.figures else None
    return near[-1] if near and scene.sentence.index - near[-1].sentences[-1] <= _NEAR_HEADING else None


def _read_bodies(run: _Run, scene: Scene, named: bool) -> bool:
    """Add the joint bodies that a sentence tells of, `named` where it has a noun for one; True where it tells of one."""
    ordinals = run.knowledge.ordinals[scene.reading.language]
    before = run.found[run.body] if run.body is not None else None
    found = list(bodies(scene, run.knowledge, run.memory, ordinals, run.short, before)) if named else []
    if not found and run.body is not None:
        last = run.found[run.body]
        again = body_again(scene, run.knowledge, run.memory, ordinals, last)
        run.found.extend(numbered(scene, run.knowledge, run.memory, ordinals, last) or ([again] if again is not None else []))
        return False
    if found:
        run.found.extend(found)
        run.body = len(run.found) - 1
        run.found.extend(numbered(scene, run.knowledge, run.memory, ordinals, found[-1]))
    return bool(found)


def _facts(event: Event, run: _Run) -> Iterator[Candidate]:
    kind = event.frame.kind
    if event.mood.mood is None and not given_up(event):
        return
    if kind == "agreement":
        yield from signed(event, run.knowledge, run.memory)
    elif kind == "meeting":
        run.at_home.update(receivers(event))
        yield from met(event, run.memory)
    elif kind == "visit":
        yield from made(event, run.memory)
    elif kind == "stance":
        yield from stance(event, run.memory)
    else:
        yield from filled(event, run.knowledge, run.memory)


def _alone(events: list[Event]) -> list[Event]:
    """The events without those that another trigger of the same kind acts on ("effectuer une visite" is one visit)."""
    if len(events) < 2:
        return events
    kept = []
    for event in events:
        inside = any(
            other.object is not None and other.frame.kind == event.frame.kind and other is not event
            and other.object[0] <= event.start and event.end <= other.object[1]
            and _THAT_OF.search(event.scene.reading.folded, other.object[1], other.start) is None
            for other in events
        )  # fmt: skip
        if not inside and not _denied_by_verb(event, events) and not _acts_on_nearer(event, events):
            kept.append(event)
    return kept


_THAT_OF = re.compile(r"(?<![a-z])(?:celle|celui|celles|ceux|the one|that) (?:[a-z]+ )?\Z")
"""What stands for the noun before it: "la visite de X intervient après celle effectuée par Y" tells of two."""


def _acts_on_nearer(event: Event, events: list[Event]) -> bool:
    """True for "establishing relations … at the permanent mission": one verb has one object, the nearest after it."""
    if event.frame.kind not in _OF_TIES or event.object is None or event.object[0] < event.end:
        return False
    return any(
        other.frame.kind in _OF_TIES and other.frame.kind != event.frame.kind and other.start == event.start
        and other.object is not None and event.end <= other.object[0] and other.object[1] <= event.object[0]
        for other in events
    )  # fmt: skip


def _denied_by_verb(event: Event, events: list[Event]) -> bool:
    """True for a set phrase whose clause has a verb that tells no fact, or talks to come: "has not spoken by phone"."""
    if event.voice != "set":
        return False
    verbs = [o for o in events if o.voice == "active" and o.frame.kind == event.frame.kind and o.low == event.low]
    ahead = event.frame.kind == "meeting" and bool(verbs) and all(other.mood.mood != "done" for other in verbs)
    return ahead or any(other.mood.mood is None for other in verbs)


def _open_list(run: _Run, scene: Scene, accord: Candidate) -> None:
    """Remember an accord that later lines may name one by one; those that its own sentence tells apart are added."""
    tail = scene.reading.folded[scene.sentence.end - 2 : scene.sentence.end]
    if "count" in accord.fields or "plural" in accord.features or tail.rstrip().endswith(":"):
        several = "count" in accord.fields or "plural" in accord.features
        run.heading, run.heading_sentence = accord, scene.sentence.index
        run.topics = several and tail.rstrip().endswith(":")  # the lines after "X and Y sign treaty:" tell what it says
    if ("count" in accord.fields or "plural" in accord.features) and len(accord.reasons) > 1:
        told = list(parts_of(scene, run.knowledge, accord, accord.reasons[1].end))
        run.found.extend(told or named_in(scene, run.knowledge, accord))


def _lean_on_accord(run: _Run, scene: Scene, named: bool) -> None:
    """A sentence without a signing may be a line of a list, tell more of the last accord, or name one by its year."""
    lines = _lines(run, scene)
    if lines is not None:
        run.found.extend(lines)
        return
    known = list(told_by_year(scene, run.knowledge, run.memory)) if named else []
    known = known or (list(invoked(scene, run.knowledge, run.memory)) if named else [])
    run.found.extend(known)
    near = run.accord is not None and scene.sentence.index - run.found[run.accord].sentences[-1] <= 1
    if run.accord is not None and near:
        run.found[run.accord] = ratified_again(scene, run.found[run.accord]) or run.found[run.accord]
    if run.accord is not None and not known and (named or near):
        extended = follow_up(scene, run.knowledge, run.found[run.accord])
        run.found[run.accord] = extended or run.found[run.accord]


def _lines(run: _Run, scene: Scene) -> list[Candidate] | None:
    """The accords that a line or a sentence after a heading names; None where it belongs to no list."""
    away = scene.sentence.index - run.heading_sentence
    if run.heading is not None and away <= _NEAR_HEADING and heads_list(scene, run.knowledge):
        run.heading_sentence, run.topics = scene.sentence.index, True
        return []
    last = run.accord if run.accord is not None else run.body
    heading = None
    if scene.reading.folded[scene.sentence.end - 1] == ":":
        heading = opens_signing(scene, run.memory, run.found[last] if last is not None else None)
    if heading is not None:
        run.heading, run.heading_sentence, run.topics = heading, scene.sentence.index, False
        return []
    if run.heading is None or away > _LIST_LINES:
        return None
    found: list[Candidate] = []
    if away <= _NEAR_HEADING:
        found = list(named_in(scene, run.knowledge, run.heading))
        found = found or list(parts_of(scene, run.knowledge, run.heading, scene.sentence.start))
    return found or listed(scene, run.knowledge, run.heading, run.topics) or None
