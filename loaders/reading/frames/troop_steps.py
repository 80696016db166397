"""What becomes of soldiers just told of, at another time or place: "… and left in 2023", "another 800", "2,500 in Iraq"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from graph.model.claims import Reason, Value
from loaders.reading.frames.scene import Scene
from loaders.reading.model import DATE, DEMONYM, PLACE, STATE, Candidate, Mention, When, known_day
from loaders.reading.phrasing import either

_FEW = 10  # soldiers fewer than that are no further contingent
_DAY = 48  # characters from a verb or a number to its day
_GOVERNS = 60  # characters before a word in which what governs it stands
_BASE = ("deployment", "sender", "host")
_COUNT = r"(?P<count>\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d{2,6})(?![\d.,]\d)(?! ?%)"


@cache
def _further(light: frozenset[str], another: frozenset[str], more: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number of further ones, and one that stands with another state: "et 200 espagnols", "and 2,500 in Iraq"."""
    others = _COUNT.replace("count", "number")
    again = re.compile(
        rf"(?<![a-z])(?:{either(another)}) (?:(?:{either(light)}) )*{_COUNT}"
        rf"|(?<![\d.,]){others} (?:{either(more)})(?![a-z])(?! than| que)"
    )
    beside = re.compile(
        rf"(?:, | et | and |, et |, and )(?:(?:{either(light)}) )*{_COUNT}"
        r"(?: (?P<whose>D_+)(?! [a-z]+s(?![a-z]))"
        r"| (?:in|en|au|aux|to|a) (?:(?:neighbouring|neighboring|la|the|l') ?)?(?P<where>S_+))"
    )
    return again, beside


@cache
def _joined(joins: frozenset[str], light: frozenset[str]) -> re.Pattern[str]:
    """What stands right before a verb that the subject of the verb before has too: "et en sont", "before"."""
    return re.compile(rf"(?:(?<![a-z])(?:{either(joins)})(?:(?<=')| )|[,;] )(?:(?:{either(light)})(?: |(?<=')))*\Z")


def troop_steps(scene: Scene, found: list[Candidate], before: int) -> Iterator[Candidate]:
    """Further facts of the soldiers that the sentence, or the one before it, tells of; `found`: the facts so far."""
    here = [fact for fact in found[before:] if fact.kind == _BASE[0]]
    last = found[before - 1] if before and not here else None
    if last is not None and last.kind == _BASE[0] and _speaks_of_them(scene, last):
        here = [
            fact for fact in found[max(0, before - _FEW) : before] if (fact.kind, fact.sentences) == (last.kind, last.sentences)
        ]
    if not here or len({fact.fields["host"] for fact in here}) > 1 or scene.reading.quoted(scene.sentence.start):
        return
    gone = [fact for fact in here if fact.fields["status"] == "withdrawn"]
    came = [fact for fact in here if fact.fields["status"] == "deployed"]
    if came and not gone:
        yield from _leave(scene, came)
        yield from _more(scene, came[-1], here)
    elif gone and not any("date" in fact.fields for fact in came):
        yield from _began(scene, gone)


def _speaks_of_them(scene: Scene, last: Candidate) -> bool:
    """True where the sentence goes on with "they", "the last of them" after the one that told of soldiers."""
    near = scene.sentence.index - last.sentences[-1] == 1
    return near and scene.grammar.phrases["troops_again"].match(scene.reading.folded, scene.sentence.start) is not None


def _leave(scene: Scene, came: list[Candidate]) -> Iterator[Candidate]:
    """ "and pulled out the last of them in 2023": they left, on a day of its own."""
    grammar, folded, layer = scene.grammar, scene.reading.folded, scene.reading.layer
    opened = scene.grammar.phrases["troops_again"].match(folded, scene.sentence.start)
    for verb in grammar.phrases["troops_gone"].finditer(folded, scene.sentence.start, scene.sentence.end):
        joined = _joined(grammar.words["step_joins"], grammar.words["step_light"]).search(
            layer, max(scene.sentence.start, verb.start() - _GOVERNS), verb.start()
        )
        start = opened.end() if joined is None and opened is not None else joined.start() if joined is not None else None
        if start is None or layer[start : verb.start()] != layer[start : verb.start()].lower():
            continue
        date = _day(scene, verb.end())
        elsewhere = any(
            mention.codes and not set(mention.codes) & {came[0].fields["host"], came[0].fields["sender"]}
            for mention in scene.reading.mentions_in(verb.end(), date.start if date is not None else verb.end(), STATE + PLACE)
        )
        if date is None or elsewhere or grammar.phrases["troops_doubt"].search(folded, start, date.start) is not None:
            continue
        for fact in came:
            if fact.fields.get("date") != _date(date):
                yield _fact(scene, fact, {"status": "withdrawn", "date": _date(date)}, verb.span(), "what they did afterwards")
        return


def _began(scene: Scene, gone: list[Candidate]) -> Iterator[Candidate]:
    """ "ending a presence that began in 2007", "où ils étaient depuis 2013": since when they had been there."""
    for verb in scene.grammar.phrases["troops_began"].finditer(scene.reading.folded, scene.sentence.start, scene.sentence.end):
        date = next(iter(scene.reading.mentions_in(verb.start(), verb.end() + 4, DATE)), None)  # "in 2007" is one
        if date is None or known_day(date) is None:
            continue
        for fact in gone:
            if fact.fields.get("date") != _date(date):
                yield _fact(scene, fact, {"status": "deployed", "date": _date(date)}, verb.span(), "since when they were there")
        return


def _more(scene: Scene, fact: Candidate, here: list[Candidate]) -> Iterator[Candidate]:
    """Further numbers of soldiers: of the same state, of another one beside it, or somewhere else; `here`: those told."""
    grammar, reading = scene.grammar, scene.reading
    senders, known = {other.fields["sender"] for other in here}, {other.fields.get("personnel") for other in here}
    again, beside = _further(grammar.words["troops_light"], grammar.words["troops_another"], grammar.words["troops_more"])
    for match in again.finditer(reading.folded, scene.sentence.start, scene.sentence.end):
        count = _number(scene, match["count"] or match["number"], match.end())
        governs = max(scene.sentence.start, match.start() - _GOVERNS)
        doubted = (
            grammar.phrases["troops_doubt"].search(reading.layer, governs, match.start()) is not None
        )  # "in May" is a date
        if count is None or doubted or count in known or len(senders) > 1:
            continue
        date = _day(scene, match.end())
        coming = grammar.phrases["troops_coming"].search(reading.folded, governs, match.start()) is not None
        fields: dict[str, Value] = {"status": "planned" if coming else "deployed", "personnel": count}
        fields |= {"date": _date(date)} if date is not None else {}
        yield _fact(scene, fact, fields, match.span(), "how many more came")
        return
    if "personnel" not in fact.fields:
        return
    for match in beside.finditer(reading.layer, scene.sentence.start, scene.sentence.end):
        role = "sender" if match["whose"] else "host"
        mention = reading.mentions_in(*match.span("whose" if match["whose"] else "where"), DEMONYM + STATE)[0]
        count = _number(scene, match["count"], match.end("count"))
        if count is not None and len(mention.codes) == 1 and mention.codes[0] not in (*senders, fact.fields["host"]):
            day = {"date": fact.fields["date"]} if "date" in fact.fields else {}
            fields = {"status": fact.fields["status"], "personnel": count, role: mention.codes[0], **day}
            yield _fact(scene, fact, fields, match.span(), "how many are told beside them")


def _number(scene: Scene, text: str, end: int) -> int | None:
    """The number, where it counts neither money nor years nor machines."""
    count = int(re.sub(r"\D", "", text))
    other = scene.grammar.phrases["other_counts"].match(scene.reading.folded, end + 1) is not None
    return None if other or count < _FEW else count


def _day(scene: Scene, position: int) -> Mention | None:
    """The next date with a year, in the same part of the sentence."""
    for mention in scene.reading.mentions_in(position, min(position + _DAY, scene.sentence.end), DATE):
        if known_day(mention) is not None:
            apart = set(scene.reading.folded[position : mention.start]) & set(",;:")
            return None if apart else mention
    return None


def _date(mention: Mention) -> str:
    assert isinstance(mention.value, When)  # found by its date
    return str(mention.value.date)


def _fact(scene: Scene, base: Candidate, fields: dict[str, Value], span: tuple[int, int], why: str) -> Candidate:
    parties = {name: base.fields[name] for name in _BASE[1:]}
    reason = Reason("trigger", scene.reading.text[slice(*span)], *span, why)
    features = frozenset({"date-told"} if "date" in fields else ())
    return Candidate(
        "deployment", {**parties, **fields}, (scene.sentence.index,), "deployment/step", (reason, *base.reasons), features
    )
