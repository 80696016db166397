"""Whether two texts are in the main one text: two outlets that print the same agency report are one witness.

A text's wording is a MinHash of its three-word runs, noted in the bookkeeping when the source is recorded. Only the wordings of
the sources of one entity are ever compared, so that one more source costs no more in a large graph than in a small one.
"""

from __future__ import annotations

import base64
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from operator import eq

from pyoxigraph import Literal, Quad, Store
from rensa import RMinHash

from graph.model.folding import fold
from graph.record import rdf
from graph.record.encode import source_node

_WORDING = rdf.book("wording")
_WORD = re.compile(r"[^\W_]+")
_PERMUTATIONS, _SEED, _RUN, _BAND = 128, 1, 3, 4
_FORM = struct.Struct(f"<{_PERMUTATIONS}I")
_MANY = 8  # sources that share a band, from which on not every pair of them is looked at
_FEWEST_WORDS = 40  # of shorter texts too many begin and end alike


def wording(text: str) -> str:
    """What is kept of a text to compare it by; empty for one too short to be compared."""
    found = _WORD.findall(fold(text))
    if len(found) < _FEWEST_WORDS:
        return ""
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update(sorted({" ".join(found[place : place + _RUN]) for place in range(len(found) - _RUN + 1)}))
    return f"{RMinHash.ALGORITHM_VERSION}:{base64.b64encode(_FORM.pack(*minhash.digest())).decode()}"


def noted(source_id: str, text: str) -> list[Quad]:
    """The wording of a source's text as the bookkeeping keeps it."""
    found = wording(text)
    return [Quad(source_node(source_id), _WORDING, Literal(found), rdf.BOOKKEEPING)] if found else []


def noted_of(store: Store, source_id: str) -> list[Quad]:
    """What is noted of a recorded source's text."""
    return list(store.quads_for_pattern(source_node(source_id), _WORDING, None, rdf.BOOKKEEPING))


def wording_of(store: Store, source_id: str) -> str:
    """The wording of a recorded source's text; empty where none is kept."""
    found = next(iter(noted_of(store, source_id)), None)
    return "" if found is None else rdf.value(found.object)


def sources_of(store: Store, wording: str) -> set[str]:
    """The recorded sources of which this wording is noted."""
    found = store.quads_for_pattern(None, _WORDING, Literal(wording), rdf.BOOKKEEPING)
    return {rdf.notation(quad.subject) for quad in found}


def likeness(one: str, other: str) -> float:
    """The estimated share of runs that two texts have in common, 0 to 1; 0 where different algorithms noted them."""
    mine, theirs = _read(one), _read(other)
    if not mine[1] or not theirs[1] or mine[0] != theirs[0]:
        return 0.0
    return [*map(eq, mine[1], theirs[1])].count(True) / _PERMUTATIONS


def copies(wordings: Mapping[str, str], floor: float) -> Iterator[tuple[str, str]]:
    """Pairs of sources whose texts are at least so alike; found by what they share, so few pairs are looked at."""
    first: dict[str, str] = {}
    for source in sorted(wordings):
        if wordings[source] and first.setdefault(wordings[source], source) != source:
            yield first[wordings[source]], source
    if floor >= 1:
        return
    for one, other in sorted(_candidates({source: text for text, source in first.items()}, floor)):
        if likeness(wordings[one], wordings[other]) >= floor:
            yield one, other


def _candidates(wordings: Mapping[str, str], floor: float) -> set[tuple[str, str]]:
    if len(wordings) < _MANY:  # the same pairs, without a look at every band of every text
        every = combinations(sorted(wordings), 2)
        alike = [pair for pair in every if likeness(wordings[pair[0]], wordings[pair[1]]) >= floor]
        return {pair for pair in alike if not set(_bands(wordings[pair[0]])).isdisjoint(_bands(wordings[pair[1]]))}
    by_band: dict[object, list[str]] = defaultdict(list)
    for source in sorted(wordings):
        for band in _bands(wordings[source]):
            by_band[band].append(source)
    # of many texts that share a band each is compared with the first: whatever is like it is joined through it
    pairs: Iterable[Iterable[tuple[str, str]]] = (
        combinations(found, 2) if len(found) < _MANY else ((found[0], other) for other in found[1:])
        for found in by_band.values()
    )
    return {pair for each in pairs for pair in each}


def _bands(text: str) -> Iterable[tuple[object, ...]]:
    version, values = _read(text)
    return ((version, start, *values[start : start + _BAND]) for start in range(0, len(values), _BAND))


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[str, tuple[int, ...]]:
    version, _, packed = text.partition(":")
    return version, _FORM.unpack(base64.b64decode(packed)) if packed else ()
