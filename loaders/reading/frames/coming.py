"""Days that lie ahead: the weekday, or the day without a year, for which something is planned or from which it holds."""

from __future__ import annotations

import datetime as dt

from graph.model.dates import PartialDate
from loaders.reading.changing import replace
from loaders.reading.frames.attributes import Told
from loaders.reading.frames.events import Event
from loaders.reading.frames.scene import Scene
from loaders.reading.model import DATE, When

_WEEK = dt.timedelta(days=7)
_HALF_A_YEAR = dt.timedelta(days=180)
_DAY = 3  # precision of a date that names the day
_CUE = 24  # characters before a day in which "as of" stands


def ahead(event: Event, told: Told, planned: bool) -> Told:
    """The day of what is `planned`, or holds from a day on, where that is told by a weekday or without its year."""
    if told.start < event.end:  # it may be the day on which a plan is announced
        return to_come(event.scene, told, planned) if planned and _long_past(event.scene, told) else told
    return to_come(event.scene, told, planned) if planned or _sets_in(event.scene, told) else told


def _long_past(scene: Scene, told: Told) -> bool:
    """True for a day more than half a year back: no news that is told without its year."""
    published = scene.reading.published
    day = PartialDate.parse(told.date)
    if published is None or published.precision < _DAY or day.precision < _DAY:
        return False
    return dt.date.fromisoformat(str(published)) - dt.date.fromisoformat(told.date) > _HALF_A_YEAR


def _sets_in(scene: Scene, told: Told) -> bool:
    """True for the day from which something holds: "à partir de vendredi", "as of Friday"."""
    before = scene.reading.folded[max(scene.sentence.start, told.start - _CUE) : told.start]
    return scene.grammar.closing["sets_in"].search(before) is not None


def to_come(scene: Scene, told: Told, planned: bool) -> Told:
    """What is told for a weekday to come is told for the next one; a plan's day without a year is never one that is past."""
    reading, published = scene.reading, scene.reading.published
    when = next((m.value for m in reading.mentions_in(told.start, told.end, DATE)), None)
    if not isinstance(when, When) or published is None or told.date >= str(published)[: len(told.date)]:
        return told
    if planned and when.anchor == "nearest" and when.date.year is not None:
        return replace(told, date=f"{when.date.year + 1}{told.date[4:]}")
    return next_week(scene, told, when)


def next_week(scene: Scene, told: Told, when: When) -> Told:
    """What is told for a weekday that is past, told for the same one of the next week."""
    reading, published = scene.reading, scene.reading.published
    past = published is not None and told.date < str(published)[: len(told.date)]
    if not past or when.anchor != "published" or when.date.precision < _DAY:
        return told
    if scene.grammar.phrases["weekdays"].search(reading.folded, told.start, told.end) is None:
        return told
    return replace(told, date=(dt.date.fromisoformat(str(when.date)) + _WEEK).isoformat())
