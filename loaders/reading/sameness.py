"""When two tellings in one article are of one fact: a test for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from graph.model.claims import Value
from graph.model.dates import PartialDate
from graph.model.folding import fold
from loaders.reading.model import Candidate

_SMALL = frozenset((
    "le", "la", "les", "de", "des", "du", "un", "une", "et", "en", "au", "aux", "sur", "pour", "dans", "par", "avec",
    "entre", "the", "of", "and", "a", "an", "in", "on", "to", "for", "with", "by", "from", "at",
))  # fmt: skip
_GENERIC = frozenset((
    "memorandum", "memoranda", "entente", "understanding", "accord", "accords", "agreement", "agreements", "protocole",
    "protocol", "convention", "traite", "treaty", "cooperation", "mou", "declaration", "texte", "text", "document",
    "documents", "programme", "signed", "signe", "new", "nouvel", "bilateral", "executif", "executive", "joint", "conjoint",
    "conjointe", "commun", "commune", "domaine", "domaines", "field", "fields", "deal", "pact", "pacte", "passe", "conclu",
    "recently", "specific", "historic", "historique", "landmark", "crucial", "important", "nouveau", "nouvelle",
))  # fmt: skip
"""Words of an accord's name that say nothing of what it is about."""
_LEAD = 4  # sentences after a headline that tell what it tells
_NEXT = 2  # sentences from accords told together to the list of them
_TRIP = 6  # days that tellings of one journey may lie apart


def dates_agree(one: Value | None, other: Value | None) -> bool:
    """True when two written dates may mean one day; a missing one agrees with any."""
    if not isinstance(one, str) or not isinstance(other, str):
        return True
    return PartialDate.parse(one).compatible(PartialDate.parse(other))


def finer(one: str, other: str) -> str:
    """What two agreeing dates say together."""
    try:
        return str(PartialDate.parse(one).merged(PartialDate.parse(other)))
    except ValueError:  # 29 February joined with a common year
        return one


def words(value: Value | None) -> frozenset[str]:
    """The content words of a text field."""
    found = (word.strip(',;:.()"') for word in fold(str(value or "")).replace("'", " ").split())
    return frozenset(word for word in found if word not in _SMALL and len(word) > 2)


def family(name: str) -> str:
    """The last word of a name, folded: what two tellings of one person share."""
    return fold(name).rsplit(" ", 1)[-1]


def _families(value: Value | None) -> frozenset[str]:
    return frozenset(family(name) for name in value) if isinstance(value, tuple) else frozenset()


def _set(fields: Mapping[str, Value], name: str) -> frozenset[str]:
    value = fields.get(name, ())
    return frozenset(value) if isinstance(value, tuple) else frozenset((str(value),))


def _equal(name: str, *others: str) -> Callable[[Candidate, Candidate], bool]:
    names = (name, *others)

    def equal(one: Candidate, other: Candidate) -> bool:
        ours, theirs = one.fields.get, other.fields.get
        return not [field for field in names if ours(field) != theirs(field)]

    return equal


def _compatible(one: Candidate, other: Candidate, field: str) -> bool:
    """True when a field is the same, or one of the two does not give it."""
    a, b = one.fields.get(field), other.fields.get(field)
    return a is None or b is None or a == b


def agreement(one: Candidate, other: Candidate) -> bool:
    """Same parties and type, dates that agree; two of one list are two, and so are two with nothing in common."""
    a, b = one.fields, other.fields
    back = _told_again(one, other) or _undated_again(one, other)
    if _set(a, "parties") != _set(b, "parties") or not (back or dates_agree(a.get("date"), b.get("date"))):
        return False
    if not (dates_agree(a.get("status_date"), b.get("status_date")) or _step_again(one, other)):
        return False
    if a.get("count") != b.get("count") and not back:
        return False
    if one.rule != other.rule and _noun(one) is not None and _noun(one) == _noun(other):
        return True  # "bound by a treaty signed in 2011": two frames tell of one noun
    if uncounted(one) != uncounted(other) and not back and "back" not in one.features | other.features:
        return False  # "several agreements" may be more than the one that is named
    definite = "definite" in one.features or "definite" in other.features
    counted = "count" in a and a["count"] == b.get("count")  # "two MoUs" are the "two documents" of the next sentence
    apart = "one-of-many" in one.features | other.features
    loose = (_spoken_of(one, other) and not apart) or counted or _headline(one, other)
    if a["type"] != b["type"] and not (loose and "agreement" in (a["type"], b["type"])):
        return False
    if counted:
        return True
    if a["type"] == b["type"] and _listed_next(one, other):
        return True
    titled = (one.sentences == (0,)) != (other.sentences == (0,)) and _topic(a) & _topic(b)
    both = "listed" in one.features and "listed" in other.features and not (titled or _same_words(a, b))
    if both or _signed_by_others(a, b):
        return False
    if "one-of-many" in one.features & other.features and not _topic(a) & _topic(b):
        return False
    if "listed" in one.features or "listed" in other.features:
        return bool(_topic(a) & _topic(b)) or (not _topic(b) and definite)
    if _headline(one, other):
        return _named_alike(a, b)
    if definite:
        return _named_alike(a, b) and not _of_other_matters(a, b)
    return _alike(a, b)


def _noun(fact: Candidate) -> int | None:
    """Where the noun stands by which an accord is told."""
    return next((reason.start for reason in fact.reasons if reason.role == "type"), None)


def _spoken_of(one: Candidate, other: Candidate) -> bool:
    """True where the later telling is of "the agreement": "an agreement" told later is a further one."""
    later = max(one, other, key=lambda fact: fact.sentences[0])
    return bool({"definite", "back"} & later.features)


def uncounted(fact: Candidate) -> bool:
    """True for "several agreements", of which neither number nor name is known."""
    return "plural" in fact.features and "count" not in fact.fields and "name" not in fact.fields


def _listed_next(one: Candidate, other: Candidate) -> bool:
    """True for "an accord and two treaties were signed" and the list right after it, which says what the accord is about."""
    first, then = (one, other) if one.sentences[0] < other.sentences[0] else (other, one)
    bare = not (_topic(first.fields) or "domains" in first.fields or "count" in first.fields or "plural" in first.features)
    bare = bare and ("beside" in first.features or "listed" not in first.features)
    return bare and then.rule == "agreement/listed" and 0 < then.sentences[0] - first.sentences[-1] <= _NEXT


def _headline(one: Candidate, other: Candidate) -> bool:
    """True where the one telling is a headline's, which calls "a deal" what the text calls by its name."""
    first, then = (one, other) if one.sentences[0] < other.sentences[0] else (other, one)
    one_each = not any("count" in fact.fields or "plural" in fact.features for fact in (first, then))
    alike = first.fields.get("status") == then.fields.get("status") != "signed" and then.fields["type"] == "agreement"
    general = first.fields["type"] == "agreement" or alike
    return first.sentences == (0,) and one_each and general and 0 < then.sentences[0] <= _LEAD


def _signed_by_others(a: Mapping[str, Value], b: Mapping[str, Value]) -> bool:
    """True where two of one type, each with a name, bear the signatures of quite other people."""
    one, other = _families(a.get("signatories")), _families(b.get("signatories"))
    return len(one) > 1 and len(other) > 1 and not one & other and "name" in a and "name" in b


def _named_alike(a: Mapping[str, Value], b: Mapping[str, Value]) -> bool:
    """False where both are named by what they are about and share none of it: "the tax treaty", "a treaty on fisheries"."""
    one, other = _sectors(a), _sectors(b)
    if not (one and other) or one & other or "name" not in a or "name" not in b:
        return True
    return bool(_topic(a) & _topic(b))


_BUSINESS = frozenset(("trade", "economy", "investment", "customs"))  # one sector where a deal is called by either


def _sectors(fields: Mapping[str, Value]) -> frozenset[str]:
    found = _set(fields, "domains")
    return (found - _BUSINESS) | {"economy"} if found & _BUSINESS else found


def _of_other_matters(a: Mapping[str, Value], b: Mapping[str, Value]) -> bool:
    """True for "the extradition treaty" and "the agreement on judicial assistance": of two types, each with its own matter."""
    return a["type"] != b["type"] and bool(_topic(a)) and bool(_topic(b)) and not _topic(a) & _topic(b)


def _same_words(a: Mapping[str, Value], b: Mapping[str, Value]) -> bool:
    """True where both bear one and the same name, told twice."""
    return "name" in a and a["type"] == b["type"] and fold(str(a["name"])) == fold(str(b.get("name")))


def _topic(fields: Mapping[str, Value]) -> frozenset[str]:
    """The words of an accord's name that say what it is about."""
    return words(fields.get("name")) - _GENERIC


def _step_again(one: Candidate, other: Candidate) -> bool:
    """True where both tell that "the agreement" was ratified, by each of those who must, or the day of one is but inferred."""
    ratified = one.fields.get("status") == other.fields.get("status") == "ratified"
    return ratified and _spoken_of(one, other)


def _told_again(one: Candidate, other: Candidate) -> bool:
    """True where one speaks of the other by "these agreements", and the day of the other was but inferred, or none was told."""
    again, told = (other, one) if "back" in other.features else (one, other)
    if "back" not in again.features or "back" in told.features or ("count" in again.fields):
        return False
    return "date-told" not in told.features and "date-told" in again.features


def _undated_again(one: Candidate, other: Candidate) -> bool:
    """True where one is only "the agreement", its day but inferred and its signers unnamed, and the other's day is told."""
    again, told = (other, one) if "definite" in other.features else (one, other)
    vague = "definite" in again.features and "date-inferred" in again.features and "signatories" not in again.fields
    return vague and "date-told" in told.features and "definite" not in told.features and "count" not in again.fields


def _alike(a: Mapping[str, Value], b: Mapping[str, Value]) -> bool:
    """False when both say what they are about and share none of it."""
    one, other = _set(a, "domains"), _set(b, "domains")
    if one and other and not one & other:
        return False
    return not (_topic(a) and _topic(b)) or bool(one & other) or len(words(a.get("name")) & words(b.get("name"))) > 1


def body(one: Candidate, other: Candidate) -> bool:
    """Same parties, type and status, sessions and dates that agree."""
    a, b = one.fields, other.fields
    same = a["type"] == b["type"] and _set(a, "parties") == _set(b, "parties")
    if a["status"] == b["status"] == "planned" and ("founding" in one.features) != ("founding" in other.features):
        return False  # a body to be set up, and its first session
    held = {a["status"], b["status"]} == {"met", "planned"} and "session" in a and a["session"] == b.get("session")
    if not same or not (a["status"] == b["status"] or held) or not _compatible(one, other, "session"):
        return False
    numbered = "session" in a and "session" in b and "date-inferred" in one.features | other.features
    return numbered or dates_agree(a.get("date"), b.get("date"))


def meeting(one: Candidate, other: Candidate) -> bool:
    """The same people, or some of them, both by phone or both not, on dates that agree."""
    a, b = _families(one.fields["participants"]), _families(other.fields["participants"])
    remote = {"phone", "video"}
    distance = (one.fields.get("format") in remote) == (other.fields.get("format") in remote)
    return distance and (a <= b or b <= a) and dates_agree(one.fields.get("date"), other.fields.get("date"))


def visit(one: Candidate, other: Candidate) -> bool:
    """From and to the same states, by people who are not told apart, about the same days."""
    if not _equal("from", "to")(one, other):
        return False
    a, b = _families(one.fields.get("visitors")), _families(other.fields.get("visitors"))
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
    same = a["change"] == b["change"] and _set(a, "parties") == _set(b, "parties") and _compatible(one, other, "by")
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
    return same and _compatible(one, other, "type") and _months_agree(one, other)


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
    same = _set(one.fields, "parties") == _set(other.fields, "parties") and _compatible(one, other, "direction")
    return same and one.fields.get("year") == other.fields.get("year") and _compatible(one, other, "value")


def stance(one: Candidate, other: Candidate) -> bool:
    """The same holder on the same side of topics that share a word."""
    return _equal("state", "polarity")(one, other) and bool(words(one.fields["topic"]) & words(other.fields["topic"]))


def _dated(*names: str) -> Callable[[Candidate, Candidate], bool]:
    """Equal in these fields, on dates that agree."""
    equal = _equal(*names)
    return lambda one, other: equal(one, other) and _days_agree(one, other)


def _cooperation(one: Candidate, other: Candidate) -> bool:
    return _set(one.fields, "parties") == _set(other.fields, "parties")


def _aid(one: Candidate, other: Candidate) -> bool:
    return _dated("donor", "recipient")(one, other) and _compatible(one, other, "value")


SAME: Mapping[str, Callable[[Candidate, Candidate], bool]] = {
    "agreement": agreement, "body": body, "meeting": meeting, "visit": visit, "relation": relation, "mission": mission,
    "trade": trade, "stance": stance, "cooperation": _cooperation, "aid": _aid,
    "membership": _lasting("state", "organisation", "change"), "deployment": _lasting("sender", "host", "status"),
    "office": _equal("person", "office"), "statement": _equal("speaker"),
}  # fmt: skip
"""The test of each kind: may these two be one fact?"""
