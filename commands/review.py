"""`diplograph review`: what is worth a person's look, and what the person decides."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.console import Data, Name, out, who, workspace
from commands.correcting import Reason, told

app = typer.Typer(no_args_is_help=True, help="What is uncertain in the graph, what most changes it first; decide, undo.")
Language = Annotated[str, typer.Option(help="fr or en.")]


@app.command("list")
def listed(
    sort: Annotated[list[str] | None, typer.Option(help="pair, dispute, claim, violation, edition; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Entries to show.")] = 20,
    language: Language = "fr",
    data: Data = None,
) -> None:
    """List uncertain pairs, disputed values, unsure claims, violated shapes and undated texts, the weightiest first.

    Example: [bold]diplograph review list --sort pair --limit 5[/]
    """
    from graph.model.iri import short

    for entry in workspace(data).review(language, sort)[:limit]:
        what = f" ({entry.property_name})" if entry.property_name else ""
        out.print(f"{entry.weight:5.2f}  {entry.sort:<9} {' | '.join(entry.names)}{what}", markup=False)
        out.print(f"       {' '.join(map(short, entry.about))}", markup=False, style="dim")
        for line in entry.said:
            out.print(f"       {line}", markup=False, style="dim")


@app.command()
def show(
    fact: Annotated[str, typer.Argument(help="A fact, entity or claim.")], language: Language = "fr", data: Data = None
) -> None:
    """Show all that a decision on something needs: the same as `diplograph why`.

    Example: [bold]diplograph review show accord/5f0c3a9be1d2c4f7[/]
    """
    from commands.correcting import why

    why(fact, "text", language, data)


@app.command()
def decide(
    verdict: Annotated[str, typer.Argument(help="same or different (two things), right, wrong or corrected (a claim).")],
    about: Annotated[list[str], typer.Argument(help="Ids of claims, persons or facts.")],
    field: Annotated[str | None, typer.Option(help="The field of a corrected claim, as `why --format json` names it.")] = None,
    value: Annotated[str | None, typer.Option(help="Its value; several are separated by commas.")] = None,
    reason: Reason = "",
    name: Name = None,
    data: Data = None,
) -> None:
    """Decide. The decision wins over all computation, and survives re-reading and re-loading.

    Example: [bold]diplograph review decide same accord/5f0c3a9be1d2c4f7 accord/99ab01cd45ef6789 --reason "one text"[/]

    Example: [bold]diplograph review decide corrected claim/0123… --field personnel --value 400[/]
    """
    from graph.review.deciding import Wish

    told(workspace(data).corrections.decide(Wish(verdict, tuple(about), who(name), reason, field, value)))


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(help="Id of a decision, or the beginning of one.")],
    reason: Reason = "",
    name: Name = None,
    data: Data = None,
) -> None:
    """Take a decision back; the log keeps it.

    Example: [bold]diplograph review undo 3f0c2d6b[/]
    """
    told(workspace(data).corrections.undo(decision, who(name), reason), back=True)
