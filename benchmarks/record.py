"""How fast sources are recorded, and what a change costs as the record grows, against raw writes to the same store.

python -m benchmarks.record [CLAIMS ...]    (1000 10000 100000 by default), in a temporary folder
python -m benchmarks.record --named ARTICLES ...    one person named in so many articles
A change is one more source, a source withdrawn, a source read again; each is recorded, derived and published.
Figures are of processor time, so that a busy machine does not blur them; waiting for the disk (two flushes a commit) is on top.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Store

from graph.model.claims import Claim, Source, SourceClaims, Span
from graph.model.judgements import Anchor, Judgement
from graph.record.encode import quads
from graph.record.schema import load_schema
from graph.record.writer import Writer
from graph.settings import Settings
from graph.view.writing import open_writer

CLAIMS_OF_ONE = 8
CHANGES = 12
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


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(1, 4)))


WORDS = [_word(random.Random(number)) for number in range(2_000)]


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
    own = random.Random(place)
    text, claims = f"Article {place}\n{' '.join(own.choices(WORDS, k=250))}.\n", []
    for number, (kind, fields) in enumerate(facts):
        sentence = f"Phrase {number} de l'article {place}, où l'on apprend {' '.join(own.choices(WORDS, k=8))}."
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


def timed(writer: Writer, change: Callable[[], object]) -> tuple[float, int]:
    """Seconds to make a change and to publish it, and the entities that it changed."""
    start = time.process_time()
    change()
    commit = writer.commit()
    return time.process_time() - start, len(commit.changed) + len(commit.removed)


def middle(writer: Writer, changes: Sequence[Callable[[], object]]) -> str:
    """The middle and the greatest cost of changes, the first of which warms up and does not count."""
    found = sorted([timed(writer, change) for change in changes][1:])
    seconds, changed = found[len(found) // 2]
    return f"{1000 * seconds:5.0f} ms for {changed:3} entities (slowest {1000 * found[-1][0]:.0f})"


def added(writer: Writer, told: SourceClaims) -> Callable[[], object]:
    """One more source."""
    return lambda: writer.add([told])


def withdrawn(writer: Writer, told: SourceClaims) -> Callable[[], object]:
    """A source withdrawn."""
    said = Judgement("withdrawn", (Anchor(told.source.id),), "benchmark", "2026-01-02T12:00:00Z", "measured")
    return lambda: writer.judge(said)


def reread(writer: Writer, told: SourceClaims) -> Callable[[], object]:
    """A source read again: its last claim is not found any more, and its first is surer."""
    first, *others = told.claims[:-1]
    return lambda: writer.reread([replace(told, claims=(replace(first, confidence=0.9), *others))])


def measure(claims: int, scratch: Path) -> None:
    """Lines of figures for a record of so many claims."""
    found = list(synthetic(claims // CLAIMS_OF_ONE + CHANGES))
    rest, more = found[:-CHANGES], found[-CHANGES:]
    some = random.Random(2).sample(rest, 2 * CHANGES)
    base = raw(rest, scratch / f"raw-{claims}")
    with open_writer(Settings(data=scratch / f"data-{claims}")) as writer:
        writer.commit()
        adding = add(writer, rest)
        start = time.process_time()
        writer.commit()
        whole = time.process_time() - start
        one = middle(writer, [added(writer, told) for told in more])
        less = middle(writer, [withdrawn(writer, told) for told in some[:CHANGES]])
        again = middle(writer, [reread(writer, told) for told in some[CHANGES:]])
    sys.stdout.write(
        f"{claims:>9} claims: raw {len(rest) / base:7.0f} sources/s, add {len(rest) / adding:7.0f} sources/s "
        f"({base / adding:.2f} of raw), first commit {whole:7.1f} s ({len(rest) / whole:.0f} sources/s)\n"
        f"{'':16} one more {one}; withdrawn {less}; read again {again}\n"
    )
    sys.stdout.flush()


def measure_named(articles: int, scratch: Path) -> None:
    """One line of figures for a person whom so many articles name."""
    found = [named(place) for place in range(articles + CHANGES)]
    with open_writer(Settings(data=scratch / f"named-{articles}")) as writer:
        writer.commit()
        add(writer, found[:articles])
        writer.commit()
        sys.stdout.write(
            f"{articles:>9} articles: one more {middle(writer, [added(writer, told) for told in found[articles:]])}\n"
        )
    sys.stdout.flush()


def named(place: int) -> SourceClaims:
    """An article that gives one and the same minister's office, visit and words."""
    day = f"{2000 + place % 25}-{1 + place % 12:02d}-{1 + place % 28:02d}"
    state = ("FRA", "ESP", "ITA", "DEU", "BEL")[place % 5]
    facts: list[tuple[str, dict[str, object]]] = [
        ("office", {"person": "Amina Delaroche", "office": "minister_foreign_affairs", "of": "MAR"}),
        ("visit", {"from": "MAR", "to": state, "visitors": ("Amina Delaroche",), "date": day, "status": "made"}),
        ("statement", {"speaker": "Delaroche", "of": "MAR"}),
    ]
    return _source(place, facts, day)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sizes = [int(argument) for argument in sys.argv[1:] if argument != "--named"]
        if "--named" in sys.argv:
            for size in sizes or [100, 1_000, 10_000]:
                measure_named(size, Path(folder))
        else:
            for size in sizes or [1_000, 10_000, 100_000]:
                measure(size, Path(folder))
