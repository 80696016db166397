"""Further ones that the same is told of, each on its own day: "Albania in 2008, Haiti in 2009", "followed by Oman in 2011"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from graph.model.claims import Reason, Value
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.grammar import Grammar
from loaders.reading.model import DATE, Candidate, Reading, When, known_day
from loaders.reading.numbers import NumberWords
from loaders.reading.phrasing import either

DOERS = {"relation": "by", "membership": "state", "mission": "sender", "deployment": "sender"}
"""The role of who does it, by kind."""
_MOST = 10  # links of one chain
_GOVERNED = 40  # characters before a verb in which "four years after" stands
_DATE = r",? ?\(?(?:[a-z]+ ){0,2}A_+\)?"  # "in 2019", "(2014)", "fin décembre 2000"
_ENDS = r"(?=\W*\Z|\s*[,.;:)]|\s(?:et|and|puis|then|ainsi|as|avant|before)(?![a-z]))"


@cache
def _expressions(small: frozenset[str], joins: frozenset[str], after: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """One link, and what opens a chain that is told after the verb; words of the language between."""
    light = rf"(?:(?:{either(small)})(?: |(?<=')))*"
    names = rf"{light}[SGC]_+(?: \([SGC]_+\))?(?:(?:, | et | and |, et |, and ){light}[SGC]_+(?: \([SGC]_+\))?)*"
    join = rf"(?:, (?:{either(joins)}) | (?:{either(joins)}) |, |; )"
    link = re.compile(rf"{join}(?P<names>{names})(?P<date>{_DATE}){_ENDS}")
    further = re.compile(rf"(?<![a-z])(?:{either(after)})(?![a-z])[^,.;:]{{0,40}}?(?<![a-z])(?:by |de |du |d'|par )")
    first = re.compile(rf"(?P<names>{names})(?P<date>{_DATE})?{_ENDS}")
    one = r"(?:l[ea]s? |l'|the )?[SG]_+"
    gap = re.compile(rf"A_+\)?, (?P<names>{one}(?: (?:et|and) {one})?)(?P<date>{_DATE}){_ENDS}")
    return link, further, first, re.compile(_DATE), gap


def chained(event: Event, fact: Candidate, roles: Mapping[str, Filler], numbers: NumberWords) -> Iterator[Candidate]:
    """The fact given, told again of each further link of its sentence, with that link's own day."""
    scene, role = event.scene, DOERS.get(event.frame.kind)
    if role is None:
        return
    link, further, first, date, gap = _expressions(*_words(scene.grammar))
    layer, end = scene.reading.layer, scene.sentence.end
    places = event.frame.kind == "mission" and event.several  # "opened embassies in A in 2019, B in 2020" goes on to a place
    doers = role in roles and event.voice == "active" and not places and not _soils(event, roles, date)
    left_out = gap.search(layer, event.end, end) if doers else None
    for name, filler in roles.items():
        own = date.match(layer, filler.end, end)
        if name in ("with", "parties") or filler.inferred or own is None or (name == "host" and left_out is not None):
            continue
        yield from _links(event, fact, link, own.end(), name)
    if left_out is not None:
        yield from _told(event, fact, left_out, role)  # "A rompit en 2006, B en 2008": the verb of B is left out
        yield from _links(event, fact, link, left_out.end(), role)
    yield from _on_other_days(event, fact, roles.get(role))
    yield from _years_before(event, fact, role if role in roles else "", numbers)
    found = further.search(layer, event.end, end)
    head = first.match(layer, found.end(), end) if found is not None else None
    if head is not None and role in roles:
        yield from _told(event, fact, head, role)
        yield from _links(event, fact, link, head.end(), role)


def _on_other_days(event: Event, fact: Candidate, doer: Filler | None) -> Iterator[Candidate]:
    """ "was suspended in 2000 and again in 2009": the same of the same one, on a further day."""
    scene = event.scene
    if event.frame.kind == "mission" or doer is None or len(doer.codes) != 1 or "date" not in fact.fields:
        return
    again = _again_words(scene.grammar.words["once_more"])
    for found in again.finditer(scene.reading.layer, event.end, scene.sentence.end):
        days = [_date_at(event, *found.span(name)) for name in ("first", "second")]
        joined = found["joined"] or scene.reading.folded.startswith(("et ", "and "), found.start("second"))  # "et 2007" is one
        span = scene.reading.folded.startswith(_SPANS, found.start("first"))
        if days[0] != fact.fields["date"] or days[1] is None or span or not joined:
            continue
        reason = Reason("date", scene.reading.text[slice(*found.span("second"))], *found.span("second"), "a further day of it")
        yield replace(fact, fields={**fact.fields, "date": days[1]}, reasons=(*fact.reasons, reason))
        return


@cache
def _again_words(once_more: frozenset[str]) -> re.Pattern[str]:
    more = either(once_more)
    return re.compile(
        rf"(?P<first>A_+),? (?P<joined>(?:et|and|puis|then)(?: (?:{more}))?,? (?:(?:in|en) )?)?(?P<second>A_+)"
        rf"(?: (?:{more}))?(?=\W*\Z|[,.;:)])"
    )


def _date_at(event: Event, start: int, end: int) -> str | None:
    """The day that stands at [start, end), where its year is known."""
    day = next(iter(event.scene.reading.mentions_in(start, end, DATE)), None)
    date = known_day(day)
    return str(date) if date is not None else None


def _years_before(event: Event, fact: Candidate, role: str, numbers: NumberWords) -> Iterator[Candidate]:
    """ "joined, two years after Finland": another one, so many years before."""
    scene, date = event.scene, fact.fields.get("date")
    found = _AFTER_WHOM.search(scene.reading.layer, event.end, scene.sentence.end) if role and isinstance(date, str) else None
    years = _years(numbers, found) if found is not None else None
    if found is None or years is None or not isinstance(date, str) or not date[:4].isdigit():
        return
    for told in _told(event, fact, found, role):
        yield replace(told, fields={**told.fields, "date": str(int(date[:4]) - years)})


_AFTER_WHOM = re.compile(
    r"(?<![a-z])(?P<years>[a-z]+|\d{1,2}) (?:ans?|years?) (?:apres|after) "
    r"(?P<names>(?:l[ea]s? |l'|the )?S_+(?:(?:, | et | and )(?:l[ea]s? |l'|the )?S_+)*)(?P<date>)(?=\W*\Z|[,.;:)])"
)
_YEARS_AFTER = re.compile(r"(?<![a-z])(?P<years>[a-z]+|\d{1,2}) (?:ans?|years?) (?:apres (?:l'|la |le )?|after )(?:[a-z]+ )?\Z")
_SPANS = ("entre ", "between ", "from ", "de ")


def _years(numbers: NumberWords, found: re.Match[str]) -> int | None:
    """How many years: "two", "a"; None for a word that is no number."""
    if found["years"] in ("a", "an", "un", "one"):
        return 1
    value = numbers.value(found["years"])
    return int(value) if value else None


def in_turn(event: Event, fact: Candidate, roles: Mapping[str, Filler]) -> Candidate:
    """The fact on its own one of the days told "respectively": "A and B left in 1949 and 2016 respectively"."""
    role = DOERS.get(event.frame.kind, "")
    codes = roles[role].codes if role in roles else ()
    days = respective(event.scene.reading, event.end, event.scene.sentence.end, len(codes))
    if not days:
        return fact
    day = days[codes.index(str(fact.fields[role]))]
    return replace(fact, fields={**fact.fields, "date": str(day.date)})


def respective(reading: Reading, low: int, high: int, count: int) -> tuple[When, ...]:
    """The days of "in 1949 and 2016 respectively", where they are as many as the doers; else none."""
    if count < _PAIR or _RESPECTIVELY.search(reading.folded, low, high) is None:
        return ()
    days = [
        m.value for m in reading.mentions_in(low, high, DATE) if isinstance(m.value, When) and m.value.date.year is not None
    ]
    return tuple(days) if len(days) == count else ()


_PAIR = 2
_RESPECTIVELY = re.compile(r"(?<![a-z])(?:respectively|respectivement)(?![a-z])")


def _soils(event: Event, roles: Mapping[str, Filler], date: re.Pattern[str]) -> bool:
    """True where the soil has its day beside it: "troops left A in 2022, B in 2023" goes on to another soil."""
    host = roles.get("host") if event.frame.kind == "deployment" else None
    return host is not None and date.match(event.scene.reading.layer, host.end) is not None


def own_day(event: Event, fact: Candidate, roles: Mapping[str, Filler], numbers: NumberWords) -> Candidate:
    """The fact with the day that stands in brackets after who does it: "ceux de A (7 mai), de B (9 mai)"."""
    role = DOERS.get(event.frame.kind, "")
    filler = roles.get(role)
    counted = _YEARS_AFTER.search(event.scene.reading.folded, max(0, event.start - _GOVERNED), event.start)
    if counted is not None:
        return _counted_back(event, fact, counted, numbers)
    if filler is None or filler.inferred or not event.scene.reading.folded.startswith(" (", filler.end):
        return fact
    day = next(iter(event.scene.reading.mentions_in(filler.end, filler.end + 4, DATE)), None)
    if day is None or not isinstance(day.value, When) or day.value.date.year is None:
        return fact
    return replace(fact, fields={**fact.fields, "date": str(day.value.date)})


def _counted_back(event: Event, fact: Candidate, counted: re.Match[str], numbers: NumberWords) -> Candidate:
    """The fact so many years before what its sentence tells first: "returned in 2020, four years after quitting it"."""
    days = event.scene.reading.mentions_in(event.scene.sentence.start, counted.start(), DATE)
    day = days[-1].value if days else None
    years = _years(numbers, counted)
    fields = {name: value for name, value in fact.fields.items() if name != "date"}
    if isinstance(day, When) and day.date.year is not None and years is not None:
        fields["date"] = str(day.date.year - years)
    return replace(fact, fields=fields)


def _words(grammar: Grammar) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return grammar.words["chain_light"], grammar.words["chain_joins"], grammar.words["followed_by"]


def _links(event: Event, fact: Candidate, link: re.Pattern[str], position: int, role: str) -> Iterator[Candidate]:
    layer, end = event.scene.reading.layer, event.scene.sentence.end
    for _ in range(_MOST):
        found = link.match(layer, position, end)
        if found is None:
            return
        yield from _told(event, fact, found, role)
        position = found.end()


def _told(event: Event, fact: Candidate, found: re.Match[str], role: str) -> Iterator[Candidate]:
    """One fact for each name of a link."""
    reading = event.scene.reading
    day = next(iter(reading.mentions_in(*found.span("date"), DATE)), None) if found["date"] else None
    member = event.frame.kind == "membership"  # an organisation is what is joined, no further member
    for mention in reading.mentions_in(*found.span("names"), "G" if role == "organisation" else "SC" if member else "SGC"):
        fields = with_doer(fact, role, mention.codes[0]) if len(mention.codes) == 1 else None
        if fields is None:
            continue
        who = Reason(role, reading.words(mention), mention.start, mention.end, "a further one, told after it")
        reasons = [*fact.reasons, who]
        if day is not None and (date := known_day(day)) is not None:
            fields["date"] = str(date)
            reasons.append(Reason("date", reading.words(day), day.start, day.end, "the day of this one"))
        yield replace(fact, fields=fields, reasons=tuple(reasons))


def with_doer(fact: Candidate, role: str, code: str) -> dict[str, Value] | None:
    """The fields with another in one role, what was told of the first alone left out; None for one that acts on itself."""
    fields = {name: value for name, value in fact.fields.items() if name not in ("date", "personnel", "place")}
    parties = fields.get("parties")
    if isinstance(parties, tuple) and role == "by":
        if code == fields.get("by") or len(parties) != 2:
            return None
        rest = tuple(party for party in parties if party not in (fields.get("by"), code)) or (str(fields["by"]),)
        fields["parties"], fields["by"] = (code, *rest), code
        return fields
    return {**fields, role: code} if code not in fields.values() else None
