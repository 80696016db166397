"""Releases to download: every form of a snapshot, its checksums, its description; and what has changed since a snapshot."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from starlette.responses import FileResponse, RedirectResponse

from api.caching import fresh
from api.cursors import PATTERN, Cursor, listing_key, read_cursor
from api.deps import ServicesDep
from api.links import base_of
from api.models import ChangeList, Release
from api.openapi import problems
from api.reading import ReadingRoute
from api.services import Services
from api.strict import only_declared
from graph.errors import NotFound
from graph.record.history import changed_since
from graph.release.catalogue import describe, stored_as
from graph.release.releasing import latest, read_manifest

router = APIRouter(route_class=ReadingRoute, tags=["linked data"], dependencies=[only_declared])

Name = Annotated[str, InPath(pattern="^(latest|[0-9a-f]{4,64})$", description="a snapshot, or `latest`", examples=["latest"])]
File = Annotated[str, InPath(pattern="^[a-z0-9.-]{1,60}$", description="a file of the manifest", examples=["graph.nq.gz"])]
Since = Annotated[str, Query(pattern="^[0-9a-f]{4,64}$", description="a snapshot that you have", examples=["5f2c9a7be01d4c86"])]
Most = Annotated[int, Query(ge=1, le=10_000, description="how many things are named at most")]
Place = Annotated[str | None, Query(pattern=PATTERN, description="`next` of the page before", examples=[None])]


@router.get("/api/v1/releases/{name}", operation_id="release", summary="A release", responses=problems(404))
def release(request: Request, response: Response, services: ServicesDep, name: Name) -> Release:
    """Its files with sizes and SHA-256, its licence, counts, and how much changed since the one before."""
    manifest = _manifest(services, name)
    fresh(request, response, manifest["snapshot"])
    return Release(**manifest)


@router.get(
    "/downloads/{name}/{file}",
    operation_id="download",
    summary="A file of a release",
    response_class=FileResponse,
    responses={
        **problems(404),
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    },
)
def download(services: ServicesDep, name: Name, file: File) -> Response:
    """The file itself, as it is stored; parts of it by Range."""
    manifest = _manifest(services, name)
    for entry in manifest["files"]:
        if entry["name"] == file:
            path = _root(services) / manifest["snapshot"] / file
            headers = {"Cache-Control": "public, max-age=86400", "ETag": f'"{entry["sha256"]}"'}
            return FileResponse(path, media_type=stored_as(file), filename=file, headers=headers)
    raise NotFound(f"release {name} has no file {file}; there are {', '.join(entry['name'] for entry in manifest['files'])}")


@router.get("/.well-known/void", include_in_schema=False)
def well_known(request: Request) -> Response:
    """Where crawlers look for a description."""
    return RedirectResponse("/void.ttl", HTTPStatus.FOUND)


@router.get(
    "/void.ttl",
    operation_id="void",
    summary="The newest release in DCAT and VoID",
    response_class=Response,
    responses={**problems(404), 200: {"content": {"text/turtle": {"schema": {"type": "string"}}}}},
)
def void(request: Request, response: Response, services: ServicesDep) -> Response:
    """Its forms, sizes, checksums and counts as RDF."""
    manifest = _manifest(services, "latest")
    fresh(request, response, manifest["snapshot"], "ttl")
    settings = services.settings
    told = describe(manifest, base_of(request), settings.publisher, settings.raw_sparql)
    return Response(told, media_type="text/turtle", headers=dict(response.headers))


@router.get("/api/v1/changes", operation_id="changes", summary="What has changed since", responses=problems(404))
def changes(
    request: Request, response: Response, services: ServicesDep, since: Since, limit: Most = 1000, cursor: Place = None
) -> ChangeList:
    """Things that are new or differ, then things that are gone, since a snapshot; 404 where its history is no longer kept.

    Pages hold together while the graph goes on: `next` leads on in the snapshot of the first page.
    """
    key = listing_key("changes", "", {"since": since})
    place = read_cursor(cursor, key) if cursor else Cursor(services.shelf.current.id, key, (0, ""))
    begin = int(place.after[0])
    fresh(request, response, place.snapshot, since)
    changed, removed = changed_since(services.settings.data, place.snapshot, since)
    end = begin + limit
    more = end < len(changed) + len(removed)
    return ChangeList(
        snapshot=place.snapshot,
        since=since,
        changed=changed[begin:end],
        removed=removed[max(0, begin - len(changed)) : max(0, end - len(changed))],
        truncated=more,
        next=Cursor(place.snapshot, key, (end, "")).text() if more else None,
    )


def _root(services: Services) -> Path:
    return services.settings.data / "releases"


def _manifest(services: Services, name: str) -> dict[str, Any]:
    chosen = latest(_root(services)) if name == "latest" else name
    if chosen is None:
        raise NotFound("nothing has been released yet; `diplograph release` writes the newest snapshot in every form")
    return read_manifest(_root(services), chosen)
