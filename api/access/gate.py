"""The gate before all routes: says who asks, and turns away whoever has spent his time."""

from __future__ import annotations

import time

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.budget import Budget
from api.access.refusals import BudgetSpent, NotIdentified
from api.access.visitors import Doorkeeper
from api.problems import refuse


class Gate:
    """ASGI middleware: puts the visitor into the request's state, and keeps its budget."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper, budget: Budget | None) -> None:
        self._app, self._doorkeeper, self._budget = app, doorkeeper, budget

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it with 401 or 429."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            visitor = self._doorkeeper.identify(request)
            allowance = await self._budget.admit(visitor.name) if self._budget else None
        except (NotIdentified, BudgetSpent) as error:
            await refuse(request, error)(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        if self._budget is None or allowance is None:
            await self._app(scope, receive, send)
            return
        await self._metered(self._budget, visitor.name, allowance, scope, receive, send)

    async def _metered(
        self, budget: Budget, client: str, allowance: dict[str, str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(allowance)
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, complete)
        finally:
            await budget.charge(client, 1000 * (time.perf_counter() - began))
