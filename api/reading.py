"""Routes that read a store in a thread of the pool."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from fastapi.routing import APIRoute

from graph.errors import DiplomacyError


class ReadingRoute(APIRoute):
    """A route whose errors leave its thread without their frames.

    An iterator over a store may only be let go by the thread that made it; a traceback would carry it to the event loop's.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        in_thread = not inspect.iscoroutinefunction(endpoint)
        super().__init__(path, _alone(endpoint) if in_thread else endpoint, **options)


def _alone(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(endpoint)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return endpoint(*args, **options)
        except DiplomacyError as error:
            error.__context__ = None
            raise error.with_traceback(None) from None

    return run
