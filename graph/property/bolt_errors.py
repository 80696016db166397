"""What the driver and the servers say when something is wrong, turned into our errors with their remedies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import BadQuery, DiplomacyError, QueryTimeout, StorageFull, StoreUnavailable

RETRIED = (TransientError, ConstraintError, ServiceUnavailable, SessionExpired)
"""Errors of a write that may pass when it is tried again: conflicts between writers, and lost connections."""

CONFLICT = ConstraintError
"""Two writers made the same node at once, or the data itself breaks a constraint."""

LOST = (ServiceUnavailable, SessionExpired)
"""Errors that say that the server went away."""

_START = "start it (`diplograph neo4j start`) or change DIPLOGRAPH_NEO4J_URI; without it the embedded engine is used"
_STOPPED = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")
_UNKNOWN = ("Unknown procedure", "Unknown function")  # which ArcadeDB calls an error of its own
_QUEUED = "queryQueueTimeout"  # the embedded engine runs a few at a time, and lets others wait for so long
_MEMORY = ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError")


@contextmanager
def explained(uri: str, database: str, user: str) -> Iterator[None]:
    """Raise the driver's errors as ours, naming the setting to change."""
    try:
        yield
    except (DriverError, Neo4jError, ValueError, OSError) as error:
        raise translate(error, uri, database, user) from error


def translate(error: Exception, uri: str, database: str, user: str) -> DiplomacyError:
    """Our error for one of the driver's."""
    if isinstance(error, (*LOST, OSError)):
        return StoreUnavailable(f"the graph store at {uri} does not answer ({_first_line(error)}): {_START}")
    if isinstance(error, AuthError):
        return StoreUnavailable(
            f"the graph store at {uri} refuses user {user!r} ({_first_line(error)}): "
            "set DIPLOGRAPH_NEO4J_USER and DIPLOGRAPH_NEO4J_PASSWORD (or DIPLOGRAPH_NEO4J_PASSWORD_FILE)"
        )
    if isinstance(error, (ConfigurationError, ValueError)):
        return StoreUnavailable(f"DIPLOGRAPH_NEO4J_URI={uri!r} is no address of a graph store: {_first_line(error)}")
    if isinstance(error, Neo4jError):
        return _from_server(error, uri, database)
    return StoreUnavailable(f"the driver of the graph store at {uri} failed: {_first_line(error)}")


def _from_server(error: Neo4jError, uri: str, database: str) -> DiplomacyError:
    code, message = error.code or "", error.message or str(error)
    kind = code.rsplit(".", 1)[-1]
    if kind in _STOPPED:
        return QueryTimeout("the query ran out of time: ask for less, or raise DIPLOGRAPH_QUERY_SECONDS")
    if _QUEUED in message:
        return QueryTimeout("too many long queries at once: ask again in a while")
    if kind in _MEMORY:
        return QueryTimeout("the query ran out of memory: ask for less at once")
    if kind == "AuthenticationRateLimit":
        return StoreUnavailable(
            f"the graph store at {uri} was given wrong passwords too often and refuses all for a while: "
            "set DIPLOGRAPH_NEO4J_PASSWORD (or DIPLOGRAPH_NEO4J_PASSWORD_FILE), wait some seconds and try again"
        )
    if "No space left on device" in message:
        return StorageFull(f"the disk of the graph store at {uri} is full: free some and run `diplograph sync`")
    if kind in ("DatabaseNotFound", "DatabaseUnavailable"):
        return StoreUnavailable(f"the graph store at {uri} has no database {database!r}: set DIPLOGRAPH_NEO4J_DATABASE")
    if isinstance(error, Forbidden) or kind == "AccessMode":
        return BadQuery(f"the query does what is not allowed here: {message}")
    if code.startswith("Neo.ClientError.") or message.startswith(_UNKNOWN):
        return BadQuery(message)
    return StoreUnavailable(f"the graph store at {uri} failed: {code}: {message}")


def _first_line(error: Exception) -> str:
    text = (error.message or "") if isinstance(error, Neo4jError) else str(error)
    return (text.strip().splitlines() or [type(error).__name__])[0].rstrip(":. ")
