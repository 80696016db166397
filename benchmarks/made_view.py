"""A view with its record, made up from a seed: as large as wanted, the same for the same arguments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.model.iri import CONCEPT, ONTOLOGY, entity
from graph.model.vocabulary import RDF, RDFS, XSD

_STATES = ("BEL", "CAF", "ESP", "FRA", "MAR", "PRT", "RWA", "SEN", "TUN", "XKX")
_DOMAINS = ("defence", "health", "justice", "training", "water")
_TYPES = ("agreement", "memorandum", "protocol", "treaty")


@dataclass(frozen=True, slots=True)
class MadeChanges:
    """As `graph.record.snapshots.Changes`."""

    previous: str | None
    changed: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeView:
    """As `graph.record.snapshots.Snapshot`, in memory."""

    id: str
    store: Store
    changes: MadeChanges


def made_view(accords: int, *, seed: int = 1, changed: int = 0, previous: str | None = None) -> MadeView:
    """A view of so many accords, half as many people, a quarter as many sources.

    `changed`: so many of the accords differ from those of the view made with 0, and as many of its last ones are gone.
    """
    store = Store()
    store.extend(_reference())
    store.extend(quad for number in range(accords // 2) for quad in _person(number))
    store.extend(quad for number in range(accords // 4 + 1) for quad in _source(number))
    kept = range(accords - changed)
    store.extend(
        quad for number in kept for quad in _accord(number, accords, random.Random(f"{seed}/{number}"), number < changed)
    )
    touched = tuple(_iri("accord", number) for number in range(changed))
    gone = tuple(_iri("accord", number) for number in range(accords - changed, accords))
    return MadeView(f"view-{accords}-{seed}-{changed}", store, MadeChanges(previous, touched, gone))


def _reference() -> Iterator[Quad]:
    for code in _STATES:
        yield from _described(entity("state", code), "State", f"État {code}", f"State {code}", code=code)


def _person(number: int) -> Iterator[Quad]:
    iri, name = _iri("person", number), f"Ève N’Diaye {number}"
    yield from _described(iri, "Person", name, name, name=name)
    yield _quad(iri, "serves", NamedNode(entity("state", _STATES[number % len(_STATES)])))


def _source(number: int) -> Iterator[Quad]:
    title = f"Dépêche « {number} » \U0001f54a"
    iri = _iri("source", number)
    yield from _described(iri, "Article", title, title, title=title, publisher=f"Journal {number % 7}", language="fr")
    yield _quad(iri, "publishedOn", Literal("2025-06-19", datatype=NamedNode(XSD + "date")))


def _accord(number: int, accords: int, chance: random.Random, differs: bool) -> Iterator[Quad]:
    iri = _iri("accord", number)
    place = "Rabat" if differs else "Kigali"
    yield from _described(iri, "Accord", f"Accord n° {number}", f"Accord no. {number}", place=place)
    signed = chance.choice(("2025^gYear", "2025-06^gYearMonth", f"2025-06-{chance.randint(10, 28)}^date")).split("^")
    yield _quad(iri, "signedOn", Literal(signed[0], datatype=NamedNode(XSD + signed[1])))
    yield _quad(iri, "accordType", NamedNode(f"{CONCEPT}AccordType/{chance.choice(_TYPES)}"))
    yield _quad(iri, "confidence", Literal("0.75", datatype=NamedNode(XSD + "decimal")))
    yield _quad(iri, "sourceCount", Literal(2))
    for domain in chance.sample(_DOMAINS, chance.randint(1, 3)):
        yield _quad(iri, "domain", NamedNode(f"{CONCEPT}Domain/{domain}"))
    for code in chance.sample(_STATES, 2):
        yield _quad(iri, "party", NamedNode(entity("state", code)))
    if accords >= 2:
        yield _quad(iri, "signatory", NamedNode(_iri("person", chance.randrange(accords // 2))))
    for copy in range(2):
        yield from _claim(f"{number:028x}{copy:04x}", iri, chance.randrange(accords // 4 + 1))


def _claim(key: str, fact: str, source: int) -> Iterator[Quad]:
    graph, claim = NamedNode(_iri("source", source)), entity("claim", key)
    passage = entity("evidence", f"{key}-0")
    yield _quad(fact, "claim", NamedNode(claim))
    yield _quad(fact, "reportedIn", graph)
    yield Quad(NamedNode(claim), NamedNode(RDF + "type"), NamedNode(ONTOLOGY + "Claim"), graph)
    said = {"source": graph, "evidence": NamedNode(passage), "rule": Literal("made"), "reader": Literal("rules")}
    for name, value in {**said, "confidence": Literal("0.9", datatype=NamedNode(XSD + "decimal"))}.items():
        yield Quad(NamedNode(claim), NamedNode(ONTOLOGY + name), value, graph)
    quote = f"Les deux pays ont signé l’accord ({key[-6:]})."
    for name, value in {"start": Literal(3), "end": Literal(40), "quote": Literal(quote), "sentence": Literal(quote)}.items():
        yield Quad(NamedNode(passage), NamedNode(ONTOLOGY + name), value, graph)


def _described(iri: str, kind: str, french: str, english: str, **values: str) -> Iterator[Quad]:
    subject = NamedNode(iri)
    yield Quad(subject, NamedNode(RDF + "type"), NamedNode(ONTOLOGY + kind), DefaultGraph())
    for text, language in ((french, "fr"), (english, "en")):
        yield Quad(subject, NamedNode(RDFS + "label"), Literal(text, language=language), DefaultGraph())
    for name, value in values.items():
        yield _quad(iri, name, Literal(value))


def _quad(subject: str, name: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(ONTOLOGY + name), value, DefaultGraph())


def _iri(kind: str, number: int) -> str:
    return entity(kind, f"{number:064x}" if kind == "source" else f"{number:016x}")
