"""Decisions on one text of an article hold for the text that is shown, where that says the same in the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from graph.model.judgements import EXACT, SOURCES, Anchor, Judgement
from graph.model.kinds import Kinds
from graph.record.anchoring import Keyed, anchored, retold
from graph.record.judgements import in_order
from graph.record.standing import Standing


class Carrying:
    """Judgements as they speak of the sources in force; `claims` gives the keys and claims of a recorded source."""

    def __init__(self, standing: Standing, claims: Callable[[str], Keyed], kinds: Kinds) -> None:
        self._standing, self._claims, self._kinds = standing, claims, kinds

    def judgements(self, source: str) -> list[Judgement]:
        """What people decided on a source, and on other texts of its address where it says the same; the earliest first."""
        if not self._standing.decided:
            return []
        found = {each.id: each for each in self._standing.judgements(source)}
        for name in (each.source for each in self._standing.editions(source) if each.source != source):
            found |= {each.id: each for each in self._standing.judgements(name) if each.verdict not in SOURCES}
        moved = (self._moved(each) for each in in_order(found.values()))
        return [each for each in moved if source in each.sources]

    def anchor(self, anchor: Anchor, *, exact: bool) -> Anchor:
        """The anchor in the text that is shown; itself where its own is, or where that text does not say so."""
        if anchor.kind is None or self._standing.withdrawal(anchor.source) is not None:
            return anchor
        shown = self._standing.newest(anchor.source)
        if shown == anchor.source:
            return anchor
        claims = self._claims(anchor.source)
        key = anchored(anchor, claims, self._kinds, exact=exact)
        claim = None if key is None else retold(anchor, dict(claims)[key], self._claims(shown), self._kinds, exact=exact)
        if claim is None:
            return anchor
        return replace(anchor, source=shown, evidence=tuple((span.start, span.end) for span in claim.evidence))

    def _moved(self, judgement: Judgement) -> Judgement:
        if judgement.verdict in SOURCES:
            return judgement
        exact = judgement.verdict in EXACT
        anchors = tuple(self.anchor(each, exact=exact) for each in judgement.anchors)
        return judgement if anchors == judgement.anchors else replace(judgement, anchors=anchors, origin=judgement.id)
