"""What every command needs: the two streams, the shared options, the workspace, a counter for long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from graph.errors import BadSource
from graph.settings import from_environment

if TYPE_CHECKING:  # each command imports what it needs when it runs: a question must not wait for the reader's lexicons
    from graph.workspace import Workspace

Data = Annotated[Path | None, typer.Option("--data", help="Data folder; default: DIPLOGRAPH_DATA, else a folder of yours.")]
Processes = Annotated[int, typer.Option("--processes", min=1, help="Processes that read articles side by side.")]
Second = Annotated[
    bool, typer.Option("--second", help="Ask the second reader too (DIPLOGRAPH_SECOND_URL, DIPLOGRAPH_SECOND_MODEL).")
]
Name = Annotated[
    str | None,
    typer.Option("--name", envvar="DIPLOGRAPH_NAME", help="Who does it, for the record; default: the name of your account."),
]

KnownAt = Annotated[
    str | None, typer.Option(help="As it could be said on this day (YYYY, YYYY-MM or YYYY-MM-DD), from the sources of then.")
]
KnownBy = Annotated[str, typer.Option(help="Which day of a source counts for --known-at: published or recorded.")]

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def workspace(data: Path | None) -> Workspace:
    """The workspace of a data folder."""
    from graph.workspace import Workspace

    return Workspace(from_environment(data=data))


def who(name: str | None) -> str:
    """The name written beside what is done."""
    import getpass

    try:
        return (name or "").strip() or getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "somebody"


def refuse(error: BadSource) -> int:
    """Say that a source is refused; returns 1, to be counted."""
    err.print(f"refused: {error}", markup=False)
    return 1


def leave(refused: int) -> None:
    """End the command: 1 where something was refused."""
    raise typer.Exit(1 if refused else 0)


@contextmanager
def progress(unit: str) -> Iterator[Callable[[int], None]]:
    """A counter on the terminal; nothing where the output is no terminal."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), MofNCompleteColumn(), TextColumn(unit), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as shown:
        task = shown.add_task(unit, total=None)
        yield lambda count: shown.advance(task, count)
