"""Cypher of anybody's own: off on public addresses unless switched on; guarded, limited, rolled back."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from api.access.keys import Scope
from api.access.visitors import needs
from api.deps import ServicesDep, allowed
from api.frame import note_query
from api.leaving import while_there
from api.models import CypherQuery, CypherRows
from api.openapi import problems
from api.strict import only_declared

_OFF = "Cypher of your own is switched off here (DIPLOGRAPH_RAW_CYPHER); ask a named question under /api/v1/questions"

router = APIRouter(
    tags=["query"],
    dependencies=[
        Depends(allowed(lambda services: services.settings.raw_cypher is not False, _OFF)),
        Depends(needs(Scope.CYPHER)),
        only_declared,
    ],
)


@router.post("/api/v1/cypher", operation_id="cypher", summary="Ask in Cypher", responses=problems(401, 403, 404, 413, 504))
async def cypher(query: CypherQuery, services: ServicesDep, request: Request, response: Response) -> CypherRows:
    """One reading query of MATCH, WHERE, WITH, UNWIND, RETURN and their kin; whatever writes, calls or loads is refused."""
    note_query(request, query.query)
    shown = await services.graph_snapshot()
    answer = await while_there(request, services.cypher.query(query.query, query.parameters))
    response.headers["Cache-Control"] = "no-store"
    rows: list[dict[str, Any]] = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return CypherRows(snapshot=shown, columns=list(answer.columns), rows=rows, count=len(rows), truncated=answer.truncated)
