"""Departments that go on a plural title after a name: "les ministres de la Défense, A, et de la Santé, B"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from loaders.reading.model import TITLE, Mention, Title
from loaders.reading.title_offices import Item, department

_MOST = 12  # departments of one list
_NAMED = r"(?:,? \(?|, )(?:(?:l[ea] |l'|the |m\. |mme |mr\.? |mrs\.? |ms\.? |dr\.? )?(?:L_*+\.? )?)N_*+\)?"
_OF = r"(?:de la |de l'|du |des |de |d'|of |for |the )*"
_NEXT = re.compile(
    rf"{_NAMED}(?:,? (?:et|and|ainsi que|as well as) |, )(?P<list>{_OF}F_*+(?:(?:,? et |,? and |, | & ){_OF}F_*+)*?)"
    rf"(?={_NAMED}(?:[,.;)]| et | and |\Z|\n| [a-z]))"
)


def going_on(titles: list[Mention], layer: str, by_start: Mapping[int, Item], text: str) -> list[Mention]:
    """The titles, each department of such a list one of its own; the first then speaks of its own name alone."""
    found: list[Mention] = []
    for mention in titles:
        title = mention.value
        listed = _listed(mention, layer) if isinstance(title, Title) and title.plural else []
        if not isinstance(title, Title) or not listed or not title.offices[:1] or not title.offices[0].startswith("minister"):
            found.append(mention)
            continue
        found.append(replace(mention, value=replace(title, plural=False, each=())))
        for start, end in listed:
            items = [by_start[place] for place in range(start, end) if place in by_start]
            office = department([item.value for item in items if item.letter == "F"])
            made = Title((office,), title.of, title.former, title.acting, text=text[start:end])
            found.append(Mention(TITLE, start, end, title.of, made, why="title: department of a list"))
    return found


def _listed(mention: Mention, layer: str) -> list[tuple[int, int]]:
    """Where the departments after the first one stand."""
    spans: list[tuple[int, int]] = []
    end = mention.end
    while len(spans) < _MOST:
        match = _NEXT.match(layer, end)
        if match is None:
            break
        spans.append(match.span("list"))
        end = match.end("list")
    return spans
