"""Persons as they leave the register: their offices, and P mentions wherever they are meant."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.reading.changing import replace
from loaders.reading.model import NAME, PERSON, TITLE, Holding, Mention, Person, Reading, Title
from loaders.reading.register import GENERIC, Somebody, title_of

_ADDRESSES = ("ambassador", "legislator")  # offices that also serve as forms of address


def final_holdings(somebody: Somebody, career: frozenset[str], department: str = "minister_other") -> Iterator[Holding]:
    """What stays: a rank only for who has no other office, a minister of nothing only for who has no department."""
    offices = {holding.office for holding in somebody.holdings}
    departments = {office for office in offices if office.startswith(("minister_", "deputy_", "head_"))}
    for holding in somebody.holdings:
        if (
            holding.title.why == "title: rank"
            and len({h.office for h in somebody.holdings if h.title.why != "title: rank"}) > 0
        ):
            continue
        said = holding.title.value
        charged = departments or "special_envoy" in offices
        if holding.office in _ADDRESSES and charged and isinstance(said, Title) and " " not in said.text and not said.of:
            continue  # "Senator X, minister of …"
        if holding.title.why == "title: foreign secretary" and holding.of in career:
            holding = replace(holding, office="other")
        if holding.office == GENERIC:
            if departments:
                continue
            holding = replace(holding, office=department)
        yield holding


def only_department(reading: Reading) -> str:
    """The one department of which the article names ministers; "minister_other" where it names none, or several."""
    titles = (mention.value for mention in reading.titles if isinstance(mention.value, Title))
    told = {office for title in titles for office in title.offices if office.startswith("minister_")}
    return told.pop() if len(told) == 1 else "minister_other"


def as_person(somebody: Somebody, honoured: frozenset[int], career: frozenset[str], department: str) -> Person:
    """What the article says of somebody, all told."""
    offices = tuple(dict.fromkeys((holding.office, holding.of) for holding in final_holdings(somebody, career, department)))
    full = max(
        somebody.entries,
        key=lambda entry: (len(entry.words), len(str(entry.mention.value)), -entry.mention.start),
    )
    titled = [said for entry in somebody.entries for said in entry.said]
    former = bool(titled) and all(title_of(said).former for said in titled)
    sure = bool(titled) or any(entry.mention.start in honoured for entry in somebody.entries) or len(somebody.entries) > 1
    name, gender = str(full.mention.value), somebody.gender
    return Person(name, offices, somebody.state, somebody.state_from, former=former, sure=sure, gender=gender)


def marked(reading: Reading, people: list[Somebody], bare: dict[int, int]) -> tuple[Mention, ...]:
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


def located(persons: tuple[Person, ...], mentions: tuple[Mention, ...]) -> tuple[Person, ...]:
    """The persons with the places where they are meant."""
    places: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.mark == PERSON and isinstance(mention.value, tuple):
            for index in mention.value:
                places.setdefault(index, []).append((mention.start, mention.end))
    found = [(person, tuple(places.get(index, ()))) for index, person in enumerate(persons)]
    return tuple([person if person.mentions == meant else replace(person, mentions=meant) for person, meant in found])
