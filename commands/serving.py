"""What serves: the pages and the API, a demonstration of both, and the questions for an assistant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.console import Data, leave, out, workspace
from commands.reading import load_all
from graph.errors import DiplomacyError
from graph.settings import from_environment

if TYPE_CHECKING:
    from graph.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (serve, demo, mcp):
        app.command()(command)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to serve on (DIPLOGRAPH_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on (DIPLOGRAPH_PORT).")] = None,
    workers: Annotated[int | None, typer.Option(help="Server processes (DIPLOGRAPH_WORKERS).")] = None,
    data: Data = None,
) -> None:
    """Serve the pages and the API.

    Example: [bold]diplograph serve --port 8080[/]
    """
    from api.server import run

    run(from_environment(data=data, host=host, port=port, workers=workers))


def demo(
    check: Annotated[bool, typer.Option("--check", help="Go the whole way once on a temporary folder, and exit.")] = False,
    host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
) -> None:
    """Load the shipped articles into a fresh folder, print what was understood, and serve it.

    Example: [bold]diplograph demo[/], then open http://127.0.0.1:8000
    """
    import tempfile

    from api.server import check_all, run
    from graph.model.files import SAMPLES

    with tempfile.TemporaryDirectory(prefix="diplograph-demo-") as folder:
        settings = from_environment(data=Path(folder), host=host, port=port)
        refused = load_all(settings, [SAMPLES], 1)
        _print_facts(workspace(settings.data))
        if check:
            for line in check_all(settings):
                out.print(line, markup=False)
            leave(refused)
        else:
            run(settings)


def _print_facts(shown: Workspace) -> None:
    for line in shown.overview():
        told = f"{line.sources} source{'s' * (line.sources > 1)}"
        out.print(f"  {line.kind:<28} {line.label}  ({told}, {line.fact})", markup=False)


def mcp(data: Data = None) -> None:
    """Offer the named questions to an assistant that speaks the Model Context Protocol, on standard input and output.

    Example: [bold]diplograph mcp --data ~/graph[/], as the command of a server in the assistant's settings
    """
    try:
        from api.tools import serve_stdio
    except ModuleNotFoundError as error:
        raise DiplomacyError("this needs one more package: pip install 'diplograph[mcp]'") from error
    serve_stdio(from_environment(data=data))
