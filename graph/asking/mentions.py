"""What names a state, organisation or person, from the index: its facts by date, and what it shares with each partner.

A page waits for these. The question `partners` gives the same counts, from the whole graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from graph.asking.entries import PARTS
from graph.asking.index import Searched, opened
from graph.asking.partnership import KINDS, ROLES
from graph.model.iri import full
from graph.model.terms import load_ontology

_APART = (*PARTS, "Session")  # told with what they are parts of
_HAPPENED = ("Accord", "Session", "Meeting", "Visit")
_NOT_YET = ("planned", "negotiated", "postponed", "cancelled")

_MENTIONS = """
SELECT DISTINCT e.iri, CASE e.date WHEN '' THEN coalesce((SELECT min(a.value) FROM value a WHERE a.entry = e.id
    AND a.property = 'attestedFrom'), '') ELSE e.date END AS day
FROM value v JOIN entry e ON e.id = v.entry WHERE v.value = ? AND v.kind IN ({kinds}) ORDER BY day DESC, e.iri
"""
_SHARED = """
WITH fact AS MATERIALIZED (SELECT DISTINCT v.entry AS id, v.kind AS kind FROM value v
  WHERE v.value = ? AND v.property IN ({roles}) AND v.kind IN ({kinds})),
tie AS MATERIALIZED (SELECT DISTINCT o.value AS partner, fact.kind AS kind, fact.id AS id FROM fact
  JOIN value o ON o.entry = fact.id AND o.property IN ({roles}) AND o.value != ?)
SELECT tie.partner, tie.kind, count(*), max(CASE WHEN tie.kind IN ({happened}) AND e.date < 'X' AND NOT EXISTS (
    SELECT 1 FROM value s WHERE s.entry = e.id AND s.property IN ('accordStatus', 'eventStatus') AND s.value IN ({not_yet})
  ) THEN e.date ELSE '' END)
FROM tie JOIN entry e ON e.id = tie.id GROUP BY tie.partner, tie.kind
"""
_NAMES = "SELECT iri, fr, en FROM entry WHERE iri IN ({names})"


@dataclass(frozen=True, slots=True)
class Mentions:
    """The facts that name somebody, latest first, at most so many: `more` says that others follow.

    `years`: how many of all of them fall into each year, from the first year to the last without a gap.
    """

    facts: tuple[str, ...]
    more: bool
    years: Mapping[int, int]


@dataclass(slots=True)
class Partner:
    """What somebody shares with a partner: how many facts of each class, and the last day on which they met or signed."""

    code: str
    label: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    last_contact: str = ""

    @property
    def facts(self) -> int:
        """All of them; sessions are told with their commissions."""
        return sum(self.counts.values())


def mentions(snapshot: Searched, somebody: str, limit: int) -> Mentions:
    """The latest facts that name somebody, by short id; acts, participations and sessions are left out."""
    ontology = load_ontology()
    kinds = [name for name in ontology.node_labels() if ontology.is_a(name, "Fact") and name not in _APART]
    with closing(opened(snapshot)) as connection:
        rows = connection.execute(_MENTIONS.format(kinds=_quoted(kinds)), (somebody,)).fetchall()
    counts = Counter(int(day[:4]) for _, day in rows if day[:4].isdecimal())
    years = {year: counts[year] for year in range(min(counts), max(counts) + 1)} if counts else {}
    return Mentions(tuple(fact for fact, _ in rows[:limit]), len(rows) > limit, years)


def shared(snapshot: Searched, agent: str, language: str) -> Sequence[Partner]:
    """What a state or organisation, by short id, shares with each partner; those with most facts first."""
    query = _SHARED.format(roles=_quoted(ROLES), kinds=_quoted(KINDS), happened=_quoted(_HAPPENED), not_yet=_quoted(_NOT_YET))
    found: dict[str, Partner] = {}
    with closing(opened(snapshot)) as connection:
        for name, kind, count, last in connection.execute(query, (agent, agent)):
            partner = found.setdefault(full(name), Partner(name.partition("/")[2]))
            partner.last_contact = max(partner.last_contact, last)
            if kind != "Session":
                partner.counts[kind] = count
        for iri, fr, en in connection.execute(_NAMES.format(names=", ".join("?" * len(found))), tuple(found)):
            found[iri].label = (en or fr) if language == "en" else (fr or en)
    return sorted((one for one in found.values() if one.facts), key=lambda one: (-one.facts, one.code))


def _quoted(names: Iterable[str]) -> str:
    """Names of the ontology, none of which holds a quotation mark, as literals of SQL."""
    return ", ".join(f"'{name}'" for name in names)
