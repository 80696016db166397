"""Definite descriptions: bare titles that speak of people named in the sentences before."""

from __future__ import annotations

from bisect import bisect_left

from loaders.reading.model import Holding, Mention, Reading, Title
from loaders.reading.register import GENERIC, MOST_ALIKE, SHARED, Entry, Somebody, holds_more_than_a_rank

_NEAR = 2  # sentences back in which the person stands whom a bare title describes
_EARLY = 12  # names from the article's start among whom a title with its state is looked for
_FEW_OFFICES = 4  # holdings of one person that are looked at
_CROWD = 60  # holders of one office among whom one is looked for
_HEADING = 8  # characters from a sentence's start within which a title is its subject
_INDEFINITE = (
    "un ", "une ", "tout ", "chaque ", "aucun ", "des ", "d'un ", "nouvel ", "futur ", " a ", " an ", "any ", "every ",
    "no ", "each ",
)  # fmt: skip


def describe(
    people: list[Somebody], bare: list[Mention], of_entry: dict[int, int], entries: list[Entry], reading: Reading
) -> None:
    """A bare title that nobody named holds describes the one person without an office whom the text before is about."""
    starts = [entry.mention.start for entry in entries]
    holders = _by_office(people)
    for mention in bare:
        title, sentence = mention.value, reading.sentence_at(mention.start)
        if not isinstance(title, Title) or sentence is None or not _describes(title, mention, reading):
            continue
        first = reading.sentences[max(0, sentence.index - _NEAR)].start
        if _held(title, holders.get(title.offices[0], []), first, mention.start):
            continue
        near = _named(starts, of_entry, first, sentence.start)
        here = set(_named(starts, of_entry, sentence.start, mention.start))
        free = _free(near, title, people, here)
        if not free and title.of:
            free = _free(_named(starts, of_entry, 0, sentence.start)[:_EARLY], title, people, here)
            free = free if len(free) == 1 else []
        if len(free) == 1 or (free and mention.start - sentence.start < _HEADING):
            _give(free[0], title, mention, sentence.index, people)
            holders.setdefault(title.offices[0], []).append(people[free[0]])


def _by_office(people: list[Somebody]) -> dict[str, list[Somebody]]:
    found: dict[str, list[Somebody]] = {}
    for somebody in people:
        for office in dict.fromkeys(holding.office for holding in somebody.holdings[:_FEW_OFFICES]):
            if len(found.setdefault(office, [])) < _CROWD:
                found[office].append(somebody)
    return found


def _named(starts: list[int], of_entry: dict[int, int], low: int, high: int) -> list[int]:
    """The people named in [low, high), in reading order."""
    return [of_entry[start] for start in starts[bisect_left(starts, low) : bisect_left(starts, high)] if start in of_entry]


def _describes(title: Title, mention: Mention, reading: Reading) -> bool:
    """True for a definite title of one present holder, of an office that one person holds."""
    if title.plural or title.former or title.counterpart or not title.offices:
        return False
    return title.offices[0] not in SHARED and title.offices[0] != GENERIC and _definite(mention, reading)


def _held(title: Title, holders: list[Somebody], first: int, end: int) -> bool:
    """True when somebody named holds that office: of the same state, or, where none is said, named nearby."""
    if title.of:
        return any(somebody.state in title.of for somebody in holders)
    return any((last_before(somebody, end) or -1) >= first for somebody in holders)


def _free(indexes: list[int], title: Title, people: list[Somebody], here: set[int]) -> list[int]:
    """Those without an office of their own who may serve the title's state, and are not in its sentence."""
    return [
        index
        for index in dict.fromkeys(indexes)
        if not holds_more_than_a_rank(people[index])
        and index not in here
        and (not title.of or people[index].state in (None, *title.of))
    ]


def _give(index: int, title: Title, mention: Mention, sentence: int, people: list[Somebody]) -> None:
    somebody = people[index]
    if title.of and somebody.state is None:
        somebody.state, somebody.state_from = title.of[0], "title"
    where = somebody.entries[entries_before(somebody, mention.start) - 1].mention
    how = "title" if title.of else somebody.state_from
    somebody.holdings.append(
        Holding(index, title.offices[0], somebody.state, how, mention, where, sentence, "described by a title later")
    )


def describe_several(
    people: list[Somebody], bare: list[Mention], of_entry: dict[int, int], entries: list[Entry], reading: Reading
) -> None:
    """ "Les deux présidents" after two people without an office: both hold it."""
    starts = [entry.mention.start for entry in entries]
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or not title.plural or title.former or title.counterpart or not title.offices:
            continue
        office = title.offices[0]
        if office in SHARED or office == GENERIC or mention.why == "title: rank":
            continue
        sentence = reading.sentence_at(mention.start)
        place = sentence.index if sentence else 0
        for back in range(_NEAR + 1):
            first = reading.sentences[max(0, place - back)].start if sentence else 0
            near = list(
                dict.fromkeys(
                    of_entry[s]
                    for s in starts[bisect_left(starts, first) : bisect_left(starts, mention.start)]
                    if s in of_entry
                )
            )
            if len(near) >= 2:
                break
        if len(near) != 2 or all(holds_more_than_a_rank(people[i]) for i in near):
            continue
        if any(holds_more_than_a_rank(people[i]) and office not in {h.office for h in people[i].holdings} for i in near):
            continue
        for order, index in enumerate(near):
            somebody = people[index]
            if somebody.state is None and len(title.of) == 2:
                somebody.state, somebody.state_from = title.of[order], "title"
            if not holds_more_than_a_rank(somebody):
                where = somebody.entries[entries_before(somebody, mention.start) - 1].mention
                somebody.holdings.append(
                    Holding(
                        index,
                        office,
                        somebody.state,
                        somebody.state_from,
                        mention,
                        where,
                        place,
                        "two people described by a title",
                    )
                )


def _definite(mention: Mention, reading: Reading) -> bool:
    return reading.folded[max(0, mention.start - 5) : mention.start].endswith(("le ", "la ", "l'", "the ", "du ", "au "))


def holders_of(bare: list[Mention], people: list[Somebody], reading: Reading) -> dict[int, int]:
    """Bare titles and whom they mean: the last holder of that office named before, else the only one named at all."""
    by_office: dict[str, list[int]] = {}
    for index, somebody in enumerate(people):
        held = dict.fromkeys(holding.office for holding in somebody.holdings)
        kinds = {"*minister" for office in held if office.startswith("minister_") or office == GENERIC}
        for office in (*held, *kinds):
            if len(by_office.setdefault(office, [])) < _CROWD:
                by_office[office].append(index)
    found: dict[int, int] = {}
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or title.plural or title.former or title.counterpart or not title.offices:
            continue
        lead = reading.folded[max(0, mention.start - 6) : mention.start]
        if title.offices[0] in SHARED or mention.why == "title: rank" or lead.endswith(_INDEFINITE):
            continue
        office = "*minister" if title.offices == (GENERIC,) else title.offices[0]
        fitting = [i for i in by_office.get(office, ()) if not title.of or people[i].state in title.of][:MOST_ALIKE]
        before = {i: place for i in fitting if (place := last_before(people[i], mention.start)) is not None}
        if len(fitting) == 1:
            found[mention.start] = fitting[0]
        elif before:
            found[mention.start] = max(before, key=lambda i: before[i])
    return found


def entries_before(somebody: Somebody, offset: int) -> int:
    """How many of a person's entries begin before an offset."""
    return bisect_left(somebody.entries, offset, key=lambda entry: entry.mention.start)


def last_before(somebody: Somebody, offset: int) -> int | None:
    """Where the person was last named before an offset."""
    count = entries_before(somebody, offset)
    return somebody.entries[count - 1].mention.start if count else None
