"""What turns articles into facts: extract, load, and coverage, which says what of the reader a corpus sets off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.console import Data, Name, Processes, Second, err, leave, out, progress, refuse, who
from commands.readers import reader
from graph.errors import BadSource
from graph.settings import Settings, from_environment

if TYPE_CHECKING:  # each command imports what it needs when it runs: a question must not wait for the reader's lexicons
    from graph.model.claims import SourceClaims

Paths = Annotated[list[Path], typer.Argument(help="Articles: .txt .md .jsonl .html .xml .rss .atom files, or folders of them.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (extract, load, coverage):
        app.command()(command)


def extract(paths: Paths, processes: Processes = 1, second: Second = False) -> None:
    """Print what is read out of articles, one JSON line an article; store nothing.

    Example: [bold]diplograph extract samples/ > facts.jsonl[/]
    """
    from graph.model.kinds import load_kinds
    from loaders.articles.files import read_paths
    from loaders.run import read_all

    kinds, settings, refused = load_kinds(), from_environment(), 0
    for result in read_all(read_paths(paths, settings.source_bytes), processes, reader(settings, second)):
        if isinstance(result, BadSource):
            refused += refuse(result)
            continue
        facts = [kinds.to_fact(claim) for claim in result.claims]
        name = Path(result.source.location or result.source.id).name
        print(json.dumps({"id": name.removesuffix(".txt"), "facts": facts}, ensure_ascii=False))
    leave(refused)


def load(
    paths: Paths,
    data: Data = None,
    processes: Processes = 1,
    second: Second = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Where no date says which text of an address is newer, these are.")
    ] = False,
    name: Name = None,
) -> None:
    """Read articles and add what they say to the graph; loading twice changes nothing.

    Example: [bold]diplograph load articles/ --data ~/graph[/]
    """
    settings = from_environment(data=data)
    refused = load_all(settings, paths, processes, second, replace, who(name))
    leave(refused)


def load_all(
    settings: Settings, paths: list[Path], processes: int, second: bool = False, replacing: bool = False, by: str = ""
) -> int:
    """Read articles into the graph, say what came of it, and return how many were refused."""
    from graph.workspace import Workspace
    from loaders.articles.files import read_paths
    from loaders.run import read_all

    refused: list[BadSource] = []
    make_reader = reader(settings, second)

    def claims() -> Iterator[SourceClaims]:
        for result in read_all(read_paths(paths, settings.source_bytes), processes, make_reader):
            if isinstance(result, BadSource):
                refused.append(result)
                refuse(result)
            else:
                yield result

    try:
        with progress("sources read") as advance:
            loaded = Workspace(settings).load(claims(), advance, by, replacing=replacing)
    except KeyboardInterrupt:
        err.print("stopped: what was recorded is kept; `diplograph sync` shows it, and the same load again adds the rest")
        raise
    for error in loaded.refused:
        refuse(error)
    for shown, other in loaded.undecided:
        err.print(
            f"two texts of one address, and no date says which is newer: {shown[:16]} is shown, {other[:16]} is not; "
            f"`diplograph replace {other[:16]} {shown[:16]}` shows the other",
            markup=False,
        )
    out.print(loaded.summary())
    return len(refused) + len(loaded.refused)


def coverage(paths: Paths, format: Annotated[str, typer.Option(help="table or json.")] = "table") -> None:
    """Report which frames, rules and trigger words of the reader a corpus sets off, and which it never does.

    Example: [bold]diplograph coverage samples/ --format json[/]
    """
    from loaders.articles.files import read_paths
    from loaders.coverage import Tally, render
    from loaders.reading.lexicon import load_lexicon

    tally, refused = Tally(load_lexicon()), 0
    with progress("sources read") as advance:
        for item in read_paths(paths, from_environment().source_bytes):
            if isinstance(item, BadSource):
                refused += refuse(item)
            else:
                tally.add(item)
                advance(1)
    out.print(render(tally.result(), format), markup=False)
    leave(refused)
