"""What is counted of requests, in the form that Prometheus reads."""

from __future__ import annotations

from http import HTTPMethod

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset(HTTPMethod)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meter:
    """Counts of one application in one process; several processes are scraped as several targets."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "diplograph_requests", "Requests by route and status", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "diplograph_request_seconds", "Time to an answer's head", ("route",), buckets=_SECONDS, registry=self._registry
        )
        self._series: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}  # looking them up costs more than counting

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; `route` is the route's pattern, and strange methods are one, so that the series stay few."""
        known = method if method in _METHODS else "other"
        series = self._series.get((known, route, status))
        if series is None:
            series = self._requests.labels(known, route, str(status)), self._seconds.labels(route)
            self._series[known, route, status] = series
        series[0].inc()
        series[1].observe(seconds)

    def text(self) -> bytes:
        """All counts in Prometheus's text format."""
        return generate_latest(self._registry)
