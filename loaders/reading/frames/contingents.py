"""Contingents told as a phrase, with whatever verb: "les 2 000 militaires français en X", "troops from A, B and C in D"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import Told, date_near, date_since
from loaders.reading.frames.forces import behind_possessive, forces_in, load_forces
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.troop_owners import owners
from loaders.reading.model import AMOUNT, DATE, DEMONYM, PLACE, STATE, Amount, Candidate, Mention, When
from loaders.reading.phrasing import either

_MOST = 6  # states that one phrase joins, and phrases read in one sentence
_REACH = 80  # characters from the soldiers to where they are
_AROUND = 75  # characters around the soldiers in which words tell whether they come, stay or leave
_FACTS = 40  # last facts looked through for where soldiers told of before are
_NAMED = 1500  # characters back to a force that soldiers told of later may belong to
_MODERN = 1950  # years before this one are history
_FEW = 10
_NEXT = 3  # characters from "left" to the place that is left
_STRENGTH = re.compile(r"[^,;:.]{0,40}?")  # what stands between a force and the verb that counts it: "en X", "now"
_LIGHT = re.compile(r" (?:[a-z]+ ){0,2}?(?=\d)")  # "numbers some 200"
_NUMBER = re.compile(r"(\d{1,3}(?:[ ,.\u00a0\u202f]?\d{3})*)(?![\d%.,]\d)(?! ?%) ?")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_PLACED = ("in", "to")


class Soldiers(NamedTuple):
    """A phrase that speaks of soldiers; how many they are where told, and whether the sentence only counts them."""

    start: int
    end: int
    number: int | None = None
    counts: bool = False


@cache
def _has(counting: frozenset[str], light: frozenset[str]) -> re.Pattern[str]:
    """ "Uganda, which has some 6,200", "Kenya (3,600)": what stands between whose soldiers they are and how many."""
    return re.compile(rf"(?: \(|, (?:{either(counting)}) )(?:(?:{either(light)}) )*")


def contingents(scene: Scene, memory: Memory, found: list[Candidate]) -> Iterator[Candidate]:
    """One fact for each state whose soldiers the sentence speaks of somewhere abroad; `found`: the facts so far."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    phrases = scene.grammar.phrases
    if reading.quoted(low) or phrases["no_contingent"].search(reading.folded, low, high) is not None or _history(scene):
        return
    told = [fact for fact in found[-_FACTS:] if fact.kind == "deployment"]
    here = [fact for fact in told if fact.sentences[-1] == scene.sentence.index]
    known = {(fact.fields.get("sender"), fact.fields.get("host")) for fact in here}
    numbered = {(fact.fields.get("sender"), fact.fields.get("host")) for fact in here if "personnel" in fact.fields}
    yield from _with_numbers(scene, [fact for fact in here if "personnel" in fact.fields] or _spoken_of(scene, told))
    for soldiers in _soldiers(scene)[:_MOST]:
        start, end = soldiers.start, soldiers.end
        senders = owners(scene, start, end)
        if not senders:
            continue
        around = scene.clause(start)
        status = _status(scene, max(around[0], start - _AROUND), min(around[1], senders[-1].end + _AROUND, high), senders)
        if status is None:
            continue
        taken = {code for mention in senders for code in mention.codes}
        if taken & {str(fact.fields.get("host")) for fact in here}:
            continue  # "a retiré ses soldats du Mali": where they were, not whose they are
        hosts = _hosts(scene, max(start, senders[0].start), max(end, senders[-1].end), taken, memory, told)
        for fact in _facts(scene, memory, soldiers, senders, hosts, status):
            pair = fact.fields["sender"], fact.fields["host"]
            if pair not in (numbered if "personnel" in fact.fields else known) and _news(fact, told):
                yield fact


def _spoken_of(scene: Scene, told: list[Candidate]) -> list[Candidate]:
    """The deployment told just before a sentence on contingents: "parmi les contingents figurent les Togolais (750)"."""
    near = [fact for fact in told[-1:] if scene.sentence.index - fact.sentences[-1] <= 1]
    spoken = scene.grammar.phrases["troop_nouns"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    return near if spoken is not None else []


def _with_numbers(scene: Scene, here: list[Candidate]) -> Iterator[Candidate]:
    """ "behind Uganda, which has 6,200", "Kenya (3,600)": further ones beside `here`, those that the sentence counts."""
    if not here:
        return
    reading, words, host = scene.reading, scene.grammar.words, str(here[0].fields["host"])
    taken = {str(fact.fields["sender"]) for fact in here} | {host}  # "les Togolais (750)": a people with a capital
    for mention in reading.mentions_in(scene.sentence.start, scene.sentence.end, STATE + DEMONYM):
        opens = _has(words["has_counted"], words["troops_light"]).match(reading.layer, mention.end)
        count = _number(scene, opens.end()) if opens is not None else None
        if opens is None or count is None or count < _FEW or len(mention.codes) != 1 or mention.codes[0] in taken:
            continue
        if reading.text[mention.start].islower():
            continue
        if not (opens.group() == " (" and _YEAR.match(reading.folded, opens.end())):
            fields: dict[str, Value] = {"sender": mention.codes[0], "host": host, "status": "deployed", "personnel": count}
            reason = Reason("sender", reading.words(mention), mention.start, opens.end(), "how many it has there")
            yield Candidate("deployment", fields, (scene.sentence.index,), "deployment/contingent", (reason,), frozenset())


def _number(scene: Scene, offset: int) -> int | None:
    """The number that stands at an offset, where it counts no share, money, years or machines."""
    number = _NUMBER.match(scene.reading.folded, offset)
    if number is None or scene.grammar.phrases["other_counts"].match(scene.reading.folded, number.end()) is not None:
        return None
    return int(re.sub(r"\D", "", number[1]))


def _news(fact: Candidate, told: list[Candidate]) -> bool:
    """False for soldiers told of before who only are there, or will do something there: what they did was told."""
    fields = fact.fields
    same = [f.fields for f in told if all(f.fields.get(name) == fields[name] for name in ("sender", "host"))]
    return not same or fields["status"] in {other.get("status") for other in same} | {"withdrawn"}


def _soldiers(scene: Scene) -> list[Soldiers]:
    """Where the sentence speaks of soldiers, in order."""
    reading, low, high = scene.reading, scene.sentence.start, scene.sentence.end
    found = [
        Soldiers(m.start, m.end, int(m.value.value), _strength(scene, m.end) is not None)
        for m in reading.mentions_in(low, high, AMOUNT)
        if isinstance(m.value, Amount) and m.value.unit == "personnel"
    ]
    counted = found[:]
    for match in scene.grammar.phrases["troop_nouns"].finditer(reading.folded, low, high):
        if not any(one.start <= match.start() < one.end for one in counted):
            count = _strength(scene, match.end())
            found.append(Soldiers(*match.span(), count, count is not None))
    givers = scene.grammar.phrases["troop_givers"].search(reading.folded, low, high)
    if givers is not None and scene.grammar.phrases["force_nouns"].search(reading.folded, low, high) is not None:
        found.append(Soldiers(*givers.span()))
    for match in scene.grammar.phrases["troop_wholes"].finditer(reading.folded, low, high):
        count = _strength(scene, match.end())
        if count is not None:
            found.append(Soldiers(*match.span(), count, True))
    return sorted(found, key=lambda one: (one.start, one.end))


def _strength(scene: Scene, end: int) -> int | None:
    """ "the Kenyan force in X numbers 200", "le contingent est fort de 2 000 hommes": how many a force told just before is."""
    folded, high = scene.reading.folded, scene.clause(end)[1]
    verb = scene.grammar.phrases["troops_number"].search(folded, end, min(high, end + _AROUND))
    if verb is None or _STRENGTH.fullmatch(folded, end, verb.start()) is None:
        return None
    light = _LIGHT.match(folded, verb.end())
    return _number(scene, light.end()) if light is not None else None


def _status(scene: Scene, low: int, high: int, senders: list[Mention]) -> str | None:
    folded, phrases = scene.reading.folded, scene.grammar.phrases
    if phrases["troops_doubt"].search(folded, low, high) is not None:
        return None
    gone = phrases["troops_gone"].search(folded, low, high)
    if gone is not None and not folded.startswith((" pour ", " vers ", " for "), gone.end()):
        near = scene.reading.mentions_in(gone.end(), gone.end() + _NEXT, PLACE + STATE)
        home = {code for mention in near for code in mention.codes} & {code for mention in senders for code in mention.codes}
        return "deployed" if home else "withdrawn"  # "128 peacekeepers left Kigali"
    return "planned" if phrases["troops_coming"].search(folded, low, high) is not None else "deployed"


def _hosts(
    scene: Scene, start: int, end: int, taken: set[str], memory: Memory, told: list[Candidate]
) -> tuple[tuple[str, ...], int, int, str, bool] | None:
    """Where they are: (codes, start, end, why, whether it was inferred)."""
    placed = [
        a for a in scene.arguments
        if (a.cue in _PLACED or behind_possessive(scene, a)) and a.codes and all(m.mark in STATE + PLACE for m in a.mentions)
    ]  # fmt: skip
    forces = [f for f in forces_in(scene.reading.folded, scene.sentence.start, scene.sentence.end) if f.host not in taken]
    several = tuple(dict.fromkeys(force.host for force in forces if force.start >= end))
    if len(several) > 1:
        return several[:_MOST], forces[0].start, forces[-1].end, "where the named forces serve", False
    after = [a for a in placed if 0 <= a.start - end <= _REACH]
    before = [a for a in placed if a.end <= start]
    for argument in (*after[:1], *before[-1:]):
        codes = tuple(code for code in argument.codes if code not in taken)
        if codes and memory.place not in argument.mentions:
            return codes[:_MOST], argument.start, argument.end, "where they are", False
    if forces:
        return (forces[0].host,), forces[0].start, forces[0].end, "where the named force serves", False
    host = told[-1].fields.get("host") if told else None
    named = forces_in(scene.reading.folded, max(0, scene.sentence.start - _NAMED), scene.sentence.start)
    if not isinstance(host, str) and named:
        host = named[-1].host
    if after or not isinstance(host, str) or host in taken:
        return None
    return (host,), start, end, "where those told of before are", True


def _facts(
    scene: Scene,
    memory: Memory,
    soldiers: Soldiers,
    senders: list[Mention],
    hosts: tuple[tuple[str, ...], int, int, str, bool] | None,
    status: str,
) -> Iterator[Candidate]:
    if hosts is None:
        return
    reading = scene.reading
    forces = load_forces().known
    named = (forces.get(code.lower(), (code, ""))[0] for mention in senders for code in mention.codes)
    codes = list(dict.fromkeys(memory.wholes.get(code, code) for code in named))
    told = _date(scene, soldiers, memory, status)
    where = soldiers.start, soldiers.end
    for sender in codes[:_MOST]:
        for host in hosts[0]:
            if sender == host or host in memory.organisations:
                continue
            fields: dict[str, Value] = {"sender": sender, "host": host, "status": status}
            if soldiers.number is not None and len(codes) == len(hosts[0]) == 1:
                fields["personnel"] = soldiers.number
            if told is not None:
                fields["date"] = told.date
            whose = senders[0]
            reasons = (
                Reason("trigger", reading.text[slice(*where)], *where, "soldiers that are told of"),
                Reason("sender", reading.words(whose), whose.start, senders[-1].end, "whose soldiers they are"),
                Reason("host", reading.text[hosts[1] : hosts[2]], hosts[1], hosts[2], hosts[3]),
            )
            features = {"date-told"} if told is not None else set()
            if hosts[4]:
                features |= {"party-inferred", "role:host"}
            yield Candidate(
                "deployment", fields, (scene.sentence.index,), "deployment/contingent", reasons, frozenset(features)
            )


def _date(scene: Scene, soldiers: Soldiers, memory: Memory, status: str) -> Told | None:
    since = date_since(scene, soldiers.start) if status == "deployed" else None
    if since is not None or soldiers.counts or status == "planned":
        return since  # how many there are is no arrival: the day is that of the news
    return date_near(scene, soldiers.start, soldiers.end, memory, lead=False)


def _history(scene: Scene) -> bool:
    """True where the sentence tells a year of long ago."""
    dates = scene.reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE)
    return any(isinstance(m.value, When) and (m.value.date.year or _MODERN) < _MODERN for m in dates)
