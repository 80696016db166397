"""Triadic closure as it is kept up tie by tie is what counting it from the start gives."""

import itertools
import random
from collections import defaultdict

import pytest

from graph.asking.steps.sequences import Ties


@pytest.mark.parametrize("seed", range(5))
def test_what_open_pairs_share_is_what_counting_them_gives(seed: int) -> None:
    chance, ties, others = random.Random(seed), Ties(), defaultdict[str, set[str]](set)
    for _ in range(120):
        one, other = chance.sample("abcdefghijklmnopqr"[: 6 + 3 * seed], 2)
        ties.tie(one, other)
        others[one].add(other)
        others[other].add(one)
        assert ties.tied(other, one)
        open_pairs = [pair for pair in itertools.combinations(sorted(others), 2) if pair[1] not in others[pair[0]]]
        shared = [len(others[a] & others[b]) for a, b in open_pairs]
        assert ties.expected() == (round(sum(shared) / len(shared), 4) if shared else None)
        assert ties.shared(one, other) == others[one] & others[other]
