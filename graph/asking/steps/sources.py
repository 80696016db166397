"""What sources say, when, and what came of it: versions of a fact, announcements, coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from graph.asking.steps.days import day, touches
from graph.asking.steps.gathered import Gathered, Row, Values

_SEVERAL = ("party", "domain", "seat", "product", "signatory", "participant", "visitor")
"""A fact may have several of these: one more is no contradiction."""


def shown(gathered: Gathered, values: Values) -> Iterator[Row]:
    """Each version of a disputed property, and whether the view shows it; numbers compare as numbers."""
    for row in gathered:
        same = any(_same(row["version"], value) for value in row["shows"])
        said = (row[name] for name in ("fact", "label", "class", "property", "version"))
        yield (*said, "yes" if same else "no", *(row[name] for name in ("number", "reported_by", "articles")))


def _same(told: str, shows: str) -> bool:
    try:
        return told == shows or float(told) == float(shows)
    except ValueError:
        return False


def news(gathered: Gathered, values: Values) -> Iterator[Row]:
    """What each claim says, in the order of publication, against what claims published before it had said.

    `first`: nobody had spoken of the property; `same`: the value was known; `added`: one more of a property that has several;
    `contradicts`: another value. What has no date of publication comes first, and is left out with `until`.
    """
    known: dict[str, set[str]] = defaultdict(set)
    until = str(values["until"])
    for row in gathered:
        name, version, published = row["property"], row["version"], row["published"]
        if until and not (published and touches(published, "", until)):
            continue
        before = known[name]
        change = "same" if version in before else "first" if not before else "added" if name in _SEVERAL else "contradicts"
        before.add(version)
        said = (published, row["source"], row["publisher"], row["claim"], name, version, change)
        yield (*said, row["disputed"], row["sentence"], row["confidence"])


def outcomes(gathered: Gathered, values: Values) -> list[Row]:
    """What was announced and what came of it by `as_of`, the latest announced first.

    `pending`: its day has not passed, or is not known; `no_trace`: its day has passed, and no source says that it was held.
    """
    as_of = str(values["as_of"])
    rows = []
    for row in gathered:
        if not touches(row["announced_on"] or "", "", as_of):
            continue
        said = tuple(row[name] for name in ("fact", "label", "class", "date", "announced_on"))
        rows.append((*said, *_outcome(row, as_of), row["sources"], row["disputed"]))
    return sorted(sorted(rows, key=lambda row: str(row[0])), key=lambda row: str(row[4]), reverse=True)


def _outcome(row: dict[str, Any], as_of: str) -> tuple[str, str | None]:
    """What had come of it by then, as the view says that knows no more, and since when that is known."""
    since: dict[str, str] = {}
    for published, _, status in (told.partition(" ") for told in sorted(row["told"])):
        if published and touches(published, "", as_of):
            since.setdefault(status if status in ("postponed", "cancelled") else "held", published)
    for outcome in ("held", "cancelled", "postponed"):
        if outcome in since:
            return outcome, since[outcome]
    date = row["date"]
    passed = date is not None and date < "X" and day(date, last=True) < day(as_of)
    return "no_trace" if passed else "pending", None


def coverage(gathered: Gathered, values: Values) -> list[Row]:
    """One row a partner and year of publication."""
    groups: dict[tuple[str, int | None], list[dict[str, Any]]] = defaultdict(list)
    for row in gathered:
        groups[row["partner_code"], row["year"]].append(row)
    return [
        (year, partner, *_covered(groups[partner, year]))
        for partner, year in sorted(groups, key=lambda key: (key[1] or 0, key[0]))
    ]


def _covered(rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    languages = Counter({row["source"]: row["language"] or "?" for row in rows}.values())
    facts = {row["fact"]: row["sources"] for row in rows}
    return (
        len({row["source"] for row in rows}),
        tuple(sorted(f"{language}={number}" for language, number in languages.items())),
        tuple(sorted({row["publisher"] for row in rows if row["publisher"]})),
        len(facts),
        sum(count == 1 for count in facts.values()),
    )
