"""Who only brings others together: "sous la médiation du Qatar", "the Egyptian-brokered truce"; never half of a pair."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from loaders.reading.frames.grammar import Grammar
from loaders.reading.model import DEMONYM, ORGANISATION, STATE, TITLE, Reading

_WHO = STATE + DEMONYM + ORGANISATION + TITLE
_AFTER = 16  # characters from "mediation" to whose it is: " by the state of "
_TO_THE_WORD = (" ", "-", ", ", "'s ", "' ")  # from who mediates to the word that says so: "Qatar's mediation"
_MOST = 40  # words of mediation that are looked at


def mediators(reading: Reading, grammar: Grammar, stretches: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The states and organisations that these stretches say to mediate or broker what others agree on."""
    found: set[str] = set()
    told = (match for span in stretches for match in grammar.phrases["mediation"].finditer(reading.folded, *span))
    for match in islice(told, _MOST):
        after = next(iter(reading.mentions_in(match.end(), match.end() + _AFTER, _WHO)), None)
        if after is not None and _of_whom(
            reading.folded[match.start() : after.start].replace("'", "' ").split(), match[0], grammar
        ):
            found.update(after.codes)
            continue
        before = [m for m in reading.mentions_in(max(0, match.start() - 40), match.start(), _WHO) if m.end < match.start()]
        said = reading.folded[before[-1].end : match.start()] if before else ""
        if said in _TO_THE_WORD:
            found.update(before[-1].codes)
    return frozenset(found)


def _of_whom(words: list[str], said: str, grammar: Grammar) -> bool:
    """True for "under the mediation of X", "brokered by X"; not for "under its mediation, X …"."""
    behind = words[len(said.replace("'", "' ").split()) :]
    tied = behind[:1] if behind else words[-1:]
    return "," not in behind and set(behind) <= grammar.joining and grammar.cues.get(" ".join(tied)) in ("of", "by")
