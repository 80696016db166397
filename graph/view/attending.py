"""Which facts name a person when: those that must be shown anew where the dates of an office that the person held change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.record import rdf
from graph.view.dating import bounds
from graph.view.index import ATTENDED
from graph.view.people import Card
from graph.view.thing import Thing

_DATES = (rdf.dip("date"), rdf.dip("signedOn"))

Window = tuple[date, date]
"""Days after the first and before the second."""


def attended(thing: Thing) -> Iterator[Quad]:
    """The notes of the index on who took part in a fact, with the month (or year) of it."""
    for whole in (thing, *thing.children):
        day = next((value.value for name, value in whole.values if name == "date"), "")
        for part in whole.children:
            if part.class_name == "Participation":
                person = next(value.value for name, value in part.values if name == "person")
                yield _note(thing.iri, person, day[:7])


def differing(store: Store, before: Card, after: Card, held_days: int) -> set[str]:
    """The facts (IRIs) that the view shows of a person and whose office held that day may be another now."""
    windows = list(_windows(before, after, held_days))
    found = {fact for window in windows for fact in _within(store, after.iri, window)}
    if {tenure.iri for tenure in before.tenures} != {tenure.iri for tenure in after.tenures}:
        found |= _noted(store, after.iri, "")
    return found


def _windows(before: Card, after: Card, held_days: int) -> Iterator[Window]:
    old, new = ({tenure.iri: tenure.attested for tenure in card.tenures} for card in (before, after))
    reach = timedelta(days=held_days)
    for name in sorted({*old, *new}):
        spans = [(bounds(span[0])[0], bounds(span[1])[1]) for span in (old.get(name), new.get(name)) if span is not None]
        if old.get(name) == new.get(name) or not spans:
            continue
        first, last = [span[0] for span in spans], [span[1] for span in spans]
        if len(spans) == 1:
            yield min(first) - reach, max(last) + reach
            continue
        if min(first) != max(first):
            yield min(first) - reach, max(first)
        if min(last) != max(last):
            yield min(last), max(last) + reach


def _within(store: Store, person: str, window: Window) -> Iterator[str]:
    (after, until), seen = window, set[str]()
    for month in range(12 * after.year + after.month - 1, 12 * until.year + until.month):
        year = f"{month // 12:04d}"
        for key in (year, f"{year}-{month % 12 + 1:02d}"):
            if key not in seen:
                seen.add(key)
                yield from (fact for fact in _noted(store, person, key) if _lies_in(store, fact, window))


def _lies_in(store: Store, fact: str, window: Window) -> bool:
    told = [quad.object for how in _DATES for quad in store.quads_for_pattern(NamedNode(fact), how, None, rdf.VIEW)]
    spans = [bounds(rdf.value(day)) for day in told]
    return not spans or any(last > window[0] and first < window[1] for first, last in spans)


def _noted(store: Store, person: str, when: str) -> set[str]:
    found = store.quads_for_pattern(None, ATTENDED, Literal(f"{person}|{when}"), rdf.INDEX)
    return {rdf.value(quad.subject) for quad in found}


def _note(fact: str, person: str, when: str) -> Quad:
    return Quad(NamedNode(fact), ATTENDED, Literal(f"{person}|{when}"), rdf.INDEX)
