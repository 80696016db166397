"""How fast sources are recorded, and what a commit costs as the record grows, against raw writes to the same store.

python -m benchmarks.record [CLAIMS ...]    (1000 10000 100000 by default), in a temporary folder
Figures are of processor time, so that a busy machine does not blur them; waiting for the disk (two flushes a commit) is on top.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Store

from graph.model.claims import Claim, Source, SourceClaims, Span
from graph.record.encode import quads
from graph.record.schema import load_schema
from graph.record.writer import Writer
from graph.settings import Settings
from graph.view.writing import open_writer

CLAIMS_OF_ONE = 8
DOMAINS = ("defence", "trade", "energy", "health", "education", "security", "culture", "transport")


def synthetic(number: int, seed: int = 1) -> Iterator[SourceClaims]:
    """Sources of eight claims each on accords, missions, visits, meetings and offices; three sources in ten repeat an event."""
    chance = random.Random(seed)
    schema = load_schema()
    states = sorted(code for code, node in schema.agents.items() if "/state/" in node.value)
    people = [f"{chance.choice(GIVEN)} {_family(chance)}" for _ in range(max(50, number // 4))]
    past: list[tuple[str, dict[str, object]]] = []
    for place in range(number):
        facts = [_fact(chance, states, people, past) for _ in range(CLAIMS_OF_ONE)]
        yield _source(place, facts, f"{2000 + place % 25}-{1 + place % 12:02d}-{1 + place % 28:02d}")


GIVEN = ("Amina", "Bruno", "Claire", "Daouda", "Elena", "Farid", "Greta", "Hassan", "Irène", "Jonas")


def _family(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4)).capitalize()


def _fact(
    chance: random.Random, states: list[str], people: list[str], past: list[tuple[str, dict[str, object]]]
) -> tuple[str, dict[str, object]]:
    if past and chance.random() < 0.3:
        return chance.choice(past[-400:])
    one, other = chance.sample(states, 2)
    date = f"{chance.randint(1990, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    made: tuple[str, dict[str, object]] = chance.choice(
        (
            ("agreement", {"parties": (one, other), "date": date, "domains": (chance.choice(DOMAINS),), "status": "signed"}),
            ("mission", {"sender": one, "host": other, "type": "embassy", "status": "opened", "date": date[:4]}),
            ("visit", {"from": one, "to": other, "visitors": (chance.choice(people),), "date": date, "status": "made"}),
            ("meeting", {"participants": tuple(chance.sample(people, 2)), "parties": (one, other), "date": date}),
            ("office", {"person": chance.choice(people), "office": "minister_other", "of": one}),
        )
    )
    past.append(made)
    return made


def _source(place: int, facts: list[tuple[str, dict[str, object]]], published: str) -> SourceClaims:
    text, claims = f"Article {place}\n", []
    for number, (kind, fields) in enumerate(facts):
        sentence = f"Phrase {number} de l'article {place}, où l'on apprend ce qui s'est passé."
        start = len(text)
        text += sentence + "\n"
        claims.append(Claim(kind, fields, (Span(start, start + len(sentence), sentence),), 0.8, "synthetic"))  # type: ignore[arg-type]
    return SourceClaims(Source(text, title=f"Article {place}", language="fr", published=published), tuple(claims))


def raw(found: list[SourceClaims], folder: Path) -> float:
    """Seconds to encode the same sources and to write their quads alone."""
    schema, store, start = load_schema(), Store(str(folder)), time.process_time()
    for number in range(0, len(found), 200):
        store.extend([quad for told in found[number : number + 200] for quad in quads(told, schema)])
    store.flush()
    return time.process_time() - start


def add(writer: Writer, found: list[SourceClaims]) -> float:
    """Seconds to record sources in batches of 200, without a commit."""
    start = time.process_time()
    for number in range(0, len(found), 200):
        writer.add(found[number : number + 200])
    return time.process_time() - start


def commit_one(writer: Writer, told: SourceClaims) -> tuple[float, int]:
    """Seconds to record and publish one more source, and the entities that it changed."""
    start = time.process_time()
    writer.add([told])
    changed = writer.commit().changed
    return time.process_time() - start, len(changed)


def measure(claims: int, scratch: Path) -> None:
    """One line of figures for a record of so many claims."""
    found = list(synthetic(claims // CLAIMS_OF_ONE + 12))
    rest, more = found[:-12], found[-12:]
    base = raw(rest, scratch / f"raw-{claims}")
    with open_writer(Settings(data=scratch / f"data-{claims}")) as writer:
        writer.commit()
        adding = add(writer, rest)
        start = time.process_time()
        writer.commit()
        whole = time.process_time() - start
        commit_one(writer, more[0])
        single = sorted(commit_one(writer, told) for told in more[1:])
    middle, changed = single[len(single) // 2]
    sys.stdout.write(
        f"{claims:>9} claims: raw {len(rest) / base:7.0f} sources/s, add {len(rest) / adding:7.0f} sources/s "
        f"({base / adding:.2f} of raw), first commit {whole:7.1f} s ({len(rest) / whole:.0f} sources/s), "
        f"one more source {1000 * middle:6.0f} ms for {changed} entities, slowest {1000 * single[-1][0]:.0f} ms\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000]:
            measure(size, Path(folder))
