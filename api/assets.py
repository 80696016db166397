"""Scripts of others, served from our own origin out of the wheels they come in; none is kept in this repository."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from api.templating import STATIC
from graph.errors import BadData

DAY = 86_400
_VIS_FOLDER = "vis-9.1.2"


class KeptFiles(StaticFiles):
    """Static files that browsers may keep: for a year where the address carries the file's fingerprint, else for a day."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file with its Cache-Control."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        scope = args[2] if len(args) > 2 else kwargs.get("scope", {})
        stamped = isinstance(scope, dict) and b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if stamped else f"public, max-age={DAY}"
        return response


def vis_network() -> Path:
    """The script of vis-network inside the installed pyvis; BadData where that version carries none."""
    script = Path(str(files("pyvis"))) / "templates" / "lib" / _VIS_FOLDER / "vis-network.min.js"
    if not script.is_file():
        raise BadData(f"pyvis carries no {_VIS_FOLDER}/vis-network.min.js; install the version named in pyproject.toml")
    return script


def install(app: FastAPI) -> None:
    """Serve our own assets at /static, vis-network and Swagger UI at /assets."""
    vis, swagger = vis_network(), Path(str(files("fastapi_offline"))) / "static"
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    app.mount("/assets/docs", KeptFiles(directory=swagger), name="docs-assets")

    @app.get("/assets/vis-network.min.js", include_in_schema=False)
    async def vis_script(request: Request) -> FileResponse:
        return FileResponse(vis, media_type="text/javascript", headers={"Cache-Control": f"public, max-age={DAY}"})
