"""When two tellings in one article are of one fact: a test for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from graph.model.claims import Value
from graph.model.dates import PartialDate
from loaders.reading.alike import compatible, dates_agree, families, told_in, words
from loaders.reading.model import Candidate
from loaders.reading.same_accords import agreement

_TRIP = 6  # days that tellings of one journey may lie apart


def _equal(name: str, *others: str) -> Callable[[Candidate, Candidate], bool]:
    names = (name, *others)

    def equal(one: Candidate, other: Candidate) -> bool:
        ours, theirs = one.fields.get, other.fields.get
        return not [field for field in names if ours(field) != theirs(field)]

    return equal


def body(one: Candidate, other: Candidate) -> bool:
    """Same parties, type and status, sessions and dates that agree."""
    a, b = one.fields, other.fields
    same = a["type"] == b["type"] and told_in(a, "parties") == told_in(b, "parties")
    if a["status"] == b["status"] == "planned" and ("founding" in one.features) != ("founding" in other.features):
        return False  # a body to be set up, and its first session
    held = {a["status"], b["status"]} == {"met", "planned"} and "session" in a and a["session"] == b.get("session")
    if not same or not (a["status"] == b["status"] or held) or not compatible(one, other, "session"):
        return False
    numbered = "session" in a and "session" in b and "date-inferred" in one.features | other.features
    return numbered or dates_agree(a.get("date"), b.get("date"))


def meeting(one: Candidate, other: Candidate) -> bool:
    """The same people, or some of them, both by phone or both not, on dates that agree."""
    a, b = families(one.fields["participants"]), families(other.fields["participants"])
    remote = {"phone", "video"}
    distance = (one.fields.get("format") in remote) == (other.fields.get("format") in remote)
    return distance and (a <= b or b <= a) and dates_agree(one.fields.get("date"), other.fields.get("date"))


def visit(one: Candidate, other: Candidate) -> bool:
    """From and to the same states, by people who are not told apart, about the same days."""
    if not _equal("from", "to")(one, other):
        return False
    a, b = families(one.fields.get("visitors")), families(other.fields.get("visitors"))
    if a and b and not a & b:
        return False
    return _about(one.fields.get("date"), other.fields.get("date"))


def _about(one: Value | None, other: Value | None) -> bool:
    if dates_agree(one, other):
        return True
    days = [_day(value) for value in (one, other)]
    return None not in days and abs((days[0] or 0) - (days[1] or 0)) <= _TRIP


def _day(value: Value | None) -> int | None:
    told = PartialDate.parse(str(value))
    if told.year is None or told.month is None or told.day is None:
        return None
    return date(told.year, told.month, told.day).toordinal()


def relation(one: Candidate, other: Candidate) -> bool:
    """The same change between the same parties, by the same one where both say by whom."""
    a, b = one.fields, other.fields
    same = a["change"] == b["change"] and told_in(a, "parties") == told_in(b, "parties") and compatible(one, other, "by")
    once = a["change"] == "established" and "date-inferred" in one.features | other.features  # on the day that is told
    return same and (once or _days_agree(one, other))


def _days_agree(one: Candidate, other: Candidate) -> bool:
    """True when the days agree, or one is only inferred and lies within a week of the other."""
    a, b = one.fields.get("date"), other.fields.get("date")
    inferred = "date-inferred" in one.features or "date-inferred" in other.features
    return _about(a, b) if inferred else dates_agree(a, b)


def mission(one: Candidate, other: Candidate) -> bool:
    """The same sender, host and status, types that agree."""
    same = _equal("sender", "host", "status")(one, other)
    return same and compatible(one, other, "type") and _months_agree(one, other)


def _months_agree(one: Candidate, other: Candidate) -> bool:
    """True when the days agree, or one is only inferred and no more than a month away: what lasts happens once."""
    months = [_month(fact.fields.get("date")) for fact in (one, other)]
    inferred = "date-inferred" in one.features or "date-inferred" in other.features
    near = inferred and None not in months and abs((months[0] or 0) - (months[1] or 0)) <= 1
    return near or _days_agree(one, other)


def _month(value: Value | None) -> int | None:
    told = PartialDate.parse(str(value)) if value is not None else None
    return told.year * 12 + told.month if told is not None and told.year is not None and told.month is not None else None


def _lasting(*names: str) -> Callable[[Candidate, Candidate], bool]:
    equal = _equal(*names)
    return lambda one, other: equal(one, other) and _months_agree(one, other)


def trade(one: Candidate, other: Candidate) -> bool:
    """The same flow of the same year."""
    same = told_in(one.fields, "parties") == told_in(other.fields, "parties") and compatible(one, other, "direction")
    return same and one.fields.get("year") == other.fields.get("year") and compatible(one, other, "value")


def stance(one: Candidate, other: Candidate) -> bool:
    """The same holder on the same side of topics that share a word."""
    return _equal("state", "polarity")(one, other) and bool(words(one.fields["topic"]) & words(other.fields["topic"]))


def _dated(*names: str) -> Callable[[Candidate, Candidate], bool]:
    """Equal in these fields, on dates that agree."""
    equal = _equal(*names)
    return lambda one, other: equal(one, other) and _days_agree(one, other)


def _cooperation(one: Candidate, other: Candidate) -> bool:
    return told_in(one.fields, "parties") == told_in(other.fields, "parties")


def _aid(one: Candidate, other: Candidate) -> bool:
    return _dated("donor", "recipient")(one, other) and compatible(one, other, "value")


SAME: Mapping[str, Callable[[Candidate, Candidate], bool]] = {
    "agreement": agreement, "body": body, "meeting": meeting, "visit": visit, "relation": relation, "mission": mission,
    "trade": trade, "stance": stance, "cooperation": _cooperation, "aid": _aid,
    "membership": _lasting("state", "organisation", "change"), "deployment": _lasting("sender", "host", "status"),
    "office": _equal("person", "office"), "statement": _equal("speaker"),
}  # fmt: skip
"""The test of each kind: may these two be one fact?"""
