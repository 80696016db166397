"""`diplograph neo4j`: a real Neo4j of one's own."""

from __future__ import annotations

import typer

from commands.console import Data, out
from graph.settings import from_environment

app = typer.Typer(no_args_is_help=True, help="A real Neo4j server without Docker or a Java of your own.")


@app.command()
def start(data: Data = None) -> None:
    """Start the server (fetching it first, where it is not there yet) and print its address."""
    from graph.property import neo4j_server

    out.print(neo4j_server.start(from_environment(data=data)).describe(), markup=False)


@app.command()
def stop(data: Data = None) -> None:
    """Stop the server cleanly."""
    from graph.property import neo4j_server

    out.print(neo4j_server.stop(from_environment(data=data)), markup=False)


@app.command()
def status(data: Data = None) -> None:
    """Say whether the server runs, where, and in which version."""
    from graph.property import neo4j_server

    out.print(neo4j_server.status(from_environment(data=data)), markup=False)
