"""The releases to download, for people."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from api.pagedeps import VisitDep
from api.reading import ReadingRoute
from graph.release.releasing import latest, read_manifest

router = APIRouter(route_class=ReadingRoute, include_in_schema=False)


@router.get("/downloads")
def downloads(visit: VisitDep) -> HTMLResponse:
    """Every form of the newest release, with sizes and checksums."""
    root = visit.services.settings.data / "releases"
    name = latest(root)
    # A release may be made of the snapshot that is shown already.
    return visit.unkept_page("downloads.html", release=None if name is None else read_manifest(root, name))
