"""When an accord was signed, and when what became of it happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.frames.attributes import Told, date_near, date_since, days_told
from loaders.reading.frames.events import Event
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.tokens import Instrument

_OPENS = 12  # characters of a participle that opens a sentence: "Signé à X, l'accord …"
_LATE = 14  # characters from a verb to "recently", "à ce jour"
_RIGHT_BEFORE = 20  # characters from a date to the noun it dates: "en 2012 un accord"
_FEW = 6  # facts told last
_EARLY = 3  # sentences that tell the news
_SIGNED = re.compile(r"(?<![a-z])(?:signed|concluded|signee?s?|conclue?s?|paraphee?s?)(?![a-z])")
_OF_OTHERS = re.compile(rf"{_SIGNED.pattern}|(?<![a-z])(?:dated|datee?s?|datant|remontant)(?![a-z])")
_SIGNED_ON = re.compile(r"(?<![a-z])(?:sign|conclu|paraph|initial)[a-z]*(?: (?:le|en|on|in))? ?\Z")
_THEN = re.compile(r"[^,;:.]{0,60}(?<![a-z])(?:lors d|au lendemain d|during |at the time of )")
_DAY = 10  # characters of a date with its day
_ANNOUNCED = re.compile(
    r"(?<![a-z])(?:said|announced|declared|reported"
    r"|a (?:annonce|declare|indique|precise|affirme|rapporte|souligne|fait savoir|appris))"
    r"(?: (?:in a (?:[a-z]+ )?statement|dans un communique(?: [a-z]+)?|late|tard|on|ce|le|,))* ?\Z"
)
_PERIOD = re.compile(r"(?<![a-z])(?:for|pour)(?: the year| l'annee)? \d{4}\Z")  # "the cooperation plan for 2020"


def told_day(event: Event, one: Instrument, knowledge: Knowledge, memory: Memory) -> tuple[str, Told] | None:
    """The field that is dated, `date` (of signing) or `status_date`, with its date; None where no day is told."""
    told = _years_before(event, knowledge) or _date(event, memory, _news(event, one))
    if told is None or (event.mood.bare and told.start >= event.high) or event.frame.id == "agreement/negotiated":
        return None  # "l'accord signé par A et B entrera en vigueur en 2026": the year is another verb's
    if _of_another(event, one, told):
        return None
    folded = event.scene.reading.folded
    signing = _SIGNED_ON.search(folded, max(0, told.start - 24), told.start) is not None
    signing = signing or (told.start > event.end and _SIGNED.search(folded, event.end, told.start) is not None)
    return ("date" if event.signs or signing else "status_date"), told  # "la fin de l'accord signé le 5 mai"


def _of_another(event: Event, one: Instrument, told: Told) -> bool:
    """True for the day of another verb: "X approved on Monday a pact signed with Y", "besides the one signed in 1963"."""
    scene = event.scene
    if event.mood.bare:
        here = (fact for fact in scene.told[-_FEW:] if fact.kind == "agreement" and fact.sentences == (scene.sentence.index,))
        first = any(reason.role == "type" and reason.start == one.start for fact in here for reason in fact.reasons)
        return first and (told.inferred or told.start < event.end)
    later = not told.inferred and event.signs and told.start > event.end
    return later and _OF_OTHERS.search(scene.reading.folded, event.end, told.start) is not None


def own_days(event: Event, named: Sequence[Instrument]) -> dict[Instrument, Told]:
    """The day of each of several, where each has one of its own: "une convention en 2011 et, en 2012, un accord"."""
    scene, ends = event.scene, [*(one.start for one in named[1:]), event.scene.sentence.end]
    after = [days_told(scene, one.end, end) for one, end in zip(named, ends, strict=True)]
    before = [days_told(scene, one.start - _RIGHT_BEFORE, one.start) for one in named]
    for found in (before, after) if all(before) else (after, before):
        own = {one: days[0] for one, days in zip(named, found, strict=True) if len(days) == 1}
        if len({told.date for told in own.values()}) > 1:
            return own
    return {}


def _news(event: Event, one: Instrument) -> bool:
    """False for what the article need not tell as new: "l'accord signé avec X", "a recently signed treaty"."""
    folded = event.scene.reading.folded
    if event.mood.bare and (one.definite or one.back or one.start >= event.end > event.scene.sentence.start + _OPENS):
        return False
    if one.definite and event.scene.reading.folded[event.start : event.end].split(" ")[0].endswith("ing"):
        return False  # "they travelled to X after signing the July agreement"
    if event.voice == "active" and one.end <= event.start and not event.frame.intransitive:
        return False  # "the treaty that X and Y signed": some time before
    if one.definite and event.frame.id == "agreement/reached":
        return False  # "the treaty was reached by friendly negotiation", some time before its ratification
    if event.voice == "noun" and one.definite and event.scene.sentence.index > _EARLY:
        return False
    told_then = event.mood.bare and _THEN.match(event.scene.reading.folded, event.end) is not None
    if told_then and event.scene.sentence.index > 1:
        return False  # "l'accord conclu lors de la visite": the visit need not be the one that the article tells
    if one.back and event.scene.sentence.index > 1:
        return False  # "ces accords ont été signés": on the day of those told before
    return event.scene.grammar.phrases["of_late"].search(folded, event.low, event.end + _LATE) is None


def _date(event: Event, memory: Memory, lead: bool) -> Told | None:
    """The day of the event; what binds is dated only by since when it does ("a pact that has bound them since 1951")."""
    if event.frame.id == "agreement/binding":
        return date_since(event.scene, event.start)
    told = date_near(event.scene, event.start, event.end, memory, lead, noun=event.voice == "noun")
    published = event.scene.reading.published
    if told is None or event.mood.mood != "done":
        planned = told is not None and told.inferred and (event.signs or event.mood.mood == "planned")
        return None if planned and told is not None and published is not None and told.date <= str(published) else told
    if (
        told.start > event.end
        and len(told.date) == _DAY
        and _ANNOUNCED.search(event.scene.reading.folded, event.end, told.start)
    ):
        told = replace(told, date=told.date[:7])  # "signed a pact, X said on Thursday": the month stands for the act
    if not told.inferred and _PERIOD.search(event.scene.reading.folded[max(0, told.start - 6) : told.end]):
        told = _opening_day(event, memory, lead)
    if told is not None and told.inferred and len(told.date) == 10 and event.scene.sentence.index > 1:
        told = replace(told, date=told.date[:7])  # the day of the news is sure only of what opens them
    ahead = told is not None and told.inferred and published is not None and told.date > str(published)
    return replace(told, date=str(published)[:7]) if told is not None and ahead else told


def _opening_day(event: Event, memory: Memory, lead: bool) -> Told | None:
    """The day the article opens with, for what its opening tells."""
    if not lead or memory.lead_date is None or event.start >= memory.lead_end:
        return None
    return Told(str(memory.lead_date), event.start, event.end, "the day the article opens with", True)


def _years_before(event: Event, knowledge: Knowledge) -> Told | None:
    """ "huit ans après la signature de …": the year counted back from the day the article speaks on."""
    reading = event.scene.reading
    if event.voice != "noun" or reading.published is None or reading.published.year is None:
        return None
    before = reading.folded[max(event.scene.sentence.start, event.start - 50) : event.start]
    found = event.scene.grammar.closing["years_after"].search(before)
    words = before[: found.start()].split() if found is not None else []
    number = int(knowledge.numbers[reading.language].value(words[-1]) or 0) if words else 0
    if not 0 < number < reading.published.year:
        return None
    return Told(str(reading.published.year - number), event.start, event.end, "counted back from the article's date")
