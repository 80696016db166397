"""What keeps a graph and gives it away: sync, check, export, release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.console import Data, KnownAt, KnownBy, out, progress, workspace
from graph.settings import from_environment


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (sync, check, export, release):
        app.command()(command)


def sync(
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Make the property graph anew by its engine's importer, nobody else using it.")
    ] = False,
    data: Data = None,
) -> None:
    """Bring view and property graph up to the record, for example after a crash or on a new Neo4j.

    Example: [bold]DIPLOGRAPH_NEO4J_URI=bolt://127.0.0.1:7687 diplograph sync[/]

    Example: [bold]diplograph sync --bulk[/], where a large graph has nothing on its engine yet
    """
    with progress("nodes read" if bulk else "nodes written") as advance:
        out.print(workspace(data).sync(advance, bulk=bulk).summary())


def check(data: Data = None) -> None:
    """Say whether record, snapshot, shapes, property graph and questions are sound, and how to mend what is not.

    Example: [bold]diplograph check --data ~/graph[/]
    """
    findings = workspace(data).check()
    for finding in findings:
        out.print(f"{'[green]ok[/]  ' if finding.fine else '[red]bad[/] '} {finding.subject}: ", end="")
        out.print(finding.message, markup=False)
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


def export(
    format: Annotated[str, typer.Option(help="nquads (canonical), turtle or jsonld.")] = "nquads",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; none: standard output.")] = None,
    known_at: KnownAt = None,
    known_by: KnownBy = "published",
    data: Data = None,
) -> None:
    """Write the whole graph: record and view as canonical N-Quads, or the view as Turtle or JSON-LD.

    Example: [bold]diplograph export --format turtle -o graph.ttl[/]

    Example: [bold]diplograph export --known-at 2024-05-01 -o then.nq[/]
    """
    from graph.model.whole import whole_file

    if output is None:
        workspace(data).export(format, sys.stdout.buffer, known_at, known_by)
        return
    with whole_file(output) as target:
        workspace(data).export(format, target, known_at, known_by)


def release(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of releases; default: DATA/releases.")] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help="nquads, turtle, jsonl, graphml, neo4j or parquet.")] = None,
    data: Data = None,
) -> None:
    """Write the newest snapshot in every form to download, with checksums and what changed since the last release.

    Example: [bold]diplograph release --form nquads --form parquet[/], then see /downloads
    """
    from graph.release.releasing import FORMS
    from graph.release.releasing import release as make

    settings = from_environment(data=data)
    with workspace(data).snapshot() as snapshot, progress("forms written") as advance:
        root = output or settings.data / "releases"
        made = make(snapshot, root, tuple(form or FORMS), settings.licence, lambda _: advance(1))
    changed = ", ".join(f"{count:,} {name}" for name, count in made["changes"].items())
    out.print(f"release {made['snapshot']} in {root}: {len(made['files'])} files; nodes: {changed}", markup=False)
