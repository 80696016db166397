"""The register of an article's people: what is said of each name, put together when the article has been read."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.model.folding import fold
from loaders.reading.model import NAME, PERSON, TITLE, Holding, Mention, Person, Reading, Title

_MOST_ALIKE = 24  # persons sharing a word that a name is compared with
_PREFIXES = ("al-", "el-", "ul-", "as-", "ad-", "an-", "ar-", "at-", "az-", "es-", "ed-")
_GENERIC = "minister"  # a minister whose department is not said
_INDEFINITE = (
    "un ",
    "une ",
    "tout ",
    "chaque ",
    " a ",
    " an ",
    "any ",
    "every ",
    "no ",
    "aucun ",
    "des ",
    "d'un ",
    "nouvel ",
    "futur ",
    "each ",
)
_SHARED = frozenset({"military_officer", "director", "advisor", "other", "special_envoy", "legislator", "deputy_minister", "consul"})
"""Offices that many hold at a time: a bare title of such an office means nobody in particular."""
_THEIRS = ("leur ", "leurs ", "their ")
_FEW = 60  # office-holders of one article among whom pairs are looked for
_NEAR = 2  # sentences back in which the person stands whom a bare title describes
_HEADING = 8  # characters from a sentence's start within which a title is its subject
_CHAIN = 90  # characters between a sentence's start and a counterpart in which the first office-holder is sought


@dataclass(frozen=True, slots=True)
class Said:
    """A title said of a name at one place; `beside` when nothing else stands between them."""

    title: Mention
    of: tuple[str, ...]
    why: str
    beside: bool


@dataclass(slots=True)
class _Entry:
    """One place where a name stands, with what is said there."""

    mention: Mention
    said: list[Said]
    state: str | None
    how: str


@dataclass(slots=True)
class _Somebody:
    """A person in the making."""

    words: tuple[str, ...]
    name: str
    entries: list[_Entry] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    state: str | None = None
    state_from: str = ""


class Register:
    """Filled in reading order, settled once."""

    def __init__(self, honoured: frozenset[int], career: frozenset[str]) -> None:
        self.honoured = honoured
        self.career = career  # states whose "foreign secretary" is no minister
        self.entries: list[_Entry] = []
        self.bare: list[Mention] = []
        self.people: list[_Somebody] = []
        self.by_word: dict[str, list[int]] = {}
        self.of_entry: dict[int, int] = {}  # start of a name -> index of its person

    def name(self, mention: Mention, said: list[Said], state: str | None, how: str) -> None:
        """A name, the titles said of it here, and the state that stands beside it."""
        self.entries.append(_Entry(mention, said, state, how))

    def title(self, mention: Mention) -> None:
        """A title that speaks of no name of its sentence."""
        self.bare.append(mention)

    def settled(self, reading: Reading) -> Reading:
        """The reading with persons, holdings and P mentions."""
        self._cluster()
        for index, somebody in enumerate(self.people):
            _settle_state(somebody)
            somebody.holdings = list(_holdings(index, somebody, reading))
        _settle_counterparts(self.people, self.of_entry, self.entries, self.bare, reading)
        _guess_states(self.people, reading)
        _describe(self.people, self.bare, self.of_entry, self.entries, reading)
        _describe_several(self.people, self.bare, self.of_entry, self.entries, reading)
        bare = _holders(self.bare, self.people, reading)
        persons = tuple(_person(somebody, self.honoured, self.career) for somebody in self.people)
        holdings = tuple(sorted((h for s in self.people for h in _final(s, self.career)), key=lambda h: (h.name.start, h.office)))
        mentions = _mentions(reading, self.people, bare)
        persons = _located(persons, mentions)
        return replace(reading, persons=persons, holdings=holdings).with_mentions(mentions)

    def _cluster(self) -> None:
        """Full names first, then parts of them; a lone word that is part of no full name needs a title or an honorific."""
        order = sorted(range(len(self.entries)), key=lambda i: (-len(_words(self.entries[i].mention)), i))
        for index in order:
            entry = self.entries[index]
            words = _words(entry.mention)
            found = self._known(words, entry.mention.start)
            if found is None:
                if len(words) == 1 and not entry.said and entry.state is None and entry.mention.start not in self.honoured:
                    continue
                found = len(self.people)
                self.people.append(_Somebody(words, str(entry.mention.value)))
                for word in dict.fromkeys(words):
                    self.by_word.setdefault(word, []).append(found)
            self.people[found].entries.append(entry)
            self.of_entry[entry.mention.start] = found
        for somebody in self.people:
            somebody.entries.sort(key=lambda entry: entry.mention.start)

    def _known(self, words: tuple[str, ...], start: int) -> int | None:
        """The person already known by these words: the same family name, and no word that contradicts."""
        alike = [i for i in self.by_word.get(words[-1], ())[:_MOST_ALIKE] if set(words) <= set(self.people[i].words)]
        if not alike and len(words) > 1:
            alike = [i for i in self.by_word.get(words[0], ())[:_MOST_ALIKE] if set(words) <= set(self.people[i].words)]
        family = [i for i in alike if self.people[i].words[-1] == words[-1]] or alike
        if len(family) < 2:
            return family[0] if family else None
        before = [i for i in family if self.people[i].entries[0].mention.start < start]
        return max(
            before or family,
            key=lambda i: max(
                [e.mention.start for e in self.people[i].entries[-_MOST_ALIKE:] if e.mention.start < start] or [0]
            ),
        )


def _words(mention: Mention) -> tuple[str, ...]:
    found = []
    for word in fold(str(mention.value)).replace(".", " ").split():
        bare = next(
            (word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 1), word
        )
        found.append(bare)
    return tuple(found) or ("?",)


def _settle_state(somebody: _Somebody) -> None:
    """The agent that titles, or a people's name beside the person, give them most often."""
    told = [code for entry in somebody.entries for said in entry.said if not _title(said).former for code in said.of[:1]]
    if told:
        counted = Counter(told)
        somebody.state, somebody.state_from = max(counted, key=lambda code: (counted[code], -told.index(code))), "title"
        return
    beside = [(entry.state, entry.how) for entry in somebody.entries if entry.state is not None]
    if beside:
        somebody.state, somebody.state_from = beside[0]


def _title(said: Said) -> Title:
    assert isinstance(said.title.value, Title)
    return said.title.value


def _holdings(index: int, somebody: _Somebody, reading: Reading) -> Iterator[Holding]:
    for entry in somebody.entries:
        for said in entry.said:
            title = _title(said)
            if title.former or title.counterpart:
                continue
            sentence = reading.sentence_at(entry.mention.start)
            for office in title.offices:
                of, how = (said.of[0], "title") if said.of else (somebody.state, somebody.state_from)
                yield Holding(index, office, of, how, said.title, entry.mention, sentence.index if sentence else 0, said.why)


def _settle_counterparts(
    people: list[_Somebody], of_entry: dict[int, int], entries: list[_Entry], bare: list[Mention], reading: Reading
) -> None:
    """ "Son homologue": the office of the sentence's first office-holder, else of the last one before the sentence."""
    holders = _office_places(people, entries, of_entry, bare)
    for entry in entries:
        index = of_entry.get(entry.mention.start)
        for said in entry.said:
            if index is None or not _title(said).counterpart or _title(said).former:
                continue
            sentence = reading.sentence_at(entry.mention.start)
            theirs = reading.folded[max(0, said.title.start - 8) : said.title.start].endswith(_THEIRS)
            known = [p for p in holders if _shared(p, holders)] if theirs and len(holders) < _FEW else holders
            offices = _office_before(known or holders, sentence.start if sentence else 0, entry.mention.start, index)
            somebody = people[index]
            for office in offices:
                of, how = (said.of[0], "counterpart") if said.of else (somebody.state, somebody.state_from)
                place = sentence.index if sentence else 0
                somebody.holdings.append(
                    Holding(index, office, of, how, said.title, entry.mention, place, "counterpart of an office-holder")
                )
            if said.of and somebody.state_from == "title":
                somebody.state_from = "counterpart"


def _shared(place: tuple[int, int, tuple[str, ...]], places: list[tuple[int, int, tuple[str, ...]]]) -> bool:
    """True for an office that two people hold: "their counterpart" has it too."""
    return any(other[1] != place[1] and other[1] >= 0 <= place[1] and other[2][:1] == place[2][:1] for other in places)


def _office_places(
    people: list[_Somebody], entries: list[_Entry], of_entry: dict[int, int], bare: list[Mention]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where office-holders stand: offset, person (-1 for a bare title), offices; in reading order."""
    places: list[tuple[int, int, tuple[str, ...]]] = []
    for entry in entries:
        index = of_entry.get(entry.mention.start)
        if index is not None:
            here = [office for said in entry.said for office in _title(said).offices]
            offices = tuple(dict.fromkeys(here or [holding.office for holding in people[index].holdings]))
            offices = tuple(office for office in offices if office != _GENERIC or len(offices) == 1)
            if offices:
                places.append((entry.mention.start, index, offices))
    for mention in bare:
        if isinstance(mention.value, Title) and mention.value.offices and not mention.value.former and mention.why != "title: rank":
            places.append((mention.start, -1, mention.value.offices))
    return sorted(places)


def _office_before(places: list[tuple[int, int, tuple[str, ...]]], sentence: int, start: int, person: int) -> tuple[str, ...]:
    low = next(
        (i for i in range(_lower(places, sentence), len(places)) if places[i][1] != person and places[i][0] < start), None
    )
    if low is not None and places[low][0] >= sentence:
        return places[low][2][:1]
    for i in range(_lower(places, sentence) - 1, max(-1, _lower(places, sentence) - 5), -1):
        if places[i][1] != person:
            return places[i][2][:1]
    after = _lower(places, start + 1)
    return (
        places[after][2][:1] if after < len(places) and places[after][0] - start < _CHAIN and places[after][1] != person else ()
    )


def _lower(places: list[tuple[int, int, tuple[str, ...]]], offset: int) -> int:
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if places[middle][0] < offset:
            low = middle + 1
        else:
            high = middle
    return low


def _guess_states(people: list[_Somebody], reading: Reading) -> None:
    """Office-holders of no named state: the dateline's, if it is spoken of, else the half of the pair that has no such holder."""
    spoken = {code for mention in reading.mentions if mention.mark in "SDT" for code in mention.codes}
    home = reading.dateline.codes[0] if reading.dateline is not None and reading.dateline.codes else None
    for somebody in people:
        if somebody.state is not None or not somebody.holdings:
            continue
        offices = {holding.office for holding in somebody.holdings}
        rivals = (
            {
                other.state
                for other in people
                if other.state and other.state_from and offices & {h.office for h in other.holdings}
            }
            if len(people) < 200
            else set()
        )
        if home is not None and home in spoken and home not in rivals:
            somebody.state, somebody.state_from = home, "dateline"
        else:
            free = [code for code in reading.pair if code not in rivals]
            if free:
                somebody.state, somebody.state_from = free[0], "pair"
        somebody.holdings = [
            replace(h, of=somebody.state, of_from=somebody.state_from) if h.of is None else h for h in somebody.holdings
        ]


def _describe(
    people: list[_Somebody], bare: list[Mention], of_entry: dict[int, int], entries: list[_Entry], reading: Reading
) -> None:
    """A bare title that nobody named holds describes the one person without an office whom the sentences before are about."""
    starts = [entry.mention.start for entry in entries]
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or title.plural or title.former or title.counterpart or not title.offices:
            continue
        office = title.offices[0]
        if office in _SHARED or office == _GENERIC or not _definite(mention, reading):
            continue
        sentence = reading.sentence_at(mention.start)
        first = reading.sentences[max(0, sentence.index - _NEAR)].start if sentence else 0
        holders = [s for s in people if any(h.office == office for h in s.holdings[:4]) and (not title.of or s.state in title.of)]
        if any(title.of or first <= e.mention.start < mention.start for s in holders[:_MOST_ALIKE] for e in s.entries[-_MOST_ALIKE:]):
            continue
        near = [of_entry[start] for start in starts[bisect_left(starts, first) : bisect_left(starts, mention.start)] if start in of_entry]
        same = {i for i in near if sentence and any(sentence.start <= e.mention.start < mention.start for e in people[i].entries)}
        free = [i for i in dict.fromkeys(near) if not _strong(people[i]) and (not title.of or people[i].state in (None, *title.of)) and i not in same]
        if len(free) == 1 or (free and sentence and mention.start - sentence.start < _HEADING):
            somebody = people[free[0]]
            if title.of and somebody.state is None:
                somebody.state, somebody.state_from = title.of[0], "title"
            where = next(e.mention for e in reversed(somebody.entries) if e.mention.start < mention.start)
            how = "title" if title.of else somebody.state_from
            place = sentence.index if sentence else 0
            somebody.holdings.append(Holding(free[0], office, somebody.state, how, mention, where, place, "described by a title later"))


def _describe_several(
    people: list[_Somebody], bare: list[Mention], of_entry: dict[int, int], entries: list[_Entry], reading: Reading
) -> None:
    """"Les deux présidents" after two people without an office: both hold it."""
    starts = [entry.mention.start for entry in entries]
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or not title.plural or title.former or title.counterpart or not title.offices:
            continue
        office = title.offices[0]
        if office in _SHARED or office == _GENERIC or mention.why == "title: rank":
            continue
        sentence = reading.sentence_at(mention.start)
        place = sentence.index if sentence else 0
        for back in range(_NEAR + 1):
            first = reading.sentences[max(0, place - back)].start if sentence else 0
            near = list(dict.fromkeys(of_entry[s] for s in starts[bisect_left(starts, first) : bisect_left(starts, mention.start)] if s in of_entry))
            if len(near) >= 2:
                break
        if len(near) != 2 or all(_strong(people[i]) for i in near):
            continue
        if any(_strong(people[i]) and office not in {h.office for h in people[i].holdings} for i in near):
            continue
        for order, index in enumerate(near):
            somebody = people[index]
            if somebody.state is None and len(title.of) == 2:
                somebody.state, somebody.state_from = title.of[order], "title"
            if not _strong(somebody):
                where = next(e.mention for e in reversed(somebody.entries) if e.mention.start < mention.start)
                somebody.holdings.append(
                    Holding(index, office, somebody.state, somebody.state_from, mention, where, place, "two people described by a title")
                )


def _definite(mention: Mention, reading: Reading) -> bool:
    return reading.folded[max(0, mention.start - 5) : mention.start].endswith(("le ", "la ", "l'", "the ", "du ", "au "))


def _strong(somebody: _Somebody) -> bool:
    """True for somebody who holds more than a rank."""
    return any(holding.title.why != "title: rank" for holding in somebody.holdings)


def _final(somebody: _Somebody, career: frozenset[str]) -> Iterator[Holding]:
    """What stays: a rank only for who has no other office, a minister of nothing only for who has no department."""
    offices = {holding.office for holding in somebody.holdings}
    departments = {office for office in offices if office.startswith(("minister_", "deputy_", "head_"))}
    for holding in somebody.holdings:
        if (
            holding.title.why == "title: rank"
            and len({h.office for h in somebody.holdings if h.title.why != "title: rank"}) > 0
        ):
            continue
        if holding.title.why == "title: foreign secretary" and holding.of in career:
            holding = replace(holding, office="other")
        if holding.office == _GENERIC:
            if departments:
                continue
            holding = replace(holding, office="minister_other")
        yield holding


def _holders(bare: list[Mention], people: list[_Somebody], reading: Reading) -> dict[int, int]:
    """Bare titles and whom they mean: the last holder of that office named before, else the only one named at all."""
    by_office: dict[str, list[int]] = {}
    for index, somebody in enumerate(people):
        for office in dict.fromkeys(holding.office for holding in somebody.holdings):
            by_office.setdefault(office, []).append(index)
            if office.startswith("minister_") or office == _GENERIC:
                by_office.setdefault("*minister", []).append(index)
    found: dict[int, int] = {}
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or title.plural or title.former or title.counterpart or not title.offices:
            continue
        if title.offices[0] in _SHARED or mention.why == "title: rank":
            continue
        lead = reading.folded[max(0, mention.start - 6) : mention.start]
        if lead.endswith(_INDEFINITE):
            continue
        office = "*minister" if title.offices == (_GENERIC,) else title.offices[0]
        fitting = [i for i in dict.fromkeys(by_office.get(office, ())) if not title.of or people[i].state in title.of][
            :_MOST_ALIKE
        ]
        before = [i for i in fitting if people[i].entries[0].mention.start < mention.start]
        if len(fitting) == 1:
            found[mention.start] = fitting[0]
        elif before and (title.of or len(before) == 1):
            found[mention.start] = max(
                before, key=lambda i: max(e.mention.start for e in people[i].entries if e.mention.start < mention.start)
            )
        elif before:
            last = max(before, key=lambda i: max(e.mention.start for e in people[i].entries if e.mention.start < mention.start))
            found[mention.start] = last
    return found


def _person(somebody: _Somebody, honoured: frozenset[int], career: frozenset[str]) -> Person:
    offices = tuple(dict.fromkeys((holding.office, holding.of) for holding in _final(somebody, career)))
    full = max(
        somebody.entries, key=lambda entry: (len(_words(entry.mention)), len(str(entry.mention.value)), -entry.mention.start)
    )
    titled = [said for entry in somebody.entries for said in entry.said]
    former = bool(titled) and all(_title(said).former for said in titled)
    sure = bool(titled) or any(entry.mention.start in honoured for entry in somebody.entries) or len(somebody.entries) > 1
    return Person(str(full.mention.value), offices, somebody.state, somebody.state_from, former=former, sure=sure)


def _mentions(reading: Reading, people: list[_Somebody], bare: dict[int, int]) -> tuple[Mention, ...]:
    """The reading's mentions, names and titles of persons joined to P mentions."""
    persons: dict[int, Mention] = {}
    gone: set[int] = set()
    for index, somebody in enumerate(people):
        codes = (somebody.state,) if somebody.state else ()
        for entry in somebody.entries:
            start, end = entry.mention.start, entry.mention.end
            why = "name" if not entry.said else entry.said[0].why
            for said in entry.said:
                if said.beside and said.title.start not in gone:
                    start, end = min(start, said.title.start), max(end, said.title.end)
                    gone.add(said.title.start)
            gone.add(entry.mention.start)
            persons[start] = Mention(PERSON, start, end, codes, (index,), why)
    kept: list[Mention] = []
    for mention in reading.mentions:
        if mention.start in persons and mention.mark in "TN":
            continue
        if mention.start in gone or _mere_capital(mention, reading):
            continue
        if mention.mark == TITLE and mention.start in bare:
            index = bare[mention.start]
            state = people[index].state
            mention = Mention(
                PERSON,
                mention.start,
                mention.end,
                (state,) if state else (),
                (index,),
                "bare title of a holder named elsewhere",
            )
        kept.append(mention)
    joined = sorted([*kept, *persons.values()], key=lambda mention: (mention.start, -mention.end))
    result: list[Mention] = []
    for mention in joined:
        if not result or mention.start >= result[-1].end:
            result.append(mention)
    return tuple(result)


def _mere_capital(mention: Mention, reading: Reading) -> bool:
    """True for a lone word at the start of a sentence: its capital shows nothing."""
    if mention.mark != NAME or " " in str(mention.value):
        return False
    sentence = reading.sentence_at(mention.start)
    return sentence is not None and mention.start <= sentence.start + 2


def _located(persons: tuple[Person, ...], mentions: tuple[Mention, ...]) -> tuple[Person, ...]:
    places: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.mark == PERSON and isinstance(mention.value, tuple):
            for index in mention.value:
                places.setdefault(index, []).append((mention.start, mention.end))
    return tuple(replace(person, mentions=tuple(places.get(index, ()))) for index, person in enumerate(persons))
