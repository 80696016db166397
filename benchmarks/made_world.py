"""A view with its record as large as wanted, in seconds: copies of a small world of every kind of fact, among other states.

Some states are in many copies and most in few, as in life: the busiest is in about a third of them.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from benchmarks.made_claims import STATES, made_claims
from graph.model.iri import ID
from graph.model.reference import load_reference
from graph.record import rdf
from graph.record.snapshots import current
from graph.settings import Settings
from graph.view.writing import open_writer

_SOURCES, _CLAIMS = 150, 6
_SHARED = ("city", "homonym", "organisation")


def made_world(claims: int, folder: Path, *, seed: int = 1) -> Store:
    """A store in `folder` with a view of about so many claims, and their record; the same for the same arguments."""
    small, reference = small_world()
    store = Store(str(folder))
    store.bulk_extend(reference)
    copies = (quad for copy in range(copies_of(claims)) for quad in _copied(small, copy, seed))
    store.bulk_extend(_one_of_each_office(copies))
    store.optimize()
    return store


def copies_of(claims: int) -> int:
    """How many copies of the small world a world of about so many claims has."""
    return max(1, claims // (_SOURCES * _CLAIMS))


def _one_of_each_office(quads: Iterator[Quad]) -> Iterator[Quad]:
    """Copies share offices, which have one confidence and count each: those of the first copy stand."""
    known: set[tuple[str, str]] = set()
    for quad in quads:
        subject, predicate = str(quad.subject), str(quad.predicate)
        if "/id/office/" in subject and predicate.endswith(("#confidence>", "#sourceCount>")):
            if (subject, predicate) in known:
                continue
            known.add((subject, predicate))
        yield quad


def small_world() -> tuple[list[Quad], list[Quad]]:
    """The quads of a small world, and those of reference data."""
    with tempfile.TemporaryDirectory() as folder:
        with open_writer(Settings(data=Path(folder))) as writer:
            writer.add(list(made_claims(_SOURCES, claims=_CLAIMS)))
            writer.commit()
        with current(Path(folder)) as snapshot:  # type: ignore[union-attr]
            quads = [quad for quad in snapshot.store if quad.graph_name not in (rdf.BOOKKEEPING, rdf.INDEX)]
    shared = [quad for quad in quads if quad.graph_name == DefaultGraph() and _is_shared(quad.subject)]
    known = set(shared)
    return [quad for quad in quads if quad not in known], shared


def _is_shared(node: object) -> bool:
    value = node.value if isinstance(node, NamedNode) else ""
    return not value.startswith(ID) or value.removeprefix(ID).split("/")[0] in ("state", *_SHARED)


def _copied(quads: list[Quad], copy: int, seed: int) -> Iterator[Quad]:
    rename = renaming(copy, random.Random(f"{seed}/{copy}"))
    known: dict[str, NamedNode] = {}

    def mapped(term: object) -> object:
        if not isinstance(term, NamedNode) or not term.value.startswith(ID):
            return term
        if term.value not in known:
            known[term.value] = NamedNode(rename(term.value))
        return known[term.value]

    for quad in quads:
        yield Quad(mapped(quad.subject), quad.predicate, mapped(quad.object), mapped(quad.graph_name))  # type: ignore[arg-type]


def renaming(copy: int, chance: random.Random) -> Callable[[str], str]:
    """What an address of the small world is called in a copy."""
    parties = [code for code, state in load_reference().states.items() if state.party]
    weights = {code: 1 / (1 + place) for place, code in enumerate(parties)}
    codes: list[str] = []
    while len(codes) < len(STATES):
        codes += [code for code in chance.choices(parties, [weights[code] for code in parties]) if code not in codes]
    states = dict(zip(STATES, codes, strict=True))

    def rename(value: str) -> str:
        kind, _, key = value.removeprefix(ID).partition("/")
        if kind in _SHARED:
            return value
        if kind == "state":
            return f"{ID}state/{states.get(key, key)}"
        if kind == "office":
            code, _, office = key.partition("-")
            return f"{ID}office/{states.get(code, code)}-{office}"
        return f"{ID}{kind}/" + re.sub(r"^[0-9a-f]{6}", lambda _: f"{copy:06x}", key)

    return rename
