"""What facts of one article borrow from each other: accords the day of a meeting, meetings the place of a journey."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.alike import dates_agree
from loaders.reading.changing import replace
from loaders.reading.model import Candidate

_AROUND = 8  # sentences between a meeting and the accords signed at it
_NEAR = 3  # sentences between a journey and a meeting on it


def borrowed(facts: list[Candidate]) -> list[Candidate]:
    """The facts, undated or unplaced ones with what another of the article says of the same people or parties."""
    return _with_journeys(_with_borrowed_dates(_with_sessions(facts)))


def codes_of(fact: Candidate) -> tuple[str, ...]:
    """The parties of a fact; none where it has no such field."""
    parties = fact.fields.get("parties", ())
    return parties if isinstance(parties, tuple) else ()


def _with_sessions(facts: list[Candidate]) -> list[Candidate]:
    """Undated signings given the month of the session of the same parties that their own sentence tells of."""
    held = [fact for fact in facts if fact.kind == "body" and fact.fields.get("status") == "met" and _month(fact) is not None]
    return [_at_session(fact, held) if fact.kind == "agreement" and held else fact for fact in facts]


def _at_session(accord: Candidate, held: Sequence[Candidate]) -> Candidate:
    if accord.fields.get("status") != "signed" or "date" in accord.fields:
        return accord
    for session in held:
        together = set(session.sentences) & set(accord.sentences) and set(codes_of(session)) == set(codes_of(accord))
        if together and "date-inferred" not in session.features:
            known = {**accord.fields, "date": _month(session) or ""}
            return replace(accord, fields=known, features=accord.features | {"date-inferred"})
    return accord


def _with_borrowed_dates(facts: list[Candidate]) -> list[Candidate]:
    """Undated signings given the day of the meeting of the same parties or people that the article tells of."""
    dated = [fact for fact in facts if fact.kind == "meeting" and "date" in fact.fields]
    return [_of_meeting(fact, dated) if fact.kind == "agreement" else fact for fact in facts]


def _with_journeys(facts: list[Candidate]) -> list[Candidate]:
    """Meetings without a day or place given the month and the city of the journey on which they took place, and the reverse."""
    facts = [_signed_there(fact, facts) if fact.kind == "agreement" else fact for fact in facts]
    visits = [fact for fact in facts if fact.kind == "visit" and fact.fields.get("status") == "made"]
    meetings = [fact for fact in facts if fact.kind == "meeting" and fact.fields.get("format") == "in_person"]
    return [
        _on_journey(fact, visits if fact.kind == "meeting" else meetings) if fact in meetings or fact in visits else fact
        for fact in facts
    ]


def _signed_there(accord: Candidate, facts: Sequence[Candidate]) -> Candidate:
    """An accord signed with no place, given that of the meeting or journey of the same parties that is told around it."""
    if accord.fields.get("status") != "signed" or "place" in accord.fields or "definite" in accord.features:
        return accord
    parties = set(codes_of(accord))
    for fact in facts:
        if (
            fact.kind not in ("meeting", "visit")
            or "place" not in fact.fields
            or fact.fields.get("format") in ("phone", "video")
        ):
            continue
        theirs = set(codes_of(fact)) if fact.kind == "meeting" else {fact.fields["from"], fact.fields["to"]}
        near = min(abs(a - b) for a in accord.sentences for b in fact.sentences) <= _AROUND
        if theirs == parties and near and dates_agree(_month(accord), _month(fact)):
            return replace(accord, fields={**accord.fields, "place": fact.fields["place"]})
    return accord


def _month(fact: Candidate) -> str | None:
    """The month of a fact, as finely as it is known; None where its year is not."""
    date = fact.fields.get("date")
    return date[:7] if isinstance(date, str) and date[:4].isdigit() else None


def _on_journey(fact: Candidate, others: Sequence[Candidate]) -> Candidate:
    for other in others:
        near = min(abs(a - b) for a in fact.sentences for b in other.sentences) <= _NEAR
        if not near or not _people(fact) & _people(other):
            continue
        visit, meeting = (fact, other) if fact.kind == "visit" else (other, fact)
        if visit.fields["to"] not in codes_of(meeting):
            continue
        fields, date = dict(fact.fields), other.fields.get("date")
        if "date" not in fields and isinstance(date, str) and date[:4].isdigit():
            fields["date"] = date[:7]  # on which day of it is not said
        if fact.kind == "meeting" and "place" not in fields and "place" in other.fields:
            fields["place"] = other.fields["place"]
        return replace(fact, fields=fields)
    return fact


def _people(fact: Candidate) -> frozenset[str]:
    names = fact.fields.get("participants", fact.fields.get("visitors", ()))
    return frozenset(names) if isinstance(names, tuple) else frozenset()


def _of_meeting(accord: Candidate, meetings: Sequence[Candidate]) -> Candidate:
    fields = accord.fields
    if fields.get("status") != "signed" or "date" in fields or "definite" in accord.features:
        return accord
    signers = fields.get("signatories", ())
    for meeting in meetings:
        people = meeting.fields["participants"]
        same = isinstance(signers, tuple) and isinstance(people, tuple) and len(signers) > 1 and set(signers) <= set(people)
        if same or (codes_of(meeting) and set(codes_of(meeting)) == set(codes_of(accord))):
            known = {**fields, "date": meeting.fields["date"]}
            return replace(accord, fields=known, features=accord.features | {"date-inferred"})
    return accord
