"""`diplograph keys`: keys for the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from commands.console import Data, err, out
from graph.settings import from_environment

app = typer.Typer(no_args_is_help=True, help="Keys for the API: who may review, load or send Cypher.")


@app.command()
def issue(
    name: Annotated[str, typer.Argument(help="Whose key it is, or what for; shown in the list and beside decisions.")],
    scope: Annotated[list[str], typer.Option("--scope", help="read, query, cypher, load, review or admin; may be repeated.")],
    expires: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day on which it opens nothing.")] = None,
    data: Data = None,
) -> None:
    """Make a key and print it: this once, for only its hash is kept.

    Example: [bold]diplograph keys issue "Aïcha, desk officer" --scope review --expires 2027-12-31[/]
    """
    from api.access.keys import KeyRing, Scope

    unknown = [word for word in scope if word not in list(Scope)]
    if unknown:
        raise typer.BadParameter(f"no scope {unknown[0]!r}; there are {', '.join(Scope)}")
    ring, scopes = KeyRing(from_environment(data=data).data), tuple(Scope(word) for word in dict.fromkeys(scope))
    _, token = ring.issue(name, scopes, datetime.now(UTC), expires.date() if expires else None)
    print(token)
    err.print("Keep it now; it cannot be shown again. Send it as “Authorization: Bearer KEY”, or sign in at /session.")


@app.command("list")
def listed(data: Data = None) -> None:
    """List the keys: id, scopes, when issued, until when, for whom.

    Example: [bold]diplograph keys list[/]
    """
    from api.access.keys import KeyRing

    for key in KeyRing(from_environment(data=data).data).all():
        until = f"until {key.expires}" if key.expires else "no end"
        out.print(f"{key.id}  {','.join(key.scopes):<24} {key.issued[:10]}  {until:<16} {key.name}", markup=False)


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="Id of a key, as the list shows it.")], data: Data = None) -> None:
    """Take a key back; a running server refuses it from the next request on.

    Example: [bold]diplograph keys revoke 3f0c2d6b[/]
    """
    from api.access.keys import KeyRing

    revoked = KeyRing(from_environment(data=data).data).revoke(key)
    out.print(f"revoked: {revoked.id} ({revoked.name})", markup=False)
