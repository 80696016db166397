"""How much a client may ask: compute time a minute, so that one dear query weighs what it costs."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from api.access.refusals import BudgetSpent
from graph.settings import Settings

_WINDOW = 60


class Budget:
    """Counts the milliseconds that each client's requests took, in windows of a minute, in this process.

    The headers are those of draft-ietf-httpapi-ratelimit-headers-10: `r` and `q` in whole seconds, rounded down.
    What a request costs is known when it ends, so it is charged then: the last one of a window may overdraw it.
    """

    def __init__(self, seconds: float) -> None:
        self._item = RateLimitItemPerMinute(max(1, round(seconds * 1000)))
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._policy = f'"compute";q={math.floor(seconds)};w={_WINDOW}'

    async def admit(self, client: str) -> dict[str, str]:
        """The headers that tell a client what is left; BudgetSpent, with those of a refusal, where nothing is."""
        reset, left = await self._limiter.get_window_stats(self._item, client)
        seconds = math.ceil(reset - time.time())
        if seconds <= 0:  # nothing is counted: the window begins with this request
            seconds = _WINDOW
        told = {"RateLimit-Policy": self._policy, "RateLimit": f'"compute";r={max(0, left) // 1000};t={seconds}'}
        if left <= 0:
            used = f"{self._item.amount / 1000:g} s of compute time a minute are used up"
            raise BudgetSpent(f"{used}; ask less at a time, or again in {seconds} s", {**told, "Retry-After": str(seconds)})
        return told

    async def charge(self, client: str, milliseconds: float) -> None:
        """Count what a request took."""
        await self._limiter.hit(self._item, client, cost=max(1, round(milliseconds)))


def budget_of(settings: Settings) -> Budget | None:
    """The budget that the settings name; None where there is no limit."""
    seconds = settings.compute_limit
    return Budget(seconds) if seconds else None
