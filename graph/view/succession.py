"""What ends what: a rupture ends relations, a closure an embassy, the next holder a tenure; one fact tells another's end."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.model.dates import PartialDate
from graph.resolution.rules import Rules
from graph.view.thing import Thing
from graph.view.validity import FROM, UNTIL
from graph.view.validity_rules import ValidityRules

_TENURE = "tenure"


@dataclass(frozen=True, slots=True)
class Span:
    """A thing in a series: what it does there, its own bounds, for a tenure its attestation, and what must be alike."""

    entity: str
    key: str
    kind: str
    step: str
    begins: str | None
    ends: str | None
    alike: tuple[str | None, ...] = ()

    def written(self) -> str:
        """As it stands in the index."""
        return json.dumps([self.key, self.kind, self.step, self.begins, self.ends, self.alike], ensure_ascii=False)


def read_span(entity: str, written: str) -> Span:
    """The span of an entity as the index has it."""
    key, kind, step, begins, ends, alike = json.loads(written)
    return Span(entity, key, kind, step, begins, ends, tuple(alike))


class Succession:
    """Places things in their series, and says until when each of them holds."""

    def __init__(self, rules: Rules, validity: ValidityRules, kinds: Mapping[str, str]) -> None:
        self._rules, self._series = rules, {kinds[kind]: (kind, series) for kind, series in validity.series.items()}
        self._by_kind = validity.series

    def span(self, thing: Thing) -> Span | None:
        """The place of a thing in its series; None where its class has none, or where it was only planned."""
        values: dict[str, list[str]] = defaultdict(list)
        for name, value in thing.values:
            values[name].append(value.value)
        if thing.class_name == "Tenure":
            return self._tenure(thing, values)
        if thing.class_name not in self._series or not (FROM in values or UNTIL in values):
            return None
        kind, series = self._series[thing.class_name]
        step = next((value.rsplit("/", 1)[-1] for value in values[series.step]), "")
        key = "|".join([kind, *("+".join(sorted(values[name])) for name in series.key)])
        alike = tuple(next(iter(sorted(values[name])), None) for name in series.alike)
        return Span(thing.iri, key, kind, step, _first(values[FROM]), _first(values[UNTIL]), alike)

    def _tenure(self, thing: Thing, values: Mapping[str, Sequence[str]]) -> Span | None:
        office, attested = values.get("office"), values.get("attestedFrom")
        if not office or not attested:
            return None
        kind = values["officeKind"][0].rsplit("/", 1)[-1]
        if kind not in self._rules.names.single_offices:
            return None
        return Span(thing.iri, f"{_TENURE}|{office[0]}", _TENURE, "", attested[0], values["attestedUntil"][0])

    def until(self, spans: Iterable[Span]) -> dict[str, str | None]:
        """The end of every thing of one series: its own, or the beginning of the first thing after it that ends it."""
        found = sorted(spans, key=lambda span: (span.begins or "", span.entity))
        return {span.entity: self._until(span, found) for span in found}

    def _until(self, span: Span, others: Sequence[Span]) -> str | None:
        if span.kind == _TENURE:
            return self._held_until(span, others)
        series = self._by_kind[span.kind]
        enders = series.ended_by.get(span.step, frozenset())
        days = [_start(other) for other in others if other.step in enders and _alike(span, other)]
        later = sorted(day for day in days if day is not None and span.begins is not None and day >= span.begins)
        ends = [
            end for end in (span.ends, *later[:1]) if end is not None and (span.begins is None or end + "-99" >= span.begins)
        ]
        return min(ends, default=None)

    def _held_until(self, span: Span, others: Sequence[Span]) -> str | None:
        """A tenure goes on until another holder is attested, at most `held_days` after its own last attestation."""
        ends = span.ends or span.begins or ""
        after = sorted(other.begins for other in others if other.begins is not None and other.begins > ends)
        if after:
            last = _day(PartialDate.parse(after[0])) - timedelta(days=1)
            longest = _day(PartialDate.parse(ends)) + timedelta(days=int(self._rules.held_days))
            return max(min(last, longest).isoformat(), ends)
        return ends if any((other.ends or "") > ends for other in others) else None


def _start(span: Span) -> str | None:
    """When a thing began; of one that is only an end (a closure, a withdrawal), when that was."""
    return span.begins or span.ends


def _alike(one: Span, other: Span) -> bool:
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in zip(one.alike, other.alike, strict=True))


def _day(value: PartialDate) -> date:
    """The first day that a date may mean."""
    return date(value.year or 1, value.month or 1, value.day or 1)


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None
