"""Whether somebody is spoken of as a man or as a woman."""

from __future__ import annotations

from loaders.reading.anaphora_rules import AnaphoraRules
from loaders.reading.register import Somebody

_MOST = 8  # places of one person that are looked at
_ARTICLES = ("la ", "le ")


def title_gender(start: int, folded: str, rules: AnaphoraRules) -> str:
    """ "m" or "f" by the article or the first word of a title that begins there."""
    begins = start - 3 if folded[max(0, start - 3) : start] in _ARTICLES else start
    if folded.startswith(rules.feminine, begins):
        return "f"
    return "m" if folded.startswith(rules.masculine, begins) else ""


def gender_of(somebody: Somebody, folded: str, rules: AnaphoraRules) -> str:
    """ "m" or "f" by the form of address or the titles of a person; "" where nothing tells."""
    for entry in somebody.entries[:_MOST]:
        if folded.startswith(rules.feminine, entry.mention.start):
            return "f"
        if folded.startswith(rules.masculine, entry.mention.start):
            return "m"
        found = next((g for said in entry.said if (g := title_gender(said.title.start, folded, rules))), "")
        if found:
            return found
    return ""
