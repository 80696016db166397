"""A process that asks the property graph a stranger's Cypher, so that an answer without end ends this process only.

A few words of Cypher make an answer of gigabytes, which the driver reads whole. Run by `graph.asking.cypher_pool`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from graph.asking.cypher_strangers import run_stranger_cypher
from graph.asking.worker import Reply, serve, told
from graph.errors import DiplomacyError
from graph.property.bolt_async import AsyncPropertyGraph
from graph.property.bolt_connection import Connection
from graph.settings import Settings


def main(arguments: list[str]) -> None:
    """`cypher_worker MEMORY_MB`; its first line is the connection."""
    with asyncio.Runner() as runner:
        graph = runner.run(_opened(told()))
        serve(lambda request: runner.run(_answer(graph, request)), int(arguments[0]))
        runner.run(graph.close())


async def _opened(connection: dict[str, str]) -> AsyncPropertyGraph:
    graph = AsyncPropertyGraph(Connection(**connection))
    await graph.check()
    return graph


async def _answer(graph: AsyncPropertyGraph, request: dict[str, Any]) -> Reply:
    settings = Settings.model_validate(request["settings"])
    try:
        found = await run_stranger_cypher(request["text"], graph, settings, request["parameters"])
    except DiplomacyError as error:
        return {"error": str(error), "kind": type(error).__name__}, b""
    return {"columns": found.columns, "truncated": found.truncated}, json.dumps(found.rows).encode()


if __name__ == "__main__":
    main(sys.argv[1:])
