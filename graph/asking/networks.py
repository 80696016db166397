"""Network views of the newest snapshot, drawn once for each."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

from graph.asking.ask import AsyncCypherReader
from graph.asking.network import network_async
from graph.asking.network_drawing import drawn
from graph.model.iri import full

_REMEMBERED = 64


class Networks:
    """Views of one property graph, the last few remembered by snapshot."""

    def __init__(self, graph: AsyncCypherReader, seconds: float) -> None:
        self._graph, self._seconds = graph, seconds
        self._known: OrderedDict[tuple[str, str | None, int, str, str], dict[str, Any]] = OrderedDict()

    async def view(
        self, snapshot: str, centre: str | None = None, limit: int = 300, language: str = "fr", as_of: str = ""
    ) -> dict[str, Any]:
        """What `graph.asking.network_drawing.drawn` gives, for an entity (short id or IRI) or for the whole graph.

        With `as_of`, of the facts that may hold on that day.
        """
        key = (snapshot, centre and full(centre), limit, language, as_of)
        if key not in self._known:
            network = await network_async(self._graph, centre, limit, self._seconds, as_of)
            self._known[key] = await asyncio.to_thread(drawn, network, language)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]
