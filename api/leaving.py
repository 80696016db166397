"""Clients that leave before their answer is there: what is done for them is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from starlette.requests import Request

from graph.errors import QueryTimeout

T = TypeVar("T")


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """The outcome of a piece of work, whose task is cancelled when the client closes its connection (then QueryTimeout).

    To be called when the request's body was read.
    """
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise QueryTimeout("the client left before its answer was there")
    finally:
        task.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue
