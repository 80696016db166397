"""Counts for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.access.keys import Scope
from api.access.metrics import CONTENT_TYPE
from api.access.visitors import needs
from api.deps import ServicesDep
from api.openapi import problems

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="What was asked, how often, how long it took",
    response_class=Response,
    responses={**problems(403), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(request: Request, services: ServicesDep) -> Response:
    """Open on loopback or where DIPLOGRAPH_METRICS says so; else it needs a key of scope admin."""
    if not services.settings.open_metrics:
        await needs(Scope.ADMIN)(request)
    return Response(request.app.state.meter.text(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
