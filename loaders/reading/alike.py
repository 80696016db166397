"""What two tellings of one article share: days that agree, words, family names, fields."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model.claims import Value
from graph.model.dates import PartialDate
from graph.model.folding import fold
from loaders.reading.model import Candidate

_SMALL = frozenset((
    "le", "la", "les", "de", "des", "du", "un", "une", "et", "en", "au", "aux", "sur", "pour", "dans", "par", "avec",
    "entre", "the", "of", "and", "a", "an", "in", "on", "to", "for", "with", "by", "from", "at",
))  # fmt: skip


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


def families(value: Value | None) -> frozenset[str]:
    """The family names of a list of people, folded; empty for what is no list."""
    return frozenset(family(name) for name in value) if isinstance(value, tuple) else frozenset()


def told_in(fields: Mapping[str, Value], name: str) -> frozenset[str]:
    """The values of a field, one or several, without their order."""
    value = fields.get(name, ())
    return frozenset(value) if isinstance(value, tuple) else frozenset((str(value),))


def compatible(one: Candidate, other: Candidate, field: str) -> bool:
    """True when a field is the same, or one of the two does not give it."""
    a, b = one.fields.get(field), other.fields.get(field)
    return a is None or b is None or a == b
