"""How a visit is told: made, planned, postponed or cancelled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from graph.model.claims import Value
from graph.model.dates import PartialDate
from loaders.reading.changing import replace
from loaders.reading.frames.attributes import Told
from loaders.reading.frames.coming import next_week
from loaders.reading.frames.events import Event
from loaders.reading.frames.noun_moods import mood_of_noun
from loaders.reading.model import DATE, Candidate, Reading, When
from loaders.reading.phrasing import either

_AROUND = 60  # characters before a visit that say that it was over, or given up
_ARTICLE = "(?:le |la |l'|les |un |une |the |a |an )?"


@cache
def _following(words: frozenset[str]) -> re.Pattern[str]:
    """What stands before a journey that is over: "after a first"."""
    ordinal = "(?:premiere? |derniere? |recente? |recent |first |last )?"
    return re.compile(rf"(?<![a-z])(?:{either(words)}) ?{_ARTICLE}{ordinal}\Z")


@cache
def _given_up(verbs: frozenset[str], plans: frozenset[str]) -> re.Pattern[str]:
    """What stands before a journey that was only planned: "scrapped his plans to"."""
    owner = "(?:a |his |her |its |the |son |ses |le |tout )?"
    return re.compile(rf"(?<![a-z])(?:{either(verbs)}) {owner}(?:{either(plans)}) (?:to|de) (?:[a-z]+ )?\Z")


@cache
def _set_out(verbs: frozenset[str]) -> re.Pattern[str]:
    """What stands before a journey on which somebody is already: "left X on Monday to"."""
    return re.compile(rf"(?<![a-z])(?:{either(verbs)})[^.;:]{{0,60}} (?:pour|to|for) (?:se |s'y )?\Z")


def told_as(event: Event) -> Mapping[str, Value] | None:
    """The fields that say how the visit of an event is told; None where it is none."""
    mood = event.mood.mood
    if mood is None:
        return {"status": "cancelled"} if given_up(event) else None
    folded, low, words = event.scene.reading.folded, event.scene.sentence.start, event.scene.grammar.words
    before = folded[max(low, event.start - _AROUND) : event.start]
    if (
        event.voice == "noun"
        and mood in ("planned", "postponed", "cancelled")
        and _following(words["journey_over"]).search(before) is not None
    ):
        return event.frame.gives
    undone = _planned_before(event)
    if undone is not None:
        return {"status": undone}
    if mood == "planned" and _set_out(words["set_out"]).search(folded[low : event.start]) is not None:
        return event.frame.gives
    if mood == "planned" and _given_up(words["gave_up"], words["journey_plans"]).search(before) is not None:
        return {"status": "cancelled"}
    if mood in ("postponed", "cancelled"):
        return {"status": mood}
    if mood == "done":
        return event.frame.gives
    return event.frame.planned if mood in ("planned", "decided") else None


def _planned_before(event: Event) -> str | None:
    """How a journey was given up that had been planned: "a annulé la visite, sa première, qu'il devait effectuer"."""
    if event.mood.mood != "planned" or event.object is None or event.object[1] > event.start:
        return None
    mood = mood_of_noun(event.scene, *event.object).mood
    return mood if mood in ("postponed", "cancelled") else None


def given_up(event: Event) -> bool:
    """True for a journey that is denied, but had been planned: "will not visit X as scheduled", "n'ira finalement pas"."""
    if event.frame.kind != "visit" or event.mood.why != "negated" or event.voice != "active":
        return False
    scene = event.scene
    return (
        scene.grammar.phrases["had_planned"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end) is not None
    )


def after_the_news(date: str, reading: Reading) -> bool:
    """True for a day that lies behind the article's own: what is told of it is to come."""
    published = reading.published
    return published is not None and published.precision == PartialDate.parse(date).precision == _DAY and date > str(published)


_DAY = 3  # precision of a date that names the day


def first_day(event: Event, status: Value | None, told: Told | None) -> Told | None:
    """The first day of a visit: the coming one where it is not made; no day of the main clause for an opening phrase."""
    planned = status != "made"
    if told is None:
        return None
    scene, reading = event.scene, event.scene.reading
    if told.inferred:
        return None if planned and _is_past(told.date, reading) else told
    if (
        told.end <= event.start
        and event.frame.id in _TAKEN
        and _WHICH.search(reading.folded, told.end, event.start) is not None
    ):
        return None  # "arrived on Monday at the start of a tour that will take him to X"
    if told.start > event.end and (_opening_phrase(event, told.start) or ";" in reading.folded[event.end : told.start]):
        return None  # "After winding up his visit to A, he will visit B on 29 July"
    when = next((mention.value for mention in reading.mentions_in(told.start, told.end, DATE)), None)
    if status == "planned" and isinstance(when, When) and when.anchor == "nearest" and _long_past(told.date, reading):
        return replace(told, date=f"{int(told.date[:4]) + 1}{told.date[4:]}")  # "en décembre", of what is to come
    if not isinstance(when, When):
        return told
    if not planned and not (_at_present(event, told.start) and _days_ago(told.date, reading) >= _SOME):
        return told
    return next_week(scene, told, when)


def _at_present(event: Event, day: int) -> bool:
    """True for an English present and for "à partir de": "leaves for X Thursday" is to come when Thursday is long past."""
    text, folded = event.scene.reading.text[event.start : event.end], event.scene.reading.folded
    if event.voice != "active":
        return False
    if event.scene.reading.language == "en":
        return text.endswith("s") and not event.lemma.split(" ")[0].endswith("s")
    return folded.endswith(_FROM_THEN, event.scene.sentence.start, day) and not folded.endswith(_PAST, 0, event.start)


def _days_ago(date: str, reading: Reading) -> int:
    """How many days before the article's own a day lies; 0 where either is not known to the day."""
    published = str(reading.published)
    if len(date) != len(published) or len(date) <= _MONTH:
        return 0
    return (dt.date.fromisoformat(published) - dt.date.fromisoformat(date)).days


_SOME = 3  # days back from which on a weekday told in the present is the coming one
_FROM_THEN = ("a partir de ", "a partir du ", "a compter de ", "des ")
_PAST = ("a ", "ont ", "est ", "sont ", "avait ")  # "a entamé", "s'est rendu"
_TAKEN = ("visit/taken", "visit/carried")
_WHICH = re.compile(r"(?<![a-z])(?:qui|that|which)(?![a-z])")


def later_stop(stop: Candidate) -> Candidate:
    """A further stop of a journey: of the day that it began on only the month is sure."""
    date = stop.fields.get("date")
    if not isinstance(date, str) or not date[:4].isdigit() or len(date) <= _MONTH or "place" in stop.fields:
        return stop
    return replace(stop, fields={**stop.fields, "date": date[:_MONTH]})


def _long_past(date: str, reading: Reading) -> bool:
    """True for a month two months or more before the article: of what is planned, the coming one is meant."""
    if reading.published is None or len(date) < _MONTH:
        return False
    year, month = str(reading.published)[:4], str(reading.published)[5:7] or "01"
    return (int(year) - int(date[:4])) * 12 + int(month) - int(date[5:7]) >= _TWO


_MONTH, _TWO = 7, 2  # characters of a date with its month; months back


def _is_past(date: str, reading: Reading) -> bool:
    return reading.published is not None and date < str(reading.published)[: len(date)]


def _opening_phrase(event: Event, offset: int) -> bool:
    """True where the event stands in a phrase like "after his visit to A, …" and the main clause begins before the offset."""
    scene = event.scene
    if scene.grammar.phrases["at_the_end"].match(scene.reading.folded, scene.sentence.start) is None:
        return False
    comma = scene.reading.folded.find(",", event.end, offset)
    return comma >= 0 and any(argument.bare for argument in scene.after(comma, offset))
