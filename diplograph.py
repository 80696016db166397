"""The command line: parses, calls, prints; the thinking is in graph, loaders and api."""

from __future__ import annotations

import errno
import faulthandler
import os
import signal
import sys
from types import FrameType

import typer

from commands import asking, correcting, decisions, keeping, keys, neo4j, reading, review, serving
from commands.console import err
from graph.errors import DiplomacyError
from graph.logs import set_up_log

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Diplograph: a knowledge graph of diplomatic relations, where every edge says who says so, and in which sentence.",
)
for part in (reading, asking, keeping, correcting, serving):
    part.add_to(app)
app.add_typer(review.app, name="review")
app.add_typer(decisions.app, name="decisions")
app.add_typer(keys.app, name="keys")
app.add_typer(neo4j.app, name="neo4j")


def main() -> None:
    """Run the program; an error that a person can act on is one line and exit code 1, misuse of an option is 2."""
    faulthandler.enable()  # a crash inside a library (parser, store) then says where it was
    signal.signal(signal.SIGTERM, _stopped)
    try:
        set_up_log()
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


if __name__ == "__main__":
    main()
