"""A made-up world that grows as real ones do: more articles tell of more people and days, and of the busy states more often.

States differ in weight, so that a few pairs fill the news. Each high office has one holder after the other; other persons grow
in number with the articles. Articles come in the order of time, on what happened in the days before, and three claims in ten
repeat what another article of those days said.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from graph.model.claims import Claim, Source, SourceClaims, Span, Value
from graph.record.schema import load_schema

Fact = tuple[str, dict[str, Any]]

CLAIMS_OF_ONE = 8
FIRST, DAYS = date(2000, 1, 1), 9_000
TERM = 1_700  # days that somebody holds a high office
HIGH = (
    "head_of_state",
    "minister_foreign_affairs",
    "head_of_government",
    "minister_defence",
    "minister_trade",
    "minister_energy",
)
LOW = ("ambassador", "director", "minister_other", "spokesperson")
DOMAINS = ("defence", "trade", "energy", "health", "education", "security", "culture", "transport")
GIVEN = ("Amina", "Bruno", "Claire", "Daouda", "Elena", "Farid", "Greta", "Hassan", "Irène", "Jonas")


def lifelike(number: int, seed: int = 1) -> Iterator[SourceClaims]:
    """So many sources of eight claims each over 25 years; the same for the same arguments."""
    world = _World(random.Random(seed), number)
    for place in range(number):
        published = FIRST + timedelta(days=place * DAYS // number)
        yield article(place, [world.fact(published) for _ in range(CLAIMS_OF_ONE)], published.isoformat())


def article(place: int, facts: list[Fact], published: str) -> SourceClaims:
    """A source that tells these facts, a sentence each, in words of its own."""
    own = random.Random(place)
    text, claims = f"Article {place}\n{' '.join(own.choices(WORDS, k=250))}.\n", []
    for number, (kind, fields) in enumerate(facts):
        sentence = f"Phrase {number} de l'article {place}, où l'on apprend {' '.join(own.choices(WORDS, k=8))}."
        start, values = len(text), dict[str, Value](fields)
        text += sentence + "\n"
        claims.append(Claim(kind, values, (Span(start, start + len(sentence), sentence),), 0.8, "synthetic"))
    return SourceClaims(Source(text, title=f"Article {place}", language="fr", published=published), tuple(claims))


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(syllables))


WORDS = [_word(random.Random(number), 1 + number % 4) for number in range(2_000)]


class _World:
    def __init__(self, chance: random.Random, articles: int) -> None:
        self._chance, self._others = chance, max(1, articles // 400)  # persons of no high office, a state
        schema = load_schema()
        self._states = sorted(code for code, node in schema.agents.items() if "/state/" in node.value)
        chance.shuffle(self._states)
        self._weights = list(accumulate((place + 5) ** -0.8 for place in range(len(self._states))))
        self._past: deque[Fact] = deque(maxlen=400)
        self._names: dict[tuple[object, ...], str] = {}

    def fact(self, published: date) -> Fact:
        """A new fact, or one that was told lately."""
        if self._past and self._chance.random() < 0.3:
            return self._chance.choice(self._past)
        day = published - timedelta(days=self._chance.randint(0, 9))
        one, other = self._pair()
        made = self._chance.choice(self._kinds)(self, one, other, day)
        self._past.append(made)
        return made

    def _pair(self) -> tuple[str, str]:
        one = other = self._state()
        while other == one:
            other = self._state()
        return one, other

    def _state(self) -> str:
        return self._chance.choices(self._states, cum_weights=self._weights)[0]

    def _person(self, state: str, day: date) -> tuple[str, str]:
        """Somebody who acts for a state on a day: name and office."""
        if self._chance.random() < 0.6:
            place = self._chance.choices(range(len(HIGH)), (10, 8, 5, 3, 2, 1))[0]
            since = hash_of(state, place) % TERM
            term = ((day - FIRST).days + since) // TERM
            return self._name("high", state, place, term), HIGH[place]
        number = self._chance.randrange(self._others)
        return self._name("low", state, number), LOW[number % len(LOW)]

    def _name(self, *key: object) -> str:
        if key not in self._names:
            own = random.Random("|".join(map(str, key)))
            self._names[key] = f"{own.choice(GIVEN)} {_word(own, 4).capitalize()}"
        return self._names[key]

    def _when(self, day: date) -> str:
        """A day, or its month where an article is vague."""
        return day.isoformat()[: self._chance.choice((10, 10, 10, 10, 7))]

    def _agreement(self, one: str, other: str, day: date) -> Fact:
        domains = (self._chance.choice(DOMAINS),)
        return "agreement", {"parties": (one, other), "date": self._when(day), "domains": domains, "status": "signed"}

    def _mission(self, one: str, other: str, day: date) -> Fact:
        return "mission", {"sender": one, "host": other, "type": "embassy", "status": "opened", "date": self._when(day)}

    def _visit(self, one: str, other: str, day: date) -> Fact:
        visitors = (self._person(one, day)[0],)
        return "visit", {"from": one, "to": other, "visitors": visitors, "date": self._when(day), "status": "made"}

    def _meeting(self, one: str, other: str, day: date) -> Fact:
        people = (self._person(one, day)[0], self._person(other, day)[0])
        return "meeting", {"participants": people, "parties": (one, other), "date": self._when(day)}

    def _office(self, one: str, other: str, day: date) -> Fact:
        person, office = self._person(one, day)
        return "office", {"person": person, "office": office, "of": one}

    def _statement(self, one: str, other: str, day: date) -> Fact:
        return "statement", {"speaker": self._person(one, day)[0], "of": one}

    _kinds = (_agreement, _mission, _visit, _meeting, _office, _statement)


def hash_of(state: str, place: int) -> int:
    """A number for an office, so that not all of them change hands on one day."""
    return random.Random(f"{state} {place}").randrange(1 << 30)
