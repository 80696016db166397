"""`diplograph decisions`: what people decided, to list, carry to another folder, and take over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.console import Data, Name, out, who, workspace
from commands.correcting import told

app = typer.Typer(no_args_is_help=True, help="What people decided: list, export, import.")


@app.command("list")
def listed(data: Data = None) -> None:
    """List the decisions in force, the earliest first; those whose sources are not there wait.

    Example: [bold]diplograph decisions list[/]
    """
    for each in workspace(data).corrections.decisions():
        found, waits = each.judgement, "" if each.applies else "  (waits for its source)"
        about = ", ".join((anchor.key and f"claim/{anchor.key}") or f"source/{anchor.source[:16]}" for anchor in found.anchors)
        what = f" {found.field} = {found.value}" if found.field else ""
        out.print(
            f"{found.id[:12]}  {found.at[:10]}  {found.verdict:<9} {about}{what}  {found.by}: {found.reason}{waits}",
            markup=False,
        )


@app.command()
def export(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; none: standard output.")] = None,
    data: Data = None,
) -> None:
    """Write every decision in force as a line of JSON.

    Example: [bold]diplograph decisions export -o decisions.jsonl[/]
    """
    from graph.model.whole import whole_file

    lines = workspace(data).corrections.exported()
    if output is None:
        sys.stdout.writelines(lines)
        return
    with whole_file(output) as target:
        target.writelines(line.encode() for line in lines)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `decisions export` wrote.", exists=True, dir_okay=False)],
    name: Name = None,
    data: Data = None,
) -> None:
    """Take over decisions; those that are known change nothing, and those whose sources are not there yet wait for them.

    Example: [bold]diplograph decisions import decisions.jsonl[/]
    """
    told(workspace(data).corrections.imported(file.read_text(encoding="utf-8").splitlines(), who(name)))
