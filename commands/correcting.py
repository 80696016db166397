"""The life of a record: withdraw, restore, replace, reread, and the log of it; and why something is shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.console import Data, Name, Processes, Second, err, leave, out, refuse, who, workspace
from commands.readers import reader
from graph.errors import BadSource
from graph.settings import from_environment

if TYPE_CHECKING:
    from graph.review.corrections import Corrected
    from graph.review.rereading import Difference

Sources = Annotated[
    list[str], typer.Argument(help="Sources: an id, the beginning of one, an address, or a file that was loaded.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept beside it.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (withdraw, restore, replace, reread, log, why):
        app.command()(command)


def withdraw(sources: Sources, reason: Reason, name: Name = None, data: Data = None) -> None:
    """Take sources out of the graph, and exactly what only they said; the record keeps them, and `restore` brings them back.

    Example: [bold]diplograph withdraw https://example.org/article --reason "retracted by the paper"[/]
    """
    told(workspace(data).corrections.withdraw(named(sources), reason, who(name)))


def restore(sources: Sources, reason: Reason = "", name: Name = None, data: Data = None) -> None:
    """Bring withdrawn sources back.

    Example: [bold]diplograph restore 3f0c2d6b --reason "the retraction was an error"[/]
    """
    told(workspace(data).corrections.restore(named(sources), who(name), reason), back=True)


def replace(
    newer: Annotated[str, typer.Argument(help="The text to show: an id, or the beginning of one.")],
    older: Annotated[str, typer.Argument(help="The text of the same address that it replaces.")],
    reason: Reason = "",
    name: Name = None,
    data: Data = None,
) -> None:
    """Say which of two texts of one address is the newer, where their dates do not.

    Example: [bold]diplograph replace 3f0c2d6b 99ab01cd[/]
    """
    told(workspace(data).corrections.supersede(newer, older, who(name), reason))


def reread(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources as for `withdraw`; none: all articles.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
    processes: Processes = 1,
    second: Second = False,
    name: Name = None,
    data: Data = None,
) -> None:
    """Read the stored texts with today's rules, and print what each source says otherwise; decisions survive it.

    Articles of which the second reader said something are left out, unless it is asked again too (--second).

    Example: [bold]diplograph reread --dry-run[/]
    """
    from loaders.run import read_all

    settings, refused, counted = from_environment(data=data), [0], [0, 0]

    def tell(found: Difference | BadSource) -> None:
        if isinstance(found, BadSource):
            refused[0] += refuse(found)
            return
        counted[0] += 1
        counted[1] += not found.same
        for line in lines(found):
            out.print(line, markup=False)

    read = partial(read_all, processes=processes, make_reader=reader(settings, second))
    done = workspace(data).corrections.reread(read, named(sources or []), tell, who(name), dry_run=dry_run, others=second)
    err.print(f"{counted[0]} sources read again, {counted[1]} of them say something else", markup=False)
    if done is not None:
        told(done)
    leave(refused[0])


def log(limit: Annotated[int, typer.Option(min=1, help="Changes to show, the latest first.")] = 20, data: Data = None) -> None:
    """Show who changed what and when.

    Example: [bold]diplograph log --limit 5[/]
    """
    import json

    for entry in workspace(data).corrections.log()[:limit]:
        about = json.dumps(dict(entry.about), ensure_ascii=False)
        out.print(f"{entry.at}  {entry.action:<9} {entry.by or '-':<12} {about[:160]}", markup=False)


def why(
    fact: Annotated[str, typer.Argument(help="A fact, entity or claim, as answers name it (accord/0123…).")],
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    language: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    data: Data = None,
) -> None:
    """Show the whole chain behind what is shown: values, claims, sentences, rules, comparisons and decisions.

    Example: [bold]diplograph why accord/5f0c3a9be1d2c4f7 --language en[/]
    """
    from graph.asking.reasons_terminal import as_json, render

    found = workspace(data).why(fact, language)
    if format == "json":
        print(as_json(found))
    elif format == "text":
        out.print(render(found, language))
    else:
        raise typer.BadParameter(f"there is no format {format!r}; choose text or json")


def named(sources: list[str]) -> list[str]:
    """The same, with the ids of their sources in the place of files."""
    from graph.model.claims import Source
    from loaders.articles.files import read_file

    found: list[str] = []
    for name in sources:
        if Path(name).is_file():
            found += [item.id for item in read_file(Path(name), from_environment().source_bytes) if isinstance(item, Source)]
        else:
            found.append(name)
    return found


def told(done: Corrected, back: bool = False) -> None:
    """Say what a correction did; `back`: it took its decisions back."""
    for judgement in done.judgements:
        out.print(f"{'taken back: ' if back else ''}{judgement.verdict}: decision/{judgement.id}", markup=False)
    for note in done.notes:
        err.print(note, markup=False)
    out.print(done.summary(), markup=False)


def lines(found: Difference) -> list[str]:
    """What a source says otherwise, a line a claim; nothing where it says the same."""
    if found.same:
        return []
    said = [f"{found.title} ({found.source[:12]})"]
    said += [f"  + {claim.kind} {_fields(claim.fields)} [{claim.rule}]" for claim in found.gained]
    said += [f"  - {claim.kind} {_fields(claim.fields)} [{claim.rule}]" for claim in found.lost]
    for each in found.altered:
        parts = [f"{part}: {_part(each.before, part)} -> {_part(each.after, part)}" for part in each.differs]
        said.append(f"  ~ {each.after.kind} {'; '.join(parts)} [{each.after.rule}]")
    return said


def _fields(fields: object) -> str:
    return ", ".join(f"{name}={value}" for name, value in dict(fields).items())  # type: ignore[call-overload]


def _part(claim: object, part: str) -> object:
    fields = getattr(claim, "fields", {})
    if part in fields or not hasattr(claim, part):
        return fields.get(part, "-")
    if part in ("evidence", "reasons"):
        return len(getattr(claim, part))
    return getattr(claim, part)
