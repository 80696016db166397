"""Stage 10: what one article tells several times becomes one fact, with all its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.model.claims import Value
from graph.model.fields import code_and_date
from loaders.reading.alike import dates_agree, finer
from loaders.reading.borrowing import borrowed, codes_of
from loaders.reading.changing import replace
from loaders.reading.missions_told import once_told, settled
from loaders.reading.model import Candidate, Reading
from loaders.reading.same_accords import uncounted
from loaders.reading.sameness import SAME

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_MOST = 400  # facts kept of one article: beyond that it is a list of something else
_TELLINGS = 24  # sentences joined into one fact: more only in hostile text
_STATUS = ("planned", "negotiated", "signed", "ratified", "in_force", "suspended", "terminated")
_JOINED = ("domains", "signatories", "visitors", "products", "seats", "participants")
_UNSURE = ("relation", "mission", "membership", "deployment", "aid")  # kinds whose inferred day gives way to a told one
_DOUBTS = frozenset(("party-inferred", "state-guessed", "definite", "nominal", "date-inferred"))
"""Features that a second, clearer telling takes away."""


def merged(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading whose candidates are each told once, in the order of their first sentence."""
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in reading.candidates[: 4 * _MOST]:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    facts = [fact for kind, told in by_kind.items() for fact in _facts(kind, told)]
    facts = borrowed(facts)
    facts.sort(key=_place)
    return reading.having(candidates=tuple(facts[:_MOST]))


def _place(fact: Candidate) -> tuple[int, str, list[tuple[str, str]]]:
    """What facts are ordered by: their first sentence, then their kind, then their fields."""
    return fact.sentences[0], fact.kind, sorted([(name, str(value)) for name, value in fact.fields.items()])


def _facts(kind: str, told: Sequence[Candidate]) -> list[Candidate]:
    same = SAME.get(kind)
    if same is None:
        return list(told)
    facts: list[Candidate] = []
    mission = kind == "mission"
    for candidate in sorted(settled(told) if mission else told, key=_order):
        position = _find(facts, candidate, same)
        if position is None and mission:
            position = _find(facts, candidate, once_told)
        if position is None:
            facts.append(candidate)
        else:
            facts[position] = joined(facts[position], candidate)
    return _counted(facts) if kind == "agreement" else _restored(facts) if kind == "relation" else _reopened(facts)


def _order(candidate: Candidate) -> tuple[bool, bool, int]:
    """Dated tellings first, so that an undated one finds the dated one it repeats."""
    told = _dated(candidate.fields) and not ("date-inferred" in candidate.features and candidate.kind in _UNSURE)
    return "definite" in candidate.features, not told, candidate.sentences[0]


def _dated(fields: Mapping[str, Value]) -> bool:
    return "date" in fields or "status_date" in fields or "year" in fields


def _find(facts: Sequence[Candidate], candidate: Candidate, same: Callable[[Candidate, Candidate], bool]) -> int | None:
    """The fact that a candidate repeats: the one nearest to it in the text."""
    found = [index for index, fact in enumerate(facts) if same(fact, candidate)]
    if not found:
        return None
    return min(found, key=lambda index: (*_unlike(facts[index], candidate), index))


def _unlike(fact: Candidate, candidate: Candidate) -> tuple[bool, int]:
    """Whether an accord is called by another noun ("the treaty" is rather "a treaty"), and how many sentences lie between."""
    other = fact.kind == "agreement" and fact.fields.get("type") != candidate.fields.get("type")
    return other, min(abs(sentence - candidate.sentences[0]) for sentence in fact.sentences)


def joined(fact: Candidate, other: Candidate) -> Candidate:
    """Two tellings of one fact as one: lists joined, the finer date, the later status, all the evidence."""
    if len(fact.sentences) >= _TELLINGS:
        return fact
    fields = dict(fact.fields)
    unsure = fact.kind in (*_UNSURE, "body") or "back" in other.features
    if unsure and "date" in other.fields and "date-inferred" in fact.features - other.features:
        fields.pop("date", None)  # the day that the article opens with gives way to the one that is told
    for name, value in other.fields.items():
        if name in fact.guessed - other.guessed:
            fields[name] = value  # what is said stands before what is guessed
            continue
        if name in other.guessed - fact.guessed and name in fields:
            continue
        told = name == "date" and name in fields and "date-inferred" in other.features - fact.features
        if told and fact.kind in (*_UNSURE, "agreement"):
            continue
        fields[name] = _value(fact.kind, name, fields[name], value) if name in fields else value
    kept = {f for f in fact.features & _DOUBTS if f in other.features}
    clear = ((fact.features | other.features) - _DOUBTS) | kept
    sentences = tuple(dict.fromkeys((*fact.sentences, *other.sentences)))
    reasons = tuple(dict.fromkeys((*fact.reasons, *other.reasons)))
    first = fact if fact.sentences[0] <= other.sentences[0] else other
    return replace(
        fact,
        fields=fields,
        sentences=tuple(sorted(sentences)),
        reasons=reasons,
        features=frozenset(clear),
        rule=first.rule,
        guessed=_still_guessed(fact, other),
    )


def _still_guessed(fact: Candidate, other: Candidate) -> frozenset[str]:
    """Fields that no telling says."""
    said = (fact.fields.keys() - fact.guessed) | (other.fields.keys() - other.guessed)
    return (fact.guessed | other.guessed) - said


def _value(kind: str, name: str, one: Value, other: Value) -> Value:
    if name in _JOINED and isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other))) if name != "participants" or len(other) > len(one) else one
    if name == "ratifiers" and isinstance(one, tuple) and isinstance(other, tuple):
        return _all_of(one, other)
    if name in ("date", "status_date", "year") and isinstance(one, str) and isinstance(other, str):
        return finer(one, other) if dates_agree(one, other) else min(one, other)
    if kind == "agreement" and name == "status" and one in _STATUS and other in _STATUS:
        return max(one, other, key=lambda status: _STATUS.index(str(status)))
    if kind == "agreement" and name == "type" and one == "agreement":
        return other
    if kind == "body" and name == "status" and "met" in (one, other):
        return "met"  # "the 6th session was held … the 6th session will help to …"
    if kind == "visit" and name == "status":
        return other if one == "made" else one
    if kind == "meeting" and name == "format":
        return other if one == "in_person" else one
    if name == "name" and isinstance(one, str) and isinstance(other, str):
        return max(one, other, key=lambda text: (len(text), text))
    return one


def _all_of(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Those who ratified by either telling, each with the finer of its days; of days that differ the earlier one."""
    days: dict[str, str | None] = {}
    for code, day in map(code_and_date, (*one, *other)):
        known = days.get(code) or day
        days[code] = str(_value("agreement", "date", known, day)) if known is not None and day is not None else known
    return tuple(code if day is None else f"{code} {day}" for code, day in days.items())


def _counted(facts: list[Candidate]) -> list[Candidate]:
    """Without "N accords" or "several accords" whose members are named one by one: those stand for it."""
    kept = []
    for fact in facts:
        if uncounted(fact) and any(_stands_for(other, fact) for other in facts):
            continue
        named = [
            o
            for o in facts
            if o is not fact
            and "count" not in o.fields
            and "beside" not in o.features
            and not uncounted(o)
            and set(codes_of(o)) == set(codes_of(fact))
            and _agree(o, fact)
        ]
        covered = fact.fields["type"] == "agreement" or any(o.fields["type"] == fact.fields["type"] for o in named)
        if "count" not in fact.fields or not named or not covered:
            kept.append(fact)
    return kept


def _stands_for(other: Candidate, fact: Candidate) -> bool:
    """True for accords counted or named that "several agreements" of the same parties and day are."""
    told = not uncounted(other) and set(codes_of(other)) == set(codes_of(fact)) and _agree(other, fact)
    if "listed" in fact.features and fact.fields["type"] not in ("agreement", other.fields["type"]):
        return False  # "two treaties, as well as memoranda on …"
    return told and other.fields.get("status") == fact.fields.get("status")


def _agree(one: Candidate, other: Candidate) -> bool:
    """True when two facts may have happened on one day, and one of them says when or stands beside the other."""
    return dates_agree(one.fields.get("date"), other.fields.get("date"))


def _reopened(facts: list[Candidate]) -> list[Candidate]:
    """Missions that were reopened are not also opened at the same time; facts of other kinds as they are."""
    again = [fact for fact in facts if fact.kind == "mission" and fact.fields.get("status") == "reopened"]
    kept = [fact for fact in facts if not any(_once_more(fact, other) for other in again)] if again else facts
    planned = [fact for fact in kept if fact.kind == "mission" and fact.fields.get("status") == "planned"]
    return [fact for fact in kept if not any(_announced(fact, other) for other in planned)] if planned else kept


def _announced(fact: Candidate, other: Candidate) -> bool:
    """True for a headline ("X closes its embassy") of what the text tells as a plan."""
    if fact.kind != "mission" or fact is other or fact.sentences != (0,) or "date-told" in fact.features:
        return False
    return all(fact.fields.get(name) == other.fields.get(name) for name in ("sender", "host"))


def _once_more(fact: Candidate, other: Candidate) -> bool:
    """True for the opening of a mission whose reopening on such a day is told too."""
    if fact.kind != "mission" or fact.fields.get("status") != "opened" or not _agree(fact, other):
        return False
    types = {kind for kind in (fact.fields.get("type"), other.fields.get("type")) if kind is not None}
    return len(types) < 2 and all(fact.fields.get(name) == other.fields.get(name) for name in ("sender", "host"))


def _restored(facts: list[Candidate]) -> list[Candidate]:
    """Relations that were restored are not also established anew at the same time."""
    restored = [fact for fact in facts if fact.fields["change"] == "restored"]
    return [
        fact
        for fact in facts
        if fact.fields["change"] != "established"
        or not any(set(codes_of(other)) == set(codes_of(fact)) and _agree(other, fact) for other in restored)
    ]
