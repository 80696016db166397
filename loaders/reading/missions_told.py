"""What an article tells of one embassy in several moods: announced in one place, done in another, named in a headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model.dates import PartialDate
from loaders.reading.model import Candidate

_SHUT = frozenset(
    f"mission/{name}" for name in ("closed", "suspended", "ordered-closed", "closed-before", "shut-again", "kept-until")
)
_NEAR = 12  # months between two tellings of one act
_LOOSE = frozenset(("nominal", "party-inferred"))
_MOST = 60  # tellings compared with one another: more only in a list of something else


def settled(told: Sequence[Candidate]) -> list[Candidate]:
    """Tellings of one mission with one status: a plan that a clear telling says is done is done, else a headline is a plan."""
    dated = [_last_day(_own_date(fact, told), told) for fact in told[:_MOST]]
    plans = [fact for fact in dated if fact.fields.get("status") == "planned"]
    done = [fact for fact in dated if fact.fields.get("status") != "planned" and _firm(fact)]
    facts = [_settled(fact, plans, done) for fact in dated]
    return facts + list(told[_MOST:])


def one_mission(one: Candidate, other: Candidate) -> bool:
    """True for tellings of one act on one mission: the same sides, types and towns that agree, no more than a year apart."""
    return _alike(one, other, "type", "place")


def once_told(one: Candidate, other: Candidate) -> bool:
    """The same of tellings whose status is the same."""
    return one.fields.get("status") == other.fields.get("status") and one_mission(one, other)


def _alike(one: Candidate, other: Candidate, *names: str) -> bool:
    a, b = one.fields, other.fields
    if a.get("sender") != b.get("sender") or a.get("host") != b.get("host") or _shuts(one) != _shuts(other):
        return False
    if any(a.get(name) is not None and b.get(name) is not None and a[name] != b[name] for name in names):
        return False
    months = [_month(fact) for fact in (one, other)]
    return None in months or abs((months[0] or 0) - (months[1] or 0)) <= _NEAR


def _settled(fact: Candidate, plans: Sequence[Candidate], done: Sequence[Candidate]) -> Candidate:
    if fact.fields.get("status") == "planned":
        carried_out = next((other for other in done if one_mission(fact, other)), None)
        return fact if carried_out is None else _done(fact, carried_out)
    if _firm(fact):
        return fact
    clear = next((other for other in (*done, *plans) if _points_to(fact, other)), None)
    clear = clear or next((plan for plan in plans if one_mission(fact, plan)), None)
    return fact if clear is None else _following(fact, clear)


def _done(fact: Candidate, carried_out: Candidate) -> Candidate:
    """A plan that was carried out, on the day that is told of the act, else on the one for which it was planned.

    A day in a year before the act is the one on which it was announced.
    """
    acted, planned = carried_out.fields.get("date"), fact.fields.get("date")
    announced = acted is not None and planned is not None and str(planned)[:4] < str(acted)[:4]
    names = ("status", "date") if announced or "date-told" in carried_out.features else ("status",)
    return replace(fact, fields={**fact.fields, **{name: carried_out.fields[name] for name in names}})


def _points_to(fact: Candidate, other: Candidate) -> bool:
    """True where a headline, a noun or sides filled in from elsewhere only repeat what a verb says of named sides."""
    return "party-inferred" not in other.features and one_mission(fact, other)


def _following(fact: Candidate, clear: Candidate) -> Candidate:
    """ "the reopening", "the embassy opened": day, town and status are those of what is told clearly."""
    names = [name for name in ("status", "date", "place") if name in clear.fields]
    return replace(fact, fields={**fact.fields, **{name: clear.fields[name] for name in names}})


def _own_date(fact: Candidate, told: Sequence[Candidate]) -> Candidate:
    """ "rouvre son ambassade, fermée en 2012": the year is that of the closing, which its sentence tells too."""
    if _shuts(fact) or "date" not in fact.fields or "date-inferred" in fact.features:
        return fact
    sides = ("sender", "host", "date")
    for other in told[:_MOST]:
        same = other.sentences == fact.sentences and all(fact.fields.get(name) == other.fields.get(name) for name in sides)
        if same and _shuts(other):
            fields = {name: value for name, value in fact.fields.items() if name != "date"}
            return replace(
                fact,
                fields=fields,
                reasons=tuple(reason for reason in fact.reasons if reason.role != "date"),
                features=fact.features - {"date-told"},
            )
    return fact


def _last_day(fact: Candidate, told: Sequence[Candidate]) -> Candidate:
    """What an article says was reopened was so once: on the last of the days that it gives for it."""
    if fact.fields.get("status") != "reopened" or "date-told" not in fact.features:
        return fact
    days = [
        str(other.fields["date"])
        for other in told[:_MOST]
        if other.fields.get("status") == "reopened"
        and "date-told" in other.features
        and all(fact.fields.get(name) == other.fields.get(name) for name in ("sender", "host", "type"))
    ]
    last = max(days, default=str(fact.fields["date"]))
    return fact if last <= str(fact.fields["date"]) else replace(fact, fields={**fact.fields, "date": last})


def _firm(fact: Candidate) -> bool:
    """True for what a verb of the text itself says of sides that it names, or tells with a town and a day of its own."""
    own = "place" in fact.fields and "date-told" in fact.features
    return (own or not fact.features & _LOOSE) and fact.sentences != (0,)


def _shuts(fact: Candidate) -> bool:
    return fact.rule in _SHUT


def _month(fact: Candidate) -> int | None:
    """Months since the year 0 of a day that is told; none where there is none, or where it is only inferred."""
    value = fact.fields.get("date")
    if value is None or "date-inferred" in fact.features:
        return None
    told = PartialDate.parse(str(value))
    return None if told.year is None else told.year * 12 + (told.month or 6)
