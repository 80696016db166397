"""Whether somebody is spoken of as a man or as a woman."""

from __future__ import annotations

from loaders.reading.anaphora_rules import AnaphoraRules
from loaders.reading.register import Somebody

_MOST = 8  # places of one person that are looked at
_ARTICLES = ("la ", "le ")


def gender_of(somebody: Somebody, folded: str, rules: AnaphoraRules) -> str:
    """ "m" or "f" by the form of address or the titles of a person; "" where nothing tells."""
    for entry in somebody.entries[:_MOST]:
        spans = [(entry.mention.start, entry.mention.end), *((said.title.start, said.title.end) for said in entry.said)]
        for place, (start, end) in enumerate(spans):
            begins = start - 3 if place and folded[max(0, start - 3) : start] in _ARTICLES else start
            text = folded[max(0, begins) : end]
            if text.startswith(rules.feminine):
                return "f"
            if text.startswith(rules.masculine):
                return "m"
    return ""
