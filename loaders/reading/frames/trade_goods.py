"""Lists of goods told without a figure: "les principaux produits exportés par A vers B étaient le poisson, les vaccins …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.claims import Reason, Value
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.trade_parties import Flow, directed
from loaders.reading.frames.trade_words import TradeWords
from loaders.reading.model import DATE, Candidate, When

_GOODS = re.compile(r"\s*(?:,|;| et | and | ainsi que | as well as )\s*")
_LIGHT = re.compile(r"(?:^|(?<=\s))(?:de la |de l'|les |des |le |la |l'|du |d'|the |of |an |a )(?=\S)")
_OPENS = re.compile(r"(?:etaient|sont|restent|comprennent|were|are|include|included|:|du |de l'|de la |des |de )\s*")


def goods(scene: Scene, words: TradeWords, memory: Memory, flows: list[Flow]) -> Iterator[Candidate]:
    """Lists of goods without a figure: "les principaux produits exportés par A vers B étaient le poisson, les vaccins …"."""
    reading = scene.reading
    found = words.classes["products"].search(reading.folded, scene.sentence.start, scene.sentence.end)
    if found is None:
        return
    for index, flow in enumerate(flows):
        if flow[2] == "total":
            continue
        end = flows[index + 1][0] if index + 1 < len(flows) else scene.sentence.end
        pair = directed(scene, words, flow, memory)
        named = _list(reading.text, reading.folded, flow[1], end)
        if pair is None or len(named) < 2:
            continue
        fields: dict[str, Value] = {"parties": pair, "direction": flow[2], "products": named}
        year = next(
            (str(m.value.date.year) for m in reading.mentions_in(scene.sentence.start, scene.sentence.end, DATE)
             if isinstance(m.value, When) and m.value.date.year), None,
        )  # fmt: skip
        if year is not None:
            fields["year"] = year
        reason = Reason("products", reading.text[flow[0] : end], flow[0], end, "goods named with the flow")
        yield Candidate(
            "trade", fields, (scene.sentence.index,), "trade/goods", (reason,), frozenset({"date-told"} if year else ())
        )


def _list(text: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    opened = None
    for opened in _OPENS.finditer(folded, start, min(end, start + 70)):
        if folded[opened.start() : opened.end()].strip() in ("etaient", "sont", "were", "are", "include", "comprennent", ":"):
            break
    if opened is None:
        return ()
    stretch = text[opened.end() : end].split(", tandis")[0].split(", while")[0].rstrip(" .;,")
    pieces = (_LIGHT.sub("", piece.strip(" .,;"), count=1).strip() for piece in _GOODS.split(stretch))
    return tuple(piece for piece in pieces if piece and len(piece.split()) <= 4)[:10]
