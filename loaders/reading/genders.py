"""Whether somebody is spoken of as a man or as a woman."""

from __future__ import annotations

from loaders.reading.anaphora_rules import AnaphoraRules
from loaders.reading.register import Somebody

_MOST = 8  # places of one person that are looked at
_ARTICLES = ("la ", "le ")


def gender_of(somebody: Somebody, folded: str, rules: AnaphoraRules) -> str:
    """ "m" or "f" by the form of address or the titles of a person; "" where nothing tells."""
    for entry in somebody.entries[:_MOST]:
        for place, start in enumerate((entry.mention.start, *(said.title.start for said in entry.said))):
            begins = start - 3 if place and folded[max(0, start - 3) : start] in _ARTICLES else start
            if folded.startswith(rules.feminine, begins):
                return "f"
            if folded.startswith(rules.masculine, begins):
                return "m"
    return ""
