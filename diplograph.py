"""The command line: parses, calls, prints; the thinking is in graph, loaders and api."""

from __future__ import annotations

import errno
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from commands import correcting, decisions, keys, neo4j, review
from commands.console import Data, KnownAt, KnownBy, Name, Processes, Second, err, leave, out, progress, refuse, who, workspace
from commands.readers import reader
from graph.errors import BadSource, DiplomacyError
from graph.settings import Settings, from_environment

if TYPE_CHECKING:  # each command imports what it needs when it runs: a question must not wait for the reader's lexicons
    from graph.model.claims import SourceClaims
    from graph.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Diplograph: a knowledge graph of diplomatic relations, where every edge says who says so, and in which sentence.",
)
app.add_typer(neo4j.app, name="neo4j")
app.add_typer(keys.app, name="keys")
app.add_typer(review.app, name="review")
app.add_typer(decisions.app, name="decisions")
correcting.add_to(app)

Paths = Annotated[list[Path], typer.Argument(help="Articles: .txt .md .jsonl .html .xml .rss .atom files, or folders of them.")]


def main() -> None:
    """Run the program; an error that a person can act on is one line and exit code 1, misuse of an option is 2."""
    signal.signal(signal.SIGTERM, _stopped)
    try:
        _set_up_log(os.environ.get("DIPLOGRAPH_LOG") or "WARNING")
        app()
    except DiplomacyError as error:
        err.print(f"diplograph: {error}", markup=False)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):  # what else it may be, a traceback tells better
            raise
        err.print(f"diplograph: writing failed ({error.strerror}); free some space and try again", markup=False)
        sys.exit(1)


def _stopped(number: int, frame: FrameType | None) -> None:
    """SIGTERM unwinds like Ctrl-C does: locks are given back, temporary folders removed."""
    sys.exit(128 + number)


def _set_up_log(level: str) -> None:
    if level.upper() not in logging.getLevelNamesMapping():
        raise DiplomacyError(f"DIPLOGRAPH_LOG={level!r} is no level; choose DEBUG, INFO, WARNING or ERROR")
    if level.upper() != "DEBUG":  # what it finds wrong with a page is said by our own refusal of it
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.basicConfig(level=level.upper(), handlers=[_log_handler(os.environ.get("DIPLOGRAPH_LOG_FORMAT") or "text")])


def _log_handler(form: str) -> logging.Handler:
    """Standard error, a line an event: for people, or a JSON object each with the fields of requests."""
    handler = logging.StreamHandler()
    if form == "json":
        from pythonjsonlogger.json import JsonFormatter

        names = ["asctime", "levelname", "name", "message"]
        handler.setFormatter(JsonFormatter(names, rename_fields={"asctime": "time", "levelname": "level", "name": "logger"}))
    elif form == "text":
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    else:
        raise DiplomacyError(f"DIPLOGRAPH_LOG_FORMAT={form!r} is no form; choose text or json")
    return handler


@app.command()
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


@app.command()
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
    refused = _load(settings, paths, processes, second, replace, who(name))
    leave(refused)


def _load(
    settings: Settings, paths: list[Path], processes: int, second: bool = False, replacing: bool = False, by: str = ""
) -> int:
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


@app.command()
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


@app.command()
def sync(data: Data = None) -> None:
    """Bring view and property graph up to the record, for example after a crash or on a new Neo4j.

    Example: [bold]DIPLOGRAPH_NEO4J_URI=bolt://127.0.0.1:7687 diplograph sync[/]
    """
    with progress("nodes written") as advance:
        out.print(workspace(data).sync(advance).summary())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Name of a question; none: list them.")] = None,
    via: Annotated[str, typer.Option(help="cypher or sparql; both give the same rows.")] = "cypher",
    format: Annotated[str, typer.Option(help="table, json, csv, parquet, codebook; graphml or geojson if it fits.")] = "table",
    known_at: KnownAt = None,
    known_by: KnownBy = "published",
    data: Data = None,
) -> None:
    """Ask a named question; its parameters are options of their own.

    Example: [bold]diplograph ask accords --state MAR --since 2025[/]

    Example: [bold]diplograph ask missions --state RWA --partner MAR --via sparql[/]

    Example: [bold]diplograph ask accords --state MAR --via sparql --known-at 2024-05-01[/]
    """
    from graph.asking import rendering
    from graph.asking.questions import load_questions
    from graph.asking.terminal import render, render_questions

    if question is None:
        out.print(render_questions(load_questions()))
        return
    answer = workspace(data).ask(question, _pairs(context.args), via, known_at, known_by)
    if format in rendering.FORMATS:
        sys.stdout.buffer.write(rendering.render(answer, format))
        sys.stdout.flush()
    else:
        out.print(render(answer, format, width=out.width))
    if answer.truncated:
        err.print(f"Only the first {len(answer.rows):,} rows are shown; raise DIPLOGRAPH_QUERY_ROWS for more.")


@app.command()
def explain(
    fact: Annotated[str, typer.Argument(help="A fact, entity or claim, as answers name it (accord/0123…).")],
    data: Data = None,
) -> None:
    """Show the sentences that say a fact, the words that triggered it, the rule and the source.

    Example: [bold]diplograph explain accord/5f0c3a9be1d2c4f7[/]
    """
    from graph.asking.terminal import render_explanation

    out.print(render_explanation(workspace(data).explain(fact)))


@app.command()
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


@app.command()
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


@app.command()
def check(data: Data = None) -> None:
    """Say whether record, snapshot, shapes, property graph and questions are sound, and how to mend what is not.

    Example: [bold]diplograph check --data ~/graph[/]
    """
    findings = workspace(data).check()
    for finding in findings:
        out.print(f"{'[green]ok[/]  ' if finding.fine else '[red]bad[/] '} {finding.subject}: ", end="")
        out.print(finding.message, markup=False)
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


@app.command()
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


@app.command()
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
        refused = _load(settings, [SAMPLES], 1)
        _print_facts(workspace(settings.data))
        if check:
            for line in check_all(settings):
                out.print(line, markup=False)
            leave(refused)
        else:
            run(settings)


@app.command()
def mcp(data: Data = None) -> None:
    """Offer the named questions to an assistant that speaks the Model Context Protocol, on standard input and output.

    Example: [bold]diplograph mcp --data ~/graph[/], as the command of a server in the assistant's settings
    """
    try:
        from api.tools import serve_stdio
    except ModuleNotFoundError as error:
        raise DiplomacyError("this needs one more package: pip install 'diplograph[mcp]'") from error
    serve_stdio(from_environment(data=data))


def _pairs(words: list[str]) -> dict[str, str]:
    """`--state MAR --since=2025` as a mapping."""
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, is_joined, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or (not is_joined and (value := next(rest, "")) == ""):
            raise typer.BadParameter(f"“{word}” is no parameter; write --name value")
        found[name] = value
    return found


def _print_facts(shown: Workspace) -> None:
    for line in shown.overview():
        told = f"{line.sources} source{'s' * (line.sources > 1)}"
        out.print(f"  {line.kind:<28} {line.label}  ({told}, {line.fact})", markup=False)


if __name__ == "__main__":
    main()
