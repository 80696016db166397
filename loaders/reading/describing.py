"""Definite descriptions: bare titles that speak of people named in the sentences before."""

from __future__ import annotations

from bisect import bisect_left

from loaders.reading.model import Holding, Mention, Reading, Title
from loaders.reading.register import GENERIC, MOST_ALIKE, SHARED, Entry, Somebody, holds_more_than_a_rank

_NEAR = 2  # sentences back in which the person stands whom a bare title describes
_HEADING = 8  # characters from a sentence's start within which a title is its subject
_INDEFINITE = (
    "un ", "une ", "tout ", "chaque ", "aucun ", "des ", "d'un ", "nouvel ", "futur ", " a ", " an ", "any ", "every ",
    "no ", "each ",
)  # fmt: skip


def describe(
    people: list[Somebody], bare: list[Mention], of_entry: dict[int, int], entries: list[Entry], reading: Reading
) -> None:
    """A bare title that nobody named holds describes the one person without an office whom the sentences before are about."""
    starts = [entry.mention.start for entry in entries]
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or title.plural or title.former or title.counterpart or not title.offices:
            continue
        office = title.offices[0]
        if office in SHARED or office == GENERIC or not _definite(mention, reading):
            continue
        sentence = reading.sentence_at(mention.start)
        first = reading.sentences[max(0, sentence.index - _NEAR)].start if sentence else 0
        holders = [
            s for s in people if any(h.office == office for h in s.holdings[:4]) and (not title.of or s.state in title.of)
        ]
        if any(
            title.of or first <= e.mention.start < mention.start for s in holders[:MOST_ALIKE] for e in s.entries[-MOST_ALIKE:]
        ):
            continue
        near = [
            of_entry[start]
            for start in starts[bisect_left(starts, first) : bisect_left(starts, mention.start)]
            if start in of_entry
        ]
        same = {
            i for i in near if sentence and any(sentence.start <= e.mention.start < mention.start for e in people[i].entries)
        }
        free = [
            i
            for i in dict.fromkeys(near)
            if not holds_more_than_a_rank(people[i])
            and (not title.of or people[i].state in (None, *title.of))
            and i not in same
        ]
        if len(free) == 1 or (free and sentence and mention.start - sentence.start < _HEADING):
            somebody = people[free[0]]
            if title.of and somebody.state is None:
                somebody.state, somebody.state_from = title.of[0], "title"
            where = next(e.mention for e in reversed(somebody.entries) if e.mention.start < mention.start)
            how = "title" if title.of else somebody.state_from
            place = sentence.index if sentence else 0
            somebody.holdings.append(
                Holding(free[0], office, somebody.state, how, mention, where, place, "described by a title later")
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
                where = next(e.mention for e in reversed(somebody.entries) if e.mention.start < mention.start)
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
        for office in dict.fromkeys(holding.office for holding in somebody.holdings):
            by_office.setdefault(office, []).append(index)
            if office.startswith("minister_") or office == GENERIC:
                by_office.setdefault("*minister", []).append(index)
    found: dict[int, int] = {}
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or title.plural or title.former or title.counterpart or not title.offices:
            continue
        if title.offices[0] in SHARED or mention.why == "title: rank":
            continue
        lead = reading.folded[max(0, mention.start - 6) : mention.start]
        if lead.endswith(_INDEFINITE):
            continue
        office = "*minister" if title.offices == (GENERIC,) else title.offices[0]
        fitting = [i for i in dict.fromkeys(by_office.get(office, ())) if not title.of or people[i].state in title.of][
            :MOST_ALIKE
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
