"""When two tellings in one article are of one accord."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model.claims import Value
from graph.model.folding import fold
from loaders.reading.alike import dates_agree, families, told_in, words
from loaders.reading.model import Candidate

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


def agreement(one: Candidate, other: Candidate) -> bool:
    """Same parties and type, dates that agree; two of one list are two, and so are two with nothing in common."""
    a, b = one.fields, other.fields
    back = _told_again(one, other) or _undated_again(one, other)
    if told_in(a, "parties") != told_in(b, "parties") or not (back or dates_agree(a.get("date"), b.get("date"))):
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
    one, other = families(a.get("signatories")), families(b.get("signatories"))
    return len(one) > 1 and len(other) > 1 and not one & other and "name" in a and "name" in b


def _named_alike(a: Mapping[str, Value], b: Mapping[str, Value]) -> bool:
    """False where both are named by what they are about and share none of it: "the tax treaty", "a treaty on fisheries"."""
    one, other = _sectors(a), _sectors(b)
    if not (one and other) or one & other or "name" not in a or "name" not in b:
        return True
    return bool(_topic(a) & _topic(b))


_BUSINESS = frozenset(("trade", "economy", "investment", "customs"))  # one sector where a deal is called by either


def _sectors(fields: Mapping[str, Value]) -> frozenset[str]:
    found = told_in(fields, "domains")
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
    one, other = told_in(a, "domains"), told_in(b, "domains")
    if one and other and not one & other:
        return False
    return not (_topic(a) and _topic(b)) or bool(one & other) or len(words(a.get("name")) & words(b.get("name"))) > 1
