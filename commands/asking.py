"""What answers: ask a named question, explain a fact."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.console import Data, KnownAt, KnownBy, err, out, workspace
from graph.errors import BadQuery


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(ask)
    app.command()(explain)


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Name of a question; none: list them.")] = None,
    via: Annotated[str, typer.Option(help="cypher or sparql; both give the same rows.")] = "cypher",
    lang: Annotated[str, typer.Option(help="fr or en: language of labels, and of what stands around them.")] = "fr",
    format: Annotated[str, typer.Option(help="table, json, csv, parquet, codebook; graphml or geojson if it fits.")] = "table",
    known_at: KnownAt = None,
    known_by: KnownBy = "published",
    data: Data = None,
) -> None:
    """Ask a named question; its parameters are options of their own.

    Example: [bold]diplograph ask accords --state MAR --since 2025[/]

    Example: [bold]diplograph ask missions --state RWA --as-of 2020-06 --via sparql --lang en[/]

    Example: [bold]diplograph ask accords --state MAR --via sparql --known-at 2024-05-01[/]
    """
    from graph.asking import questions, rendering
    from graph.asking.binding import LANGUAGES
    from graph.asking.terminal import render, render_questions

    if lang not in LANGUAGES:
        raise typer.BadParameter(f"lang: {lang!r} is not spoken here; choose {' or '.join(LANGUAGES)}")
    if question is None:
        out.print(render_questions(questions.load_questions(), lang))
        return
    asked, given = questions.question(question), _pairs(context.args)
    if format not in (forms := ("table", *rendering.offered(asked))):
        raise BadQuery(f"{question} has no form {format!r}; choose {', '.join(forms)}")
    spoken = {"lang": lang} if "lang" in asked.parameters else {}
    answer = workspace(data).ask(question, {**given, **spoken}, via, known_at, known_by)
    if format == "table":
        out.print(render(answer, lang, out.width))
    else:
        sys.stdout.buffer.write(rendering.render(answer, format))
        sys.stdout.flush()
    if answer.truncated:
        err.print(f"Only the first {len(answer.rows):,} rows are shown; raise DIPLOGRAPH_QUERY_ROWS for more.")


def _pairs(words: list[str]) -> dict[str, str]:
    """`--state MAR --as-of=2025` as a mapping: a hyphen within a name stands for its underscore."""
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        option, is_joined, value = word.partition("=")
        name = option.removeprefix("--").replace("-", "_")
        if not word.startswith("--"):
            raise typer.BadParameter(f"“{word}” is no parameter; write --name value")
        if not is_joined and (value := next(rest, "")) == "":
            raise typer.BadParameter(f"{option} has no value; write --name value")
        if name in found:
            raise typer.BadParameter(f"{option} is given more than once; ask once for each")
        found[name] = value
    return found


def explain(
    fact: Annotated[str, typer.Argument(help="A fact, entity or claim, as answers name it (accord/0123…).")],
    data: Data = None,
) -> None:
    """Show the sentences that say a fact, the words that triggered it, the rule and the source.

    Example: [bold]diplograph explain accord/5f0c3a9be1d2c4f7[/]
    """
    from graph.asking.terminal import render_explanation

    out.print(render_explanation(workspace(data).explain(fact)))
