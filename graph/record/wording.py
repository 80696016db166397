"""Whether two texts are in the main one text: two outlets that print the same agency report are one witness.

A text's wording is a MinHash of its three-word runs, noted in the bookkeeping when the source is recorded. Only the wordings of
the sources of one entity are ever compared, so that one more source costs no more in a large graph than in a small one.
"""

from __future__ import annotations

import base64
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_PERMUTATIONS, _SEED, _RUN = 128, 1, 3
_FORM = struct.Struct(f"<{_PERMUTATIONS}I")
_BAND = 4 * _FORM.size // _PERMUTATIONS  # bytes of four values
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
    for one, other in sorted(_candidates({source: text for text, source in first.items()})):
        if likeness(wordings[one], wordings[other]) >= floor:
            yield one, other


def _candidates(wordings: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs that have a band in common: so many values at one place."""
    by_version: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for source in sorted(wordings):
        version, packed = _packed(wordings[source])
        by_version[version].append((source, packed))
    found: set[tuple[str, str]] = set()
    for texts in by_version.values() if len(wordings) > 1 else ():
        for start in range(0, _FORM.size, _BAND):
            if len({packed[start : start + _BAND] for _, packed in texts}) < len(texts):
                by_band: dict[bytes, list[str]] = defaultdict(list)
                for source, packed in texts:
                    by_band[packed[start : start + _BAND]].append(source)
                found.update(pair for alike in by_band.values() for pair in _pairs(alike))
    return found


def _pairs(alike: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Of many texts that share a band each is compared with the first: whatever is like it is joined through it."""
    return combinations(alike, 2) if len(alike) < _MANY else ((alike[0], other) for other in alike[1:])


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[str, tuple[int, ...]]:
    version, packed = _packed(text)
    return version, _FORM.unpack(packed) if packed else ()


def _packed(text: str) -> tuple[str, bytes]:
    version, _, packed = text.partition(":")
    return version, base64.b64decode(packed)
