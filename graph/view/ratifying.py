"""Who ratified an accord, and when, as its claims tell it: each party on its own day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.model.fields import code_and_date
from graph.record.encode import parts
from graph.view.supports import Support
from graph.view.values import Offer

ALL = ""
"""Stands for the parties together, where a claim says that an accord was ratified, not by whom."""


def ratifications(supports: Iterable[Support]) -> Mapping[str, list[Support]]:
    """The claims that tell of a ratification by the code of the party that ratified, or `ALL`; in order of the codes."""
    found: dict[str, list[Support]] = defaultdict(list)
    for support in supports:
        for code, _ in _told(support):
            found[code].append(support)
    return dict(sorted(found.items()))


def ratified_on(supports: Iterable[Support]) -> Mapping[str, list[Offer]]:
    """The days given for those: none for a party of whom no claim tells one."""
    found: dict[str, list[Offer]] = defaultdict(list)
    for support in supports:
        for code, day in _told(support):
            found[code] += [] if day is None else [(day, support)]
    return found


def _told(support: Support) -> Iterator[tuple[str, str | None]]:
    """Who ratified, and when, by one claim; the day on which the accord was ratified is that of the only one who did."""
    fields = support.claim.fields
    ratifiers = [code_and_date(str(value)) for value in parts(fields.get("ratifiers", ()))]
    if fields.get("status") != "ratified" or len(ratifiers) > 1:
        yield from ratifiers
        return
    code, own = ratifiers[0] if ratifiers else (ALL, None)
    day = str(fields["status_date"]) if "status_date" in fields else None
    decided = "status_date" in support.decided and "ratifiers" not in support.decided
    yield code, day if decided or own is None else own
