"""Routes that read a store in a thread of the pool."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.access.keys import Scope
from api.access.visitors import needs
from api.moving import MovedTo
from api.strict import no_parameter
from graph.errors import DiplomacyError


class ReadingRoute(APIRoute):
    """A route whose errors leave its thread without their frames.

    An iterator over a store may only be let go by the thread that made it; a traceback would carry it to the event loop's.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        in_thread = not inspect.iscoroutinefunction(endpoint)
        super().__init__(path, _alone(endpoint) if in_thread else endpoint, **options)


class LookUpRoute(APIRoute):
    """A route that is a look-up: it calls its endpoint with the request and the parts of the path, and nothing else.

    Working out dependencies would take longer than the look-up. Visitors need the scope `read`; the endpoint reads the
    `parameters` itself, others are refused.
    """

    parameters = frozenset({"known_at", "known_by"})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers the requests."""
        endpoint, check = self.endpoint, needs(Scope.READ)

        async def handle(request: Request) -> Response:
            await check(request)
            if request.scope["query_string"] and (names := sorted(set(request.query_params) - self.parameters)):
                raise no_parameter(names[0], self.parameters)
            response: Response = await endpoint(request, **request.path_params)
            return response

        return handle


def _alone(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(endpoint)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return endpoint(*args, **options)
        except (DiplomacyError, MovedTo) as error:
            error.__context__ = None
            raise error.with_traceback(None) from None

    return run
