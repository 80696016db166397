"""What attaches to an event besides its parts: the day, the place, the fields of cooperation, sums and head counts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import ahocorasick

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.frames.inflection import DATA
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.model import AMOUNT, DATE, PLACE, Amount, Mention, Reading, When, known_day


class Phrases:
    """Folded phrases with what each stands for, found in one pass; overlapping finds go to the longest."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._automaton = ahocorasick.Automaton()
        self._empty = not entries
        self.words = frozenset(entries)
        for phrase, value in sorted(entries.items()):
            self._automaton.add_word(phrase, (len(phrase), value))
        self._automaton.make_automaton()

    def find(self, folded: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """(start, end, value) of each longest whole-word find in [start, end), in order, disjoint."""
        if self._empty:
            return []
        found: list[tuple[int, int, str]] = []
        for last, (length, value) in self._automaton.iter(folded, start, end):
            first = last + 1 - length
            if whole(folded, first, last + 1):
                while found and found[-1][0] >= first:
                    found.pop()
                if not found or found[-1][1] <= first:
                    found.append((first, last + 1, value))
        return found


def whole(folded: str, start: int, end: int) -> bool:
    """True when no letter or digit touches the stretch from outside."""
    return (start == 0 or not folded[start - 1].isalnum()) and (end >= len(folded) or not folded[end].isalnum())


@dataclass(frozen=True, slots=True)
class Domains:
    """The words that name a field of cooperation, by language."""

    phrases: Mapping[str, Phrases]

    def find(self, reading: Reading, start: int, end: int) -> tuple[str, ...]:
        """The domains named in [start, end), in order, without repetition; organisations' names are left out."""
        covered = list(reading.mentions_in(start, end, "GTPSC"))
        names: list[str] = []
        for first, last, name in self.phrases[reading.language].find(reading.folded, start, end):
            if name and not any(mention.start <= first and last <= mention.end for mention in covered):
                names.append(name)
        return tuple(dict.fromkeys(names))


def load_domains(known: Iterable[str] | None = None, path: Path = DATA / "domains.toml") -> Domains:
    """Read the domain words; a domain that is not `known`, or a word given to two domains, raises BadData."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    allowed = set(known) if known is not None else None
    phrases = {}
    for language in ("fr", "en"):
        entries: dict[str, str] = {}
        for domain, words in table[language].items():
            if allowed is not None and domain not in allowed and domain != "none":
                raise BadData(f"{path.name}: {language}.{domain} is no notation of the scheme Domain")
            for word in map(fold, words):
                domain = "" if domain == "none" else domain
                if entries.setdefault(word, domain) != domain:
                    raise BadData(f"{path.name}: {word!r} stands for {entries[word]} and for {domain}")
        phrases[language] = Phrases(entries)
    return Domains(phrases)


@dataclass(slots=True, unsafe_hash=True)  # not frozen: made by the thousand, and never changed
class Told:
    """A date for an event, where it stands, and whether the clause itself gives it."""

    date: str
    start: int
    end: int
    why: str
    inferred: bool = False


def date_near(scene: Scene, start: int, end: int, memory: Memory, lead: bool = True, noun: bool = False) -> Told | None:
    """The day of what is told at [start, end): in the clause, else the sentence, else (opening sentences) the lead date."""
    reading = scene.reading
    low, high = scene.clause(start)
    dates = reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE)
    close = (m for m in dates if end <= m.start < min(end + 10, high))
    since = next((m for m in close if isinstance(m.value, When) and not _so_far(scene, m)), None)
    if since is not None and known_day(since) is not None:
        return _told(since, "date right after the word")
    for first, last, why in (
        (low, high, "date in the clause"),
        (scene.sentence.start, scene.sentence.end, "date in the sentence"),
    ) * bool(dates):
        found = [m for m in dates if first <= m.start < last and _day_of_event(scene, m)]
        found = [m for m in found if m.start < end or _ASIDE.search(reading.folded, end, m.start) is None]
        found = [m for m in found if not _set_apart(reading.folded, first, m, start)]
        found = _of_own_verb(found, reading.folded, first, start, end)
        if why.endswith("sentence"):
            found = [m for m in found if not _in_relative(scene, m.start, low)]
        if why.endswith("sentence") and len(found) > 1:
            found = []
        found = [m for m in found if known_day(m) is not None] or found
        if found:
            nearest = min(found, key=lambda mention: (_distance(mention, start, end, 3 if noun else 2), mention.start))
            return _told(nearest, why)
    earlier = _HAD.search(reading.folded, max(0, start - _BEFORE), start) is not None  # "had signed": before the news
    if lead and memory.lead_date is not None and start < memory.lead_end and not earlier:
        return Told(str(memory.lead_date), start, end, "the day the article opens with", True)
    return _date_before(scene) if earlier else None


def _of_own_verb(found: list[Mention], folded: str, low: int, start: int, end: int) -> list[Mention]:
    """ "set up ties in 1964, raised them in 2016": a day that ends the words of another verb is not this one's."""
    if not any(mention.start >= end for mention in found):
        return found
    return [
        mention
        for mention in found
        if mention.end > start or mention.start - low <= _OPENS or _ENDS_VERB.match(folded, mention.end, start) is None
    ]


_OPENS = 24  # characters from the start of a clause to a day that stands before all that it tells
_ENDS_VERB = re.compile(r"(?:,? (?:and|et|puis|then)|,) (?:les |la |le |l'|them |had |avait |a |was )?(?=\Z|(?:[a-z]+ )?\Z)")


def _date_before(scene: Scene) -> Told | None:
    """The one date of the sentence before, where both tell of one past: "They had met in 2015. Three texts had been signed"."""
    reading, sentence = scene.reading, scene.sentence
    if sentence.index == 0 or reading.sentences[sentence.index - 1].paragraph != sentence.paragraph:
        return None
    before = reading.sentences[sentence.index - 1]
    if _HAD_BEEN.search(reading.folded, before.start, before.end) is None:
        return None
    dates = [m for m in reading.mentions_in(before.start, before.end, DATE) if isinstance(m.value, When)]
    when = dates[0].value if len(dates) == 1 else None
    if not isinstance(when, When) or when.date.year is None:
        return None
    return Told(str(when.date), dates[0].start, dates[0].end, "the date of the sentence before, of the same past", True)


_HAD_BEEN = re.compile(r"(?<![a-z])(?:avait|avaient|s'etait|s'etaient|had|etait|etaient)(?![a-z])")


_ASIDE = re.compile(
    r",\s*(?:qu'|(?:which|whose|where|qui|que|dont)(?![a-z]))"
    r"|(?<![a-z])(?:since (?:[a-z]+ing|he|she|his|her)|depuis (?:la|le|les|son|sa|ses|qu'(?:il|elle))) (?:[^\d,.;:]{2,60} )?\Z"
)  # "a visit, which …", "his first visit since he took office in"
_OPENED = re.compile(r",\s*(?:which|who|where|qui|que|qu'|dont|ou)(?![a-z])[^,;]*\Z")
_HAD = re.compile(r"(?<![a-z])(?:avait|avaient|had)(?: [a-z'-]+){0,6} \Z")
_BEFORE = 60  # characters before a trigger in which its auxiliary stands
_RELATIVE = re.compile(r"[\s,]*(?:qu'|(?:which|whose|where|qui|que|dont|ou)(?![a-z]))")


def _set_apart(folded: str, low: int, mention: Mention, start: int) -> bool:
    """True for a date in a relative clause that ends before the trigger: "X, qui était arrivé lundi, a signé …"."""
    if mention.end > start or "," not in folded[mention.end : start]:
        return False
    return _OPENED.search(folded, low, mention.start) is not None


def _in_relative(scene: Scene, offset: int, low: int) -> bool:
    """True in a later relative clause: "restored ties with X, which it had cut in 2012" tells no year of the first."""
    start, _ = scene.clause(offset)
    return start > low and _RELATIVE.match(scene.reading.folded, start) is not None


def date_since(scene: Scene, start: int) -> Told | None:
    """When what lasts began: "depuis 2013", "since May 1996"; None where the clause does not say."""
    reading = scene.reading
    for mention in reading.mentions_in(*scene.clause(start), DATE):
        when = mention.value
        began = reading.folded[max(0, mention.start - 12) : mention.start + 6].split()[-3:]
        if isinstance(when, When) and when.date.year is not None and {"depuis", "since"} & set(began):
            return Told(str(when.date), mention.start, mention.end, "since when it has been so")
    return None


def _so_far(scene: Scene, mention: Mention) -> bool:
    """True for the date of "à ce jour", "to date": it dates nothing."""
    around = scene.reading.folded[max(0, mention.start - 4) : mention.end]
    return scene.grammar.phrases["so_far"].search(around) is not None


def _day_of_event(scene: Scene, mention: Mention) -> bool:
    """True for a date with a year that is no stretch's end: "depuis 2017" dates nothing that happened."""
    if not isinstance(mention.value, When):
        return False
    reading = scene.reading
    if _so_far(scene, mention):
        return False
    if mention.value.date.year is None and reading.published is not None:
        return False
    if _TO_YEAR.match(reading.folded, mention.end) is not None and mention.value.date.precision == 1:
        return False  # "le programme 2022-2025"
    if mention.value.date.precision == 1 and _of_period(scene, mention.start):
        return False
    around = reading.folded[max(0, mention.start - 8) : mention.end]
    return scene.grammar.phrases["stretch"].search(around) is None


def days_told(scene: Scene, start: int, end: int) -> list[Told]:
    """The dates with a year in [start, end) that may be days on which something happened."""
    layer, tie = scene.reading.layer, scene.grammar.closing["dated_from"]
    found = (
        m
        for m in scene.reading.mentions_in(start, end, DATE)
        if _day_of_event(scene, m) or tie.search(layer[start : m.start]) is not None
    )
    return [_told(m, "date beside it") for m in found if known_day(m) is not None]


def _of_period(scene: Scene, start: int) -> bool:
    """True for the last year of "pour les années 2019, 2020 et 2021", "for the years 2019/2020"."""
    words = scene.reading.folded[max(scene.sentence.start, start - _YEARS) : start].replace("/", " ").replace(",", " ").split()
    while words and (words[-1][:1].isdigit() or words[-1] in scene.grammar.conjunctions or words[-1] in ("of", "de")):
        words.pop()
    return bool(words) and scene.grammar.phrases["periods"].fullmatch(words[-1]) is not None


_YEARS = 40  # characters from "the years" to the last of them
_TO_YEAR = re.compile(r" ?[-–/] ?\d{2,4}(?!\d)")


def _told(mention: Mention, why: str) -> Told:
    when = mention.value
    assert isinstance(when, When)  # the caller has looked
    return Told(str(when.date), mention.start, mention.end, why)


def _distance(mention: Mention, start: int, end: int, before: int = 2) -> int:
    """How far a mention lies from a stretch; what follows counts as nearer than what stands before."""
    return mention.start - end if mention.start >= end else (start - mention.end) * before


def place_near(scene: Scene, start: int, end: int) -> Mention | None:
    """The city that the clause, else the sentence, says it happened in."""
    low, high = scene.clause(start)
    for first, last in ((low, high), (scene.sentence.start, scene.sentence.end)):
        found = [
            argument.mentions[0]
            for argument in scene.arguments
            if argument.mentions[0].mark == PLACE and argument.cue in ("to", "in") and first <= argument.start < last
        ]
        if found:
            return min(found, key=lambda mention: (_distance(mention, start, end), mention.start))
    return None


def place_name(mention: Mention, reading: Reading) -> str:
    """A place as the article writes it, or the name the gazetteer gives it."""
    return mention.value if isinstance(mention.value, str) and mention.value else reading.words(mention)


def money_near(scene: Scene, low: int, high: int) -> tuple[Mention, Amount] | None:
    """The first sum of money in [low, high)."""
    for mention in scene.reading.mentions_in(low, high, AMOUNT):
        if isinstance(mention.value, Amount) and mention.value.currency:
            return mention, mention.value
    return None


def headcount_near(scene: Scene, low: int, high: int) -> tuple[Mention, int] | None:
    """The first number of persons in uniform in [low, high)."""
    for mention in scene.reading.mentions_in(low, high, AMOUNT):
        if isinstance(mention.value, Amount) and mention.value.unit == "personnel":
            return mention, int(mention.value.value)
    return None
