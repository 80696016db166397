"""Which claims on the offices of one person tell of one tenure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

TenureKey = tuple[str, str | None]
"""Office kind, and the code of the agent whose office it is."""
Held = tuple[str, str | None, str, float]
"""Office kind, agent, the source that says so, and the confidence of its claim."""


def tenure_keys(held: Iterable[Held], single: frozenset[str], states: frozenset[str]) -> Mapping[TenureKey, TenureKey]:
    """The tenure of each office that some claims give a person."""
    sources: dict[TenureKey, set[str]] = defaultdict(set)
    sure: dict[TenureKey, float] = defaultdict(float)
    for kind, of, source, confidence in held:
        sources[kind, of].add(source)
        sure[kind, of] = max(sure[kind, of], confidence)
    return settled({key: len(found) for key, found in sources.items()}, sure, single, states)


def settled(
    sources: Mapping[TenureKey, int], sure: Mapping[TenureKey, float], single: frozenset[str], states: frozenset[str]
) -> Mapping[TenureKey, TenureKey]:
    """The tenure of each office from how many sources tell of it, and how sure the surest of their claims is.

    Of an office that a state has once, nobody holds those of two states: a state that one source alone names,
    or at most half as many as name another one, is taken for a misreading of it.
    A claim without agent joins the only tenure of its kind.
    """
    found = {key: key for key in sources}
    for kind in sorted({kind for kind, _ in sources if kind in single}):
        rivals = [key for key in sources if key[0] == kind and key[1] in states]
        rivals.sort(key=lambda key: (-sources[key], -sure[key], str(key)))
        for rival in rivals[1:]:
            if sources[rival] == 1 or 2 * sources[rival] <= sources[rivals[0]]:
                found[rival] = rivals[0]
    for key in [key for key in found if key[1] is None]:
        known = {target for target in found.values() if target[0] == key[0] and target[1] is not None}
        if len(known) == 1:
            found[key] = known.pop()
    return found
