"""Sources with claims of every kind, made up from a seed: what the questions are compared and measured on.

Some states meet often and most seldom, some events are told twice, some of these tellings disagree, some plans come true.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from graph.model.claims import Claim, Link, Source, SourceClaims, Span, Value

Fact = tuple[str, dict[str, Any]]

STATES = ("MAR", "FRA", "ESP", "RWA", "SEN", "BEL", "TUN", "PRT", "CAF", "MRT", "DEU", "CHE", "SUN", "RUS", "YUG", "SRB")
ORGANISATIONS = ("AU", "EU", "UN")
SEATS = (
    "Rabat",
    "Paris",
    "Madrid",
    "Kigali",
    "Dakar",
    "Bruxelles",
    "Tunis",
    "Lisbonne",
    "Bangui",
    "Genève",
    "Kigali",
    "Geneva",
)
DOMAINS = ("defence", "health", "trade", "education", "fisheries")
OFFICES = ("head_of_state", "minister_foreign_affairs", "minister_defence", "ambassador", "minister_trade", "director")
CHANGES = ("established", "severed", "restored", "upgraded", "ambassador_recalled", "sanctions_imposed")
PUBLISHERS = ("Courrier du Fleuve", "Gazette du Détroit", "The Channel Register", "Lettre des Lacs")
GIVEN = ("Amina", "Bruno", "Claire", "Daouda", "Elena", "Farid", "Greta", "Hassan", "Irène", "Jonas")


def made_claims(
    sources: int, *, seed: int = 1, claims: int = 6, states: tuple[str, ...] = STATES, since: int = 2010
) -> Iterator[SourceClaims]:
    """So many sources of so many claims each, on what happened from `since` to 2024; the same for the same arguments."""
    world = _World(random.Random(seed), sources * claims, states, since)
    for number in range(sources):
        published = f"{world.chance.randint(2015, 2024)}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        yield _source(number, world, [world.fact() for _ in range(claims)], published)


class _World:
    """Draws facts, and remembers those that a later source may tell again."""

    def __init__(self, chance: random.Random, facts: int, states: tuple[str, ...], since: int) -> None:
        self.chance, self._states, self._since = chance, states, since
        self._told: list[Fact] = []
        self._people = [(_name(chance, number), chance.choice(states)) for number in range(max(12, facts // 30))]
        weights = (2, 3, 3, 3, 5, 4, 3, 2, 1, 1, 1, 1, 1)
        kinds = (
            self._office, self._agreement, self._body, self._meeting, self._visit, self._mission, self._relation,
            self._membership, self._trade, self._aid, self._deployment, self._cooperation, self._stance,
        )  # fmt: skip
        self._kinds: tuple[Callable[[], Fact], ...] = tuple(kind for kind, times in zip(kinds, weights, strict=True)
                                                            for _ in range(times))  # fmt: skip

    def fact(self) -> Fact:
        """A new fact, or one told before: as it was, another day, or as something that has now happened."""
        dated = [told for told in self._told[-200:] if told[0] in ("visit", "body") and len(told[1].get("date", "")) == 10]
        if dated and self.chance.random() < 0.05:
            return self._following(*self.chance.choice(dated))
        if self._told and self.chance.random() < 0.35:
            return self._again(*self.chance.choice(self._told[-200:]))
        made = self.chance.choice(self._kinds)()
        self._told.append(made)
        return made

    def _again(self, kind: str, fields: Mapping[str, Any]) -> Fact:
        fields, draw = dict(fields), self.chance.random()
        if draw < 0.2 and len(str(fields.get("date", ""))) == 10:
            fields["date"] = fields["date"][:8] + f"{min(28, int(fields['date'][8:]) + 1):02d}"
        elif draw < 0.3 and "place" in fields:
            fields["place"] = self.chance.choice(SEATS)
        elif draw < 0.7 and fields.get("status") == "planned":
            fields["status"] = {"agreement": "signed", "body": "met", "visit": "made", "relation": "made"}.get(kind, "opened")
        elif draw < 0.5 and kind == "agreement":
            fields |= {"status": self.chance.choice(("ratified", "in_force", "terminated", "suspended"))}
            fields["status_date"] = f"{self.chance.randint(2010, 2024)}"
        if kind == "deployment" and fields.get("status") == "opened":
            fields["status"] = "deployed"
        return kind, fields

    def _following(self, kind: str, fields: Mapping[str, Any]) -> Fact:
        """An accord of the same two: on the day of a session, or within two months of a visit."""
        parties = fields["parties"] if kind == "body" else (fields["from"], fields["to"])
        later = self.chance.choice((0, 3, 20, 60)) if kind == "visit" else 0
        day = date.fromisoformat(fields["date"]) + timedelta(days=later)
        return "agreement", {"parties": parties, "type": "protocol", "status": "signed", "date": day.isoformat()}

    def _agreement(self) -> Fact:
        several = self.chance.random() < 0.15
        parties = self._agents(self.chance.randint(3, 6) if several else 2)
        fields = {"parties": parties, "type": self.chance.choice(("agreement", "memorandum", "protocol", "treaty"))}
        fields |= self._some(domains=tuple(self.chance.sample(DOMAINS, self.chance.randint(1, 2))), place=self._place())
        fields["status"] = self.chance.choice(("signed", "signed", "signed", "planned", "ratified", "in_force", "terminated"))
        if fields["status"] in ("ratified", "in_force", "terminated"):
            fields |= self._some(status_date=self._date())
        if fields["status"] == "ratified":
            fields |= self._some(ratifiers=tuple(sorted(f"{code} {self._date()}" for code in self.chance.sample(parties, 1))))
        return "agreement", fields | self._some(date=self._date(), signatories=self._persons(2))

    def _body(self) -> Fact:
        fields: dict[str, Any] = {
            "parties": self._agents(2),
            "type": self.chance.choice(("joint_commission", "high_committee")),
        }
        fields["status"] = self.chance.choice(("met", "met", "met", "planned", "established"))
        if fields["status"] != "established":
            fields |= self._some(session=self.chance.randint(1, 5), seats=(self._place(),))
        return "body", fields | {"date": self._date()}

    def _meeting(self) -> Fact:
        fields: dict[str, Any] = {"participants": self._persons(self.chance.choice((2, 2, 3)))}
        fields |= self._some(parties=self._agents(self.chance.choice((2, 2, 3))), date=self._date(), place=self._place())
        return "meeting", fields | self._some(format=self.chance.choice(("in_person", "phone", "video", "sidelines")))

    def _visit(self) -> Fact:
        one, other = self._agents(2)
        fields: dict[str, Any] = {
            "from": one,
            "to": other,
            "status": self.chance.choice(("made", "made", "planned", "cancelled")),
        }
        return "visit", fields | self._some(visitors=self._persons(1), date=self._date(), place=self._place())

    def _mission(self) -> Fact:
        one, other = self._agents(2)
        fields = {"sender": one, "host": other, "type": self.chance.choice(("embassy", "embassy", "consulate"))}
        fields["status"] = self.chance.choice(("opened", "opened", "closed", "reopened", "planned"))
        return "mission", fields | self._some(date=self._date(), place=self._place())

    def _relation(self) -> Fact:
        fields: dict[str, Any] = {"parties": self._agents(2), "change": self.chance.choice(CHANGES)}
        return "relation", fields | self._some(date=self._date(), status=self.chance.choice(("made", "planned")))

    def _membership(self) -> Fact:
        fields = {"state": self.chance.choice(self._states), "organisation": self.chance.choice(ORGANISATIONS)}
        return "membership", fields | self._some(change=self.chance.choice(("joined", "left", "applied")), date=self._date())

    def _trade(self) -> Fact:
        fields: dict[str, Any] = {"parties": self._agents(2), "year": str(self.chance.randint(2010, 2024))}
        worth = self._some(value=self.chance.randint(1, 900) * 1_000_000)
        fields |= {**worth, "currency": "EUR"} if worth else {}
        return "trade", fields | self._some(direction=self.chance.choice(("total", "export", "import")))

    def _aid(self) -> Fact:
        one, other = self._agents(2)
        fields: dict[str, Any] = {"donor": one, "recipient": other}
        return "aid", fields | self._some(date=self._date(), domains=(self.chance.choice(DOMAINS),))

    def _deployment(self) -> Fact:
        one, other = self._agents(2)
        fields: dict[str, Any] = {"sender": one, "host": other, "status": self.chance.choice(("deployed", "withdrawn"))}
        return "deployment", fields | self._some(date=self._date(), personnel=self.chance.randint(10, 900))

    def _cooperation(self) -> Fact:
        return "cooperation", {"parties": self._agents(2), **self._some(domains=(self.chance.choice(DOMAINS),))}

    def _stance(self) -> Fact:
        fields = {"state": self.chance.choice(self._states), "polarity": self.chance.choice(("support", "oppose"))}
        return "stance", {
            **fields,
            "topic": self.chance.choice(("cessez-le-feu", "réforme du Conseil")),
            **self._some(date=self._date()),
        }

    def _office(self) -> Fact:
        person, state = self.chance.choice(self._people)
        return "office", {"person": person, "office": self.chance.choice(OFFICES), "of": state}

    def _agents(self, number: int) -> tuple[str, ...]:
        """The first states of the list come most often."""
        found: list[str] = []
        while len(found) < number:
            draw = self.chance.random()
            pool = ORGANISATIONS if draw < 0.05 else self._states[:5] if draw < 0.5 else self._states
            found += [code for code in [self.chance.choice(pool)] if code not in found]
        return tuple(found)

    def _persons(self, number: int) -> tuple[str, ...]:
        return tuple(name for name, _ in self.chance.sample(self._people, number))

    def _place(self) -> str:
        return self.chance.choice(SEATS)

    def _date(self) -> str:
        day = f"{self.chance.randint(self._since, 2024)}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"
        return day[: self.chance.choice((4, 7, 10, 10, 10, 10, 10, 10))]

    def _some(self, **fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if self.chance.random() < 0.85}


def _name(chance: random.Random, number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {_word(chance).capitalize()}"


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4))


def _source(number: int, world: _World, facts: list[Fact], published: str) -> SourceClaims:
    text, claims = f"Article {number}\n", []
    bodies = [place for place, (kind, _) in enumerate(facts) if kind == "body"]
    accords = [place for place, (kind, _) in enumerate(facts) if kind == "agreement"]
    for place, (kind, fields) in enumerate(facts):
        words = " ".join(_word(world.chance) for _ in range(12))  # texts that are alike would count as one witness
        sentence = f"Phrase {place} de l’article {number} : {words}."
        start = len(text)
        text += sentence + "\n"
        values: dict[str, Value] = dict(fields)
        links = (Link("foundingAccord", accords[0], "même phrase"),) if place in bodies and accords else ()
        span = Span(start, start + len(sentence), sentence)
        claims.append(Claim(kind, values, (span,), world.chance.choice((0.6, 0.8, 0.9)), "made", links=links))
    publisher, language = world.chance.choice(PUBLISHERS), world.chance.choice(("fr", "fr", "en"))
    told = Source(text, title=f"Article {number}", language=language, published=published, publisher=publisher)
    return SourceClaims(told, tuple(claims))
